"""An organisation's own labelled transcripts make intents better."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import click
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assist.cli.progress import progress_bar
from assist.domain.lessons import Lessons, joined
from assist.domain.transcript import Role, Transcript, Turn
from assist.errors import InvalidInput
from assist.redaction import redact
from assist.settings import Settings
from assist.wiring import build_analysis, configured_domains, read_lessons, write_lessons

_TELLING_WORDS = 4  # a shorter turn ("hi", "yes please", a number) says nothing of the wish
_UTTERANCES = 2  # the first ones of a conversation name the wish
_HELD_OUT = 5  # every fifth conversation judges what the others teach
_ENOUGH = 10


class _Labels(BaseModel):
    intent: str


class _Labelled(BaseModel):
    """A labelled transcript, as far as training needs it."""

    model_config = ConfigDict(extra="ignore")

    case_id: str
    domain: str
    turns: tuple[Turn, ...] = Field(min_length=1)
    labels: _Labels

    def transcript(self) -> Transcript:
        """Return the conversation, its secrets masked."""
        return redact(Transcript(turns=self.turns, domain=self.domain)).transcript

    def utterances(self) -> list[str]:
        """Return the customer's words that tell the wish."""
        spoken = [turn.text for turn in self.transcript().turns if turn.role is Role.CUSTOMER]
        return [text for text in spoken if len(text.split()) >= _TELLING_WORDS][:_UTTERANCES]


@click.command(epilog="Example: assist train labelled.jsonl")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change, and keep nothing.")
@click.option("--forget", is_flag=True, help="Begin anew: drop what was taught before.")
def train(file: Path, *, dry_run: bool, forget: bool) -> None:
    """Learn the customers' words for each intent from FILE: JSON lines with `case_id`, `domain`, `turns`, `labels.intent`.

    Every fifth conversation is held out, and the share of right intents on these is shown before and after. Secrets are
    masked first. A running service knows it after a restart.
    """
    settings = Settings.read()
    cases = _read(file, settings)
    before: Lessons = {} if forget else read_lessons(settings.lessons_file)
    if len(cases) >= _ENOUGH and any(map(_is_held_out, cases)):
        held = [case for case in cases if _is_held_out(case)]
        taught = joined(before, _lessons([case for case in cases if not _is_held_out(case)]))
        click.echo(f"right intents on {len(held)} held-out conversations, not trained on:")
        click.echo(f"  before  {_share_right(held, before):.0%}")
        click.echo(f"  after   {_share_right(held, taught):.0%}")
    after = joined(before, _lessons(cases))
    new = _count(after) - _count(before)
    if not dry_run:
        write_lessons(settings.lessons_file, after)
    click.echo(f"{new} utterances {'would be' if dry_run else 'were'} added from {len(cases)} conversations")


def _read(file: Path, settings: Settings) -> list[_Labelled]:
    """Return the cases; the first line that cannot be used is named, and nothing is learnt."""
    domains = configured_domains(settings)
    cases: list[_Labelled] = []
    for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            case = _Labelled.model_validate_json(line)
        except ValidationError as exc:
            first = exc.errors()[0]
            message = f"{file}, line {number}, {'.'.join(map(str, first['loc'])) or 'the whole'}: {first['msg']}"
            raise InvalidInput(message) from exc
        domain = domains.get(case.domain)
        if domain is None or domain.intent(case.labels.intent) is None:
            known = ", ".join(i.label for i in domain.intents) if domain else ", ".join(domains)
            message = (
                f"{file}, line {number}: intent {case.labels.intent!r} of domain {case.domain!r} is not configured;"
                f" configured are {known}"
            )
            raise InvalidInput(message)
        cases.append(case)
    if not cases:
        message = f"{file} holds no labelled transcript; each line is an object with case_id, domain, turns and labels"
        raise InvalidInput(message)
    return cases


def _lessons(cases: Sequence[_Labelled]) -> Lessons:
    lessons: Lessons = {}
    for case in cases:
        lessons = joined(lessons, {case.domain: {case.labels.intent: tuple(case.utterances())}})
    return lessons


def _share_right(cases: Sequence[_Labelled], lessons: Lessons) -> float:
    analysis = build_analysis(extra={}, lessons=lessons)
    right = 0
    with progress_bar() as bar:
        for case in bar.track(cases, description="measuring"):
            right += analysis.analyse(case.transcript(), only={"intent"}).intent.label == case.labels.intent
    return right / len(cases)


def _is_held_out(case: _Labelled) -> bool:
    # By name, so that the same conversation is held out every time.
    return int(hashlib.sha256(case.case_id.encode()).hexdigest(), 16) % _HELD_OUT == 0


def _count(lessons: Lessons) -> int:
    return sum(len(texts) for taught in lessons.values() for texts in taught.values())
