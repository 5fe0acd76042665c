"""The figures of access in words: no number stands alone, and 'none listed' is never 'none there is'."""

from __future__ import annotations

import math
from collections.abc import Sequence

from flask_babel import format_decimal, format_percent, ngettext
from flask_babel import gettext as _

from directory.geo.distance import miles
from directory.matrix.bands import Band
from directory.matrix.country_access import Counted, RemoteAccess, Score
from directory.matrix.supply import Unit
from directory.matrix.wide import CHILDREN_GROUPS
from directory.web.words import about_miles

ABOUT_THE_SAME = 1.1
"""Two scores of which neither is more than this many times the other are told as about the same."""


def services_words(counted: Counted) -> tuple[str, ...]:
    """How many count and accept the residents; how many of them only some; how many more may be there."""
    found = [format_decimal(counted.services) if counted.services else _("None listed")]
    if counted.partly:
        found.append(
            ngettext(
                "%(num)s of them takes only some people from here",
                "%(num)s of them take only some people from here",
                counted.partly,
            )
        )
    if counted.may_count:
        found.append(
            ngettext(
                "%(num)s more may help, and is not counted",
                "%(num)s more may help, and are not counted",
                counted.may_count,
            )
        )
    return tuple(found)


def distance_words(nearest_km: float | None, shares: Sequence[float]) -> tuple[str, ...]:
    """'about 3 miles', then the shares as per cent; nothing where there is no distance."""
    return () if nearest_km is None else (about_miles(nearest_km), *map(percent_words, shares))


def percent_words(share: float) -> str:
    """Whole per cent; some are never nought, and not all are never a hundred. share: 0 to 1."""
    percent = round(share * 100)
    if percent == 0 and share > 0:
        return str(_("less than %(percent)s", percent=format_percent(0.01)))
    # What is short of a hundred by less than rounding is a hundred.
    if percent == 100 and share < 1 - 1e-9:
        return str(_("more than %(percent)s", percent=format_percent(0.99)))
    return str(format_percent(percent / 100))


def share_words(score: Score, group: str) -> str:
    """'1 service for 180,000 children': the score turned round, because nobody can picture 0.0000055 services."""
    if not score.per_person:
        return str(_("None in reach"))
    count = _two_figures(1 / score.per_person)
    people = format_decimal(count)
    if score.unit is Unit.PLACES_A_YEAR and group in CHILDREN_GROUPS:
        return ngettext(
            "1 place a year for %(people)s child",
            "1 place a year for %(people)s children",
            count,
            people=people,
        )
    if score.unit is Unit.PLACES_A_YEAR:
        return ngettext(
            "1 place a year for %(people)s adult",
            "1 place a year for %(people)s adults",
            count,
            people=people,
        )
    if group in CHILDREN_GROUPS:
        return ngettext(
            "1 service for %(people)s child", "1 service for %(people)s children", count, people=people
        )
    return ngettext("1 service for %(people)s adult", "1 service for %(people)s adults", count, people=people)


def part_words(score: Score, shared: float) -> tuple[str, ...]:
    """How much of a score comes from services without a known place; nothing where none does."""
    if not shared:
        return ()
    share = min(1.0, shared / score.per_person)
    if share > 1 - 1e-9:
        return (str(_("All of it from places not known or kept private")),)
    return (
        str(
            _(
                "%(percent)s of it from places not known or kept private",
                percent=percent_words(share),
            )
        ),
    )


def compared_words(score: Score, group: str) -> str:
    """Against the authority in the middle of all of them."""
    own, middle = score.per_person, score.middle
    if not own and not middle:
        return str(_("The same: none in reach"))
    in_middle = share_words(Score(middle, score.unit, middle), group)
    if max(own, middle) <= ABOUT_THE_SAME * min(own, middle):
        return str(_("About the same: %(share)s", share=in_middle))
    if own < middle:
        return str(_("Less here. In the middle: %(share)s", share=in_middle))
    return str(_("More here. In the middle: %(share)s", share=in_middle))


def hours_words(line: RemoteAccess) -> str:
    """Of help lines: how many answer in the evening or at a weekend, and of how many that is known."""
    if not line.counted.services:
        return str(_("None listed"))
    if not line.hours_known:
        return str(_("Hours not known"))
    late = ngettext(
        "%(num)s is open in the evening or at a weekend",
        "%(num)s are open in the evening or at a weekend",
        line.out_of_hours,
    )
    if line.hours_known == line.counted.services:
        return str(late)
    unknown = line.counted.services - line.hours_known
    return str(_("%(late)s. The hours of %(unknown)s are not known", late=late, unknown=unknown))


def band_words(band: Band) -> str:
    """'Up to 20 km (12.4 miles) away: a place counts 100%'."""
    return str(
        _(
            "Up to %(km)s km (%(miles)s miles) away: a place counts %(percent)s",
            km=format_decimal(band.limit_km),
            miles=format_decimal(round(miles(band.limit_km), 1)),
            percent=format_percent(band.weight),
        )
    )


def _two_figures(number: float) -> int:
    """Rounded to two figures, and never below 1."""
    if number < 10:
        return max(1, round(number))
    step = 10 ** (math.floor(math.log10(number)) - 1)
    return int(round(number / step) * step)
