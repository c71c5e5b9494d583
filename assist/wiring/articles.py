"""Single articles, read from files."""

from pathlib import Path

from assist.errors import InvalidInput
from knowledge import Article
from knowledge.loaders.files import FileLoader


def read_article(path: Path) -> Article:
    """Return the article of a file, the first one of several; InvalidInput says why there is none."""
    found = next(iter(FileLoader().read([path])), None)
    if found is None:
        message = f"{path} holds no article; give a Markdown, HTML, text or Word file"
        raise InvalidInput(message)
    if isinstance(found, Article):
        return found
    message = f"{found.place} {found.reason}; {found.hint}"
    raise InvalidInput(message)
