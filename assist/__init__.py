"""The handoff-context service: a transcript in, a handoff packet out."""
