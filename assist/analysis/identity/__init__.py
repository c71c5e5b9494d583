"""Whether the customer has proved who they are."""
