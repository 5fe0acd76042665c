"""What templates may use besides what a view hands over: strict names, and a few words made from values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import format_date, get_locale
from flask_babel import gettext as _
from jinja2 import StrictUndefined

from directory.web.assets import init_assets
from directory.web.dates import when

if TYPE_CHECKING:
    from flask import Flask

KM_IN_A_MILE = 1.609344


class StrictInOurTemplates(StrictUndefined):
    """A name that does not exist is an error, as in StrictUndefined, with two exceptions.

    GOV.UK's macros ask `params.hint` of a dict that may not hold it, and `caller`
    of a macro that may have none. Our own templates pass dataclasses, not dicts.
    """

    __slots__ = ()

    def _is_theirs(self) -> bool:
        return isinstance(self._undefined_obj, dict) or self._undefined_name == "caller"

    def __bool__(self) -> bool:
        return False if self._is_theirs() else super().__bool__()

    def __str__(self) -> str:
        return "" if self._is_theirs() else super().__str__()

    def __len__(self) -> int:
        return 0 if self._is_theirs() else super().__len__()

    def __iter__(self) -> Any:
        return iter(()) if self._is_theirs() else super().__iter__()

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) if self._is_theirs() else super().__eq__(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return id(type(self)) if self._is_theirs() else super().__hash__()


def init_templates(app: Flask) -> None:
    """Everything the templates need of this application, once."""
    init_assets(app)
    environment = app.jinja_env
    environment.undefined = StrictInOurTemplates
    environment.globals["page_language"] = page_language
    environment.filters.update(
        about_miles=about_miles,
        telephone_address=telephone_address,
        translated=translated,
        when=when,
        day=day,
    )


def page_language() -> str:
    """The language of the page, as `lang` takes it."""
    locale = get_locale()
    return str(locale).replace("_", "-") if locale else "en"


def translated(label: str) -> str:
    """A label that came from a data file, in the page's language. Unlike `_()` in a template it stays plain text:
    it is escaped, and a per cent sign in it means nothing."""
    return str(_(label)) if label else ""


def about_miles(distance_km: float) -> str:
    """'about 3 miles': whole miles, for the distance is measured from the middle of a square."""
    miles = distance_km / KM_IN_A_MILE
    if miles < 1:
        return str(_("less than a mile"))
    whole = round(miles)
    return str(_("about 1 mile")) if whole == 1 else str(_("about %(number)s miles", number=whole))


def telephone_address(number: str) -> str:
    """'0808 801 0331' → 'tel:08088010331'; '111, then option 2' → 'tel:111': the digits of the first part."""
    first = number.split(",")[0].split("(")[0]
    digits = "".join(mark for mark in first if mark.isdecimal() or mark == "+")
    return f"tel:{digits}" if digits else ""


def day(value: Any) -> str:
    """A date in full, in the page's language: '22 November 2026'."""
    return str(format_date(value, "d MMMM y"))
