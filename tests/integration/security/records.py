"""One of each record that an address can name, all of the owner and her organisation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select

from directory.db import Database
from directory.models.account import Passkey
from directory.models.correction import Correction
from directory.models.hold import Hold
from directory.models.listing_past import ListingPast
from directory.models.membership import Invitation, ManageRequest, Membership
from directory.models.proposed_change import ProposedChange
from directory.models.reply import Reply
from directory.models.sign_in import SignIn
from directory.models.statement import Statement
from directory.models.upkeep import Call, Reminder
from directory.reference.hours import now_utc, today_in_london
from directory.web.my_listings.edit_pages import EDIT_PAGES

HERE = "E06000031"
# (endpoint, argument) → which record the argument numbers, where its own name does not say.
MEANS: Mapping[tuple[str, str], str] = {
    ("said.reply", "number"): "statement_id",
    ("said.withdraw", "number"): "reply_id",
    ("said.take_down", "number"): "reply_id",
    ("statements.withdraw", "number"): "statement_id",
    ("listing_acts.change_again", "change_id"): "sent_back_id",
    ("administration.withdraw", "invitation_id"): "staff_invitation_id",
}
# What a form must say for its record to be found; everything else is left out.
SENT: Mapping[str, Mapping[str, str]] = {"moderated_corrections.close": {"service": "1"}}
# The values that name no record of ours, or the same one everywhere.
PLAIN: Mapping[str, str] = {
    "token": "led-nowhere", "column": "url", "slug": EDIT_PAGES[0].slug, "area_code": HERE, "support_type": "G4.6",
    "gap_id": f"{HERE}-G4.7-not-known", "view": "hours", "numbers": "1-2", "number": "1", "code": "a",
    "filename": "a.css",
}  # fmt: skip


def records_of(
    database: Database, organisation: int, service: int, accounts: Mapping[str, int]
) -> dict[str, str]:
    """Argument of an address → a value that leads to a record. accounts: role → number."""
    now, owner, moderator = now_utc(), accounts["owner"], accounts["moderator"]
    later = now + timedelta(days=7)

    def change(**what: object) -> ProposedChange:
        given = {
            "service_id": service, "organisation_id": organisation, "kind": "edit", "source": "form",
            "state": "waiting", "cells": {"url": "https://example.com"}, "base": {"url": "https://www.example.org"},
            "proposed_by": owner, "role": "service manager", "made_at": now, "sent_at": now,
        }  # fmt: skip
        return ProposedChange(**given | what)

    made: dict[str, object] = {
        "change_id": change(),
        "draft_id": change(
            service_id=None, kind="new", state="draft", sent_at=None, base={},
            cells={"organisation": "Example Organisation", "status": "active"},
        ),
        "sent_back_id": change(state="sent back", decided_at=now, decided_by=moderator, decided_role="moderator"),
        "version_id": ListingPast(
            service_id=service, cells={"name": "Example Service A"}, act="as it was before", role="", at=now
        ),
        "statement_id": Statement(
            area_code=HERE, support_type="G4.6", mode="both", state="partly", body="commissioner",
            role="commissioning manager", what="", sector="", effective="", evidence="",
            stated_on=today_in_london(), recorded_at=now, withdrawn_on=None, withdrawn_reason="",
        ),
        "hold_id": Hold(
            service_id=service, what="route", value="01632 960001", reason="being checked", role="moderator",
            placed_by=moderator, placed_at=now,
        ),
        "correction_id": Correction(
            service_id=service, about="telephone", words="It rings out.", words_hash="h", is_urgent=False,
            received_at=now,
        ),
        "request_id": ManageRequest(
            kind="manage", service_id=service, organisation_id=organisation, account_id=owner,
            email="asks@example.org", title="manager", words="", state="waiting", made_at=now,
        ),
        "invitation_id": Invitation(
            email="invited@example.org", kind="editor", organisation_id=organisation, token_hash="invited",
            invited_by=owner, made_at=now, ends_at=later,
        ),
        "staff_invitation_id": Invitation(
            email="staff@example.org", kind="moderator", token_hash="staff", invited_by=accounts["administrator"],
            made_at=now, ends_at=later,
        ),
        "call_id": Call(service_id=service, claimed_by=moderator, claimed_at=now, claim_ends_at=later),
        "reminder_id": Reminder(
            organisation_id=organisation, account_id=owner, step_days=90, service_ids=[service],
            token_hash="reminded", made_at=now, ends_at=later,
        ),
        "passkey_id": Passkey(
            user_id=owner, credential_id=b"one", public_key=b"key", sign_count=0, transports=[],
            backup_state=False, device_type="single_device", create_datetime=now, lastuse_datetime=now,
            name="example", usage="secondary",
        ),
    }  # fmt: skip
    with database.transaction() as session:
        for row in made.values():
            session.add(row)
        session.flush()
        numbers = {name: row.id for name, row in made.items()}  # type: ignore[attr-defined]  # each has one
        reply = Reply(
            statement_id=numbers["statement_id"], service_id=service, words="We are open again.",
            role="service manager", account_id=owner, made_at=now,
        )  # fmt: skip
        session.add(reply)
        session.flush()
        colleague = accounts["another editor"]
        numbers |= {
            "reply_id": reply.id,
            "service_id": service,
            "organisation_id": organisation,
            "account_id": colleague,
            "sign_in_id": session.scalars(select(SignIn.id).where(SignIn.account_id == owner)).one(),
            "membership_id": session.scalars(
                select(Membership.id).where(Membership.account_id == colleague)
            ).one(),
        }
    return {name: str(number) for name, number in numbers.items()} | dict(PLAIN)
