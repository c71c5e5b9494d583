"""Which language the customer writes."""

import re
import threading
from typing import Any, Final

from assist.domain.transcript import RedactedTranscript, Role

_COMMON: Final = (
    "ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "he", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt",
    "lv", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr", "uk", "vi", "zh",
)  # fmt: skip
_NOT_WORDS: Final = re.compile(r"\[[A-Z_]+_\d+\]|\S*[@\d_/]\S*|https?:\S+")
_LETTERS_NEEDED: Final = 12  # below that, names and "ok" pass for any language
_CERTAINTY_NEEDED: Final = 0.7
_LATIN_END: Final = "\u024f"


class LanguageDetector:
    """Says the language of the customer's turns; the model (py3langid) is loaded on first use.

    Where the text is too short or too mixed to tell, the answer is `fallback`.
    """

    def __init__(self, *, fallback: str = "en") -> None:
        self._fallback = fallback
        self._model: Any = None
        self._loading = threading.Lock()

    def __call__(self, transcript: RedactedTranscript) -> str:
        """Return a BCP-47 code such as `en` or `de`."""
        words = " ".join(_NOT_WORDS.sub(" ", turn.text) for _, turn in transcript.of(Role.CUSTOMER))
        return self.of_text(words)

    def of_text(self, text: str) -> str:
        """Return the language of a text."""
        # Outside the Latin script the letters alone say much: one of them counts for three.
        weight = sum(3 if character > _LATIN_END else 1 for character in text if character.isalpha())
        if weight < _LETTERS_NEEDED:
            return self._fallback
        language, certainty = self._identifier().classify(text)
        return str(language) if certainty >= _CERTAINTY_NEEDED else self._fallback

    def _identifier(self) -> Any:  # noqa: ANN401 -- the library ships no types
        with self._loading:
            if self._model is None:
                from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 -- loads a model file

                model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
                model.set_languages(list(_COMMON))
                self._model = model
            return self._model
