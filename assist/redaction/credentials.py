"""Secrets that a word beside them gives away: "my PIN is 8912", "password: …", "the code I got is 482913"."""

import re
from collections.abc import Iterator

from assist.redaction.digits import Run, runs
from assist.redaction.kinds import Kind, Span

# What may stand between the word and the value. "changed on" is not among it: what follows is a date.
_LINK = (
    r"(?:[\s,]*(?:\b(?:number|numbers|no|n 0|num|nr|ac|acct|code|digits?|is|was|are|were|be|might|should|may|could|would|must|it'?s|its|it|the|"
    r"my|to|of|for|as|here|now|set|new|old|current|last|four|4|i|i'm|think|believe|entered|used|use|using|either|just|this|that|"
    r"actually|correct|right|one|account|following|below|above|set to|changed to)\b\.?|[:=#–—-]|\bn°))*[\s,:=]*[\"'“‘`*]*"
)
_CUES = (
    (
        Kind.CVV,
        re.compile(
            r"\b(?:cvv2?|cvc2?|cvn|csc|cid|(?:card )?security code|(?:card )?verification (?:value|number))\b",
            re.IGNORECASE,
        ),
        (3, 4),
    ),
    (
        Kind.ONE_TIME_CODE,
        re.compile(
            r"\b(?:otp|one[- ]time (?:pass)?(?:code|word|pin|password)|verification code|authentication code|"
            r"authenticator code|2fa code|two[- ]factor code|sms code|(?:text(?:ed)?|sent|received|got) (?:me )?(?:the |this |a )?code|"
            r"code (?:you|they) (?:just )?(?:sent|texted)(?: me)?|code i (?:just )?(?:got|received)|login code|security code)\b",
            re.IGNORECASE,
        ),
        (4, 10),
    ),
    (Kind.PIN, re.compile(r"(?<!drop )(?<![-_\w])(?:pins?|pin ?code|pass ?code)(?![-_\w])", re.IGNORECASE), (3, 8)),
    (
        Kind.NATIONAL_ID,
        re.compile(
            r"\b(?:ssn|s\.s\.n\.?|ss[a-z]{0,2}n|social(?: security)?(?: number| no)?|national (?:id|insurance)(?: number)?|"
            r"tax(?:payer)? id(?:entification)?(?: number)?|nino|aadhaar|sin number|passport(?: number| no)?|"
            r"driv(?:er|ing)[’']?s? licen[cs]e(?: number| no)?)\b",
            re.IGNORECASE,
        ),
        (3, 16),
    ),
    (Kind.CARD_NUMBER, re.compile(r"\bcard (?:number|no|num|nr)\b", re.IGNORECASE), (4, 25)),
)
_LAST_DIGITS = re.compile(r"\b(?:last|final|ending|ends)\b", re.IGNORECASE)
_POSTAL = re.compile(r"\b(?:postal|area|zip|city|delivery|address)\b", re.IGNORECASE)
_NEXT = re.compile(
    r"\s*(?:,|/|\bor\b|\band\b|\bor maybe\b|\bor is it\b|\bno wait\b|\bsorry\b)[\s,]*(?:maybe |it'?s |is it )?",
    re.IGNORECASE,
)
_MONEY = re.compile(r"[$€£¥₹]\s?$")
_SIX_FIGURES = 6
# "ac 4856932313": the letters that a number begins with are part of it.
_PREFIX = re.compile(r"\b(?:ac|acct|a/c) ?$", re.IGNORECASE)

# Passports and licences mix letters and digits.
_DOCUMENT = re.compile(
    r"\b(?:passport|licen[cs]e|national id|id card|nino|national insurance)(?: (?:number|no\.?|card))?(?: is|:| was)?\s+(?:number |is |: )?(?P<value>(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{6,16})\b",
    re.IGNORECASE,
)

_AFTERWARDS = re.compile(
    r"[\s\"'”’,]*(?:(?:this|that|it)\s+)?(?:is|was|as|for)\s+(?:my|the|his|her|their|our)\s+(?:\w+\s+){0,2}(?:pin|passcode|ssn|cvv|otp)\b",
    re.IGNORECASE,
)
_REVERSED = {"pin": Kind.PIN, "passcode": Kind.PIN, "ssn": Kind.NATIONAL_ID, "cvv": Kind.CVV, "otp": Kind.ONE_TIME_CODE}

_PASSWORD = re.compile(
    r"\b(?:pass ?(?:w[ao]r?d?r?d|phrase)|passowrd|passwd|pwd|pw)s?\b(?:\s*(?:is|was|are|=|:|would be|should be|may be|might be|to\b)\s*|\s+(?=\S*\d))"
    r"(?:(?:it'?s|now|set to|changed to|reset to|actually|just|still|currently|probably|definitely)\s+)?[\"'“‘`]*(?P<value>[^\s\"'”’`,;]+(?:(?: \d{1,8}| [a-z]{1,2})+(?=\s*(?:$|[.,;!]|(?:and|i)\b)))?)",
    re.IGNORECASE,
)
# "name fatima password kestrel": who lists what they were asked for leaves the "is" out.
_LISTED = re.compile(
    r"\b(?:name|user|login|company|id)\b(?: name| id| is)*(?: (?!(?:the|but|not|a|no|or|has|with)\b)\w+){1,3} (?:and )?(?:my )?pass ?word\s+(?P<value>[^\W\d_]{3,}(?: \w{1,6}){0,2})\s*$",
    re.IGNORECASE,
)
_NOT_A_VALUE = re.compile(
    r"a|accepted|access|again|also|an|and|another|any|are|at|be|because|been|before|being|blank|but|by|called|"
    r"can|case|changed|changing|confirmed|continue|correct|could|created|dead|different|empty|entered|expired|"
    r"expiring|failing|false|for|forgotten|from|gone|good|great|has|have|here|hidden|how|i|if|in|incorrect|"
    r"invalid|is|it|its|locked|log|login|longer|lost|missing|must|my|name|named|needed|never|new|no|none|not|"
    r"null|of|old|on|one|or|please|protected|recover|rejected|required|reset|resetting|retrieve|right|same|"
    r"saved|secure|sent|short|shown|sick|so|something|still|stored|strong|temporary|that|the|their|then|there|"
    r"they|this|to|too|true|undefined|unknown|unlock|updated|used|valid|verified|via|was|weak|what|when|where|"
    r"which|who|why|will|with|work|working|works|wrong|yes|you|your",
    re.IGNORECASE,
)


