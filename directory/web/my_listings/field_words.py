"""Words for what is wrong with one answer."""

from __future__ import annotations

from flask_babel import gettext as _

from directory.actions.problem import Refused
from directory.reference.case_data import DATE_OF_BIRTH, NHS_NUMBER, NUMBERED_DAY
from directory.reference.hours_in_words import HoursUnclear
from directory.reference.websites import foreign_letters, host_of, is_public_host
from directory.web.my_listings.questions import QUESTIONS, Kind


def refused_words(name: str, refused: Refused) -> str:
    """What a file's reader says of a cell, for somebody who has a form before them."""
    match QUESTIONS[name].kind:
        case Kind.SOME_OF | Kind.TAGS | Kind.ONE_OF | Kind.YES_NO:
            return _("Choose from the list.")
        case Kind.DATE:
            return _(
                "Enter a day, month and year, such as 26 11 2026. The year alone, or with the month, is enough."
            )
        case Kind.ADDRESS:
            return _("Enter the whole address, such as https://www.example.org")
        case _:
            words = (
                refused.what if "spreadsheet" not in refused.what else _("It cannot begin with this sign.")
            )
            remedy = (
                _("Begin with a letter or a number.") if "spreadsheet" in refused.what else refused.remedy
            )
            return f"{words} {remedy}".strip()


def website_error(url: str) -> str:
    """Why an address cannot be a service's website; '' where nothing speaks against it."""
    host = host_of(url)
    if not url.startswith("https://"):
        return _(
            "A website starts with https:// today. If yours really has no such address, tell us in an e-mail."
        )
    if not is_public_host(host):
        return _("This is not the address of a website that others can reach.")
    if letters := foreign_letters(host):
        return _(
            "This address holds letters of another alphabet (%(letters)s), which can look like ours. Type it anew.",
            letters=letters[:20],
        )
    return ""


def case_words(found: str) -> str:
    """Words for what a box must not hold."""
    words = {
        NHS_NUMBER: _("This looks like an NHS number. Nothing about one person may stand here."),
        DATE_OF_BIRTH: _("This looks like a date of birth. Nothing about one person may stand here."),
        NUMBERED_DAY: _(
            "This looks like a date of birth. If it is another day, write its month as a word, like 1 April 2024."
        ),
        "an e-mail address": _("Put e-mail addresses on the page ‘How to reach it’, not here."),
        "a postcode": _("Put postcodes on the page ‘Where it is’, not here."),
    }
    return words[found]


def hours_error(unclear: HoursUnclear, typed: str) -> str:
    """What could not be told of the hours that somebody typed, with an example."""
    # The reader has marks of its own, such as '-' for 'until', which nobody may have typed there.
    is_typed = unclear.part != "-" and unclear.part.casefold() in typed.casefold()
    example = _("For example: Monday to Friday 9am to 5pm; Saturdays 10am to 1pm; closed bank holidays.")
    match unclear.why:
        case "no days":
            words = _("Say on which days. ‘Every day’ or ‘weekdays’ will do.")
        case "no times":
            words = _("Say from when to when on each of the days, or that it is closed.")
        case "am or pm":
            words = _("We cannot tell morning from evening in ‘%(part)s’. Write am or pm.", part=unclear.part)
        case "word" if is_typed:
            words = _(
                "We do not understand ‘%(part)s’ as hours. Write days and times alone.", part=unclear.part
            )
        case _:
            words = _("We do not understand these hours. Write the days, then from when to when.")
    return f"{words} {example}"
