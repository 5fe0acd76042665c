"""Words that read as if somebody were in danger are kept for the moderators, whatever was wrong with the form."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from directory.actions.corrections import WORDS_LENGTH_MAX, take_correction
from directory.reference.danger_words import reads_like_danger


def keep_urgent(
    session: Session, service_id: int, words: str, *, now: datetime, is_one_of_many: bool = False
) -> bool:
    """Keep them among the messages about a listing, where they are read first; whether the moderators have them now.

    False where they read like no danger, and where so many wait that there is no room for more (`corrections.py`).
    The same words are kept once, so that whoever sends a form again sends no second message.
    The caller commits. Raises NotFound.
    """
    said = part_to_keep(words)
    return bool(said) and take_correction(
        session, service_id, "other", said, now=now, is_one_of_many=is_one_of_many
    )


def part_to_keep(words: str) -> str:
    """As much as a message may hold, with what reads like danger in it; '' where nothing does."""
    words = words.replace("\x00", " ")
    starts = range(0, max(len(words), 1), WORDS_LENGTH_MAX // 2)
    parts = (words[start : start + WORDS_LENGTH_MAX].strip() for start in starts)
    return next((part for part in parts if reads_like_danger(part)), "")
