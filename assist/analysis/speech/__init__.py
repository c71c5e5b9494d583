"""How customers and bots put things: sentences, clauses, wishes, refusals, values."""
