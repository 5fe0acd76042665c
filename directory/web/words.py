"""Words for the codes that data files use, in the page's language, and a few made from values."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import format_decimal

from directory.geo.distance import miles
from directory.reference.telephones import digits_to_dial
from directory.reference.terms import terms
from directory.web.translations import gettext as _
from directory.web.translations import ngettext, translations


def translated(label: str) -> str:
    """A label that came from a data file, in the page's language.

    Unlike `_()` in a template it stays plain text: it is escaped, and a per cent sign in it means nothing.
    """
    return str(translations().ugettext(label)) if label else ""


def term(code: str, taxonomy: str) -> str:
    """The label of a code of data/terms.csv; the code itself where the file has none."""
    found = terms(taxonomy).get(code)
    return translated(found.label) if found else code


def term_list(codes: Iterable[str], taxonomy: str) -> list[str]:
    """The labels of several codes, in the order of data/terms.csv."""
    held = set(codes)
    known = [code for code in terms(taxonomy) if code in held]
    return [term(code, taxonomy) for code in (*known, *sorted(held.difference(known)))]


def number(value: float) -> str:
    """A number as the page's language writes it: '6,345'."""
    return str(format_decimal(value))


def about_miles(distance_km: float) -> str:
    """'about 3 miles': whole miles, and never less than one, for it is measured from the middle of a square."""
    return ngettext("about %(num)s mile", "about %(num)s miles", max(1, round(miles(distance_km))))


def telephone_address(number: str) -> str:
    """'0808 801 0331' → 'tel:08088010331'; '' where nothing can be dialled."""
    digits = digits_to_dial(number)
    return f"tel:{digits}" if digits else ""


def ages(minimum: int | None, maximum: int | None) -> str:
    """'aged 5 to 18', 'aged 18 and over', 'up to 25'; '' when neither end is known."""
    if minimum is not None and maximum is not None:
        return str(_("aged %(minimum)s to %(maximum)s", minimum=minimum, maximum=maximum))
    if minimum is not None:
        return str(_("aged %(minimum)s and over", minimum=minimum))
    if maximum is not None:
        return str(_("up to age %(maximum)s", maximum=maximum))
    return ""
