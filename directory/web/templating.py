"""What templates may use besides what a view hands over: strict names, and a few words made from values."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import FrameType
from typing import TYPE_CHECKING, Any

from flask_babel import get_locale
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader, Undefined

from directory.config import NEUTRAL_ADDRESS, ROOT
from directory.security.list_cookie import kept_list
from directory.security.me import shown_me
from directory.web.account.home import ways
from directory.web.assets import init_assets
from directory.web.dates import day, when, when_exactly
from directory.web.facts import hours_words
from directory.web.held import shown_way
from directory.web.lately import not_lately
from directory.web.matrix_states import state_mark
from directory.web.people import named, people_shown
from directory.web.translations import init_translations
from directory.web.words import about_miles, ages, number, telephone_address, term, term_list, translated

if TYPE_CHECKING:
    from flask import Flask

LIBRARIES = ("govuk_frontend_jinja", "govuk_frontend_wtf")


class StrictInOurTemplates(Undefined):
    """A name or attribute that does not exist is an error in our templates, as in StrictUndefined.

    In the templates of GOV.UK's libraries it counts as empty: they are written so,
    and ask `params.hint` of a dict that may not hold it.
    """

    __slots__ = ()

    def _is_theirs(self) -> bool:
        frame: FrameType | None = sys._getframe(3)
        while frame is not None:
            # What Jinja compiles a template to holds the template's name and where its lines are from.
            if "debug_info" in frame.f_globals and "blocks" in frame.f_globals:
                return str(frame.f_globals.get("name")).startswith(LIBRARIES)
            frame = frame.f_back
        return False

    def _empty_only_for_them(self) -> None:
        if not self._is_theirs():
            self._fail_with_undefined_error()

    def __bool__(self) -> bool:
        self._empty_only_for_them()
        return False

    def __str__(self) -> str:
        self._empty_only_for_them()
        return ""

    def __len__(self) -> int:
        self._empty_only_for_them()
        return 0

    def __iter__(self) -> Iterator[Any]:
        self._empty_only_for_them()
        return iter(())

    def __contains__(self, _value: object) -> bool:
        self._empty_only_for_them()
        return False

    def __eq__(self, other: object) -> bool:
        self._empty_only_for_them()
        return type(other) is type(self)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        self._empty_only_for_them()
        return id(type(self))


def init_templates(app: Flask) -> None:
    """Everything the templates need of this application, once."""
    init_assets(app)
    init_translations(app)
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(ROOT / "templates"),
            PrefixLoader(
                {name: PackageLoader(name) for name in LIBRARIES},
            ),
        ]
    )
    environment = app.jinja_env
    environment.undefined = StrictInOurTemplates
    environment.globals.update(page_language=page_language, ages=ages, neutral_address=NEUTRAL_ADDRESS)
    environment.globals.update(kept_list=kept_list, people_shown=people_shown, named=named)
    environment.globals.update(shown_me=shown_me, account_ways=ways, shown_way=shown_way)
    environment.filters.update(
        about_miles=about_miles,
        hours_words=hours_words,
        not_lately=not_lately,
        number=number,
        state_mark=state_mark,
        telephone_address=telephone_address,
        term=term,
        term_list=term_list,
        translated=translated,
        when=when,
        day=day,
        when_exactly=when_exactly,
    )


def page_language() -> str:
    """The language of the page, as `lang` takes it."""
    locale = get_locale()
    return str(locale).replace("_", "-") if locale else "en"
