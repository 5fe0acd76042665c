"""What visitors say is wrong with a listing: taken from anybody, folded where it floods, closed by a moderator."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.audit import record
from directory.actions.said_words import without_a_case
from directory.errors import NotFound, RuleBroken
from directory.models.correction import Correction
from directory.models.service import Service
from directory.reference.danger_words import reads_like_danger

ABOUT = ("telephone", "website", "address", "closed", "who it is for", "waiting", "other")
WORDS_LENGTH_MAX = 1_000
RESULT_LENGTH_MAX = 500
OPEN_MAX = 200
"""So many messages about one listing are kept open; what comes beyond is only counted."""
URGENT_OPEN_MAX = 300
"""The same of those that read like danger, which are counted apart: a flood of others takes none of their room."""


def suggest_correction(session: Session, service_id: int, about: str, words: str, *, now: datetime) -> int:
    """Keep what a visitor says; returns its number. The caller commits, and knows that the listing is public.

    The same words about the same listing are one row that counts. Raises RuleBroken('about' or 'words'), NotFound.
    """
    said = words.replace("\r\n", "\n").replace("\x00", "").strip()
    if about not in ABOUT:
        raise RuleBroken("about", "Choose what is wrong.")
    if len(said) > WORDS_LENGTH_MAX:
        raise RuleBroken("words", f"Use fewer words: {WORDS_LENGTH_MAX} letters at most.")
    if about == "other" and not said:
        raise RuleBroken("words", "Say what is wrong.")
    if session.get(Service, service_id) is None:
        raise NotFound(f"No service has the number {service_id}.")
    is_urgent = reads_like_danger(said)
    known = _same(session, service_id, about, said) or _fullest(session, service_id, about, is_urgent)
    if known is not None:
        session.execute(update(Correction).where(Correction.id == known).values(times=Correction.times + 1))
        return known
    row = Correction(
        service_id=service_id,
        about=about,
        words=said,
        words_hash=_hash(about, said),
        is_urgent=is_urgent,
        received_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


def close_correction(session: Session, correction_id: int, result: str, *, by: Actor, now: datetime) -> int:
    """A moderator has dealt with it; its words are deleted 30 days from now by the jobs. Returns the service's number.

    result: what was done, without anything about a person. Closing twice changes nothing. Raises NotFound, RuleBroken.
    """
    said = " ".join(result.split())
    if not by.is_moderator:
        raise RuleBroken("result", "A moderator closes it.")
    if not said or len(said) > RESULT_LENGTH_MAX:
        raise RuleBroken("result", f"Say what you did, in 1 to {RESULT_LENGTH_MAX} letters.")
    without_a_case("result", said)
    row = session.get(Correction, correction_id, with_for_update=True)
    if row is None:
        raise NotFound(f"There is no correction {correction_id}.")
    if row.closed_at is None:
        row.closed_at, row.closed_by, row.result = now, by.account_id, said
        record(session, by, "close correction", "service", row.service_id, now=now, correction=str(row.id))
    return row.service_id


def _same(session: Session, service_id: int, about: str, said: str) -> int | None:
    query = select(Correction.id).where(
        Correction.service_id == service_id,
        Correction.words_hash == _hash(about, said),
        Correction.closed_at.is_(None),
    )
    return session.scalar(query.limit(1))


def _fullest(session: Session, service_id: int, about: str, is_urgent: bool) -> int | None:
    """The newest open message about the same, once there are more of this listing than anybody could read."""
    open_ones = (
        Correction.service_id == service_id,
        Correction.closed_at.is_(None),
        Correction.is_urgent.is_(is_urgent),
    )
    most = URGENT_OPEN_MAX if is_urgent else OPEN_MAX
    if (session.scalar(select(func.count()).where(*open_ones)) or 0) < most:
        return None
    same = select(func.max(Correction.id)).where(*open_ones, Correction.about == about)
    return session.scalar(same) or session.scalar(select(func.max(Correction.id)).where(*open_ones))


def _hash(about: str, said: str) -> str:
    """The same for words that differ in capitals and spaces alone."""
    folded = f"{about}\n{' '.join(said.casefold().split())}"
    return hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()
