"""Models that read a question and a passage together, each in one file."""
