"""The evaluation suite: labelled conversations in, measured packet fields out, by the code that runs in production."""
