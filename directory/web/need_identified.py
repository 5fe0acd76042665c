"""What children's services recorded, as a page shows it: whose figure it is, two pictures, and the same as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import format_decimal
from flask_babel import gettext as _
from markupsafe import Markup

from directory.matrix.areas import ENGLAND
from directory.matrix.identification import (
    AreaWithMembers,
    Identified,
    ShareIdentified,
    Whose,
    YearFigure,
    identified_in,
    share_identified,
    year_figure,
)
from directory.matrix.need import Estimate, estimate_need
from directory.matrix.small_numbers import AtLeast
from directory.pictures.iceberg import IcebergWords, iceberg
from directory.pictures.trend import TrendWords, trend
from directory.reference.identification import LAST_YEAR, Mark, identification
from directory.reference.need_rates import need_rates
from directory.web.need_words import about_words, count_words, left_out_words, range_words

CHILDREN_ABUSED = "G2"
# With fewer years there is nothing to draw a line through.
YEARS_MIN = 2


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year in words. parts: by an adult, by another child, not said; '' where they do not exist."""

    year: int
    total: str
    parts: tuple[str, ...]
    exploitation: str
    rate: str
    other_rate: str


@dataclass(frozen=True, slots=True)
class IdentifiedView:
    """The section on identification. name: whose figures they are. rows: oldest first, () where none are published.

    has_gaps: some year has no rate. odd_noughts: the years in which none was recorded among many
    assessments, '' where there are none such.
    """

    whose: str
    name: str
    explained: str
    latest_year: int
    recorded: str
    estimated: str
    share: str
    iceberg: Markup
    trend: Markup
    rows: tuple[YearRow, ...]
    has_parts: bool
    has_other: bool
    left_out: tuple[str, ...]
    has_gaps: bool
    odd_noughts: str


def identified_view(area: AreaWithMembers) -> IdentifiedView:
    """What the page shows of an area."""
    found = identified_in(area, identification())
    estimate = estimate_need(found.authorities, need_rates())[CHILDREN_ABUSED]
    latest = found.latest
    england = tuple(map(year_figure, identification()[ENGLAND]))
    has_other = bool(found.years) and found.code != ENGLAND
    share = share_identified(latest.total, estimate) if latest else None
    return IdentifiedView(
        whose=found.whose,
        name=found.name,
        explained=_explained(area, found),
        latest_year=latest.year if latest else LAST_YEAR,
        recorded=count_words(latest.total) if latest else str(_("not published")),
        estimated=about_words(estimate.low or Fraction(0), estimate.central or Fraction(0), estimate.high),
        share=_share_words(share),
        iceberg=_iceberg(found, estimate),
        trend=_trend(found, england if has_other else ()),
        rows=_rows(found.years, england),
        has_parts=any(figure.parts for figure in found.years),
        has_other=has_other,
        left_out=tuple(map(left_out_words, latest.left_out)) if latest else (),
        has_gaps=any(figure.per_10k is None for figure in found.years),
        odd_noughts=", ".join(str(figure.year) for figure in found.years if figure.is_odd_nought),
    )


def _explained(area: AreaWithMembers, found: Identified) -> str:
    match found.whose:
        case Whose.OWN:
            words = _("These are %(name)s’s own figures, as published.", name=found.name)
        case Whose.COUNTY:
            words = _(
                "In %(area)s children’s services are run by %(name)s. These are the figures of the whole of "
                "%(name)s. Nobody publishes them by district, and they cannot be divided.",
                area=area.name,
                name=found.name,
            )
        case Whose.ENGLAND_ONLY:
            words = _("These are England’s figures alone. Wales publishes no such figures.")
        case Whose.SUM:
            words = _("These are the figures of the authorities in %(area)s, added up.", area=area.name)
        case _ if all(one.nation == "Wales" for one in found.authorities):
            words = _(
                "Not published. In Wales nobody publishes how often assessments recorded child sexual abuse."
            )
        case _:
            words = _(
                "Not published. This area holds only parts of larger authorities, whose figures cannot "
                "be divided."
            )
    return str(words)


