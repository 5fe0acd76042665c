"""What each column is asked as: its label, its hint, and what kind of answer it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class Kind(Enum):
    """What stands in a column's cell, and so how it is asked."""

    LINE = "line"
    WORDS = "words"
    NAMES = "names"
    NUMBER = "number"
    ADDRESS = "address"
    DATE = "date"
    YES_NO = "yes or no"
    ONE_OF = "one code"
    SOME_OF = "some codes"
    TAGS = "codes that may be unsure"
    ROUTES = "routes"
    PLACES = "places"


@dataclass(frozen=True, slots=True)
class Question:
    """One column on a form. vocabulary: of its codes, as directory.actions.vocabulary names it."""

    label: LazyString
    kind: Kind
    hint: LazyString | str = ""
    vocabulary: str = ""
    is_required: bool = False


QUESTIONS: Mapping[str, Question] = {
    "organisation": Question(_l("Organisation"), Kind.LINE, is_required=True),
    "name": Question(_l("Name of the service"), Kind.LINE, is_required=True),
    "alternate_name": Question(_l("Other names people know it by"), Kind.NAMES, _l("One on each line.")),
    "description": Question(
        _l("What it does"),
        Kind.WORDS,
        _l("Two or three sentences. Write for somebody who has never asked for help before."),
    ),
    "status": Question(
        _l("Is it running?"), Kind.ONE_OF, vocabulary="status", is_required=True
    ),
    "sector": Question(_l("Who runs it"), Kind.ONE_OF, vocabulary="sector"),
    "free_to_person": Question(_l("Is it free to the person?"), Kind.YES_NO),
    "cost_note": Question(_l("More about cost"), Kind.WORDS, _l("For example who pays, if not the person.")),
    "organisation_url": Question(
        _l("The organisation’s website"), Kind.ADDRESS, _l("Starts with https://")
    ),
    "groups": Question(_l("Whom it helps"), Kind.TAGS, _l("Choose all that apply."), "groups"),
    "minimum_age": Question(_l("Youngest age"), Kind.NUMBER, _l("Leave it blank if there is no limit.")),
    "maximum_age": Question(_l("Oldest age"), Kind.NUMBER, _l("Leave it blank if there is no limit.")),
    "age_note": Question(_l("More about ages"), Kind.LINE, _l("For example: ages differ by area.")),
    "forms_of_abuse": Question(
        _l("Kinds of abuse it names"), Kind.SOME_OF, _l("Only if it is for these in particular."), "form"
    ),
    "only_for": Question(
        _l("Only for"), Kind.SOME_OF, _l("Nobody else may use it. Leave all blank if it is open to everyone."),
        "specialism",
    ),
    "adapted_for": Question(
        _l("Open to everyone, and adapted for"), Kind.SOME_OF, _l("With staff, hours or rooms that fit them."),
        "specialism",
    ),
    "support_types": Question(_l("Kinds of support"), Kind.TAGS, _l("Choose all that apply."), "support_types"),
    "modes": Question(_l("In person or from a distance"), Kind.SOME_OF, _l("Choose all that apply."), "mode"),
    "advice_to_professionals": Question(_l("Do you give advice to professionals?"), Kind.YES_NO),
    "contact_routes": Question(_l("Ways to reach it"), Kind.ROUTES),
    "url": Question(_l("Website of the service"), Kind.ADDRESS, _l("Starts with https://")),
    "confidential": Question(
        _l("Must its place stay confidential?"),
        Kind.YES_NO,
        _l("A confidential place is kept for our records and is never shown to anyone."),
    ),
    "confidential_reason": Question(_l("Why it must stay confidential"), Kind.LINE),
    "locations": Question(_l("Places"), Kind.PLACES),
    "coverage": Question(
        _l("Areas whose residents it takes"),
        Kind.NAMES,
        _l("One on each line, such as Peterborough, Kent, North West or England and Wales."),
    ),
    "coverage_note": Question(_l("More about areas"), Kind.LINE, _l("For example: other areas if paid for.")),
    "referral_routes": Question(_l("Who can get in touch"), Kind.SOME_OF, _l("Choose all that apply."), "referral"),
    "referral_note": Question(_l("More about getting in touch"), Kind.WORDS),
    "accepting_referrals": Question(_l("Are you taking new people now?"), Kind.YES_NO),
    "before_you_refer": Question(
        _l("What must be in place before a professional refers"), Kind.WORDS
    ),
    "waiting_list": Question(_l("Waiting list"), Kind.ONE_OF, vocabulary="waiting"),
    "waiting_weeks": Question(
        _l("How many weeks people wait"), Kind.NUMBER, _l("From asking to the first appointment, for most people.")
    ),
    "waiting_as_at": Question(
        _l("When that was so"), Kind.DATE, _l("For example 26 11 2026. Month and year, or the year, are enough.")
    ),
    "waiting_note": Question(_l("More about waiting"), Kind.WORDS),
    "capacity_per_year": Question(_l("People the service can see in a year"), Kind.NUMBER),
    "languages": Question(_l("Languages"), Kind.SOME_OF, _l("Those in which staff speak with people."), "language"),
    "interpreters": Question(_l("Do you arrange interpreters?"), Kind.YES_NO),
    "accessibility": Question(_l("Access"), Kind.SOME_OF, _l("Choose all that apply."), "access"),
    "before_you_call": Question(_l("Good to know before calling"), Kind.WORDS),
    "safe_contact": Question(
        _l("Voicemail, letters and caller display"),
        Kind.WORDS,
        _l("Do you leave messages? What does your number show? How is a letter marked?"),
    ),
    "can_stay_anonymous": Question(_l("Can people stay anonymous?"), Kind.YES_NO),
    "when_they_must_tell": Question(
        _l("When you must tell someone else"),
        Kind.WORDS,
        _l("In which cases you pass on what a person tells you, and to whom."),
    ),
}  # fmt: skip
"""Every column that an organisation may write."""
