"""What the customer was asked for and has not answered yet, as a conversation goes on."""

from collections.abc import Sequence

from assist.domain.transcript import Role
from assist.redaction.kinds import Kind
from assist.redaction.placeholders import PLACEHOLDER
from assist.redaction.questions import Topic, announced, asked, asks_again

_SAID_ONCE = frozenset((Kind.PASSWORD, Kind.SECURITY_ANSWER, Kind.NAME, Kind.EMAIL, Kind.ADDRESS))


class Asking:
    """Keeps what was asked until the bot turns to something else."""

    def __init__(self) -> None:
        self.asked: tuple[Topic, ...] = ()

    def hear(self, role: Role, text: str, *, given: Sequence[Kind] = ()) -> None:
        """Take in the next turn; `given` are the kinds of personal data found in it."""
        if role in {Role.BOT, Role.AGENT}:
            topics = asked(text)
            if topics or not asks_again(text):
                self.asked = topics
        elif role is Role.CUSTOMER:
            # A word once given is given; a number may still be corrected in the next breath.
            hidden = {Kind(match["kind"].lower()) for match in PLACEHOLDER.finditer(text)}
            said = {*given, *hidden} & _SAID_ONCE
            self.asked = (*announced(text), *(topic for topic in self.asked if topic.kind not in said))
