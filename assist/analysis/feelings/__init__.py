"""How the customer feels at the end, and how that came about."""
