"""Against a statement: it is none, but speaks to its reader."""

import re

from assist.grounding.claim import Claim


def addresses_reader(claim: Claim) -> float:
    """Speaks to its reader, or is no statement at all."""
    text = claim.text.strip()
    starts = re.match(
        r"(?:please|kindly|do|don't|make sure|ensure|contact|visit|click|call|use|ignore|tell|give|send|refund|issue|approve|verify|transfer|reply|remember|note|important|attention|agent|dear|you)\b",
        text,
        re.IGNORECASE,
    )
    return (
        1.0
        if re.search(r"\byou(?:r|rs|'re|'ll)?\b(?![^“\"]*[”\"])", text, re.IGNORECASE)
        or text.endswith("?")
        or (starts and not re.match(r"\w+ (?:\S+ ){0,2}(?:was|has|is|were|have|failed|succeeded)\b", text))
        else 0.0
    )
