"""Postal addresses: a street with its number in the notations of many countries, boxes, and what follows on the next lines."""

import re

from assist.redaction.kinds import Kind, Span

_UPPER = r"[^\W\d_a-z]"
_WORD = rf"(?:{_UPPER}[\w'’.-]*|[a-z]{{2,3}}\.?(?=[ ]{_UPPER}))"
_STREET_WORDS = (
    r"street|str|st|avenue|ave|av|road|rd|drive|dr|lane|ln|boulevard|blvd|court|ct|place|pl|terrace|ter|square|sq|highway|hwy|parkway|pkwy|close|crescent|circle|cir|alley|"
    r"trail|trl|row|mews|walk|loop|union|heights|crossing|point|run|plaza|plz|quay|broadway|way|terrasse"
)
# A street whose name ends so, in one word: Lindenstraße, Nybyvägen, Koskikatu.
_STREET_ENDINGS = (
    r"(?:stra(?:ß|ss)e|str\.?|gasse|weg|platz|allee|damm|ring|ufer|graben|vägen|vegen|vägen|vej|vejen|gade|gata|gatan|gaten|gränd|stræde|stræti|straeti|stíg|stígur|braut|vegur|götu|"
    r"katu|kuja|tie|polku|straat|laan|plein|weg|dijk|gracht|hof|steeg|tänav|puiestee|iela|gatvė|ova|ovo|ova|ská|ského|va|vej|krogen|stien|bakken|lia)"
)
_STREET_OPENERS = r"(?:rue|avenue|av|boulevard|chemin|place|allée|via|viale|piazza|corso|vicolo|calle|c/|avenida|avda|plaza|paseo|rua|travessa|praça|largo|ul\.|ulica|al\.|av\.|Λεωφόρος|Οδός)"
_HUNGARIAN = r"(?:u\.|utca|út|útja|tér|körút|krt\.|köz|rkp\.|sétány|kapu)"
_UNIT = r"(?:apt|apartment|suite|ste|unit|floor|fl|room|flat|\#)\.?[ \t]*\#?\w{1,6}"

