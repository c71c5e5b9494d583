"""Tweets with the mean mood of twenty raters, from -4 to 4."""

from pathlib import Path

from evals.cases import Dataset, LabelledCase, Labels, SentimentLabels, turn
from evals.readers.files import rows

FILE = "tweets.dev.jsonl.gz"


def read(folder: Path) -> Dataset:
    """Return the tweets, one case each."""
    cases = tuple(
        LabelledCase(
            case_id=f"tweet-{row['id']}",
            turns=(turn("customer", row["text"]),),
            labels=Labels(sentiment=SentimentLabels(score=float(row["mean"]))),
        )
        for row in rows(folder, FILE)
    )
    return Dataset(name="tweets", cases=cases, licence="MIT, cjhutto/vaderSentiment")
