"""Ask to manage a listing, for the place of an owner who left, or for another e-mail address. Moderators decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.actions.accounts.email_address import email_of
from directory.actions.accounts.held import current_membership, locked_account, locked_organisation
from directory.actions.accounts.new_mailbox import tell_that_it_was_asked
from directory.actions.accounts.standing import NotAllowed, Standing
from directory.actions.accounts.tell_owners import tell_owners
from directory.actions.actor import Actor
from directory.actions.audit import record
from directory.actions.said_words import role_of
from directory.actions.urgent_words import keep_urgent
from directory.errors import NotFound, RuleBroken
from directory.models.account import Account
from directory.models.membership import ManageRequest, Membership
from directory.models.service import Service
from directory.reference.case_data import case_data_in

WORDS_MAX = 1_000
FROM_A_NETWORK_A_DAY = 10
ADDRESSES_A_DAY = 5
ABOUT_OTHERS_WAITING = 10
WAITING_FOR_A_SERVICE = 20
WAITING_IN_ALL = 1_000
A_DAY = timedelta(days=1)
TOO_MANY = (
    "We have many requests just now and cannot take another. Please try again tomorrow, or write to us."
)


@dataclass(frozen=True, slots=True)
class ToManage:
    """What a visitor writes. network_hash: a keyed hash of where from; '' where nobody counts.

    is_one_of_many: of a network that has sent very many words of danger.
    """

    service_id: int
    title: str
    email: str
    words: str = ""
    network_hash: str = ""
    is_one_of_many: bool = False


def ask_to_manage(session: Session, asked: ToManage, *, now: datetime) -> None:
    """Store it for the moderators. The same request again, while it waits, is one; nothing is told of accounts.

    Raises RuleBroken('title', 'email', 'words'; '' for too many), NotFound for no such service.
    """
    service = session.get(Service, asked.service_id)
    if service is None:
        raise NotFound(f"No service has the number {asked.service_id}.")
    title, email = role_of("title", asked.title), email_of("email", asked.email)
    words = words_without_a_case("words", asked.words)
    same = select(ManageRequest.id).where(
        ManageRequest.kind == "manage",
        ManageRequest.state == "waiting",
        ManageRequest.organisation_id == service.organisation_id,
        ManageRequest.email == email,
    )
    if session.scalars(same.limit(1)).first() is not None:
        # The request is one, but somebody may have written since that they are in danger.
        said = f"{title}\n{words}"
        keep_urgent(session, service.id, said, now=now, is_one_of_many=asked.is_one_of_many)
        return
    _refuse_floods(session, asked, now)
    _store(
        session,
        ManageRequest(
            kind="manage", service_id=service.id, organisation_id=service.organisation_id, email=email, title=title,
            words=words, state="waiting", made_at=now, network_hash=asked.network_hash,
        ),
        Actor(None, "a visitor"),
        now,
    )  # fmt: skip


def ask_to_replace_owner(
    session: Session, organisation_id: int, email: str, title: str, words: str, *, by: Standing, now: datetime
) -> None:
    """An editor, or an owner, asks that somebody takes the place of an owner who has left.

    Raises RuleBroken('title', 'email', 'words'), NotAllowed for somebody who does not belong there.
    """
    belongs = (
        current_membership(session, by.actor.account_id, organisation_id)
        if by.actor.account_id is not None
        else None
    )
    if belongs is None:
        raise NotAllowed("only who belongs to an organisation asks for its owner")
    new, what = email_of("email", email), role_of("title", title)
    account = locked_account(session, belongs.account_id)
    if new == account.email and belongs.kind == "owner":
        text = words_without_a_case("words", words)
        if not text:
            raise RuleBroken("words", "You are an owner. Write which other owner has left, by their post.")
        _ask_in_place_of_another(session, organisation_id, account, what, text, by, now)
        return
    request = _ask_signed_in(session, "replace owner", organisation_id, new, what, words, by, now)
    if request is not None:
        _tell_owners(session, request, organisation_id, now)


def ask_to_end_owner(
    session: Session, membership_id: int, organisation_id: int, *, by: Standing, now: datetime
) -> None:
    """An owner asks that another one is none any more; every owner is told, and a moderator decides.

    The request names the address of whoever asks, since she stays an owner, and the other one in its words.
    Raises NotFound for what is no owner's membership there, NotAllowed for whoever is no owner, RuleBroken('words').
    """
    if by.actor.account_id is None or organisation_id not in by.owner_of:
        raise NotAllowed("only an owner asks for the end of another one")
    locked_organisation(session, organisation_id)
    leaving = session.get(Membership, membership_id)
    if (
        leaving is None
        or leaving.organisation_id != organisation_id
        or leaving.kind != "owner"
        or leaving.ended_at is not None
    ):
        raise NotFound(f"No owner of organisation {organisation_id} has the membership {membership_id}.")
    other = session.get_one(Account, leaving.account_id)
    account = locked_account(session, by.actor.account_id)
    words = f"Asks that this owner is removed: {other.title or 'owner'}, {other.email}."
    _ask_in_place_of_another(
        session, organisation_id, account, account.title or by.actor.role, words, by, now
    )


def ask_to_change_email(session: Session, email: str, words: str, *, by: Standing, now: datetime) -> None:
    """Whoever is signed in asks for another address; the one so far is told. Nothing tells whether the new one has
    an account already.

    Raises RuleBroken('email', 'words').
    """
    if by.actor.account_id is None:
        raise NotAllowed("only who is signed in asks for another address")
    account = locked_account(session, by.actor.account_id)
    new = email_of("email", email)
    today = select(func.count()).where(
        ManageRequest.kind == "change email",
        ManageRequest.account_id == account.id,
        ManageRequest.made_at > now - A_DAY,
    )
    if (session.scalar(today) or 0) >= ADDRESSES_A_DAY:
        # Each is told to the address so far: nobody may fill her mailbox.
        raise RuleBroken("email", "You have asked for several addresses today. Please try again tomorrow.")
    if new == account.email:
        raise RuleBroken("email", "This is the address you sign in with. Enter the new one.")
    organisations = session.scalars(
        select(Membership.organisation_id)
        .where(Membership.account_id == account.id, Membership.ended_at.is_(None))
        .order_by(Membership.kind.desc(), Membership.organisation_id)
    ).all()
    request = _ask_signed_in(
        session,
        "change email",
        organisations[0] if organisations else None,
        new,
        account.title or by.actor.role,
        words,
        by,
        now,
    )
    if request is not None:
        tell_that_it_was_asked(session, request, account, now)


def words_without_a_case(field: str, words: str) -> str:
    """Words of a public box, on one line. Raises RuleBroken where they are too long or seem to hold a person's case."""
    text = " ".join("".join(mark if mark.isprintable() else " " for mark in words).split())
    if len(text) > WORDS_MAX:
        raise RuleBroken(field, f"This has {len(text):,} letters. Shorten it to {WORDS_MAX:,} or fewer.")
    if found := case_data_in(text):
        raise RuleBroken(
            field, f"This looks as if it held {found}. Take it out: tell us nothing about a person here."
        )
    return text


