"""The first page of an account: what its owner can do here."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template
from flask_babel import gettext as _

from directory.queries.accounts import SignedIn
from directory.security.me import STAFF, role_words
from directory.web.account.blueprint import Answer, bp, whose


@dataclass(frozen=True, slots=True)
class Way:
    """One place to go."""

    address: str
    words: str


@bp.get("")
def home() -> Answer:
    """Links by role, and to the pages of the account."""
    who = whose()
    return render_template("account/home.html", who=who, role=role_words(who), ways=ways(who))


def ways(who: SignedIn) -> tuple[Way, ...]:
    """Where somebody with these roles works. The addresses are those of other pages, written out: each checks for
    itself who may read it.
    """
    found = []
    if who.owner_of or who.editor_of:
        found.append(Way("/my-listings", _("My listings")))
    several = len(who.names) > 1
    found += [
        Way(f"/organisations/{number}/people", _("People of %(name)s", name=name) if several else _("People"))
        for number, name in sorted(who.names.items(), key=lambda pair: (pair[1].casefold(), pair[0]))
    ]
    if "commissioner" in who.roles:
        found.append(Way("/statements", _("Statements")))
    if who.roles & STAFF:
        found.append(Way("/moderation", _("Moderation")))
    if "administrator" in who.roles:
        found.append(Way("/account/administration", _("Administration")))
    return tuple(found)