_NUMBER = r"\d{1,6}[A-Za-z]?(?:[-/]\d{1,4}[A-Za-z]?)?"
_CORE = re.compile(
    rf"""
      \b(?:PSC|Unit|CMR)\s\d{{3,5}},?\s*Box\s\d{{2,5}}                                       # military post
    | \bUS[NC]V?S?\s{_UPPER}\w+(?=\s+[FAD]PO\b)
    | (?:\b{_NUMBER}[ \t]+)?\bP\.?\s?O\.?\s?Box\s\d{{1,6}}(?:[ \t]+{_WORD}){{0,2}}
    | \b{_NUMBER}[ \t]+(?:{_NUMBER}[ \t]+)?(?:{_WORD}[ \t]+){{0,4}}?(?i:{_STREET_WORDS})\b\.?(?:[ \t]+{_WORD}(?=[ \t]*(?:\n|,|[ \t]suite|[ \t]apt)))*   # 12 Long Street
    | (?:\b{_NUMBER}[ \t]+)?(?i:\b{_STREET_OPENERS})[ \t]+(?:{_WORD}[ \t]+){{1,4}}{_NUMBER}(?!\w)   # Rua do Sol 12
    | \b{_NUMBER}[ \t]+(?i:{_STREET_OPENERS})[ \t]+(?:[^\W\d_][\w'’.-]*[ \t]?){{1,5}}               # 7 rue de la Paix
    | (?:\b{_NUMBER}[ \t]+)?(?:{_WORD}[ \t]+){{1,3}}{_HUNGARIAN}[ \t]+\d{{1,4}}\.?
    | \b{_NUMBER}[ \t]+(?:{_WORD}[ \t]+){{1,4}}{_NUMBER}\b\.?                                  # 6750 Koskikatu 25
    | (?:\b{_NUMBER}[ \t]+)?(?:{_UPPER}[\w'’.-]*[ \t]+){{0,2}}{_UPPER}\w*(?i:{_STREET_ENDINGS})[ \t]+\d{{1,4}}[A-Za-z]?\b(?![./:]\d)   # Lindenstraße 5
    """,
    re.VERBOSE,
)
_LOWER = re.compile(
    rf"\b{_NUMBER} (?:[a-z'’.]+ ){{1,4}}?(?:street|avenue|ave|road|rd|drive|dr|lane|ln|boulevard|blvd|court|ct|highway|hwy|parkway|st)\b\.?",
    re.IGNORECASE,
)
# A flat's number tells that what stands before it is an address, whatever the street is called: 3654 Brixtonlaan 380 Suite 727 Charleroi.
_BEFORE_A_UNIT = re.compile(
    rf"""
    (?:{_UPPER}[\w'’.-]*[ \t]+){{0,2}}\b{_NUMBER}[ \t]+(?:[^\W_][\w'’.()/-]*,?[ \t]+){{1,7}}?
    (?i:apt|apartment|suite|ste|unit)\.?[ \t]*\#?\d{{1,5}}\b
    (?:[ \t,.]+(?![^\W\d_]+:){_UPPER}[\w'’()-]*){{0,5}}(?:[ \t,]+\d{{4,6}}\b)?
    """,
    re.VERBOSE,
)
_CORNER = re.compile(
    rf"\b(?i:the corner of) (?:{_UPPER}[\w'’.-]*|\d+\.?|[a-z]{{1,3}})(?:[ ](?:{_UPPER}[\w'’.-]*|\d+\.?)){{0,4}} and(?:[ ]{_UPPER}[\w'’-]*){{1,4}}"
)
_CUED = re.compile(
    r"\b(?:(?:new|my|shipping|billing|home|mailing|delivery|postal|current|his|her|their|office|full)\s+(?:\w+\s)?address(?:\s+(?:is|to|:)|:)|address(?: of [\w ]{2,30})? is|"
    r"(?:lives?|located|offices? (?:is|are)(?: located)?|meet (?:me|you) at|arrived at|drops you off at|sent? to|return to|live)\s*(?:at|on|in)?|address:)\s*[:\n]*\s*"
    r"(?P<address>(?=[^\n.?!]{0,60}\d)(?:the corner of )?[^\n?!]{4,70}?)(?=\s+(?:after|in case|for|last night|street\.|and (?:ssn|my|phone)|St\.|,? please)\b|[?!\n]|\.\s|\.?$)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    rf"""(?:[ \t]*[,.]?[\s>?]*(?:
        (?i:{_UNIT})\b\.?
      | (?i:st)\.(?=\s|$)
      | [AFD]PO[ ]A[AEP][ ]\d{{5}}
      | (?:{_UPPER}[\w'’.()-]*[ ]?){{1,4}},?[ ]*(?:[A-Z]{{2}}|nan)(?:[ ]+{_UPPER}[a-z]\w+){{0,2}}(?:[ ]\(\w+\))?[ ]+\d{{4,5}}(?:-\d{{3,4}})?   # Monterey, NY 86241
      | (?:[a-z]+[ ]?){{1,3}},[ ]?[a-z]{{2}}[ ]\d{{5}}                                          # monterey, ny 86241
      | ,[ ]?(?:[A-Z]{{2}}|nan)\b
      | (?:nan|[A-Z]{{2}})[ ]*\n?[ ]*\d{{4,5}}\b
      | (?<=\n)[ \t>?]*(?:{_UPPER}[\w'’()-]*)(?:[ ][^\W\d_][\w'’()-]*){{0,3}}(?:[ ]\d{{4,6}})?(?=[ ]*(?:\n|$|[.?]))
      | (?<=[,][ ])(?:{_UPPER}[\w'’()-]*)(?:[ ]{_UPPER}[\w'’()-]*){{0,2}}(?:[ ]\d{{4,6}})?(?=[ ]*(?:\n|$|[,.?]))
    ))+""",
    re.VERBOSE,
)
_LEAST = 6


def addresses(text: str) -> list[Span]:
    """Return postal addresses with the flat, town, code and country that follow them."""
    found: list[tuple[int, int]] = []
    for pattern in (_CORE, _LOWER, _BEFORE_A_UNIT, _CORNER):
        found += [match.span() for match in pattern.finditer(text)]
    found += [match.span("address") for match in _CUED.finditer(text)]
    spans: list[Span] = []
    for start, end in sorted(found):
        stripped = end - (len(text[start:end]) - len(text[start:end].rstrip(" ,.\n")))
        tail = _TAIL.match(text, stripped)
        last = tail.end() if tail else stripped
        last -= len(text[start:last]) - len(text[start:last].rstrip(" ,.\n>?"))
        if spans and start < spans[-1].end:
            if last > spans[-1].end:
                spans[-1] = Span(type=Kind.ADDRESS, start=spans[-1].start, end=last)
        elif last - start >= _LEAST:
            spans.append(Span(type=Kind.ADDRESS, start=start, end=last))
    return spans
