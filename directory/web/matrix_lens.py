"""The guide's questions of waiting, hours, referral and forms of abuse, as tables."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import ngettext

from directory.matrix import lens
from directory.matrix.areas import MatrixArea
from directory.matrix.counting import counting, once
from directory.matrix.types import MatrixService
from directory.queries.current_matrix import MatrixWorld, cell_types
from directory.reference.groups import groups
from directory.reference.support_types import support_types
from directory.reference.terms import terms
from directory.web.dates import when
from directory.web.lens_tables import LensRow, LensTable, LensView, numbers, tables_by_type
from directory.web.words import term, translated

ByType = Mapping[str, tuple[MatrixService, ...]]


def that_count(world: MatrixWorld, area: MatrixArea) -> ByType:
    """Support type → services that count for it anywhere in an area, each once."""
    nation_of = {code: world.areas.nation_of(code) for code in area.members}
    return counting(world.services, cell_types().values(), nation_of)


def waiting(by_type: ByType) -> LensView:
    """Who has told us of waiting, and what."""
    told = {code: lens.waiting(services) for code, services in by_type.items()}
    everyone = lens.waiting(once(by_type, list(by_type)))

    def cells(code: str) -> tuple[str, ...]:
        one = told[code]
        return (
            *numbers(one.services, one.none, one.closed),
            _weeks(one.told_weeks, one.median_weeks),
            _weeks(one.told_weeks, one.longest_weeks),
            _dates(one),
            *numbers(one.not_told),
        )

    return LensView(
        _("waiting"),
        _("How long people wait"),
        _waiting_answer(everyone),
        (
            _("A wait that nobody has told us is not known. It is not counted as no wait."),
            _("The middle wait is that of the service in the middle, among those that told us."),
        ),
        tables_by_type(
            (
                _("Services"),
                _("No waiting list"),
                _("List closed"),
                _("Middle wait"),
                _("Longest wait"),
                _("Date of the figures"),
                _("Not told us"),
            ),
            cells,
        ),
    )


def _waiting_answer(everyone: lens.Waiting) -> str:
    if not everyone.services:
        return str(_("No service counts here yet."))
    if not everyone.told_weeks:
        return ngettext(
            "The %(num)s service that counts here has not told us how long people wait.",
            "None of the %(num)s services that count here has told us how long people wait.",
            everyone.services,
        )
    return ngettext(
        "Of %(num)s service that counts here, %(told)s has told us how long people wait.",
        "Of %(num)s services that count here, %(told)s have told us how long people wait.",
        everyone.services,
        told=everyone.told_weeks,
    )


def _weeks(told: int, weeks: object) -> str:
    if weeks is None:
        return str(_("not known"))
    number = f"{float(weeks):g}"  # type: ignore[arg-type]  # a whole number or a half, from the pure part
    return str(
        ngettext(
            "%(weeks)s weeks, from %(num)s service",
            "%(weeks)s weeks, from %(num)s services",
            told,
            weeks=number,
        )
    )


def _dates(one: lens.Waiting) -> str:
    if not one.told_weeks:
        return str(_("not known"))
    if when(one.oldest) == when(one.newest):
        return when(one.oldest)
    return str(_("%(oldest)s to %(newest)s", oldest=when(one.oldest), newest=when(one.newest)))


def hours(by_type: ByType) -> LensView:
    """Evenings and weekends."""
    told = {code: lens.out_of_hours(services) for code, services in by_type.items()}
    return LensView(
        _("hours"),
        _("Evenings and weekends"),
        _(
            "%(some)s of %(all)s support types have at least one service that is open on an evening or at a weekend.",
            some=sum(one.yes > 0 for one in told.values()),
            all=len(told),
        ),
        (_("An evening is after half past five on a weekday. Being open may mean by phone alone."),),
        tables_by_type(
            (_("Services"), _("Open on an evening or at a weekend"), _("Weekdays only"), _("Not told us")),
            lambda code: numbers(told[code].services, told[code].yes, told[code].no, told[code].not_told),
        ),
    )


def referral(by_type: ByType) -> LensView:
    """Who can begin."""
    told = {code: lens.referral(services) for code, services in by_type.items()}
    only = sum(
        one.only_professional > 0 and not (one.self_referral or one.parent or one.not_told)
        for one in told.values()
    )
    return LensView(
        _("ways in"),
        _("Who can get in touch first"),
        _(
            "%(only)s of %(all)s support types can be reached only through a professional, as far as the services "
            "that count have told us.",
            only=only,
            all=len(told),
        ),
        (_("Each service is counted once, under the easiest way in. The police count as professionals."),),
        tables_by_type(
            (
                _("Services"),
                _("The person can"),
                _("A parent can"),
                _("Only a professional"),
                _("Not told us"),
            ),
            lambda code: numbers(
                told[code].services,
                told[code].self_referral,
                told[code].parent,
                told[code].only_professional,
                told[code].not_told,
            ),
        ),
    )


def forms(by_type: ByType) -> LensView:
    """Groups by forms of abuse."""
    codes = tuple(terms("form"))
    rows = []
    for group in groups().values():
        services = once(by_type, [code for code, one in support_types().items() if one.group == group.code])
        told = lens.forms(services, codes)
        rows.append(
            LensRow(
                translated(group.label),
                numbers(len(services), *(told[code] for code in codes), told[""]),
            )
        )
    return LensView(
        _("forms"),
        _("Support by form of abuse"),
        _("How many services name each form of child sexual abuse, for each group."),
        (
            _("A service that names no form may be for any, or may not have told us: see the last column."),
            _("A service that names several forms is counted under each."),
        ),
        (
            LensTable(
                _("Services that name each form of abuse, by group"),
                (
                    _("Group"),
                    _("Services"),
                    *(term(code, "form") for code in codes),
                    _("Any form, or not told us"),
                ),
                tuple(rows),
            ),
        ),
    )
