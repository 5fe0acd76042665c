"""The questions a partnership asks of its area, in our words, and where each is answered here."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _


@dataclass(frozen=True, slots=True)
class Question:
    """One question. answer: what there is. path: what follows the area's address; None where nothing answers it."""

    number: str
    words: str
    answer: str
    path: str | None = None


def questions() -> tuple[Question, ...]:
    """In the order of the guide."""
    elsewhere = _("We do not hold this. It is for the partnership’s own records.")
    return (
        Question(
            "1",
            _("How much of the child sexual abuse here do public bodies recognise?"),
            _("What was recorded, beside what is estimated."),
            "need",
        ),
        Question("2", _("Do all agencies share a clear way of responding?"), elsewhere),
        Question("3", _("Is it clear how people are referred and what may be passed on?"), elsewhere),
        Question(
            "4",
            _("Are boys, disabled children, minority ethnic children and children in care met as well as others?"),
            elsewhere,
        ),
        Question(
            "5",
            _("What do public bodies provide after abuse?"),
            _("Each type of support from public bodies alone. How long it lasts is not known."),
            "views/statutory",
        ),
        Question(
            "6",
            _("How easy is it to get to support from every part of the area?"),
            _("Distance, and what can be reached from home."),
            "access",
        ),
        Question(
            "7",
            _("How do people find support, or get referred?"),
            _("Who can get in touch first. How people hear of it is not known."),
            "views/referral",
        ),
        Question("8", _("Who is less likely to find it, and what is in their way?"), elsewhere),
        Question("9", _("Is there support on evenings and at weekends?"), _("From opening hours."), "views/hours"),
        Question(
            "10",
            _("How many people wait, and how long?"),
            _("How long, where a service has told us. How many is hardly ever told."),
            "views/waiting",
        ),
        Question(
            "11",
            _("Is there support for each form of abuse?"),
            _("Groups by forms."),
            "views/forms",
        ),
        Question(
            "12",
            _(
                "Does support meet minority ethnic people, people who speak other languages, disabled, "
                "neurodivergent and learning-disabled people, boys and men, girls and women, and lesbian, gay, "
                "bisexual and trans people?"
            ),
            _("Services only for them or adapted for them, with ‘not told us’ counted."),
            "views/adapted",
        ),
        Question(
            "13",
            _("Does the support match the need?"),
            _("People who may seek support, beside the places there are."),
            "need",
        ),
        Question(
            "14",
            _(
                "Is there support for children who have displayed harmful sexual behaviour and for adults who may harm "
                "or have harmed, and does it work?"
            ),
            _("Whether there is any: the grid. Whether it works: what commissioners say."),
            "views/effective",
        ),
        Question("15", _("Which ways of disrupting abuse are used here?"), elsewhere),
        Question("16", _("What have reviews and serious incidents taught?"), elsewhere),
    )  # fmt: skip
