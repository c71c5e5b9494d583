"""Readers of articles, one format a file."""
