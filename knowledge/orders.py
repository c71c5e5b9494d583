"""Passages of an article that speak to a language model instead of to a reader.

An article tells people what to do, so that commands alone are nothing odd: "tell the customer", "mark the order as
returned" and "ignore the warning light" are how good articles read. What is told here is the address: orders to forget
orders, names and marks that only a model knows, orders on how its answer is to be spelt, and text that no reader sees.
A bare task, such as "write a poem about the sea", says nothing of whom it is for, and is not told.
"""

import re
from typing import Final

from pydantic import BaseModel, ConfigDict

_LONGEST: Final = 200

_ANSWER: Final = (
    r"your\s+(?:\w+\s+)?(?:responses?|answers?|outputs?|repl(?:y|ies)(?!\s+to\s+the\s+(?:customer|caller)))"
)
_TELLS: Final = tuple(
    (why, re.compile(pattern, re.IGNORECASE | re.VERBOSE | re.MULTILINE))
    for why, pattern in (
        (
            "asks to set earlier instructions aside",
            r"""\b(?:ignore|disregard|forget|override|bypass)\b[^.!?]{0,40}?
            \b(?:previous|prior|above|earlier|preceding|all|your|system|safety)\b[^.!?]{0,20}?
            \b(?:instructions?|prompts?|directives?|guardrails?|programming|training|rules\s+(?:you|above))\b""",
        ),
        (
            "gives a model instructions of its own",
            r"""\b(?:new|updated|hidden|secret|system|developer)\s+(?:instructions?|prompts?|directives?)\s*[:=]
            |\byou\s+are\s+(?:now|no\s+longer)\s+(?:an?\s+|the\s+)?(?:\w+\s+){0,3}
             (?:assistant|ai|language\s+model|llm|(?:chat)?bot|persona|dan|jailbroken|unrestricted)\b
            |\b(?:developer|dan|god|jailbreak)\s+mode\s+(?:is\s+)?(?:on|enabled|activated)\b
            |\bdo\s+anything\s+now\b""",
        ),
        (
            "addresses a model",
            r"""\b(?:as|dear|hey|attention|note\s+(?:to|for)|instructions?\s+(?:to|for)|message\s+(?:to|for))[\s:,]+
            (?:an?\s+|the\s+|any\s+|all\s+)?(?:ai\b(?!\s+team)|llms?\b|(?:large\s+)?language\s+models?\b|summari[sz]er\b
            |ai\s+(?:assistant|model|agent)s?\b|assistant\s+reading\b)
            |\bif\s+you\s+are\s+an?\s+(?:ai|llm|language\s+model|bot\s+reading)\b""",
        ),
        (
            "asks for a model's prompt",
            r"""\b(?:reveal|repeat|print|output|show|display|leak|disclose|recite)\b[^.!?]{0,25}?
            \b(?:your|the\s+(?:system|hidden|initial))\s+(?:system\s+|hidden\s+|initial\s+)?(?:prompt|instructions)\b""",
        ),
        (
            "says how a model is to word or spell its answer",
            rf"""\b(?:use|replace|substitute|misspell|scramble|rearrange|anagram|group|reverse|encode|encrypt|translate|
            include|add|append|insert|augment|integrate|modify|enhance|alter|embed|incorporate|swap|shuffle|mix|jumble|
            end|begin|start|finish|conclude|weave|introduce|mention|promote|feature|put|place|write|provide|convert|remove|
            combine|format|render)\b[^\n]{{0,160}}?\b{_ANSWER}
            |\b(?:in|within|throughout)\s+{_ANSWER}\s*(?:,|say\b|state\b|claim\b)""",
        ),
        (
            "asks for text to be made unreadable",
            r"""\b(?:misspell|scramble|anagram|jumble|reverse)\b[^.!?\n]{0,30}\b(?:letters?|words?|spelling)\b
            |\breplace\b[^.!?\n]{0,20}\b(?:vowels?|consonants?|(?:every\s+\w+\s+)?letters?)\b[^.!?\n]{0,20}\b(?:with|by)\b""",
        ),
        (
            "commands what a summary or packet must say",
            r"""\b(?:the|your|every|any)\s+(?:summary|headline|hand-?off\s+packet|packet|json)\s+
            (?:must|should|shall|has\s+to|needs\s+to|is\s+to)\s+(?:say|state|read|contain|include|begin|end|claim)\b
            |\bwhen\s+(?:you\s+)?summari[sz](?:e|ing)\b""",
        ),
        (
            "imitates the marks between a model's inputs",
            r"""<\|?/?(?:im_start|im_end|system|endoftext)\|?>|\[/?(?:INST|SYS)\]|<<SYS>>
            |^\s*(?:\#{2,}\s*)?(?:system|assistant|developer)\s*:\s*\S
            |\"role\"\s*:\s*\"(?:system|assistant)\"""",
        ),
        # Tags (U+E0000), and runs of characters without width: a reader sees nothing, a model reads them.
        (
            "hides text in characters that nobody sees",
            r"[\U000E0020-\U000E007F]{4,}|[\u200B\u2060\uFEFF\u2062-\u2064]{6,}",
        ),
    )
)


class Order(BaseModel):
    """A passage that speaks to a language model, not to a reader; `line` counts from 1."""

    model_config = ConfigDict(frozen=True)

    line: int
    text: str
    why: str

    def __str__(self) -> str:
        return f"line {self.line} speaks to a model: {self.text} (it {self.why})"


def orders(text: str) -> tuple[Order, ...]:
    """Return the passages of a text that speak to a model, by line, each once."""
    found: dict[int, Order] = {}
    for why, pattern in _TELLS:
        for match in pattern.finditer(text):
            line = text.count("\n", 0, match.start() + len(match[0]) - len(match[0].lstrip())) + 1
            found.setdefault(line, Order(line=line, text=_around(text, match), why=why))
    return tuple(found[line] for line in sorted(found))


def _around(text: str, match: re.Match[str]) -> str:
    """Return the match with the rest of its line, what cannot be seen made visible, at most so many characters."""
    start = text.rfind("\n", 0, match.start() + 1) + 1
    end = text.find("\n", match.end())
    shown = text[start : None if end < 0 else end]
    if len(shown) > _LONGEST:
        shown = text[match.start() : match.start() + _LONGEST] + "…"
    return " ".join("".join(_visible(character) for character in shown).split())


def _visible(character: str) -> str:
    code = ord(character)
    if 0xE0020 <= code <= 0xE007E:  # noqa: PLR2004 -- tags, each the twin of an ASCII character
        return chr(code - 0xE0000)
    return character if character.isprintable() or character.isspace() else "·"
