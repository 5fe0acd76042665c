"""What templates may use besides what a view hands over: strict names, and a few words made from values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import get_locale
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader, StrictUndefined

from directory.config import ROOT
from directory.web.assets import init_assets
from directory.web.dates import day, when
from directory.web.words import about_miles, ages, telephone_address, term, term_list, translated

if TYPE_CHECKING:
    from flask import Flask


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
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(ROOT / "templates"),
            PrefixLoader(
                {name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")},
            ),
        ]
    )
    environment = app.jinja_env
    environment.undefined = StrictInOurTemplates
    environment.globals.update(page_language=page_language, ages=ages)
    environment.filters.update(
        about_miles=about_miles,
        telephone_address=telephone_address,
        term=term,
        term_list=term_list,
        translated=translated,
        when=when,
        day=day,
    )


def page_language() -> str:
    """The language of the page, as `lang` takes it."""
    locale = get_locale()
    return str(locale).replace("_", "-") if locale else "en"
