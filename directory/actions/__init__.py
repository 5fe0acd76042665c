"""Writes: take a Session, never commit, return what happened."""
