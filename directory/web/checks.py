"""/moderation/checks: numbers and websites that look wrong, found without asking anybody."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template
from flask_babel import gettext as _

from directory.queries.routes import held_routes
from directory.reference.route_checks import Fault, check_routes

bp = Blueprint("checks", __name__)


@bp.get("/moderation/checks")
def show() -> str:
    """By listing, what is to be looked at."""
    with current_app.extensions["database"].reading() as session:
        found = check_routes(held_routes(session))
    return render_template("calls/checks.html", found=found, fault_words=fault_words)


def fault_words(fault: Fault) -> str:
    """What is to be looked at, and why."""
    words = {
        Fault.NOT_A_NUMBER: _("This cannot be rung in the United Kingdom."),
        Fault.FOR_EXAMPLES: _("This number is kept for examples; nobody has it."),
        Fault.ABROAD: _("This number is not of the United Kingdom: a call may cost a lot."),
        Fault.PREMIUM: _("A premium rate: a call costs a lot, and stands on the bill."),
        Fault.SHARED_COST: _("Costs more than a usual call."),
        Fault.PERSONAL: _("A personal or pager number: calls may cost a lot."),
        Fault.OF_TWO_ORGANISATIONS: _("Another organisation gives the same number:"),
        Fault.NOT_A_WEBSITE: _("This is no address of a website."),
        Fault.LOOKS_ALIKE: _("This host can be read for another:"),
        Fault.NOT_ENCRYPTED: _("http only: others on the way can read along."),
    }
    return str(words[fault])
