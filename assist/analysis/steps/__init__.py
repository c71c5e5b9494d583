"""What was done or tried before the handoff, and how it ended."""
