"""Quality while the service runs: packets sampled and checked without labels, drift, and differences between groups."""