def _share_words(share: ShareIdentified | None) -> str:
    if share is None:
        return str(_("not known"))
    if not share.central:
        return str(_("at least 0 in 100") if share.is_at_least else _("0 in 100"))
    values = {
        "central": _in_100(share.central), "low": _in_100(share.low), "high": _in_100(share.high)
    }  # fmt: skip
    if share.is_at_least:
        return str(_("at least %(central)s in 100 (%(low)s to %(high)s)", **values))
    return str(_("about %(central)s in 100 (%(low)s to %(high)s)", **values))


def _in_100(share: Fraction) -> str:
    """Two figures: 6.6, 11; 0 only for none at all."""
    percent = 100 * share
    if 0 < percent < Fraction(1, 10):
        return str(_("fewer than 0.1"))
    return _decimal(float(percent), 0 if percent >= 10 else 1)


def _decimal(value: float, places: int) -> str:
    return str(format_decimal(round(value, places)))


def _iceberg(found: Identified, estimate: Estimate) -> Markup:
    """'' where nobody lives, so that nobody is estimated."""
    if not estimate.low or not estimate.central:
        return Markup()
    latest = found.latest
    total = latest.total if latest else None
    count = total.count if isinstance(total, AtLeast) else total if isinstance(total, int) else None
    # In the picture the reason would be too long; it stands in the table.
    words = str(_("not published")) if total is None or isinstance(total, Mark) else count_words(total)
    year = latest.year if latest else LAST_YEAR
    return iceberg(
        IcebergWords(
            title=str(
                _(
                    "%(name)s: %(about)s children are estimated to be sexually abused in a year. "
                    "Assessments that recorded it in the year to March %(year)s: %(count)s.",
                    name=found.name,
                    about=about_words(estimate.low, estimate.central, estimate.high),
                    year=year,
                    count=words,
                )
            ),
            description=str(
                _(
                    "An iceberg. The part above the water is what was recorded, the part below what is "
                    "estimated, in proportion; dashed lines show the range. Sources: Department for "
                    "Education, Children in need, 2025; a national estimate by the CSA Centre applied to the "
                    "population in the middle of 2024."
                )
            ),
            above=words,
            above_label=str(_("recorded, year to March %(year)s", year=year)),
            below=about_words(estimate.central, estimate.central, estimate.central),
            below_label=str(_("children estimated")),
            below_range=range_words(estimate.low, estimate.high),
        ),
        low=float(estimate.low),
        central=float(estimate.central),
        high=float(estimate.high),
        recorded=float(count) if count is not None else None,
    )


def _trend(found: Identified, england: Sequence[YearFigure]) -> Markup:
    """'' where there are too few years to draw."""
    if len(found.years) < YEARS_MIN:
        return Markup()
    last, other = found.years[-1], {figure.year: figure for figure in england}
    missing = [str(figure.year) for figure in found.years if figure.per_10k is None]
    description = _(
        "Assessments that recorded child sexual abuse, for each 10,000 children, by year to March. "
        "Source: Department for Education, Children in need, 2025."
    )
    if missing:
        description = _(
            "%(description)s No rate can be shown for %(years)s.",
            description=description,
            years=", ".join(missing),
        )
    own = _rate(last)
    if england:
        title = _(
            "%(name)s: %(own)s for each 10,000 children in %(year)s; England: %(other)s.",
            name=found.name,
            own=own,
            year=last.year,
            other=_rate(other.get(last.year)),
        )
    else:
        title = _(
            "%(name)s: %(own)s for each 10,000 children in %(year)s.",
            name=found.name,
            own=own,
            year=last.year,
        )
    return trend(
        TrendWords(str(title), str(description), found.name, "England" if england else ""),
        [(figure.year, _value(figure)) for figure in found.years],
        [(figure.year, _value(other.get(figure.year))) for figure in found.years] if england else (),
    )


def _value(figure: YearFigure | None) -> float | None:
    return None if figure is None or figure.per_10k is None else float(figure.per_10k)


def _rate(figure: YearFigure | None) -> str:
    value = _value(figure)
    return str(_("no rate")) if value is None else _decimal(value, 1)


def _rows(years: Sequence[YearFigure], england: Sequence[YearFigure]) -> tuple[YearRow, ...]:
    other = {figure.year: figure for figure in england}
    return tuple(
        YearRow(
            year=figure.year,
            total=count_words(figure.total),
            parts=tuple(map(count_words, figure.parts)),
            exploitation=count_words(figure.exploitation),
            rate=_rate(figure),
            other_rate=_rate(other.get(figure.year)),
        )
        for figure in years
    )
