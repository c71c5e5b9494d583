"""Versioned templates for language models: a file per version, a catalogue of those in use, a lock on those released."""

from prompts.catalogue import Canary, Catalogue, Entry
from prompts.errors import PromptError
from prompts.lock import locked, released
from prompts.template import Prompt, Rendered, load

__all__ = ["Canary", "Catalogue", "Entry", "Prompt", "PromptError", "Rendered", "load", "locked", "released"]
