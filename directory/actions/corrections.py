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
IN_ALL_MAX = 20_000
"""So many of either kind are kept open about all listings together."""


def take_correction(
    session: Session,
    service_id: int,
    about: str,
    words: str,
    *,
    now: datetime,
    is_one_of_many: bool = False,
) -> bool:
    """Keep what a visitor says; whether its words are kept. The caller commits, and knows that the listing is public.

    The same words about the same listing are one row that counts. Where there is no room for more, what comes is
    counted with the newest of its listing, and its words are lost: whoever wrote them has to be told so.
    is_one_of_many: of a network that has sent very many. It may take half of the room, so that others have the rest.
    Raises RuleBroken('about' or 'words'), NotFound.
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
    same = _same(session, service_id, about, said)
    is_kept = same is not None or _has_room(session, service_id, is_urgent, is_one_of_many=is_one_of_many)
    if same is not None or not is_kept:
        known = same or _newest(session, service_id, about, is_urgent)
        session.execute(update(Correction).where(Correction.id == known).values(times=Correction.times + 1))
        return is_kept
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
    return True


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


def _has_room(session: Session, service_id: int, is_urgent: bool, *, is_one_of_many: bool) -> bool:
    """Whether fewer are open, of this listing and of all, than anybody could read."""
    share = 2 if is_one_of_many else 1
    open_ones = select(func.count()).where(
        Correction.closed_at.is_(None), Correction.is_urgent.is_(is_urgent)
    )
    most = URGENT_OPEN_MAX if is_urgent else OPEN_MAX
    here = session.scalar(open_ones.where(Correction.service_id == service_id)) or 0
    return here < most // share and (session.scalar(open_ones) or 0) < IN_ALL_MAX // share


def _newest(session: Session, service_id: int, about: str, is_urgent: bool) -> int | None:
    """The newest open message of a listing, about the same if there is one; None where none is open."""
    newest = select(func.max(Correction.id)).where(
        Correction.service_id == service_id,
        Correction.closed_at.is_(None),
        Correction.is_urgent.is_(is_urgent),
    )
    return session.scalar(newest.where(Correction.about == about)) or session.scalar(newest)


def _hash(about: str, said: str) -> str:
    """The same for words that differ in capitals and spaces alone."""
    folded = f"{about}\n{' '.join(said.casefold().split())}"
    return hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()
