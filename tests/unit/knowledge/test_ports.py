"""The names of collections."""

import re

from hypothesis import given
from hypothesis import strategies as st

from knowledge.ports import collection_name, collection_names

NAMES = st.text(max_size=60)
DOMAINS = st.none() | NAMES


@given(one=st.tuples(NAMES, DOMAINS, NAMES), two=st.tuples(NAMES, DOMAINS, NAMES))
def test_no_two_collections_share_a_name(one: tuple[str, str | None, str], two: tuple[str, str | None, str]) -> None:
    """Another tenant, domain or model is another collection."""
    assert (collection_name(*one) == collection_name(*two)) == (one == two)


@given(tenant=st.text(max_size=400), domain=st.none() | st.text(max_size=400), model=NAMES)
def test_a_name_is_one_that_every_store_takes(tenant: str, domain: str | None, model: str) -> None:
    """Letters, digits and `._-`, no two dots together, a letter or digit at both ends, at most 512 characters."""
    name = collection_name(tenant, domain, model)
    assert re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?!\.))*[A-Za-z0-9]", name)
    assert 3 <= len(name) <= 512


def test_readable_names_stay_readable() -> None:
    """An operator sees whose articles a collection holds."""
    assert collection_name("acme", "retail", "m").startswith("tacme.dretail.")


def test_a_tenant_owns_its_own_collections_only() -> None:
    """A tenant whose name begins like another's does not see the other's collections, nor those of another model."""
    mine = [collection_name("acme", domain, "m") for domain in ("retail", None)]
    others = [collection_name("acme2", "retail", "m"), collection_name("acme", "retail", "other")]
    assert collection_names([*others, *mine], "acme", "m") == mine


def test_no_domain_is_not_a_domain_called_any() -> None:
    """Articles of no domain have a collection that no domain's name can reach."""
    assert collection_name("acme", None, "m") != collection_name("acme", "any", "m")
