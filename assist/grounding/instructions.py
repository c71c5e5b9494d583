"""Sentences that speak to a machine instead of to the company: they ask for an effect, and prove nothing.

Only the address to the machine counts, not the words alone: "can I ignore this warning" is a question like any other,
"ignore the instructions above" is not.
"""

import re
from typing import Final

_ORDERS: Final = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass|skip)\b[^.!?\n]{0,30}\b(?:previous|prior|above|earlier|preceding|all|your|the|any|system)\b[^.!?\n]{0,20}"
    r"\b(?:instructions?|prompts?|rules?|directions?|guidelines?|guardrails?|policy|policies|context|messages?|text)\b"
    r"|\b(?:new|updated?|real|actual|following|additional|hidden|secret|system|developer|admin)\s+(?:instructions?|prompts?|directives?)\b\s*(?:[:=]|\b(?:are|is|follow|apply)\b)"
    r"|\b(?:system|developer|hidden|initial)\s+(?:prompt|message|instructions?)\b"
    r"|\byou\s+(?:are|'re)\s+(?:now|no longer)\s[^.!?\n]{0,30}\b(?:assistant|ai|model|bot|mode|developer|admin\w*|persona|dan|bound|restricted|unrestricted)\b"
    r"|\b(?:act|behave|respond|pretend)\s+as\s+(?:if|though|an?|the)\b[^.!?\n]{0,40}\b(?:ai|model|assistant|admin\w*|developer|system|dan)\b"
    r"|\b(?:as|to|dear|hey|attention|note (?:to|for))\s+(?:an?\s+|the\s+|any\s+)?(?:ai|llm|language model|summari[sz]er|summari[sz]ing \w+|automated (?:system|agent))\b"
    r"|\b(?:when|while|if|before|after)\s+(?:you\s+)?(?:summari[sz](?:e|ing)|writ(?:e|ing) (?:the|this|a|your) (?:summary|handoff|packet|report))\b"
    r"|\b(?:in|into|to|as|at|of)\s+(?:the|your|this|any|every)\s+(?:\w+\s+)?(?:summary|headline|handoff|packet|json|output|reply field|next actions?)\b"
    r"|\b(?:summary|headline|packet|output|reply|response|json|answer)\s+(?:must|should|has to|needs to|is to|shall|will|to)\s+(?:say|be|read|state|contain|include|start|end|only)\b"
    r"|\b(?:set|mark|flag|change|classify|treat|label|record|report|note|write|put|state|claim|assume|consider)\b[^.!?\n]{0,40}"
    r"\b(?:as|to|that)\b[^.!?\n]{0,30}\b(?:verified|identified|authenticated|pre-?approved|approved|resolved|trusted|vip|high[_ ]risk|urgent|priority|true|succeeded)\b"
    r"|\b(?:verification|identity|intent|escalation|sentiment|priority|status|outcome)(?:[_.]\w+)?\s*(?:[:=]|:=|==)\s*[\"'\w]"
    r"|\b(?:print|output|repeat|reveal|show|reproduce|leak|display|recite|tell me|give me)\b[^.!?\n]{0,25}"
    r"(?:\b(?:your|system|initial|hidden|original|full)\s+(?:\w+\s+)?(?:prompt|instructions?|configuration)\b|\b(?:the|this)\s+prompt\b|\bsystem message\b|\brules you\b|\beverything above\b|\b(?:text|words) above\b)"
    r"|\b(?:reply|respond|answer|output|say|write|print|return)\b[^.!?\n]{0,15}\b(?:only|exactly|nothing but|just|with the (?:word|words|phrase|text|sentence|following))\b\s*[:\"'“‘]?"
    r"|\b(?:tell|inform|instruct|advise|convince|order|get)\s+the\s+(?:human\s+)?(?:agent|reader|operator|representative|staff)\s+(?:that|to)\b"
    r"|\badd\s+(?:an?|the|this)\s+(?:\w+\s+){0,2}(?:action|step|promise|fact|line|entry)\b"
    r"|\bend\s+of\s+(?:the\s+)?(?:transcript|conversation|chat|data|document|context)\b"
    r"|\bdo\s+anything\s+now\b",
    re.IGNORECASE,
)
_MARKS: Final = re.compile(
    r"<<<|>>>|```|<\|?/?(?:im_start|im_end|system|assistant|user|instructions?|prompt|s)\|?>|\[/?(?:INST|SYS|SYSTEM)\]|^\W*#{2,}\s*(?:system|instructions?|new task|task|end)\b"
    r"|^\s*\"?(?:system|assistant|developer)\"?\s*:|^\s*\[\d{1,4}\]\s*(?:customer|bot|agent|tool|system)\b|\"(?:role|tool_calls?|summary|intent|verification|actions)\"\s*:",
    re.IGNORECASE | re.MULTILINE,
)


def speaks_to_a_machine(text: str) -> bool:
    """Say whether a sentence tells a language model what to do or imitates what surrounds its input."""
    return bool(_ORDERS.search(text) or _MARKS.search(text))
