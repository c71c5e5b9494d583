"""Single articles, read from files."""

from pathlib import Path

from assist.errors import InvalidInput
from knowledge import Article
from knowledge.loaders.markdown import read_file


def read_article(path: Path) -> Article:
    """Return the article of a Markdown file; InvalidInput says why there is none."""
    found = read_file(path)
    if isinstance(found, Article):
        return found
    message = f"{found.place} {found.reason}; {found.hint}"
    raise InvalidInput(message)
