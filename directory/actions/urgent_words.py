"""Words that read as if somebody were in danger are kept for the moderators, whatever was wrong with the form."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from directory.actions.corrections import WORDS_LENGTH_MAX, suggest_correction
from directory.reference.danger_words import reads_like_danger


def keep_urgent(session: Session, service_id: int, words: str, *, now: datetime) -> bool:
    """Keep them among the messages about a listing, where they are read first; False where they read like no danger.

    The same words are kept once, so that whoever sends a form again sends no second message. No flood of others
    takes their room (`corrections.py`). The caller commits. Raises NotFound.
    """
    said = _part_to_keep(words.replace("\x00", " "))
    if not said:
        return False
    suggest_correction(session, service_id, "other", said, now=now)
    return True


def _part_to_keep(words: str) -> str:
    """As much as a message may hold, with what reads like danger in it; '' where nothing does."""
    starts = range(0, max(len(words), 1), WORDS_LENGTH_MAX // 2)
    parts = (words[start : start + WORDS_LENGTH_MAX].strip() for start in starts)
    return next((part for part in parts if reads_like_danger(part)), "")
