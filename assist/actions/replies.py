"""Ready texts for the customer, in the customer's language. None of them promises anything."""

import re
from collections.abc import Iterable, Mapping

from assist.domain.findings import Fact

_BRACES = re.compile(r"\{(\w+)\}")

_WISH: Mapping[str, str] = {
    "en": "I have read the conversation so far. Could you tell me in one sentence what you would like us to do?",
    "de": "Ich habe das bisherige Gespräch gelesen. Können Sie mir in einem Satz sagen, was wir für Sie tun sollen?",
    "fr": "J'ai lu la conversation. Pouvez-vous me dire en une phrase ce que vous souhaitez ?",
    "es": "He leído la conversación. ¿Puede decirme en una frase qué necesita?",
    "it": "Ho letto la conversazione. Può dirmi in una frase di che cosa ha bisogno?",
    "pt": "Li a conversa até aqui. Pode dizer-me numa frase do que precisa?",
    "nl": "Ik heb het gesprek gelezen. Kunt u mij in één zin zeggen wat u nodig hebt?",
}
_PROOF: Mapping[str, str] = {
    "en": "Before I go on, I need to confirm who you are.",
    "de": "Bevor ich weitermache, muss ich Ihre Identität bestätigen.",
    "fr": "Avant de continuer, je dois vérifier votre identité.",
    "es": "Antes de continuar, necesito confirmar su identidad.",
    "it": "Prima di continuare devo verificare la sua identità.",
    "pt": "Antes de continuar, preciso de confirmar a sua identidade.",
    "nl": "Voordat ik verderga, moet ik uw identiteit controleren.",
}


def primary(language: str) -> str:
    """Return the language without its region: `pt` of `pt-BR`."""
    return re.split(r"[-_]", language.lower(), maxsplit=1)[0]


def ask_for_wish(language: str) -> str:
    """Return a question for what the customer needs, empty where the language is not one of ours."""
    return _WISH.get(primary(language), "")


def ask_for_proof(language: str, asks: str) -> str:
    """Return a request to prove identity; what is asked for is named in English only, where its words are known."""
    text = _PROOF.get(primary(language), "")
    return f"{text} Could you give me your {asks}?" if text and asks and primary(language) == "en" else text


def filled(reply: str, facts: Iterable[Fact]) -> str | None:
    """Return the reply with facts in its braces; None where it is empty or names a fact nobody knows."""
    known = {fact.name: fact.value for fact in facts}
    if not reply or any(name not in known for name in _BRACES.findall(reply)):
        return None
    return _BRACES.sub(lambda match: known[match[1]], reply)
