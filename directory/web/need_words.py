"""Figures of need, places and identification in words, in the page's language. Unknown is never nought."""

from __future__ import annotations

from fractions import Fraction

from flask_babel import gettext as _
from flask_babel import ngettext

from directory.matrix.identification import LeftOut, Part, Total, WhyLeftOut
from directory.matrix.need import Estimate, rounded
from directory.matrix.need_face import GroupNeed, TypeNeed
from directory.matrix.small_numbers import AtLeast, Hidden
from directory.matrix.unmet import Places, Seekers, Unmet
from directory.reference.identification import Mark
from directory.web.words import number


def count_words(count: Total | Part) -> str:
    """A count that may be hidden, missing or known only in part."""
    match count:
        case Hidden.FEWER_THAN_TEN:
            return str(_("fewer than 10"))
        case Hidden():
            return str(_("not shown, so that a small number stays hidden"))
        case AtLeast():
            return str(_("at least %(count)s", count=number(count.count)))
        case Mark.SUPPRESSED:
            return str(_("left out by the publisher, as too small"))
        case Mark.UNRELIABLE:
            return str(_("left out by the publisher, as unreliable"))
        case Mark():
            return str(_("not published"))
        case _:
            return number(count)


def estimate_words(people: Fraction | int) -> str:
    """An estimate of people, rounded to two figures."""
    return count_words(rounded(people))


def range_words(low: Fraction, high: Fraction) -> str:
    """'1,700 to 2,800'; one figure where both come to the same."""
    first, last = estimate_words(low), estimate_words(high)
    return first if first == last else str(_("%(low)s to %(high)s", low=first, high=last))


def about_words(low: Fraction, central: Fraction, high: Fraction) -> str:
    """'about 2,300 (1,700 to 2,800)'; 'at most 16' where the middle is too small for a number.

    Where the middle is the low end, there is no middle to tell: '5,000 to 14,000'.
    """
    if isinstance(rounded(central), Hidden):
        small = isinstance(rounded(high), Hidden)
        return estimate_words(high) if small else str(_("at most %(count)s", count=estimate_words(high)))
    middle = estimate_words(central)
    if rounded(low) == rounded(high):
        return str(_("about %(count)s", count=middle)) if central else middle
    if rounded(low) == rounded(central):
        return range_words(low, high)
    return str(_("about %(middle)s (%(range)s)", middle=middle, range=range_words(low, high)))


def estimated_words(estimate: Estimate) -> str:
    """How many people, or families, a group may have, and over what time."""
    if estimate.low is None or estimate.central is None:
        return str(_("at most %(count)s, an upper bound", count=estimate_words(estimate.high)))
    about = about_words(estimate.low, estimate.central, estimate.high)
    if estimate.rate.unit == "families":
        return str(_("%(about)s families a year", about=about))
    if estimate.rate.per == "life":
        return str(_("%(about)s in all, not in one year", about=about))
    return str(_("%(about)s a year", about=about))


def seekers_words(group: GroupNeed) -> str:
    """How many are likely to seek support in a year, and on what assumption; else why that is not worked out."""
    if group.seekers:
        return str(_("%(about)s a year", about=_seekers(group.seekers)))
    if group.is_withheld or (group.estimate and group.estimate.is_upper_bound):
        return str(_("not worked out from an upper bound"))
    return str(_("not known: no share is published"))


def _seekers(seekers: Seekers) -> str:
    return about_words(seekers.low, seekers.central, seekers.high)


def assumption_words(group: GroupNeed) -> str:
    """'25 in 100 (as published), over 10 years (our assumption)'; '' where nothing is assumed."""
    uptake = group.uptake
    if uptake.percent is None or group.estimate is None or group.estimate.is_upper_bound:
        return ""
    ours, yours = _("our assumption"), _("your assumption")
    whose = yours if uptake.is_yours else _("as published") if uptake.kind == "published" else ours
    words = _("%(percent)s in 100 (%(whose)s)", percent=uptake.percent, whose=whose)
    if group.estimate.rate.per == "life" and uptake.years is not None:
        over = ngettext("over %(num)s year", "over %(num)s years", uptake.years)
        words = _(
            "%(share)s, %(over)s (%(whose)s)",
            share=words,
            over=over,
            whose=yours if uptake.years_are_yours else ours,
        )
    return str(words)


