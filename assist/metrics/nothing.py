"""A meter for programs that nobody watches."""


class NoMeter:
    """Keeps the port and counts nothing."""

    def count(self, name: str, value: float = 1.0, **labels: str) -> None:
        """Do nothing."""

    def time(self, name: str, seconds: float, **labels: str) -> None:
        """Do nothing."""
