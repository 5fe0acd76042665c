"""Whose the record in an address is: who may touch it, of those whom the word of its endpoint lets in.

For an endpoint whose word is 'signed-in', 'member', 'member or staff', 'owner' or 'commissioner' and whose address
names a record, a line must stand here; for others one may.
"""

from __future__ import annotations

# A token in a link is answered by what it opens, whoever asks.
NOWHERE = frozenset({"token"})

# What the form beside a record says with it, without which there is no page to answer with.
SENT = {"moderated_corrections.close": {"service": "1"}}

STAFF = frozenset({"moderator", "administrator"})
MEMBERS = frozenset({"owner", "editor"})
OWNER = frozenset({"owner"})
ITS_COMMISSIONER = frozenset({"commissioner"})
NEW = "/my-listings/new/<int(max=2147483647):draft_id>"

# Endpoint, or one of its rules where they differ → the roles.
WHOSE: dict[str, frozenset[str]] = {
    "said.said": OWNER,
    "said.reply": OWNER,
    "said.withdraw": OWNER,
    "statements.area": ITS_COMMISSIONER,
    "statements.state": ITS_COMMISSIONER,
    "statements.check": ITS_COMMISSIONER,
    "statements.record": ITS_COMMISSIONER,
    "statements.cell": ITS_COMMISSIONER,
    "statements.withdraw": ITS_COMMISSIONER,
    "statements.decide": ITS_COMMISSIONER,
    "statements.check_decision": ITS_COMMISSIONER,
    "statements.record_decision": ITS_COMMISSIONER,
    "statements.funding": ITS_COMMISSIONER,
    "statements.funding_of": ITS_COMMISSIONER,
    "statements.check_funding": ITS_COMMISSIONER,
    "statements.record_funding": ITS_COMMISSIONER,
    "statements.take_back_funding": ITS_COMMISSIONER,
    "account.end_session": OWNER,
    "account.remove_passkey": OWNER,
    "holds.choose": MEMBERS | STAFF,
    "holds.place": MEMBERS | STAFF,
    "moderated_changes.mine": MEMBERS,
    "moderated_changes.answer": MEMBERS,
    "moderated_changes.withdraw": MEMBERS,
    "people_of.people": MEMBERS | STAFF,
    "people_of.ask_in": OWNER | STAFF,
    "people_of.withdraw": OWNER | STAFF,
    # An editor may leave: the membership is the editor's own.
    "people_of.end": MEMBERS | STAFF,
    "people_of.deputise": OWNER,
    "people_of.contact": OWNER | STAFF,
    "people_of.replace_owner": MEMBERS,
    "edit_listing.tasks": MEMBERS | STAFF,
    "edit_listing.page": MEMBERS | STAFF,
    "edit_listing.save": MEMBERS | STAFF,
    "edit_listing.choose": MEMBERS | STAFF,
    "edit_listing.discard": MEMBERS | STAFF,
    "send_listing.check": MEMBERS | STAFF,
    "send_listing.send": MEMBERS | STAFF,
    "send_listing.settled": MEMBERS | STAFF,
    # Staff write a new service on a draft of their own, and do not see the organisation's until it is sent.
    NEW: MEMBERS,
    f"{NEW}/<slug>": MEMBERS,
    f"{NEW}/<slug>/choose": MEMBERS,
    f"{NEW}/throw-away": MEMBERS,
    f"{NEW}/check": MEMBERS,
    f"{NEW}/check/choose": MEMBERS,
    "new_listing.before": MEMBERS | STAFF,
    "new_listing.start": MEMBERS | STAFF,
    "new_listing.evidence": MEMBERS,
    "new_listing.save_evidence": MEMBERS,
    "listing_acts.waiting": MEMBERS | STAFF,
    "listing_acts.save_waiting": MEMBERS | STAFF,
    "listing_acts.choose_waiting": MEMBERS | STAFF,
    "listing_acts.closed": MEMBERS | STAFF,
    "listing_acts.save_closed": MEMBERS | STAFF,
    "listing_acts.choose_closed": MEMBERS | STAFF,
    "listing_acts.reopen": MEMBERS | STAFF,
    "listing_acts.withdraw_change": MEMBERS,
    "listing_acts.change_again": MEMBERS,
    "listing_cells.cells": MEMBERS | STAFF,
    "listing_history.history": MEMBERS | STAFF,
}
