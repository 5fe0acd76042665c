"""What the site does by itself, and the clock that starts it."""