def _ask_signed_in(
    session: Session,
    kind: str,
    organisation_id: int | None,
    email: str,
    title: str,
    words: str,
    by: Standing,
    now: datetime,
) -> ManageRequest | None:
    """One open request of a kind for an account: the newest takes the place of one that waits. None for the same."""
    text = words_without_a_case("words", words)
    own = session.scalar(select(Account.email).where(Account.id == by.actor.account_id)) or ""
    waiting = session.scalars(
        select(ManageRequest).where(
            ManageRequest.kind == kind,
            ManageRequest.state == "waiting",
            ManageRequest.account_id == by.actor.account_id,
            ManageRequest.organisation_id.is_not_distinct_from(organisation_id),
            # What an owner asks about others, under her own address, is not asked again by this.
            (ManageRequest.kind != "replace owner") | (ManageRequest.email != own),
        )
    ).first()
    if waiting is not None and waiting.email == email:
        return None
    if waiting is not None:
        waiting.state, waiting.decided_at, waiting.reason = "refused", now, "asked again for another address"
    return _store(
        session,
        ManageRequest(
            kind=kind, organisation_id=organisation_id, account_id=by.actor.account_id, email=email, title=title,
            words=text, state="waiting", made_at=now,
        ),
        by.actor,
        now,
    )  # fmt: skip


def _ask_in_place_of_another(
    session: Session,
    organisation_id: int,
    account: Account,
    title: str,
    words: str,
    by: Standing,
    now: datetime,
) -> None:
    """An owner who stays one asks about others: several may wait, each with words of its own."""
    waiting = session.scalars(
        select(ManageRequest.words).where(
            ManageRequest.kind == "replace owner",
            ManageRequest.state == "waiting",
            ManageRequest.account_id == account.id,
            ManageRequest.organisation_id == organisation_id,
            ManageRequest.email == account.email,
        )
    ).all()
    if words in waiting:
        return
    if len(waiting) >= ABOUT_OTHERS_WAITING:
        raise RuleBroken(
            "words", "Several of your requests wait for a moderator. Please wait for the answers."
        )
    request = ManageRequest(
        kind="replace owner", organisation_id=organisation_id, account_id=account.id, email=account.email, title=title,
        words=words, state="waiting", made_at=now,
    )  # fmt: skip
    _tell_owners(session, _store(session, request, by.actor, now), organisation_id, now)


def _tell_owners(session: Session, request: ManageRequest, organisation_id: int, now: datetime) -> None:
    words = (
        "somebody asked that another person becomes an owner in place of one, or that one is removed. Nothing has "
        "changed yet: a moderator asks your organisation first, by a way that we already know."
    )
    tell_owners(session, organisation_id, f"request {request.id} told", words, now=now)


def _store(session: Session, request: ManageRequest, by: Actor, now: datetime) -> ManageRequest:
    session.add(request)
    session.flush()
    record(
        session, by, f"ask: {request.kind}", "request", request.id, now=now,
        organisation=str(request.organisation_id or ""),
    )  # fmt: skip
    return request


def _refuse_floods(session: Session, asked: ToManage, now: datetime) -> None:
    """Raises RuleBroken('') when too many came from one network, wait for one service, or wait in all."""
    count = select(func.count()).select_from(ManageRequest)
    waiting = count.where(ManageRequest.state == "waiting")
    from_here = count.where(
        ManageRequest.network_hash == asked.network_hash, ManageRequest.made_at > now - A_DAY
    )
    if (
        (asked.network_hash and (session.scalar(from_here) or 0) >= FROM_A_NETWORK_A_DAY)
        or (session.scalar(waiting.where(ManageRequest.service_id == asked.service_id)) or 0)
        >= WAITING_FOR_A_SERVICE
        or (session.scalar(waiting) or 0) >= WAITING_IN_ALL
    ):
        raise RuleBroken("", TOO_MANY)
