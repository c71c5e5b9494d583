"""A released prompt never changes: `prompts.lock` holds the digest of each, and a test compares."""

from pathlib import Path

from prompts.template import FOLDER, load


def locked(folder: Path = FOLDER) -> dict[str, str]:
    """Return the digests that were released, by `name/version`."""
    lines = (folder / "prompts.lock").read_text("utf-8").splitlines()
    return {name: digest for name, _, digest in (line.partition(" ") for line in lines if line.strip())}


def released(folder: Path = FOLDER) -> dict[str, str]:
    """Return the digests of the files that are there, by `name/version`."""
    files = sorted(folder.glob("*/[0-9]*.md"))
    return {
        f"{file.parent.name}/{file.stem}": load(file.parent.name, int(file.stem), folder=folder).sha256
        for file in files
    }
