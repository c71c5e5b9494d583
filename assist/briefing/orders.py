"""Turns are data: a sentence that tells a model what to do proves nothing, and nothing in an answer may be one."""

import re
from dataclasses import dataclass
from typing import Final

from assist.analysis.case import Case
from assist.domain.transcript import RedactedTranscript

_WORKPIECE = (
    r"(?:summary|summaries|briefing|packet|headline|hand-?off|json|output|intent|verification(?:\s+status)?|escalation(?:\s+reason)?|"
    r"next\s+actions?|suggested\s+actions?|open\s+points?)"
)
_ORDER = re.compile(
    rf"""\b(?:
      (?:ignore|disregard|forget|override|bypass|skip)\b[^.!?\n]{{0,40}}\b(?:instructions?|prompts?|rules|guidelines|(?:all|everything|the)\s+(?:above|before|previous))
    | (?:system|developer|hidden|initial)\s+(?:prompt|message|instructions?)
    | (?:your|these|new|following|updated)\s+(?:instructions?|prompt|guidelines|directives?|orders)
    | you\s+are\s+(?:now|no\s+longer|an?\s+(?:ai|assistant|language|helpful))
    | (?:as|dear)\s+(?:an?\s+)?(?:ai|language\s+model|summari[sz]er|llm)\b
    | (?:pretend|act\s+as|roleplay|jailbreak|developer\s+mode|dan\s+mode)
    | (?:when|while|before|after)\s+(?:you\s+)?(?:summari[sz]\w+|writ\w+\s+(?:the|this|your)\s+{_WORKPIECE})
    | (?:write|say|state|set|mark|put|add|include|record|output|print|respond|reply|answer|append|insert|change|classify|label|begin|end|start|fill)\b
      [^!?\n]{{0,80}}\b(?:(?:the|your|this|each|every|all|an?)\s+(?:\w+\s+){{0,2}}{_WORKPIECE}|as\s+(?:verified|succeeded|resolved|approved))
    | {_WORKPIECE}\s+(?:must|should|shall|has\s+to|needs\s+to|is\s+to|ought\s+to)\s+(?:be|say|read|contain|include|state|set|list)
    | (?:repeat|reveal|show|translate|encode|leak)\b[^.!?\n]{{0,30}}\b(?:instructions?|prompt|everything|above|rules|conversation|transcript)
    | (?:in|of|from|to|within)\s+your\s+(?:next\s+)?(?:summary|response|answer|output)
    | (?:note|message|instructions?|attention)\s+(?:to|for)\s+(?:the\s+)?(?:ai|model|assistant|summari[sz]er|llm|bot\s+writing)
    )
    |(?:^|\s)(?:\#{{2,}}|<\|?|\[)\s*(?:system|assistant|instructions?|inst|im_start)\b
    |^\s*(?:system|assistant|developer)\s*:
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_VERBS = (
    r"add|advise|agree|analy[sz]e|append|apply|approve|arrange|ask|assist|attach|begin|brainstorm|break|"
    r"bring|build|buy|calculate|cancel|categori[sz]e|choose|clarify|classify|click|collect|combine|"
    r"compare|compile|compose|conduct|connect|consider|continue|convert|correct|count|create|cut|decode|"
    r"define|delete|deliver|demonstrate|describe|determine|develop|direct|disclose|discuss|do|edit|encode|"
    r"encrypt|ensure|enter|establish|evaluate|examine|exclude|execute|explain|explore|express|extract|"
    r"feature|fill|find|fix|follow|forward|gather|generate|get|give|go|grant|group|guide|hide|highlight|"
    r"identify|ignore|illustrate|imagine|implement|incorporate|inform|insert|install|integrate|introduce|"
    r"investigate|invite|join|keep|let|look|make|mark|mention|modify|monitor|move|navigate|open|"
    r"organi[sz]e|outline|paraphrase|pay|perform|pick|predict|prepare|present|print|promote|proofread|"
    r"propose|provide|publish|put|read|rearrange|recommend|refer|remove|rename|render|replace|reset|"
    r"respond|retrieve|reveal|reverse|revise|rewrite|run|say|scramble|secretly|select|send|set|show|sign|"
    r"simplify|skip|solve|sort|spell|state|submit|substitute|suggest|summari[sz]e|take|teach|tease|tell|"
    r"translate|treat|try|turn|use|verify|waive|wire|withdraw|write"
)
_VERBS_AND_NOUNS = (
    r"call|change|check|contact|credit|design|display|download|draft|email|estimate|export|format|help|"
    r"issue|list|log|name|note|offer|plan|point|post|query|quote|record|refund|release|reply|report|"
    r"research|review|schedule|search|share|start|stop|test|track|transfer|update|upgrade|upload|visit"
)
_BIDS = re.compile(
    rf"^\W*(?:please\s|kindly\s|now\s+)?(?:(?:{_VERBS})\s"
    # "Refund for order 7" is a headline, "Refund order 7" a command
    rf"|(?:{_VERBS_AND_NOUNS})\s(?!(?:for|of|on|from|was|were|is|has|not|and|or|request\w*|status|number)\b))",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\byou(?:rs?|rself|'\w+)?\b", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|(?<!\w)'[^']*'(?!\w)")


@dataclass(frozen=True, slots=True)
class Proof:
    """A case as far as it can prove anything; `is_tampered` where somebody in it gives a model orders."""

    case: Case
    is_tampered: bool


def gives_orders(sentence: str) -> bool:
    """Return whether a sentence is addressed to a language model."""
    return bool(_ORDER.search(sentence))


def bids(text: str) -> bool:
    """Return whether a statement is none: it commands, asks or addresses its reader. What it quotes is somebody else's."""
    own = _QUOTED.sub(" ", text)
    if len(own.split()) < 2 or gives_orders(text):  # noqa: PLR2004 -- a quotation alone states nothing
        return True
    return any(
        part.rstrip().endswith("?") or _BIDS.match(part) or _ADDRESS.search(part) for part in _SENTENCE.split(own)
    )


def proof_of(case: Case) -> Proof:
    """Return the case without the sentences that give orders to a model, and without the vectors of turns that held one."""
    turns = []
    vectors = case.vectors
    for index, turn in enumerate(case.turns):
        parts = _SENTENCE.split(turn.text)
        kept = [part for part in parts if not gives_orders(part)]
        if len(kept) < len(parts):
            vectors = vectors.copy() if vectors is case.vectors else vectors
            vectors[index] = 0.0
            turns.append(turn.model_copy(update={"text": " ".join(kept)}))
        else:
            turns.append(turn)
    if vectors is case.vectors:
        return Proof(case, is_tampered=False)
    transcript = case.transcript.transcript.model_copy(update={"turns": tuple(turns)})
    cleaned = RedactedTranscript(transcript=transcript, redactions=case.transcript.redactions)
    return Proof(case.having(transcript=cleaned, vectors=vectors), is_tampered=True)


_RUN: Final = 6
_WORDS = re.compile(r"\w+")


def runs(text: str) -> set[tuple[str, ...]]:
    """Return every six words that follow each other in a text: what two texts share by copying, not by chance."""
    words = _WORDS.findall(text.lower())
    return {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
