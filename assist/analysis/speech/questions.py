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
    r"^(?P<wh>(?:what|which|where|when|how|who|why)(?: \w+){0,2}?) (?P<aux>do|does|did|can|could|will|would|should|has|have|had|am|are|is|was|were) "
    r"(?P<subject>i|you|they|it|we|he|she|(?:my|our|the|this|that) (?:\w+ (?=order\b|number\b|card\b))?\w+(?= [a-z])) (?P<rest>.+)$",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:on|in|at|for|from|with|under|left|wrong|going|happening|the (?:matter|problem))\b", re.IGNORECASE
)
_SUBJECT = re.compile(
    r"(?:who|what|which \w+) (?!is\b|are\b|was\b|were\b|am\b|else\b)\w+(?:ed|s|t|nt|ew|ook|ade)\b", re.IGNORECASE
)
_SHORT = re.compile(r"^(what|where|when|how|who|why)['’](s|re)\b", re.IGNORECASE)
# "what is the status of my order": a thing with its name after it, and no subject with a verb.
_NAMES = re.compile(
    r"\b(?:is|are|was|were) (?:my|our|the|this|that) \w+ (?!\w+(?:ed|en|ble|ing)\b|number\b|order\b|card\b|account\b|not\b|still\b|so\b|too\b)",
    re.IGNORECASE,
)
_VERB = re.compile(r"^[a-z]+", re.IGNORECASE)


def _third(verb: str) -> str:
    """Return "takes" for "take"."""
    if re.search(r"(?:s|x|z|ch|sh|o)$", verb):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if re.search(r"[^aeiou]y$", verb) else "has" if verb == "have" else f"{verb}s"


def indirect(question: str, *, by_customer: bool = True) -> str:
    """Return a question inside a sentence: "is it haunted" becomes "whether it is haunted"."""
    question = question.strip().rstrip("?").strip()
    question = _SHORT.sub(lambda match: f"{match[1]} {'is' if match[2] == 's' else 'are'}", question)
    lead = ""
    if opener := re.match(
        r"^(when|if) (?:i|we) [^,]{3,40}?(?=,? (?:what|which|how|is|are|do|can))", question, re.IGNORECASE
    ):
        lead = f" {opener[0]}"
        question = question[opener.end() :].strip(" ,")
    for pattern in (_YES_NO, _WH_AUX, _BE):
        if (match := pattern.match(question)) and not (pattern is _WH_AUX and _NAMES.search(match[0])):
            parts = match.groupdict()
            if (parts.get("aux") or "").lower() == "does":
                parts["rest"] = _VERB.sub(lambda verb: _third(verb[0]), parts["rest"], count=1)
            wh = (parts.get("wh") or "whether").lower()
            aux = "" if (parts.get("aux") or "").lower() in {"", "do", "does", "did"} else f" {parts['aux'].lower()}"
            goes_on = _PLACE.match(parts["rest"])
            tail = (
                f"{parts['be']} {parts['rest']}"
                if goes_on and "be" in parts
                else f"{parts['rest']} {parts['be']}"
                if "be" in parts
                else f"{parts['subject']}{aux} {parts['rest']}"
            )
            return third_person(f"{wh} {tail}{lead}", by_customer=by_customer)
    if _SUBJECT.match(question):
        return third_person(f"{question[0].lower()}{question[1:]}{lead}", by_customer=by_customer)
    return f"“{question}?”"
