"""The words of the page's language, looked up once for a request and not once for every word.

Flask-Babel asks for the application, the request, the domain and the language at each of the thousands of words
of a page, which cost a third of the page. What it finds is the same for all of them.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING

import flask_babel

if TYPE_CHECKING:
    from babel.support import NullTranslations
    from flask import Flask

_of_request: ContextVar[NullTranslations | None] = ContextVar("translations", default=None)


def init_translations(app: Flask) -> None:
    """After Flask-Babel: templates and `words.translated` use what is held here."""
    app.before_request(_hold)
    app.teardown_request(_let_go)
    # As Flask-Babel installs its own: new style, in which every text is a format string.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of the i18n extension
        gettext=lambda text: translations().ugettext(text),
        ngettext=lambda one, many, count: translations().ungettext(one, many, count),
        pgettext=lambda context, text: translations().upgettext(context, text),
        npgettext=lambda context, one, many, count: translations().unpgettext(context, one, many, count),
        newstyle=True,
    )


def translations() -> NullTranslations:
    """Those of the page's language; Flask-Babel's answer where no request is being answered."""
    return _of_request.get() or flask_babel.get_translations()


def gettext(text: str, **values: object) -> str:
    """As Flask-Babel's, for what is said many times on one page."""
    said: str = translations().ugettext(text)
    return said % values if values else said


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """Likewise; `%(num)s` is the number."""
    said: str = translations().ungettext(one, many, num)
    return said % {"num": num, **values}


def _hold() -> None:
    _of_request.set(flask_babel.get_translations())


def _let_go(_error: BaseException | None) -> None:
    _of_request.set(None)
