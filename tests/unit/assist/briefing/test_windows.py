"""Conversations longer than a model reads at once: read whole, citations kept."""

import re

from hypothesis import given
from hypothesis import strategies as st

from assist.briefing.windows import Passage, estimate, pieces, windows
from assist.domain.packet import Answerer, Failure
from assist.errors import ModelTimeout, ModelWindowExceeded
from assist.ports import ModelReply, ModelRequest
from tests.builders import bot, customer
from tests.fakes.model import ScriptedModel
from tests.unit.assist.briefing.conversations import KETTLE, RULES, a_reading, a_reply, improved

LONG = (*KETTLE, *(turn for n in range(40) for turn in (bot(f"Please wait, number {n}."), customer(f"Waiting, {n}."))))


class Reader:
    """Notes one line of every part; briefs from the notes; refuses what is over its own window."""

    def __init__(self, *, most: int = 10**9) -> None:
        self.requests: list[ModelRequest] = []
        self._most = most

    async def answer(self, request: ModelRequest) -> ModelReply:
        """Answer in the shape asked for."""
        self.requests.append(request)
        if estimate(request.user) > self._most:
            message = "too long"
            raise ModelWindowExceeded(message)
        text = a_reply()
        if request.purpose == "window":
            number, said = re.findall(r"^\[(\d+)\] \w+: (.*)$", request.user, re.MULTILINE)[0]
            text = f'{{"notes": [{{"section": "open", "text": "Said: {said[:20].replace(chr(34), "")}", "turns": [{number}, 9999]}}]}}'
        elif "notes" in request.reply.model_fields:
            text = '{"notes": [{"section": "open", "text": "All of it", "turns": [0]}]}'
        value = request.reply.model_validate_json(text)
        return ModelReply(value=value, text=text, model="reader", tokens_in=1, tokens_out=1, cost=0.01, ms=1)


def seen(model: Reader) -> set[int]:
    """Return the turns that were shown to the model part by part."""
    texts = "\n".join(request.user for request in model.requests if request.purpose == "window")
    return {int(number) for number in re.findall(r"^\[(\d+)\]", texts, re.MULTILINE)}


async def test_every_turn_of_a_long_conversation_is_read() -> None:
    """Part by part, then once over the notes; the answer is merged like any other."""
    model = Reader()
    reading = await improved(model, a_reading(*LONG), window=300)
    assert seen(model) == set(range(len(LONG)))
    assert model.requests[-1].purpose == "merge"
    stamp = reading.provenance["summary"]
    assert (stamp.by, stamp.prompt) == (Answerer.MODEL, "window/1+merge/1")
    assert stamp.tokens_in == len(model.requests)
    assert len({request.packet for request in model.requests}) == 1
    assert all(estimate(request.user.partition("<<<transcript")[2]) <= 400 for request in model.requests)


async def test_notes_keep_citations_of_their_part_alone() -> None:
    """A note's turn that the part does not hold is not handed on; turns that notes name are shown again."""
    model = Reader()
    await improved(model, a_reading(*LONG), window=2_000)
    await improved(model, a_reading(*LONG), window=600)
    merge = model.requests[-1].user
    assert re.search(r"^open: Said: .* \[0\]$", merge, re.MULTILINE)
    assert "9999" not in merge
    assert "[0] customer: Hello" in merge


async def test_a_model_with_a_smaller_window_than_thought_reads_in_parts() -> None:
    """The window is halved until the model takes it."""
    model = Reader(most=700)
    reading = await improved(model, a_reading(*LONG))
    assert model.requests[0].purpose == "handoff"
    assert seen(model) == set(range(len(LONG)))
    assert reading.provenance["summary"].by is Answerer.MODEL


async def test_a_part_that_fails_fails_all() -> None:
    """A briefing on the rest would pass for the whole."""
    note = '{"notes": [{"section": "open", "text": "x", "turns": [0]}]}'
    reading = await improved(ScriptedModel(note, ModelTimeout("slow")), a_reading(*LONG), window=300)
    assert reading.case.summary == RULES
    assert reading.provenance["summary"].failure in {Failure.TIMEOUT, Failure.MODEL_UNAVAILABLE}


async def test_a_turn_longer_than_the_window_is_read_whole() -> None:
    """Its pieces are lines of the same number."""
    words = " ".join(f"word{n}" for n in range(900))
    model = Reader()
    await improved(model, a_reading(customer(f"I want my money back. {words}"), *KETTLE[1:]), window=500)
    shown = " ".join(request.user for request in model.requests if request.purpose == "window")
    assert all(f"word{n}" in shown for n in range(900))
    assert len(re.findall(r"^\[0\] customer: ", shown, re.MULTILINE)) > 3


async def test_notes_that_do_not_fit_are_merged_in_rounds() -> None:
    """The notes of many parts are themselves read in parts."""
    model = Reader()
    await improved(model, a_reading(*LONG), window=60)
    asked = [request for request in model.requests if request.purpose == "merge"]
    assert len(asked) > 1
    assert "notes" not in asked[-1].reply.model_fields


@given(st.lists(st.integers(1, 90), min_size=1, max_size=60), st.integers(100, 300), st.integers(0, 4))
def test_windows_hold_every_line_in_order_within_their_size(sizes: list[int], tokens: int, overlap: int) -> None:
    """Without the lines that repeat, the parts are the whole."""
    lines = [Passage(number, "x" * size * 3) for number, size in enumerate(sizes)]
    parts = windows(lines, tokens=tokens, overlap=overlap)
    assert all(sum(line.tokens for line in part) <= tokens for part in parts)
    firsts: list[int] = []
    for part in parts:
        firsts += [line.turn for line in part if line.turn not in firsts]
    assert firsts == list(range(len(lines)))


@given(st.text(max_size=400), st.integers(5, 50))
def test_pieces_lose_no_letter(text: str, tokens: int) -> None:
    """But for the spaces at which a text is cut."""
    made = pieces(text, tokens=tokens)
    assert "".join("".join(made).split()) == "".join(text.split())
    assert all(estimate(piece) <= tokens for piece in made)
