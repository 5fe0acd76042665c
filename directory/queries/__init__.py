"""Reads: take a Session, return frozen dataclasses."""
