"""The map's pages in a small application: the real templates, headers and files, and listings made up here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel

from directory.config import ROOT, Settings
from directory.queries.views import ListingView
from directory.search.types import Hit, Section, Spot
from directory.security.headers import add_headers, csp_nonce
from directory.security.seal import Seal
from directory.web import door, results
from directory.web import map as map_pages
from directory.web.asked import Asked
from directory.web.blocks import Block, Entry
from directory.web.results import Searched
from directory.web.templating import init_templates
from tests.integration.map.listing_views import exact, hit, in_town, listing_view


@dataclass
class World:
    """What the made-up site holds. found: what any search answers."""

    version: int = 1
    listings: dict[int, ListingView] = field(default_factory=dict)
    found: list[tuple[Section, Hit]] = field(default_factory=list)

    def spots(self) -> tuple[tuple[int, Spot], ...]:
        return tuple(
            (listing.id, Spot(place.location_id, place.precision, place.point))
            for listing in self.listings.values()
            for place in listing.places
        )

    def get(self, _session: object) -> tuple[int, World]:
        return self.version, self

    @contextmanager
    def reading(self) -> Iterator[None]:
        yield None

    def describe(self, _area: object) -> str:
        return "Peterborough"

    def check(self, _area: object) -> None:
        return None

    def search(self, asked: Asked) -> Searched:
        blocks: dict[Section, list[Entry]] = {}
        for number, (section, found) in enumerate(self.found, 1):
            blocks.setdefault(section, []).append(Entry(number, found, self.listings[found.listing_id]))
        made = tuple(
            Block(section, len(entries), 0, tuple(entries), (), None) for section, entries in blocks.items()
        )
        empty: Any = None
        return Searched(asked, empty, made, self.listings)


@pytest.fixture
def world() -> World:
    """Three services: one at an exact place, one known by its town, and a helpline with an office."""
    made = World()
    for listing in (
        listing_view(1, "Example Service A", exact(11, 519_000, 298_700)),
        listing_view(2, "Example Service B", in_town(21, 524_000, 271_700)),
        listing_view(3, "Example Helpline C", exact(31, 530_000, 181_000, "London")),
    ):
        made.listings[listing.id] = listing
    made.found = [
        (Section.NEAR, hit(1, 11, 0.8)),
        (Section.NEAR, hit(2, 21, 27.4)),
        (Section.ANYWHERE, hit(3, None)),
    ]
    return made


@pytest.fixture
def app(world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Flask:
    """The application. Its map pages keep nothing from one test to the next."""
    made = Flask("directory", root_path=str(ROOT / "directory"), template_folder=str(ROOT / "templates"))
    settings = Settings(tmp_path, "", "", "", "x" * 32, "", "", 0, public=False, rate_limits=False)
    made.config.update(SETTINGS=settings, TESTING=True)
    Babel(made)
    init_templates(made)
    made.jinja_env.globals["csp_nonce"] = csp_nonce
    made.jinja_env.globals["settings"] = settings
    _govuk_templates(made)
    made.extensions.update(database=world, index=world, locator=world, seal=Seal("x" * 32))
    made.after_request(add_headers)
    for module in (map_pages, door, results):
        made.register_blueprint(module.bp)
    monkeypatch.setattr(map_pages, "run_search", world.search)
    monkeypatch.setattr(
        map_pages, "get_listings", lambda _session, ids: {each: world.listings[each] for each in ids}
    )
    monkeypatch.setattr(map_pages, "_grounds", map_pages.Newest())
    monkeypatch.setattr(map_pages, "_countries", map_pages.Newest())
    return made


def _govuk_templates(app: Flask) -> None:
    from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader

    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_loader = ChoiceLoader([FileSystemLoader(str(ROOT / "templates")), govuk])