def _usable(text: str, run: Run, sizes: tuple[int, int]) -> bool:
    least, most = sizes
    after = text[run.end : run.end + 2]
    # A day "12/05", a time "8:30" or an amount is no PIN.
    dated = bool(re.match(r"[/:]\d|%", after)) or text[run.end : run.end + 1].isalpha()
    return least <= len(run.digits) <= most and not dated and not _MONEY.search(text[: run.start])


def _first(run: Run, sizes: tuple[int, int]) -> Run:
    """Return the first piece where it is a value by itself, so that "8912, 4500" is two numbers."""
    least, most = sizes
    if (
        run.pieces
        and least <= len(run.pieces[0].digits) <= most
        and len(run.pieces[0].digits) > 1
        and least <= _SIX_FIGURES
    ):
        same = [piece for piece in run.pieces if len(piece.digits) > 1]
        if len(same) != len(run.pieces) or len(run.digits) > most:
            return run.pieces[0]
    return run


def _cued(text: str) -> Iterator[Span]:
    by_start = {run.start: run for run in runs(text)}
    for kind, cue, sizes in _CUES:
        for match in cue.finditer(text):
            if kind is Kind.PIN and _POSTAL.search(text[max(0, match.start() - 30) : match.start()]):
                continue
            link = _LINK_RE.match(text, match.end())
            at = link.end() if link else match.end()
            if kind is Kind.CARD_NUMBER and _LAST_DIGITS.search(text[max(0, match.start() - 40) : at]):
                continue
            while (run := by_start.get(at)) is not None:
                value = _first(run, sizes)
                if not _usable(text, value, sizes):
                    break
                prefix = _PREFIX.search(text, 0, value.start)
                yield Span(type=kind, start=prefix.start() if prefix else value.start, end=value.end)
                following = _NEXT.match(text, value.end)
                at = following.end() if following else -1


def _unlinked(text: str) -> Iterator[Span]:
    """Yield documents with letters in their number, and values that stand before the word for them."""
    for match in _DOCUMENT.finditer(text):
        yield Span(type=Kind.NATIONAL_ID, start=match.start("value"), end=match.end("value"))
    for run in runs(text):
        if after := _AFTERWARDS.match(text, run.end):
            word = re.split(r"\s+", after[0])[-1].lower()
            if _usable(text, run, (3, 11)):
                yield Span(type=_REVERSED[word], start=run.start, end=run.end)


# The last digits of a card are shown to everybody; listed beside a national id they are what the bot asked for as proof.
_BESIDE_AN_ID = re.compile(
    r"\b(?:ssn|social)\b.{0,40}?\b(?:card|credit)(?: (?:no|number|card))*(?: is)? (?P<value>\d{4})\b", re.IGNORECASE
)
_LINK_RE = re.compile(_LINK, re.IGNORECASE)
_ANSWER = re.compile(
    r"\bmaiden\s*(?:name)?\s*(?:is|was|:|=|would be|'s)+\s*(?P<maiden>[^\W\d_][\w'’-]+)|"
    r"\b(?:pet|dog|cat)(?:'?s)?\s+name\s*(?:is|was|:|=)\s*(?P<pet>[^\W\d_][\w'’-]+)|"
    r"\b(?:childhood|first) (?:pet|dog|cat)\s+(?:is|was|:|=)\s*(?:named |called )?(?P<first>[^\W\d_][\w'’-]+)|"
    r"\bsecurity answer\s*(?:is|was|:|=)\s*(?P<other>[^\W\d_][\w'’-]+)",
    re.IGNORECASE,
)


def credentials(text: str) -> list[Span]:
    """Return PINs, codes, national ids, passwords and security answers that the text itself names."""
    spans = [*_cued(text), *_unlinked(text)]
    for match in (*_PASSWORD.finditer(text), *_LISTED.finditer(text)):
        value = match["value"].rstrip(".!?)]}")
        if (
            _NOT_A_VALUE.fullmatch(value.partition(" ")[0])
            or value.startswith("[")
            or not any(c.isalnum() for c in value)
        ):
            continue
        spans.append(Span(type=Kind.PASSWORD, start=match.start("value"), end=match.start("value") + len(value)))
    spans += [
        Span(type=Kind.CARD_NUMBER, start=match.start("value"), end=match.end("value"))
        for match in _BESIDE_AN_ID.finditer(text)
    ]
    for match in _ANSWER.finditer(text):
        group = match.lastgroup or "other"
        if not _NOT_A_VALUE.fullmatch(match[group]):
            spans.append(Span(type=Kind.SECURITY_ANSWER, start=match.start(group), end=match.end(group)))
    return spans
