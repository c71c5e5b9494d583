"""What the human agent reads first, composed line by line."""
