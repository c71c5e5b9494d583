"""How long a summary is and how easily it reads: an agent has seconds.

Flesch reading ease (Flesch 1948): 206.835 - 1.015 words a sentence - 84.6 syllables a word; 60 to 70 is plain English, below 30
hard. Syllables are groups of vowels, a silent e left out. Counted here, since textstat brings nltk with it for the same sum.
"""

import re
from typing import Final

from evals.metrics import Amount
from evals.scorers.score import Mistake, Score
from evals.scorers.words import sentences, words

LONGEST: Final = 90
_VOWELS: Final = re.compile(r"[aeiouyäöüáéíóúàèùâêîôû]+")


def score_readability(summary: str) -> list[Score]:
    """Score length in words, words a sentence, and reading ease."""
    count = len(summary.split())
    too_long = (Mistake(kind="summary: too long", detail=f"{count} words"),) if count > LONGEST else ()
    length = Score(measure="summary_words", records=(Amount(value=count),), mistakes=too_long)
    if not words(summary):
        why = "the summary is empty"
        return [length, *(Score(measure=name, unscored=why) for name in ("sentence_words", "reading_ease"))]
    per_sentence = len(words(summary)) / len(sentences(summary))
    return [
        length,
        Score(measure="sentence_words", records=(Amount(value=per_sentence),)),
        Score(measure="reading_ease", records=(Amount(value=reading_ease(summary)),)),
    ]


def reading_ease(text: str) -> float:
    """Return the Flesch reading ease of a text that has words; ids and numbers are left out, since nobody reads them as words."""
    spoken = [word for word in words(text) if word.isalpha()]
    if not spoken:
        return 0.0
    syllables = sum(_syllables(word) for word in spoken)
    return 206.835 - 1.015 * len(spoken) / len(sentences(text)) - 84.6 * syllables / len(spoken)


def _syllables(word: str) -> int:
    groups = len(_VOWELS.findall(word))
    silent = word.endswith("e") and not word.endswith("le") and groups > 1
    return max(1, groups - silent)
