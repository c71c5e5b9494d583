"""Questions put inside a sentence: "is it haunted?" becomes "whether it is haunted"."""

import re

from assist.analysis.speech.wording import third_person

_BE = re.compile(
    r"^(?P<wh>(?:what|which|where|when|how|who|why)(?: \w+)?) (?P<be>is|are|was|were) (?P<rest>.+)$", re.IGNORECASE
)
_YES_NO = re.compile(
    r"^(?P<aux>is|are|was|were|do|does|did|can|could|will|would|has|have|had|should|am) (?P<subject>there|it|i|you|they|this|that|he|she|we|the \w+|my \w+) (?P<rest>.+)$",
    re.IGNORECASE,
)
_WH_AUX = re.compile(
    r"^(?P<wh>(?:what|which|where|when|how|who|why)(?: \w+){0,2}?) (?P<aux>do|does|did|can|could|will|would|should|has|have|am|are|is) (?P<subject>i|you|they|it|we|he|she) (?P<rest>.+)$",
    re.IGNORECASE,
)


def indirect(question: str, *, by_customer: bool = True) -> str:
    """Return a question inside a sentence: "is it haunted" becomes "whether it is haunted"."""
    question = question.strip().rstrip("?").strip()
    lead = ""
    if opener := re.match(
        r"^(when|if) (?:i|we) [^,]{3,40}?(?=,? (?:what|which|how|is|are|do|can))", question, re.IGNORECASE
    ):
        lead = f" {opener[0]}"
        question = question[opener.end() :].strip(" ,")
    for pattern in (_YES_NO, _WH_AUX, _BE):
        if match := pattern.match(question):
            parts = match.groupdict()
            wh = (parts.get("wh") or "whether").lower()
            aux = "" if (parts.get("aux") or "").lower() in {"", "do", "does", "did"} else f" {parts['aux'].lower()}"
            goes_on = re.match(r"(?:going|happening|wrong|the (?:matter|problem))\b", parts["rest"])
            tail = (
                f"{parts['be']} {parts['rest']}"
                if goes_on and "be" in parts
                else f"{parts['rest']} {parts['be']}"
                if "be" in parts
                else f"{parts['subject']}{aux} {parts['rest']}"
            )
            return third_person(f"{wh} {tail}{lead}", by_customer=by_customer)
    return f"“{question}?”"
