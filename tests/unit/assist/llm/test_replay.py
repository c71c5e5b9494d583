"""Replies written down and given again."""

from dataclasses import replace
from pathlib import Path

import pytest

from assist.errors import ConfigurationError, ModelTimeout, ModelUnavailable
from assist.llm import Recorder, Replay, request_hash
from tests.fakes.model import ScriptedModel
from tests.model_requests import GOOD, Note, a_request

OTHER = '{"text": "Somebody else wants something else — für 5 €", "turns": [0, 2]}'


async def test_what_was_recorded_is_answered_again(tmp_path: Path) -> None:
    """Value, text, model and numbers are those of the recording, in any order."""
    file = tmp_path / "made" / "replies.jsonl"
    recorder = Recorder(ScriptedModel(GOOD, OTHER), file)
    first, second = a_request(), a_request(user="<<<transcript\n[0] customer: no\ntranscript>>>")
    recorded = [await recorder.answer(first), await recorder.answer(second)]
    replay = Replay(file)
    assert [await replay.answer(second), await replay.answer(first)] == recorded[::-1]


async def test_a_request_that_was_never_recorded_is_unavailable(tmp_path: Path) -> None:
    """The message names the file and what the request was for."""
    file = tmp_path / "replies.jsonl"
    await Recorder(ScriptedModel(GOOD), file).answer(a_request())
    with pytest.raises(ModelUnavailable, match=r"replies\.jsonl holds no reply to this request for test"):
        await Replay(file).answer(a_request(user="something new"))


async def test_a_failure_is_not_recorded(tmp_path: Path) -> None:
    """It says nothing about the answer."""
    file = tmp_path / "replies.jsonl"
    recorder = Recorder(ScriptedModel(ModelTimeout("slow"), GOOD), file)
    with pytest.raises(ModelTimeout):
        await recorder.answer(a_request())
    await recorder.answer(a_request())
    assert (await Replay(file).answer(a_request())).text == GOOD


async def test_of_two_replies_to_one_request_the_later_counts(tmp_path: Path) -> None:
    """A recording may be renewed by adding to it."""
    file = tmp_path / "replies.jsonl"
    recorder = Recorder(ScriptedModel(GOOD, OTHER), file)
    await recorder.answer(a_request())
    await recorder.answer(a_request())
    assert (await Replay(file).answer(a_request())).text == OTHER


@pytest.mark.parametrize("content", [None, "no JSON", '{"no": "hash"}', "[1]"])
async def test_a_file_of_no_use_is_named(tmp_path: Path, content: str | None) -> None:
    """A missing or broken recording is the operator's to mend."""
    file = tmp_path / "replies.jsonl"
    if content is not None:
        file.write_text(content)
    with pytest.raises(ConfigurationError, match=r"replies\.jsonl"):
        await Replay(file).answer(a_request())


class Longer(Note):
    """Another shape."""

    more: str


def test_texts_and_shape_make_a_request_the_same() -> None:
    """Who asks, for which packet and how long does not; every word and the shape does."""
    same = request_hash(a_request())
    assert request_hash(a_request(tenant="other", deadline=1, packet="p")) == same
    others = [a_request(user="x"), a_request(system="x"), a_request(reply=Longer), replace(a_request(), max_tokens=1)]
    assert same not in {request_hash(request) for request in others}
    assert len({request_hash(request) for request in others}) == len(others)
