"""Small classifiers on sentence embeddings, and what they remember."""
