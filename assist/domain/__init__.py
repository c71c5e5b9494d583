"""The values the service thinks in: frozen, and free of input/output, clock and framework."""
