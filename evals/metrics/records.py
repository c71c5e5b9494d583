"""What one case contributes to a measure."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class Pair(_Record):
    """A label and an answer."""

    kind: Literal["pair"] = "pair"
    truth: str
    guess: str


class Counts(_Record):
    """Found and right, found and wrong, right and not found."""

    kind: Literal["counts"] = "counts"
    hits: int
    false: int
    missed: int


class Share(_Record):
    """So much of so much."""

    kind: Literal["share"] = "share"
    part: float
    whole: float


class Amount(_Record):
    """A number of its own."""

    kind: Literal["amount"] = "amount"
    value: float


class Ranked(_Record):
    """A number that raters gave and the number answered."""

    kind: Literal["ranked"] = "ranked"
    truth: float
    guess: float


class Confidence(_Record):
    """How sure an answer was, from 0 to 1, and whether it was right."""

    kind: Literal["confidence"] = "confidence"
    confidence: float = Field(ge=0.0, le=1.0)
    right: bool


Record = Annotated[Pair | Counts | Share | Amount | Ranked | Confidence, Field(discriminator="kind")]
