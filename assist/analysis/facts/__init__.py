"""Ids, amounts, dates, names and products; what was asked and never answered."""
