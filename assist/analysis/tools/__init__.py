"""What the bot's back end was asked, and what it answered."""
