"""Domain folders that an operator wrote."""

import re
from pathlib import Path

import pytest

from assist.catalogue import all_lessons, read_domains, shipped_folder
from assist.errors import DomainInvalid


def a_domain(root: Path, text: str, name: str = "bakery") -> Path:
    """Write a domain's file."""
    (root / name).mkdir()
    (root / name / "domain.yaml").write_text(text, encoding="utf-8")
    return root


BAKES = "name: bakery\ntitle: B\nintents: [{label: cake, name: Cake}]\nplaybooks:\n - intent: cake\n   actions:"


def test_the_shipped_domains_can_be_used() -> None:
    """Four lines of business ship, each with its articles, samples and enough utterances."""
    folders = read_domains(shipped_folder())
    assert set(folders) == {"airline", "banking", "retail", "telecom"}
    for folder in folders.values():
        assert 8 <= len(folder.domain.intents) <= 15
        assert min(len(intent.utterances) for intent in folder.domain.intents) >= 6
        assert 15 <= len(list(folder.articles.glob("*.md"))) <= 25
        assert folder.samples
        assert all(folder.domain.playbook(intent.label) for intent in folder.domain.intents)


def test_an_own_domain_stands_beside_the_shipped_ones(tmp_path: Path) -> None:
    """A name and a title are enough; everything else has a default."""
    folders = read_domains(shipped_folder(), a_domain(tmp_path, "name: bakery\ntitle: Bakery\n"))
    assert folders["bakery"].domain.title == "Bakery"
    assert len(folders) == 5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("name: [", "is not valid YAML", id="no YAML"),
        pytest.param("name: brewery\ntitle: B", "the folder is 'bakery'", id="another name than its folder"),
        pytest.param("name: bakery", "at title", id="no title"),
        pytest.param("name: bakery\ntitle: B\ntypo: 1", "at typo", id="a field that is not known"),
        pytest.param(
            "name: bakery\ntitle: B\nfacts: [{name: x, pattern: '('}]", "at facts.0.pattern", id="a broken pattern"
        ),
        pytest.param(
            "name: bakery\ntitle: B\nplaybooks: [{intent: x, actions: [{id: a, title: A}]}]",
            "intent 'x' is used but not defined",
            id="a playbook without its intent",
        ),
        pytest.param(
            "name: bakery\ntitle: B\nescalation: [{name: a, when: full_moon, reason: high_risk}]",
            "full_moon",
            id="a condition that does not exist",
        ),
        pytest.param(
            "name: bakery\ntitle: B\nescalation:\n - {name: a, when: loop, reason: no_progress}\n - name: b\n   when: looop\n   reason: no_progress",
            "line 6, at escalation.1.when: rule 'b' names the condition 'looop', which there is not; did you mean 'loop'?",
            id="the line of a typing error",
        ),
        pytest.param(
            "name: bakery\ntitle: B\nescalation:\n - {name: a, when: sentiment_below, threshold: -7, reason: no_progress}",
            "line 4, at escalation.0.threshold: rule 'a' has threshold -7, outside of -1 to 1",
            id="a threshold off the scale",
        ),
        pytest.param(
            f"{BAKES}\n   - {{id: a, title: A, requires: ['done:b']}}\n   - {{id: b, title: B, requires: ['done:a']}}",
            "line 7, at playbooks.0.actions.0.requires: playbook 'cake' goes in a circle: a -> b -> a; take one `done:` out",
            id="a circle",
        ),
        pytest.param(
            f"{BAKES}\n   - {{id: a, title: A, requires: ['not_done:bb']}}\n   - {{id: b, title: B}}",
            "names an action that no playbook has",
            id="a requirement on nothing",
        ),
        pytest.param(
            f"{BAKES}\n   - {{id: a, title: A, requires: [verifed]}}", "'verifed'", id="an unknown requirement"
        ),
        pytest.param(
            f"{BAKES}\n   - {{id: a, title: A}}\ndecision_rights: [{{action: a, mode: advise}}, {{action: a, mode: auto}}]",
            "line 8, at decision_rights.1: two decision rights for intent '*' and action 'a' contradict each other",
            id="rights that contradict",
        ),
    ],
)
def test_what_is_wrong_is_named_with_file_and_place(tmp_path: Path, text: str, said: str) -> None:
    """The error names the file, the place and the fault."""
    with pytest.raises(DomainInvalid) as error:
        read_domains(a_domain(tmp_path, text))
    assert "bakery/domain.yaml" in str(error.value)
    assert said in str(error.value)


def test_a_folder_without_domains_is_named(tmp_path: Path) -> None:
    """An empty folder says what was expected."""
    with pytest.raises(DomainInvalid, match=r"no domain\.yaml found"):
        read_domains(tmp_path)


CAKE = "name: bakery\ntitle: B\nintents: [{label: cake, name: Cake}]\n"


def test_every_shipped_intent_has_lessons_in_seven_languages() -> None:
    """Each has some two dozen of them, none twice and none that the domain's own file has."""
    for folder in read_domains(shipped_folder()).values():
        assert set(folder.lessons) == {intent.label for intent in folder.domain.intents}
        assert min(map(len, folder.lessons.values())) >= 24
        written = [text for texts in folder.lessons.values() for text in texts]
        written += [text for intent in folder.domain.intents for text in intent.utterances]
        assert len(written) == len(set(written))


def test_lessons_stand_beside_an_own_domain(tmp_path: Path) -> None:
    """What the folder brings comes first, what the organisation taught after it, each utterance once."""
    a_domain(tmp_path, CAKE)
    (tmp_path / "bakery/lessons.yaml").write_text("cake: [a tart please, eine Torte bitte]\n", encoding="utf-8")
    folders = read_domains(tmp_path)
    assert folders["bakery"].lessons == {"cake": ("a tart please", "eine Torte bitte")}
    known = all_lessons(folders, {"bakery": {"cake": ("two muffins", "a tart please")}})
    assert known == {"bakery": {"cake": ("a tart please", "eine Torte bitte", "two muffins")}}


def test_a_domain_without_lessons_works(tmp_path: Path) -> None:
    """What the organisation taught is then all there is."""
    folders = read_domains(a_domain(tmp_path, CAKE))
    assert folders["bakery"].lessons == {}
    assert all_lessons(folders, {}) == {}
    assert all_lessons(folders, {"bakery": {"cake": ("a tart",)}}) == {"bakery": {"cake": ("a tart",)}}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "cake: [a tart]\nbread: [a loaf]\n",
            "lessons.yaml, line 2, at bread: domain 'bakery' has no intent 'bread'; it has cake",
            id="a label that is not defined",
        ),
        pytest.param("cake: a tart\n", "lessons.yaml, line 1, at cake: Input should be a valid tuple", id="no list"),
        pytest.param("cake: [1]\n", "lessons.yaml, line 1, at cake.0: Input should be a valid string", id="no text"),
        pytest.param("cake: [", "is not valid YAML", id="no YAML"),
    ],
)
def test_lessons_that_cannot_be_used_are_named(tmp_path: Path, text: str, said: str) -> None:
    """File, line and label are named, and what there is instead."""
    a_domain(tmp_path, CAKE)
    (tmp_path / "bakery/lessons.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DomainInvalid, match=re.escape(said)):
        read_domains(tmp_path)
