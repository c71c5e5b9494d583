"""Vector stores, each in one file."""
