"""The repository tests itself: sizes, exports, names, errors, words."""

import ast
import importlib
import re
import subprocess
from pathlib import Path

import pytest

from assist import errors
from assist.api.problems import STATUS, status_of

ROOT = Path(__file__).parents[2]
SOURCES = [
    path for folder in ("assist", "knowledge", "prompts", "evals") for path in sorted((ROOT / folder).rglob("*.py"))
]
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def tracked() -> list[Path]:
    """Return the files git knows."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name.decode() for name in listed.split(b"\0") if name and (ROOT / name.decode()).exists()]


def test_no_file_is_over_400_lines() -> None:
    """A file that long has more than one idea."""
    assert [str(path) for path in SOURCES + TESTS if path.read_text("utf-8").count("\n") > 400] == []


def test_no_module_is_named_after_nothing() -> None:
    """A module's name is a noun of the trade."""
    vague = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
    assert [str(path) for path in SOURCES if vague & {path.stem, path.parent.name}] == []


@pytest.mark.parametrize(
    "package", sorted({path.parent for path in SOURCES if path.name == "__init__.py"}), ids=lambda p: p.name
)
def test_what_a_package_offers_is_there(package: Path) -> None:
    """Names in `__all__` exist, each once; the linter keeps them sorted."""
    module = importlib.import_module(".".join(package.relative_to(ROOT).parts))
    offered = list(getattr(module, "__all__", []))
    assert len(offered) == len(set(offered))
    assert [name for name in offered if not hasattr(module, name)] == []


def test_every_error_has_a_status_of_its_own() -> None:
    """No class of the error tree is missing from the table."""
    tree = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.AssistError)]
    assert [kind.__name__ for kind in tree if kind not in STATUS] == []


def test_every_error_is_drawn_in_the_tree() -> None:
    """The drawing at the head of the errors names every class."""
    names = [
        name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.AssistError)
    ]
    assert errors.__doc__ is not None
    assert [name for name in names if not re.search(rf"\b{name}\b", errors.__doc__)] == []


def test_an_unknown_error_is_the_services_mistake() -> None:
    """What nobody raised on purpose is a 500."""
    assert status_of(RuntimeError("x")) == (500, "internal_error")


def test_tests_patch_next_to_nothing() -> None:
    """At most one patch in a hundred tests: seams, not patches."""
    text = "\n".join(path.read_text("utf-8") for path in TESTS if path != Path(__file__))
    patches = len(re.findall(r"mock\.patch|mocker\.patch|@patch|monkeypatch\.setattr", text))
    count = len(re.findall(r"^(?:async )?def test_", text, re.MULTILINE))
    assert patches * 100 <= count


def test_every_test_says_what_it_shows() -> None:
    """Each test has a docstring."""
    silent = [
        f"{path.name}:{node.lineno} {node.name}"
        for path in TESTS
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_nothing_is_left_undone_in_words() -> None:
    """No marker of unfinished work stands in a tracked file."""
    marker = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "X" * 3 + r"\b", "Not" + "ImplementedError")))
    texts = [path for path in tracked() if path.suffix in {".py", ".md", ".toml", ".yaml", ".js", ".css", ".html", ""}]
    assert [str(path) for path in texts if marker.search(path.read_text("utf-8"))] == []


def test_every_dependency_is_pinned() -> None:
    """The lock file holds an exact version of each direct dependency; litellm's is the one of the project file."""
    lock = {
        line.split("==")[0].lower().replace("_", "-"): line for line in (ROOT / "requirements.lock").read_text().split()
    }
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    block = project[project.index("dependencies = [") : project.index("[project.scripts]")]
    direct = {name.lower().replace("_", "-") for name in re.findall(r'^\s+"([A-Za-z0-9_-]+)', block, re.MULTILINE)}
    assert {name for name in direct if name not in lock} == set()
    assert re.search(r'"(litellm==[\d.]+)"', project).group(1) == lock["litellm"]  # type: ignore[union-attr]  # it is there


def test_the_readme_test_command_is_what_ci_runs() -> None:
    """CI runs the command that the README gives."""
    assert "make test" in (ROOT / "README.md").read_text("utf-8")
    assert (ROOT / ".ci/run").read_text("utf-8").rstrip().endswith("make test")
