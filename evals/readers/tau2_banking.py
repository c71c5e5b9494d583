"""tau2-bench banking: a bank's knowledge base, and situations with the documents that they need."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from evals.readers.files import rows
from knowledge import Article

DOCUMENTS, TASKS = "documents.jsonl.gz", "tasks.dev.jsonl"


class Situation(BaseModel):
    """A customer's situation in words, and the articles that solving it needs (not every relevant one)."""

    model_config = ConfigDict(frozen=True)

    case_id: str
    text: str
    needed: tuple[str, ...]
    actions: tuple[str, ...] = ()


def articles(folder: Path) -> tuple[Article, ...]:
    """Return the knowledge base as articles; ids keep letters, digits and `._:-` only."""
    return tuple(
        Article(article_id=article_id(row["id"]), title=row["title"], body=row["content"], domain="tau2_banking")
        for row in rows(folder, DOCUMENTS)
        if row["content"].strip()
    )


def situations(folder: Path) -> tuple[Situation, ...]:
    """Return the situations with the ids of the articles they need."""
    return tuple(
        Situation(
            case_id=row["id"],
            text=row["instructions"],
            needed=tuple(article_id(name) for name in row["required_documents"]),
            actions=tuple(row["actions"]),
        )
        for row in rows(folder, TASKS)
    )


def article_id(name: str) -> str:
    """Return a document's name as an article id."""
    return "".join(sign if sign.isalnum() or sign in "._:-" else "-" for sign in name)
