"""The guide's questions as tables: one row for each support type, group or kind of people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

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
from directory.web.words import term, translated

ByType = Mapping[str, tuple[MatrixService, ...]]


@dataclass(frozen=True, slots=True)
class LensRow:
    """One row. type: the support type it is about, to link to its cell; '' where it is about none."""

    head: str
    cells: tuple[str, ...]
    type: str = ""


@dataclass(frozen=True, slots=True)
class LensTable:
    """One table. heads: of the first column, then of the others."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[LensRow, ...]


@dataclass(frozen=True, slots=True)
class LensView:
    """One question's page. answer: what stands out, in a sentence or two; notes: how to read the tables."""

    heading: str
    answer: str
    notes: tuple[str, ...]
    tables: tuple[LensTable, ...]


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
            str(one.services),
            str(one.none),
            str(one.closed),
            _weeks(one.told_weeks, one.median_weeks),
            _weeks(one.told_weeks, one.longest_weeks),
            _dates(one),
            str(one.not_told),
        )

    return LensView(
        _("How long people wait"),
        _waiting_answer(everyone),
        (
            _("A wait that nobody has told us is not known. It is not counted as no wait."),
            _("The middle wait is that of the service in the middle, among those that told us."),
        ),
        _by_group(
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
        _("Evenings and weekends"),
        _(
            "%(some)s of %(all)s support types have at least one service that is open on an evening or at a weekend.",
            some=sum(one.yes > 0 for one in told.values()),
            all=len(told),
        ),
        (_("An evening is after half past five on a weekday. Being open may mean by phone alone."),),
        _by_group(
            (_("Services"), _("Open on an evening or at a weekend"), _("Weekdays only"), _("Not told us")),
            lambda code: _numbers(told[code].services, told[code].yes, told[code].no, told[code].not_told),
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
        _("Who can get in touch first"),
        _(
            "%(only)s of %(all)s support types can be reached only through a professional, as far as the services "
            "that count have told us.",
            only=only,
            all=len(told),
        ),
        (_("Each service is counted once, under the easiest way in. The police count as professionals."),),
        _by_group(
            (
                _("Services"),
                _("The person can"),
                _("A parent can"),
                _("Only a professional"),
                _("Not told us"),
            ),
            lambda code: _numbers(
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
                _numbers(len(services), *(told[code] for code in codes), told[""]),
            )
        )
    return LensView(
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


def adapted(by_type: ByType) -> LensView:
    """Whether everybody is met: kinds of people, languages, ways in."""
    everyone = once(by_type, list(by_type))
    kinds = lens.adapted(by_type, tuple(terms("specialism")))
    asked = lens.interpreters(everyone)
    return LensView(
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
                        _numbers(one.only_for, one.adapted_for, one.types, one.not_told),
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
                    LensRow(_("Yes"), _numbers(asked.yes)),
                    LensRow(_("No"), _numbers(asked.no)),
                    LensRow(_("Not told us"), _numbers(asked.not_told)),
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
        LensRow(term(one.term, taxonomy), _numbers(one.named, one.unnamed, one.not_told)) for one in named
    )


def _numbers(*values: int) -> tuple[str, ...]:
    return tuple(str(value) for value in values)


def _by_group(heads: Sequence[str], cells: Callable[[str], tuple[str, ...]]) -> tuple[LensTable, ...]:
    """One table for each of the nine groups, one row for each of its types."""
    return by_group((_("Support type"), *heads), cells, groups())


def by_group(
    heads: Sequence[str], cells: Callable[[str], tuple[str, ...]], codes: Iterable[str]
) -> tuple[LensTable, ...]:
    """Tables for some of the nine groups, one row for each of their types."""
    return tuple(
        LensTable(
            translated(groups()[group].label),
            tuple(heads),
            tuple(
                LensRow(translated(one.label), cells(code), code)
                for code, one in support_types().items()
                if one.group == group
            ),
        )
        for group in codes
    )
