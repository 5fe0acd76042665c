"""Tables only."""
