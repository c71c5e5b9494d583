"""The sentences a summary can be made of, each true by its turns."""

from assist.analysis.case import Case
from assist.analysis.summary.blocked import blocked
from assist.analysis.summary.details import asked, details, quoted, specified
from assist.analysis.summary.foreign import in_other_words
from assist.analysis.summary.identity import identity
from assist.analysis.summary.open import still_open
from assist.analysis.summary.scene import Scene, Statement
from assist.analysis.summary.tried import in_records, tried
from assist.analysis.summary.wants import wants
from assist.domain.findings import Section
from assist.domain.transcript import Role

_LANGUAGES = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish", "fi": "Finnish", "fr": "French", "he": "Hebrew",
    "hi": "Hindi", "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def statements(case: Case) -> list[Statement]:
    """Return all sentences that the findings allow, in reading order."""
    if not any(turn.text.strip() for _, turn in case.transcript.of(Role.CUSTOMER)):
        return [_silence(case)]
    scene = Scene(case)
    language = case.language.split("-")[0].lower()
    if language != "en":
        # The sentences of other languages are not taken apart; what tools and checks show is told all the same.
        named = _LANGUAGES.get(language, "another language")
        return [*in_other_words(scene, named), *identity(scene), *in_records(scene)]
    return [
        *wants(scene),
        *details(scene),
        *specified(scene),
        *quoted(scene),
        *asked(scene),
        *identity(scene),
        *tried(scene),
        *blocked(scene),
        *still_open(scene),
    ]


def _silence(case: Case) -> Statement:
    turns = tuple(range(len(case.turns)))[:3]
    text = "The customer has not written anything yet."
    return Statement(Section.WANTS, text, turns, 10, text)
