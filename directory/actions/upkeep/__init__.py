"""Keeping listings true: confirmations, reminders, calls."""
