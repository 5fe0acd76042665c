"""One of each record that an address may name, all of them of the owner and her organisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from directory.actions.accounts.tokens import hash_of
from directory.actions.upkeep.link import link_hash
from directory.db import Database
from directory.models.account import Passkey
from directory.models.correction import Correction
from directory.models.hold import Hold
from directory.models.listing_past import ListingPast
from directory.models.membership import Invitation, MailboxLink, ManageRequest
from directory.models.proposed_change import ProposedChange
from directory.models.reply import Reply
from directory.models.sign_in import SignInLink
from directory.models.statement import Statement
from directory.models.upkeep import Call, Reminder
from directory.reference.hours import now_utc, today_in_london

HERE = "E06000031"
TOKEN = "one-token-for-the-link-of-each-kind-of-mail"  # noqa: S105  # opens nothing but the tests' own site

# The two kinds of link that sign in are in one table, where no token stands twice.
RESET_TOKEN = f"{TOKEN}-reset"


def make_records(
    database: Database, organisation: int, services: Sequence[int], accounts: Mapping[str, int]
) -> dict[str, str]:
    """Make them. services: the owner's, and others'. accounts: role → number.

    Returns argument of an address → a value that leads to a record;
    'endpoint argument' → the value where an endpoint asks for another one.
    """
    now, owner, service = now_utc(), accounts["owner"], services[0]
    later = now + timedelta(days=7)
    with database.transaction() as session:
        change = ProposedChange(
            service_id=service, organisation_id=organisation, kind="edit", source="form", state="waiting",
            cells={"url": "https://example.com"}, base={"url": "https://www.example.org"},
            proposed_by=owner, role="service manager", made_at=now, sent_at=now,
        )  # fmt: skip
        sent_back = ProposedChange(
            service_id=service, organisation_id=organisation, kind="edit", source="form", state="sent back",
            cells={"url": "https://example.com/2"}, base={"url": "https://www.example.org"},
            proposed_by=owner, role="service manager", made_at=now, sent_at=now, decided_at=now,
        )  # fmt: skip
        draft = ProposedChange(
            service_id=None, organisation_id=organisation, kind="new", source="form", state="draft",
            cells={"name": "Example Service B", "organisation": "Example Organisation"}, base={},
            proposed_by=owner, role="service manager", made_at=now,
        )  # fmt: skip
        statement = Statement(
            area_code=HERE, support_type="G4.6", mode="both", state="partly", body="commissioner",
            role="commissioning manager", what="", sector="", effective="", evidence="",
            stated_on=today_in_london(), recorded_at=now, withdrawn_on=None, withdrawn_reason="",
        )  # fmt: skip
        made = {
            "change_id": change,
            "listing_acts.change_again change_id": sent_back,
            "draft_id": draft,
            "version_id": ListingPast(
                service_id=service, cells={"name": "Example Service A"}, act="edit", role="owner", at=now
            ),
            "hold_id": Hold(
                service_id=service, what="route", value="01632 960001", reason="being checked",
                role="moderator", placed_by=accounts["moderator"], placed_at=now,
            ),
            "correction_id": Correction(
                service_id=service, about="telephone", words="It rings out.", words_hash="h",
                is_urgent=False, received_at=now,
            ),
            "request_id": ManageRequest(
                kind="manage", service_id=service, organisation_id=organisation, account_id=owner,
                email="asks@example.org", title="manager", words="", state="waiting", made_at=now,
            ),
            "invitation_id": Invitation(
                email="invited@example.org", kind="editor", organisation_id=organisation,
                token_hash=hash_of(TOKEN), invited_by=owner, made_at=now, ends_at=later,
            ),
            "administration.withdraw invitation_id": Invitation(
                email="moderates@example.org", kind="moderator", token_hash="invited",
                invited_by=accounts["administrator"], made_at=now, ends_at=later,
            ),
            "passkey_id": Passkey(
                user_id=owner, credential_id=b"credential", public_key=b"key", sign_count=0, transports=[],
                backup_state=False, device_type="single_device", create_datetime=now, lastuse_datetime=now,
                name="a key of the tests", usage="secondary",
            ),
        }  # fmt: skip
        session.add_all(made.values())
        session.add(statement)
        session.add(
            Call(service_id=service, claimed_by=accounts["moderator"], claimed_at=now, claim_ends_at=later)
        )
        session.add(
            Reminder(
                organisation_id=organisation, account_id=owner, step_days=90, service_ids=[service],
                token_hash=link_hash(TOKEN), made_at=now, ends_at=later,
            )
        )  # fmt: skip
        for kind in ("sign in", "reset"):
            session.add(
                SignInLink(
                    account_id=owner, kind=kind, made_at=now, ends_at=later,
                    token_hash=hash_of(TOKEN if kind == "sign in" else RESET_TOKEN),
                )
            )  # fmt: skip
        asked = ManageRequest(
            kind="change email", organisation_id=organisation, account_id=owner, email="new@example.org",
            title="manager", words="", state="approved", made_at=now, decided_at=now,
        )  # fmt: skip
        session.add(asked)
        session.flush()
        session.add(
            MailboxLink(
                request_id=asked.id, account_id=owner, token_hash=hash_of(TOKEN), made_at=now, ends_at=later
            )
        )
        session.flush()
        reply = Reply(
            statement_id=statement.id, service_id=service, words="We are open again.",
            role="service manager", account_id=owner, made_at=now,
        )  # fmt: skip
        session.add(reply)
        session.flush()
        # A statement and a reply are each called `number` in the addresses about them.
        assert statement.id == reply.id == 1
        found = {name: str(row.id) for name, row in made.items()}
    return found | {
        "service_id": str(service), "organisation_id": str(organisation), "account_id": str(accounts["editor"]),
        "account.reset token": RESET_TOKEN, "sign_in_id": "2", "membership_id": "1", "token": TOKEN,
        "slug": "reach", "column": "url",
        "area_code": HERE, "support_type": "G4.6", "gap_id": f"{HERE}-G4.7-not-known", "view": "hours",
        "numbers": "1-2", "number": "1", "code": "a", "filename": "a.css",
    }  # fmt: skip
