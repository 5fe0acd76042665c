"""Changes of listings: proposed, decided, put in place, taken back."""
