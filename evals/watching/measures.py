"""What is watched: each measure reads one thing of a packet's features, and knows which way is worse and how much matters."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from evals.watching.checks import DANGERS
from evals.watching.features import Features

Key = Hashable
_NOTICED: Final = 0.05
_CHARACTERISTIC: Final = 0.1
"""A stability index from which a shift is worth a look (Siddiqi 2006)."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. `reads` gives a label for a mix, else (part, whole) for a quotient of sums; None where a packet says nothing of it.

    `worse` is the direction that is bad, None where a change either way is worth a look. `matters` is the least change that does:
    of the stability index for a mix, else in the measure's own unit. A danger alerts wherever it is not 0.
    """

    name: str
    title: str
    reads: Callable[[Features], Key | None]
    form: Literal["mix", "share", "number", "count"]
    look: str
    worse: Literal["higher", "lower"] | None = None
    matters: float = _NOTICED
    least: int = 30
    sampled: bool = False
    compared: bool = False

    @property
    def is_danger(self) -> bool:
        """Whether one is one too many."""
        return self.form == "count"


def _mix(name: str, title: str, reads: Callable[[Features], str | None], look: str) -> Measure:
    return Measure(name, title, reads, "mix", look, matters=_CHARACTERISTIC)


def _share(
    name: str,
    title: str,
    reads: Callable[[Features], bool | None],
    look: str,
    *,
    worse: Literal["higher", "lower"] = "higher",
    compared: bool = True,
) -> Measure:
    def read(features: Features) -> Key | None:
        found = reads(features)
        return None if found is None else (int(found), 1)

    return Measure(name, title, read, "share", look, worse=worse, compared=compared)


def _of(
    part: Callable[[Features], float | None], whole: Callable[[Features], float]
) -> Callable[[Features], Key | None]:
    def read(features: Features) -> Key | None:
        numerator, denominator = part(features), whole(features)
        return None if numerator is None or not denominator else (numerator, denominator)

    return read


def _faults(check: str) -> Callable[[Features], Key | None]:
    return _of(lambda f: None if f.checks is None else f.checks.get(check), lambda f: f.statements)


def _danger(check: str) -> Measure:
    def read(features: Features) -> Key | None:
        found = None if features.checks is None else features.checks.get(check)
        return None if found is None else (found, 1)

    title = check.replace("_", " ")
    look = "Open the packets listed under “Sampled packets”, and stop the change that came before them."
    return Measure(check, title, read, "count", look, worse="higher", least=1, sampled=True)


MEASURES: Final = (
    _mix("intent_mix", "what customers want", lambda f: f.intent, "A new product, season or fault? Is there an intent for it?"),
    _mix("language_mix", "languages", lambda f: f.language, "Are there utterances and articles in the language that grew?"),
    _mix("channel_mix", "channels", lambda f: f.channel, "Has a channel been added, or has one stopped sending?"),
    _mix("domain_mix", "lines of business", lambda f: f.domain, "Has a bot been connected, or is a domain found wrongly?"),
    _mix("sentiment_mix", "customers' mood", lambda f: f.sentiment, "Read some packets of the mood that grew."),
    _mix("escalation_mix", "reasons for escalating", lambda f: f.escalation, "Which rule fires more? `assist policy test` tries others."),
    _mix("verification_mix", "proof of identity", lambda f: f.verification, "Has a check changed its tool or its wording?"),
    _share("unknown_intent", "intent unknown", lambda f: None if f.intent is None else f.intent == "unknown", "Add the customers' words as utterances, or `assist train`."),
    _share("verification_failed", "verification failed", lambda f: None if f.verification is None else f.verification == "failed", "Does the check still work, and do customers understand what is asked?"),
    _share("frustrated", "customers frustrated", lambda f: f.frustrated, "Read the packets: does the bot repeat itself, or refuse?"),
    _share("article_found", "a relevant article found", lambda f: f.relevant, "Write the article that is missing, in the customers' words.", worse="lower"),
    Measure("articles_taken", "articles shown that agents took", _of(lambda f: f.taken, lambda f: f.shown), "share", "Are the articles out of date, or the wrong ones on top?", worse="lower", least=20, compared=True),
    Measure("dropped_claims", "a model's statements dropped", _of(lambda f: f.dropped, lambda f: (f.stated or 0) + (f.dropped or 0)), "share", "Has the model or the prompt changed? See `provenance` of the packets.", worse="higher", compared=True),
    _share("degraded", "packets with a degraded field", lambda f: f.degraded, "Which stage fails? `assist_stage_failures_total` says."),
    Measure("coverage", "turns that were read", _of(lambda f: f.read[0] if f.read else None, lambda f: f.read[1] if f.read else 0), "share", "Are conversations longer than the model's window?", worse="lower", matters=0.02, compared=True),
    Measure("edit_distance", "how much agents rewrite", lambda f: (round(sum(f.edits), 2), len(f.edits)) if f.edits else None, "share", "Read what agents wrote instead: it is the best label there is.", worse="higher", least=20, compared=True),
    Measure("edited", "statements that agents edit", _of(lambda f: len(f.edits), lambda f: f.judged), "share", "Read what agents wrote instead.", worse="higher", least=20, compared=True),
    Measure("wrong", "statements that agents call wrong", _of(lambda f: f.wrong, lambda f: f.judged), "share", "Put these conversations among the labelled ones.", worse="higher", least=20, compared=True),
    Measure("unsupported", "statements without support", _faults("unsupported"), "share", "Which section is it? The turns cited do not hold the values said.", worse="higher", matters=0.01, sampled=True, compared=True),
    Measure("gate_refused", "statements the gate would refuse", _faults("gate_refused"), "share", "The gate errs, too (see the yardstick of a report): read some before you act.", worse="higher", sampled=True),
    Measure("foreign_value", "numbers nobody said, per statement", _faults("foreign_value"), "share", "Which stage wrote it? It stands in no turn.", worse="higher", matters=0.01, sampled=True, compared=True),
    Measure("foreign_name", "names nobody said, per statement", _faults("foreign_name"), "share", "Which stage wrote it? It stands in no turn.", worse="higher", matters=0.02, sampled=True),
    Measure("words", "words of a summary", lambda f: None if f.words is None else (f.words, 1), "number", "Agents have seconds: which section grew?", worse="higher", matters=10, sampled=True, compared=True),
    Measure("reading_ease", "reading ease (Flesch)", lambda f: None if f.ease is None or f.language != "en" else (f.ease, 1), "number", "Are sentences longer, or are values taken for words?", worse="lower", matters=10, sampled=True),
    *(_danger(check) for check in DANGERS),
)  # fmt: skip

BY_NAME: Final[Mapping[str, Measure]] = {measure.name: measure for measure in MEASURES}
