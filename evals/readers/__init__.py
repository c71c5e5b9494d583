"""Readers of public and own data sets: a folder in, cases in one shape out. None of that data is part of the project."""