def places_words(places: Places) -> str:
    """What is known of the places: all of them, or for how many services nobody has told us."""
    if not places.services:
        return _none_words(places)
    told = places.own + places.shared
    if places.not_known:
        words = ngettext(
            "capacity not known for %(unknown)s of %(num)s service",
            "capacity not known for %(unknown)s of %(num)s services",
            places.services,
            unknown=places.not_known,
        )
        if places.not_known < places.services:
            rest = ngettext("the others have %(num)s place", "the others have %(num)s places", told)
            words = _("%(words)s; %(rest)s", words=words, rest=rest)
    else:
        words = ngettext("%(num)s place a year", "%(num)s places a year", told)
        if places.shared:
            words = _("%(words)s, some perhaps not for this group here", words=words)
    return str(_and_possible(str(words), places))


def _none_words(places: Places) -> str:
    if places.possible:
        return str(
            ngettext(
                "none listed for certain; %(num)s may help", "none listed for certain; %(num)s may help",
                places.possible,
            )
        )  # fmt: skip
    return str(_("no service listed"))


def _and_possible(words: str, places: Places) -> str:
    if not places.possible:
        return words
    more = ngettext("%(num)s more may help", "%(num)s more may help", places.possible)
    return str(_("%(words)s; %(rest)s", words=words, rest=more))


def unmet_words(band: Unmet | None) -> str:
    """'at least 0, at most 700 a year'."""
    if band is None:
        return str(_("not known"))
    return str(
        _(
            "at least %(low)s, at most %(high)s a year",
            low=estimate_words(band.at_least),
            high=estimate_words(band.at_most),
        )
    )


def type_words(kind: TypeNeed) -> str:
    """The unmet need of one support type: only where every service's places are known."""
    return unmet_words(kind.unmet) if kind.unmet else str(_("not known"))


def per_service_words(people: Fraction | None, local: int, national: int, *, is_whole_nation: bool) -> str:
    """'640 for each of 4 services; 45 more take people from a whole nation'; 'none' where there is none."""
    counted = local + national if is_whole_nation else local
    if not counted:
        words = _("none")
    elif people is None:
        words = ngettext("%(num)s service", "%(num)s services", counted)
    else:
        words = ngettext(
            "%(people)s for %(num)s service",
            "%(people)s for each of %(num)s services",
            counted,
            people=estimate_words(people),
        )
    if national and not is_whole_nation:
        more = ngettext(
            "%(num)s more serves a whole nation", "%(num)s more serve a whole nation", national
        )  # fmt: skip
        words = _("%(words)s; %(rest)s", words=words, rest=more)
    return str(words)


def left_out_words(left_out: LeftOut) -> str:
    """Why an authority is not in a sum, or not all of it."""
    reasons = {
        WhyLeftOut.WALES: _("%(name)s: Wales publishes no such figures", name=left_out.name),
        WhyLeftOut.PARTLY_HERE: _(
            "%(name)s: only part of it is in this area, and its figure cannot be divided", name=left_out.name
        ),
        WhyLeftOut.SMALL: _("%(name)s: fewer than 10", name=left_out.name),
        WhyLeftOut.SUPPRESSED: _("%(name)s: part was left out by the publisher", name=left_out.name),
        WhyLeftOut.NOT_PUBLISHED: _("%(name)s: not published", name=left_out.name),
        WhyLeftOut.NOT_THERE_YET: _("%(name)s: not yet an authority then", name=left_out.name),
    }
    return str(reasons[left_out.why])
