"""Embedding models, each in one file."""
