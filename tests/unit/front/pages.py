"""Makes small pages from the shared templates, without the rest of the site."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

from flask import Flask
from flask_babel import Babel
from lxml import html

from directory.config import ROOT
from directory.queries.views import ListingView
from directory.search.types import Fit, Hit
from directory.web import assets
from directory.web.parts import HelpLineNow, HelpRoute
from directory.web.templating import init_templates

TEMPLATES = ROOT / "templates"
NONCE = "a-nonce"


def make_site(monkeypatch: Any) -> Flask:
    """An application with our templates and nothing else; built files need not exist."""
    monkeypatch.setattr(assets, "_manifest", lambda _path: AnyName())
    site = Flask("pages", template_folder=str(TEMPLATES))
    Babel(site)
    init_templates(site)
    site.jinja_env.globals["csp_nonce"] = lambda: NONCE
    site.jinja_env.trim_blocks = True
    site.jinja_env.lstrip_blocks = True
    return site


class AnyName(dict[str, str]):
    """A manifest that holds every name."""

    def __contains__(self, _name: object) -> bool:
        return True

    def __missing__(self, name: str) -> str:
        return name


def render(site: Flask, source: str, **values: object) -> str:
    """The page that a piece of template makes."""
    with site.test_request_context("/"):
        return site.jinja_env.from_string(source).render(**values)


def words_of(page: str) -> str:
    """What a reader sees of a piece of page, in one line."""
    return " ".join(html.fragment_fromstring(page, create_parent="div").text_content().split())


def a_listing(**said: object) -> ListingView:
    """A listing of which nothing is known but what is said."""
    values: dict[str, Any] = {
        field.name: _nothing(str(field.type)) for field in dataclasses.fields(ListingView)
    }
    return ListingView(
        **(values | {"id": 7, "name": "Example Service A", "organisation": "Example Service A"} | said)
    )


def _nothing(kind: str) -> object:
    if "None" in kind:
        return None
    match re.split(r"\W", kind)[0]:
        case "tuple":
            return ()
        case "frozenset":
            return frozenset()
        case "bool":
            return False
        case "int":
            return 0
    return ""


def a_hit(**said: object) -> Hit:
    """A hit without a place, for a service that accepts people from the area."""
    return Hit(
        **(
            {"listing_id": 7, "location_id": None, "distance_km": None, "fit": Fit.YES, "accepts": "yes"}
            | said
        )
    )  # type: ignore[arg-type]  # values are said by name


def a_help_line(**said: object) -> HelpLineNow:
    """A help line with a telephone."""
    route = HelpRoute("Phone", "01632 960001", "tel:01632960001")
    return HelpLineNow(
        **(
            {"name": "Example Helpline B", "who_for": "For anyone", "routes": (route,), "opening": "Open now"}
            | said
        )
    )  # type: ignore[arg-type]  # values are said by name
