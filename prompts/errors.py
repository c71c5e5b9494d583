"""What can be wrong with a prompt."""


class PromptError(Exception):
    """A prompt or the catalogue cannot be used; the message names the file, what was expected and what to do."""
