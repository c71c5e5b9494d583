"""An organisation's own labelled transcripts make intents and next actions better."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import click
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assist.actions.weights import read_weights, write_weights
from assist.cli.progress import progress_bar
from assist.cli.train_actions import Taken, hits, remembered, weights_of
from assist.domain.lessons import Lessons, joined
from assist.domain.transcript import Role, Transcript, Turn
from assist.errors import InvalidInput
from assist.redaction import redact
from assist.settings import Settings
from assist.wiring import build_analysis, configured_domains, lasting_precedents, read_lessons, write_lessons

_TELLING_WORDS = 4  # a shorter turn ("hi", "yes please", a number) says nothing of the wish
_UTTERANCES = 2  # the first ones of a conversation name the wish
_HELD_OUT = 5  # every fifth conversation judges what the others teach
_ENOUGH = 10
_BEFORE = frozenset({"intent", "facts", "verification", "steps_tried"})
_READ_AS = "default"  # the tenant of readings outside the service


class _Labels(BaseModel):
    intent: str
    next_actions: tuple[str, ...] = ()


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

    Where `labels.next_actions` begins with the id of a playbook's action, which is what an agent did after the last turn, that is
    kept as a precedent, and what tells the next action is weighed anew from ten such conversations of a domain on.

    Every fifth conversation is held out, and the share of right intents and suggestions on these is shown before and after.
    Secrets are masked first. A running service knows it after a restart.
    """
    settings = Settings.read()
    cases = _read(file, settings)
    _learn_actions(cases, settings, dry_run=dry_run, forget=forget)
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


def _learn_actions(cases: Sequence[_Labelled], settings: Settings, *, dry_run: bool, forget: bool) -> None:
    """Learn from what agents did; intents are read without what this file teaches of them, since a reader knows its own lessons."""
    analysis = build_analysis(extra={}, lessons={} if forget else read_lessons(settings.lessons_file))
    taken: list[Taken] = []
    with progress_bar() as bar:
        for case in bar.track(cases, description="reading what was done"):
            if not case.labels.next_actions:
                continue
            reading = analysis.analyse(case.transcript(), domain=case.domain, only=_BEFORE)
            if case.labels.next_actions[0] in {a.id for book in reading.domain.playbooks for a in book.actions}:
                taken.append(Taken(case.case_id, reading, case.labels.next_actions[0], case.labels.intent))
    labelled = sum(bool(case.labels.next_actions) for case in cases)
    if not taken:
        if labelled:
            click.echo(
                f"none of {labelled} next actions is the id of a playbook's action; nothing was learnt from them"
            )
        return
    before = {} if forget else dict(read_weights(settings.action_weights_file))
    held = [each for each in taken if _by_name(each.name)]
    if len(taken) >= _ENOUGH and held:
        click.echo(f"suggestions on {len(held)} held-out conversations, not trained on:")
        click.echo(f"  before  {hits(analysis, held)}")
        others = [each for each in taken if not _by_name(each.name)]
        remembered(analysis.precedents, others, tenant=_READ_AS)
        for domain, weights in weights_of(analysis, others, before).items():
            analysis.actions.adopt(domain, weights)
        click.echo(f"  after   {hits(analysis, held)}")
    remembered(analysis.precedents, taken, tenant=_READ_AS)
    weighed = weights_of(analysis, taken, before)
    if not dry_run:
        remembered(lasting_precedents(settings), taken, tenant=settings.tenant)
        write_weights(settings.action_weights_file, before | weighed)
    told = f", signs were weighed for {', '.join(sorted(weighed))}" if weighed else ""
    click.echo(f"{len(taken)} of {labelled} next actions {'would be' if dry_run else 'were'} remembered{told}")


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
    return _by_name(case.case_id)


def _by_name(name: str) -> bool:
    # The same conversation is held out every time.
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % _HELD_OUT == 0


def _count(lessons: Lessons) -> int:
    return sum(len(texts) for taught in lessons.values() for texts in taught.values())
