"""Recorded conversations as people have them: transcripts with or without labels, as JSON, a JSON list or JSON lines."""

from collections import Counter
from pathlib import Path

from pydantic import ValidationError

from assist.cli.transcripts import read_transcripts
from assist.errors import InvalidInput
from evals.cases import LabelledCase
from evals.errors import DataMissing

_CASE_FIELDS = ("labels", "group")


def conversations(path: Path, *, blind: bool = False) -> tuple[LabelledCase, ...]:
    """Return the conversations of a file, each under an id of its own; `blind` leaves out labels that stand beside them.

    DataMissing names the line that cannot be used, and an id that comes twice.
    """
    try:
        named = read_transcripts(path)
    except InvalidInput as exc:
        raise DataMissing(str(exc)) from exc
    twice = [name for name, count in Counter(each.name for each in named).items() if count > 1]
    if twice:
        message = f"{path}: {twice[0]!r} comes twice; give each conversation a case_id or conversation_id of its own"
        raise DataMissing(message)
    found = []
    for name, transcript in named:
        beside = transcript.model_extra or {}
        more = {} if blind else {key: beside[key] for key in _CASE_FIELDS if beside.get(key) is not None}
        try:
            case = LabelledCase(
                case_id=name,
                domain=transcript.domain,
                channel=transcript.channel,
                language=transcript.language,
                turns=transcript.turns,
                **more,
            )
        except ValidationError as exc:
            first = exc.errors()[0]
            message = f"{path}, conversation {name!r}, at {'.'.join(map(str, first['loc']))}: {first['msg']}"
            raise DataMissing(message) from exc
        found.append(case)
    return tuple(found)
