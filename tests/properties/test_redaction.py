"""What holds of redaction for any text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from assist.domain.transcript import Role, Transcript, Turn
from assist.redaction import find, pseudonymise, redact, redact_text

_PIECES = st.sampled_from(
    [
        "my pin is ", "8912", "1234 5678", "4111 1111 1111 1111", "and ", "password: ", "hunter2", ", ", "what is your PIN?", "account number ",
        "[PIN_1]", "[CARD_NUMBER_7]", "ada@example.com ", "SSN 219-09-9999", '{"cvv": "123"}', "call 541-555-0188 ", "My name is Ada ", "\n",
        "no wait ", "order #W5490111 ", "code you sent is ", "eight nine one two ", "12 Long Street ", "maiden name is ", "Copper",
    ]
)  # fmt: skip
_TEXTS = st.lists(_PIECES, min_size=1, max_size=7).map("".join) | st.text(max_size=60)
_ROLES = st.sampled_from([Role.CUSTOMER, Role.BOT, Role.TOOL])
_TURNS = st.builds(Turn, role=_ROLES, text=_TEXTS)
_TRANSCRIPTS = st.lists(_TURNS, min_size=1, max_size=6).map(lambda turns: Transcript(turns=tuple(turns)))


@settings(max_examples=150, deadline=None)
@given(_TRANSCRIPTS)
def test_redacting_twice_is_redacting_once(transcript: Transcript) -> None:
    """A masked transcript has nothing left to mask, and counts the same."""
    once = redact(transcript)
    assert redact(once.transcript) == once


@settings(max_examples=150, deadline=None)
@given(_TEXTS)
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    """Spans are in bounds, sorted, and do not overlap."""
    at = 0
    for span in find(text):
        assert at <= span.start < span.end <= len(text)
        at = span.end


@settings(max_examples=150, deadline=None)
@given(_TEXTS)
def test_text_outside_the_spans_is_kept(text: str) -> None:
    """Redacting a text changes nothing but the spans it names."""
    redacted = redact_text(text)
    kept: list[str] = []
    at = 0
    for span in redacted.spans:
        kept.append(text[at : span.start])
        at = span.end
    kept.append(text[at:])
    rest = redacted.text
    for piece in kept:
        assert piece in rest
        rest = rest[rest.index(piece) + len(piece) :]


@settings(max_examples=100, deadline=None)
@given(_TRANSCRIPTS)
def test_pseudonymised_texts_can_be_restored(transcript: Transcript) -> None:
    """What the vault hides it gives back to the letter."""
    redacted = redact(transcript)
    hidden = pseudonymise(redacted)
    restored = [hidden.vault.restore(turn.text) for turn in hidden.transcript.turns]
    assert restored == [turn.text for turn in redacted.turns]
