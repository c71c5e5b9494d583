"""What an organisation teaches: its own customers' words for each intent."""

from collections.abc import Mapping

Lessons = Mapping[str, Mapping[str, tuple[str, ...]]]
"""domain -> intent label -> utterances"""


def joined(first: Lessons, second: Lessons) -> Lessons:
    """Return both, each utterance once."""
    return {
        domain: {
            label: tuple(dict.fromkeys((*first.get(domain, {}).get(label, ()), *second.get(domain, {}).get(label, ()))))
            for label in {**first.get(domain, {}), **second.get(domain, {})}
        }
        for domain in {**first, **second}
    }
