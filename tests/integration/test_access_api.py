"""Who may do what over HTTP."""

import pytest
from starlette.testclient import TestClient

from assist.access import RIGHTS, Right
from assist.api.app import create_app
from assist.ports import AccessRole
from assist.wiring import Assist
from tests.builders import a_complaint
from tests.conftest import KeyMaker

_CALLS = [
    ("POST", "/v1/handoffs", Right.MAKE_HANDOFFS),
    ("POST", "/v1/conversations/c-1/turns", Right.MAKE_HANDOFFS),
    ("POST", "/v1/conversations/c-1/handoff", Right.MAKE_HANDOFFS),
    ("GET", "/v1/handoffs", Right.READ_HANDOFFS),
    ("GET", "/v1/handoffs/ho_x", Right.READ_HANDOFFS),
    ("GET", "/v1/handoffs/ho_x/events", Right.READ_HANDOFFS),
    ("POST", "/v1/handoffs/ho_x/accept", Right.REMARK),
    ("POST", "/v1/handoffs/ho_x/feedback", Right.REMARK),
    ("PUT", "/v1/articles/a", Right.WRITE_ARTICLES),
    ("DELETE", "/v1/articles/a", Right.WRITE_ARTICLES),
    ("GET", "/v1/articles", Right.READ_ARTICLES),
    ("POST", "/v1/knowledge/search", Right.SEARCH),
    ("GET", "/v1/keys", Right.MANAGE_KEYS),
    ("POST", "/v1/keys", Right.MANAGE_KEYS),
]


@pytest.mark.parametrize(("method", "path"), [(method, path) for method, path, _ in _CALLS])
@pytest.mark.parametrize("header", [None, "Bearer hk_wrong", "Basic abc", "Bearer "])
def test_nothing_is_answered_without_a_known_key(
    client: TestClient, method: str, path: str, header: str | None
) -> None:
    """Without a key, or with a wrong one, every call is a 401."""
    headers = {"Authorization": header or ""}
    answer = client.request(method, path, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("role", [role.value for role in AccessRole])
def test_a_role_may_do_what_the_table_says_and_nothing_else(client: TestClient, key_of: KeyMaker, role: str) -> None:
    """Each role gets 403 exactly where the table gives it no right."""
    headers = key_of(role)
    refused = {
        (method, path) for method, path, _ in _CALLS if client.request(method, path, headers=headers).status_code == 403
    }
    assert refused == {(method, path) for method, path, right in _CALLS if right not in RIGHTS[AccessRole(role)]}


def test_every_route_of_the_api_asks_for_a_right(client: TestClient) -> None:
    """No route under /v1 answers a caller without a key."""
    open_routes = []
    for path, methods in client.get("/openapi.json").json()["paths"].items():
        for method in methods:
            answer = client.request(
                method.upper(), path.replace("{", "").replace("}", ""), headers={"Authorization": ""}
            )
            if path.startswith("/v1") and answer.status_code != 401:
                open_routes.append((method, path, answer.status_code))
    assert open_routes == []


def test_another_tenant_sees_nothing(client: TestClient, assist: Assist) -> None:
    """Packets, articles and lists of one tenant are absent for another."""

    async def other() -> str:
        return (await assist.access.make(tenant="other", role=AccessRole.ADMIN, name="other")).secret

    assert client.portal is not None
    headers = {"Authorization": f"Bearer {client.portal.call(other)}"}
    mine = client.post("/v1/handoffs", json=a_complaint(conversation_id="c-mine")).json()["id"]
    assert client.get(f"/v1/handoffs/{mine}", headers=headers).status_code == 404
    assert client.get("/v1/handoffs", headers=headers).json()["items"] == []
    assert client.get("/v1/articles", headers=headers).json()["items"] == []
    hits = client.post("/v1/knowledge/search", json={"query": "refund for a duplicate charge"}, headers=headers).json()
    assert hits == {"hits": [], "nothing_relevant": True}


def test_a_revoked_key_is_refused(client: TestClient) -> None:
    """After its revocation a key is a 401."""
    made = client.post("/v1/keys", json={"role": "agent", "name": "gone soon"}).json()
    headers = {"Authorization": f"Bearer {made['secret']}"}
    assert client.get("/v1/handoffs", headers=headers).status_code == 200
    assert client.delete(f"/v1/keys/{made['id']}").status_code == 204
    assert client.get("/v1/handoffs", headers=headers).status_code == 401


def test_keys_are_listed_without_their_secrets(client: TestClient) -> None:
    """A list of keys shows roles and names, never a secret."""
    made = client.post("/v1/keys", json={"role": "bot", "name": "shown once"}).json()
    listed = client.get("/v1/keys", params={"limit": 200})
    assert made["id"] in [key["id"] for key in listed.json()["items"]]
    assert made["secret"] not in listed.text


@pytest.mark.parametrize(
    ("address", "host", "forwarded", "given"),
    [
        pytest.param("127.0.0.1", "127.0.0.1:8000", False, True, id="this machine"),
        pytest.param("127.0.0.1", "localhost:8000", False, True, id="this machine by name"),
        pytest.param("127.0.0.1", "evil.example", False, False, id="a foreign name that resolves here"),
        pytest.param("10.0.0.9", "10.0.0.1:8000", False, False, id="another machine"),
        pytest.param("127.0.0.1", "127.0.0.1:8000", True, False, id="through a proxy"),
    ],
)
def test_only_pages_of_this_machine_get_the_local_key(
    assist: Assist, address: str, host: str, *, forwarded: bool, given: bool
) -> None:
    """The local key is given to a caller from this machine, for this machine, and to nobody else."""
    page = TestClient(create_app(assist), client=(address, 50000))
    headers = {"Host": host} | ({"X-Forwarded-For": "1.2.3.4"} if forwarded else {})
    found = page.get("/desktop/session", headers=headers).json()["key"]
    assert (found == assist.local_key) is given
    assert (found is None) is not given
