"""Changes that wait, and approvals that are complete: a test says only what matters to it."""

from __future__ import annotations

from directory.actions.actor import Actor
from directory.actions.changes.apply import stored_cells
from directory.actions.changes.decide import Approval, Approved, approve
from directory.actions.changes.inclusion import QUESTIONS, Inclusion
from directory.db import Database
from directory.models.proposed_change import ProposedChange
from directory.reference.hours import now_utc
from tests.builders import TablePlaces, make_row

OLD_NUMBER = "01632 960001"
NEW_ROUTES = "telephone | 01632 960222 | Mo-Fr 09:00-17:00"


def moderator(account_id: int) -> Actor:
    """Somebody who decides."""
    return Actor(account_id, "moderator", is_moderator=True)


def make_change(
    database: Database,
    service_id: int | None,
    cells: dict[str, str],
    *,
    base: dict[str, str] | None = None,
    by: int | None = None,
    organisation_id: int | None = None,
    **what: object,
) -> int:
    """A change that waits. Returns its number."""
    now = now_utc()
    with database.transaction() as session:
        here = stored_cells(session, service_id) if service_id and base is None else {}
        change = ProposedChange(
            **{
                "service_id": service_id,
                "organisation_id": organisation_id,
                "kind": "edit" if service_id else "new",
                "source": "form",
                "cells": cells,
                "base": {name: here.get(name, "") for name in cells} if base is None else base,
                "state": "waiting",
                "proposed_by": by,
                "role": "service manager",
                "made_at": now,
                "sent_at": now,
            }
            | what
        )
        session.add(change)
        session.flush()
        return change.id


def new_cells(**what: str) -> dict[str, str]:
    """What an organisation writes of a new service."""
    theirs = {"organisation", "name", "description", "status", "groups", "support_types", "coverage", "url"}
    row = make_row(**{"contact_routes": NEW_ROUTES, "name": "Example Service New"} | what)
    return {
        name: cell for name, cell in row.items() if cell and name in theirs | {"contact_routes"} | set(what)
    }


def all_yes(profile: str = "first profile") -> Inclusion:
    """Every question answered with yes."""
    return Inclusion(profile, dict.fromkeys(QUESTIONS[profile], ("yes", "Their page says so.")))


def try_approve(database: Database, change_id: int, approval: Approval, by: int) -> Approved:
    """As a moderator does."""
    with database.transaction() as session:
        return approve(session, change_id, approval, TablePlaces(), by=moderator(by), now=now_utc())


def state_of(database: Database, change_id: int) -> str:
    """The state of a change."""
    with database.reading() as session:
        return session.get_one(ProposedChange, change_id).state
