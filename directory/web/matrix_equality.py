"""Whether support is the same for everybody: kinds of people, languages, and getting there."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import ngettext

from directory.matrix import lens
from directory.matrix.counting import once
from directory.reference.terms import terms
from directory.web.lens_tables import LensRow, LensTable, LensView, numbers
from directory.web.matrix_lens import ByType
from directory.web.words import term


def adapted(by_type: ByType) -> LensView:
    """Whether everybody is met: kinds of people, languages, ways in."""
    everyone = once(by_type, list(by_type))
    kinds = lens.adapted(by_type, tuple(terms("specialism")))
    asked = lens.interpreters(everyone)
    return LensView(
        _("everybody"),
        _("Is the support the same for everybody"),
        ngettext(
            "%(num)s service counts here. Most have told us little, so read the last columns first.",
            "%(num)s services count here. Most have told us little, so read the last columns first.",
            len(everyone),
        ),
        (
            _("Each service is counted once in a row. It may stand in several rows."),
            _("‘Not told us’ is not a no: the service has not said, or we have not read it."),
        ),
        (
            LensTable(
                _("Services only for some people, or adapted for them"),
                (
                    _("People"),
                    _("Only for them"),
                    _("Open to all, adapted for them"),
                    _("Support types with at least one"),
                    _("Not told us"),
                ),
                tuple(
                    LensRow(
                        term(one.term, "specialism"),
                        numbers(one.only_for, one.adapted_for, one.types, one.not_told),
                    )
                    for one in kinds
                ),
            ),
            LensTable(
                _("Languages"),
                (_("Language"), _("Services that name it"), _("Name others only"), _("Not told us")),
                _named_rows(lens.languages(everyone, tuple(terms("language"))), "language"),
            ),
            LensTable(
                _("Interpreters"),
                (_("Interpreters"), _("Services")),
                (
                    LensRow(_("Yes"), numbers(asked.yes)),
                    LensRow(_("No"), numbers(asked.no)),
                    LensRow(_("Not told us"), numbers(asked.not_told)),
                ),
            ),
            LensTable(
                _("Getting there and getting in"),
                (_("What there is"), _("Services that name it"), _("Name other things"), _("Not told us")),
                _named_rows(lens.access(everyone, tuple(terms("access"))), "access"),
            ),
        ),
    )


def _named_rows(named: Iterable[lens.Named], taxonomy: str) -> tuple[LensRow, ...]:
    return tuple(
        LensRow(term(one.term, taxonomy), numbers(one.named, one.unnamed, one.not_told)) for one in named
    )
