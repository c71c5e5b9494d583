"""A provider's key that stands in a file, as container platforms hand secrets over."""

from pathlib import Path

from pydantic import SecretStr

from assist.errors import SettingsInvalid


class KeyFile:
    """Reads the key anew for each call, so that a changed secret needs no restart."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> SecretStr:
        """Return the key; SettingsInvalid names the file, never what is in it."""
        try:
            key = self._path.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as exc:
            reason = exc.strerror if isinstance(exc, OSError) else "it is not text"
            message = f"ASSIST_MODEL_KEY_FILE = {str(self._path)!r} cannot be read ({reason}); name a file that holds the key alone"
            raise SettingsInvalid(message) from None
        if not key or any(character.isspace() for character in key):
            message = (
                f"ASSIST_MODEL_KEY_FILE = {str(self._path)!r} holds no key; it has to be one word, alone in the file"
            )
            raise SettingsInvalid(message)
        return SecretStr(key)
