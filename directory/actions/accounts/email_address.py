"""An e-mail address as it is kept: checked, in lower case, and none that only looks like another."""

from __future__ import annotations

import re
import unicodedata

from email_validator import EmailNotValidError, validate_email

from directory.errors import RuleBroken

LENGTH_MAX = 254

# Addresses that stand for a post or a team, whoever reads them; other words may stand beside them.
ROLE_WORDS = frozenset(
    "admin administrator admissions advice adviser advocacy appointments care centre children clinical commissioning "
    "communications contact coordinator counselling data desk development director duty education engagement enquiries "
    "enquiry families finance general hello help helpline hub info information intake isva lead listings mail "
    "mailbox management manager office operations partnership people policy press project reception recovery "
    "referral referrals safeguarding sarc secretary service services staff support survivors team therapy training "
    "welcome wellbeing youth".split()
)
_BETWEEN_WORDS = re.compile(r"[^a-z]+")


def email_of(field: str, typed: str) -> str:
    """The address as it is stored: of one form and in lower case. No question is asked over the network.

    Raises RuleBroken(field) for what is none, and for letters of another alphabet, which look like ours and are
    not: ‘exаmple.org’ with one Cyrillic letter is somebody else's.
    """
    if len(typed) > LENGTH_MAX:
        raise RuleBroken(field, f"Shorten this e-mail address to {LENGTH_MAX} letters or fewer.")
    try:
        found = validate_email(typed.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise RuleBroken(field, "Enter an e-mail address in the form name@example.org.") from None
    email = found.normalized.lower()
    if any(mark.isalpha() and "LATIN" not in unicodedata.name(mark, "") for mark in email):
        raise RuleBroken(
            field,
            "This address has a letter of another alphabet, which can pass for one of ours. Type it again by hand.",
        )
    return email


def looks_personal(email: str) -> bool:
    """Whether an address seems to be one person's own: none of its words is a post or a team.

    A hint, to be said kindly and never to refuse by: nobody can know it from the words alone.
    """
    words = {word for word in _BETWEEN_WORDS.split(email.partition("@")[0]) if word}
    return not words & ROLE_WORDS
