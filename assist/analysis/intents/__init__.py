"""What the customer wants, and in which line of business."""
