"""Numbered database migrations."""
