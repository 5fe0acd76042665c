"""Who is let in where, written down a second time: what the attack tests hold the site against."""

from __future__ import annotations

from collections.abc import Mapping

from werkzeug.routing import Rule

ROLES = (
    "visitor", "editor", "owner", "owner of another", "commissioner", "commissioner of another",
    "moderator without second factor", "moderator", "administrator",
)  # fmt: skip
STAFF = frozenset({"moderator", "administrator"})
TEAM = frozenset({"editor", "owner"})
# Each word of WHO_MAY: who is let in. Whether it is their record is asked after that.
LET_IN: Mapping[str, frozenset[str]] = {
    "anyone": frozenset(ROLES),
    "signed-in": frozenset(ROLES) - {"visitor"},
    "member": TEAM | {"owner of another"},
    "member or staff": TEAM | {"owner of another"} | STAFF,
    "owner": frozenset({"owner", "owner of another"}),
    "commissioner": frozenset({"commissioner", "commissioner of another"}),
    "moderator": STAFF,
    "administrator": frozenset({"administrator"}),
}
ASKED_FOR_SECOND_FACTOR = {"moderator": {"moderator without second factor"}}
OF_SOMEBODY = frozenset({"signed-in", "member", "member or staff", "owner", "commissioner"})
"""Words that let in people who have each their own records: where an address names one, WHOSE says whose."""

OWNER, COMMISSIONER = frozenset({"owner"}), frozenset({"commissioner"})
# Endpoint → who may touch the record in its address, of those whom its word lets in. The records are the
# owner's and her organisation's, and the statements are of the commissioner's area.
WHOSE: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            "edit_listing.choose", "edit_listing.discard", "edit_listing.page", "edit_listing.save",
            "edit_listing.tasks", "listing_acts.change_again", "listing_acts.closed", "listing_acts.reopen",
            "listing_acts.save_closed", "listing_acts.save_waiting", "listing_acts.waiting",
            "listing_acts.withdraw_change", "listing_cells.cells", "listing_history.history", "new_listing.before",
            "new_listing.evidence", "new_listing.save_evidence", "new_listing.start", "send_listing.check",
            "send_listing.send", "send_listing.settled", "holds.choose", "holds.place",
        ),
        TEAM | STAFF,
    ),
    **dict.fromkeys(
        ("moderated_changes.mine", "moderated_changes.answer", "moderated_changes.withdraw"), TEAM
    ),
    **dict.fromkeys(("said.said", "said.reply", "said.withdraw"), OWNER),
    **dict.fromkeys(
        ("statements.area", "statements.cell", "statements.check", "statements.record", "statements.state",
         "statements.withdraw"),
        COMMISSIONER,
    ),
    **dict.fromkeys(("account.end_session", "account.remove_passkey"), OWNER),
    "people_of.people": TEAM | STAFF,
    "people_of.ask_in": OWNER | STAFF,
    "people_of.withdraw": OWNER | STAFF,
    "people_of.end": OWNER | STAFF,
    "people_of.deputise": OWNER,
    "people_of.contact": OWNER | STAFF,
    "people_of.replace_owner": TEAM,
}  # fmt: skip
# An address that leads nowhere without more than a record: a token of a link is answered 404, whoever asks.
NOWHERE = frozenset({"token"})


def whose(rule: Rule) -> frozenset[str]:
    """Who may touch what the address of a rule names. A new listing that is being written is its writers' alone."""
    if "draft_id" in rule.arguments:
        return TEAM
    return WHOSE.get(rule.endpoint, frozenset(ROLES))
