"""The steps that bring a database's tables up to date; a new one is a file in `versions` that names the one before it."""
