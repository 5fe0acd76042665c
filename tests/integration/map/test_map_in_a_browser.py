"""The map as a real browser draws it: harmless with hostile names, usable by keyboard, without any motion."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page
from werkzeug.serving import make_server

from directory.search.types import Section
from tests.integration.map.conftest import World
from tests.integration.map.listing_views import exact, hit, in_town, listing_view
from tests.unit.maps.hostile_names import HOSTILE_NAMES

SEARCH = "/map?at=1-519-298.E06000031"
PARENT = "<!doctype html><html lang=en><title>Results</title><iframe src='{}' title=Map width={} height={}>"

BOXES = """marks => marks.map((mark) => {
    const { x, y, width, height } = mark.getBoundingClientRect();
    return { x, y, width, height, numbers: mark.dataset.numbers };
})"""


@dataclass
class Watched:
    """A page, and whatever went wrong in it."""

    page: Page
    site: str
    wrong: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        self.page.goto(self.site + path)
        self.page.locator("[data-drawn]").wait_for()
        return self.page


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    app.add_url_rule(
        "/around/<int:width>/<int:height>",
        "around",
        lambda width, height: PARENT.format(SEARCH, width, height),
    )
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(params=[(360, 740), (1280, 900)], ids=["phone", "desk"])
def watched(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Watched]:
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(10_000)
    page = context.new_page()
    seen = Watched(page, site)
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective));"
        "globalThis.alert = () => { globalThis.called = true; console.error('called'); };"
    )
    page.on(
        "console", lambda said: seen.wrong.append(said.text) if said.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: seen.wrong.append(str(error)))
    page.on("dialog", lambda dialog: (seen.wrong.append("dialog"), dialog.dismiss()))
    page.on("request", lambda asked: None if asked.url.startswith(site) else seen.elsewhere.append(asked.url))
    yield seen
    context.close()


def marks(page: Page) -> Locator:
    return page.locator("button.place")


def test_hostile_names_are_read_out_and_never_run(watched: Watched, world: World) -> None:
    world.listings.clear()
    for number, name in enumerate(HOSTILE_NAMES, 1):
        place = (exact if number % 2 else in_town)(
            number, 400_000 + number * 9_000, 200_000 + number * 20_000, name
        )
        world.listings[number] = listing_view(number, name, place)
    world.found = [(Section.NEAR, hit(number, number, 1.0)) for number in world.listings]
    for path in (SEARCH, "/map"):
        page = watched.open(path)
        for position in range(marks(page).count()):
            marks(page).nth(position).press("Enter")
            if page.locator(".place-card").count():
                page.locator(".place-card").press("Escape")
        assert page.locator(".map img, .map svg[onload], .map script").count() == 0
        assert page.evaluate("globalThis.called") is None
    page = watched.open(SEARCH)
    spoken = " ".join(str(each.get_attribute("aria-label")) for each in marks(page).all())
    for name in HOSTILE_NAMES[:4]:
        assert name in spoken
    assert watched.wrong == []


def test_nothing_is_asked_of_another_host_and_the_policy_holds(watched: Watched) -> None:
    watched.open(SEARCH)
    watched.open("/map")
    assert watched.elsewhere == []
    assert watched.wrong == []


def test_a_box_opens_by_keyboard_says_all_and_gives_the_focus_back(watched: Watched) -> None:
    page = watched.open(SEARCH)
    town = page.get_by_role("button", name="2. Example Service B")
    town.press("Enter")
    card = page.get_by_role("dialog")
    assert card.evaluate("each => each === document.activeElement")
    assert "ask for the address when you get in touch" in card.inner_text()
    assert "about 17 miles" in card.inner_text()
    link = card.get_by_role("link", name="2. Example Service B")
    assert (link.get_attribute("href"), link.get_attribute("target")) == ("/services/2", "_top")
    card.press("Escape")
    assert page.locator(".place-card").count() == 0
    assert town.evaluate("each => each === document.activeElement")


def test_buttons_and_arrow_keys_move_the_map_at_once(watched: Watched) -> None:
    page = watched.open(SEARCH)

    def where() -> tuple[float, float]:
        box = marks(page).first.bounding_box()
        assert box is not None
        return box["x"], box["y"]

    for name, along in (("Left", 0), ("Up", 1)):
        before = where()
        page.get_by_role("button", name=name, exact=True).click()
        assert where()[along] > before[along] + 50
    page.locator(".folium-map").focus()
    before = where()
    page.keyboard.press("ArrowRight")
    assert where()[0] < before[0] - 50
    page.get_by_role("button", name="Show all").click()
    assert page.locator(".leaflet-pan-anim, .leaflet-zoom-anim").count() == 0


def test_marks_are_large_enough_and_do_not_cover_each_other(watched: Watched, world: World) -> None:
    world.listings = {
        number: listing_view(
            number,
            f"Example Service {number}",
            exact(number, 500_000 + number % 7 * 1_500, 290_000 + number // 7 * 1_500),
        )
        for number in range(1, 50)
    }
    world.found = [(Section.NEAR, hit(number, number, 1.0)) for number in world.listings]
    for path in (SEARCH, "/map"):
        page = watched.open(path)
        for _closer in range(3):
            drawn = marks(page).evaluate_all(BOXES)
            assert all(min(each["width"], each["height"]) >= 24 for each in drawn)
            if path == SEARCH:
                numbers = " ".join(each["numbers"] for each in drawn)
                assert sorted(map(int, numbers.split())) == list(range(1, 50))
            centres = [(each["x"] + each["width"] / 2, each["y"] + each["height"] / 2) for each in drawn]
            for position, (x, y) in enumerate(centres):
                for other_x, other_y in centres[:position]:
                    assert max(abs(x - other_x), abs(y - other_y)) >= 24
            page.get_by_role("button", name="Zoom in").click()


def test_a_town_has_a_ring_and_an_exact_place_has_none(watched: Watched, world: World) -> None:
    world.found = [(Section.NEAR, hit(2, 21, 1.0))]
    assert watched.open(SEARCH).locator("path.town-ring").count() == 1
    world.found = [(Section.NEAR, hit(1, 11, 1.0))]
    assert watched.open(SEARCH).locator("path.town-ring").count() == 0


def test_the_ground_is_drawn_with_the_council_that_was_searched_set_off(watched: Watched) -> None:
    page = watched.open(SEARCH)
    assert page.locator("path.ground--here").count() == 1
    assert page.locator("path.ground").count() > 300


def test_without_the_layer_the_page_says_that_the_list_has_the_same(watched: Watched) -> None:
    watched.page.route("**/services.geojson*", lambda route: route.abort())
    watched.page.goto(watched.site + SEARCH)
    watched.page.get_by_text("The map could not be drawn. The list has the same places.").wait_for()


def test_in_a_frame_a_link_opens_the_page_around_it(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 700, "height": 800})
    page = context.new_page()
    page.goto(f"{site}/around/480/600")
    frame = page.frame_locator("iframe")
    frame.get_by_role("button", name="1. Example Service A").click()
    frame.get_by_role("dialog").get_by_role("link").click()
    page.wait_for_url("**/services/1")
    context.close()


def test_without_scripts_the_list_stands_alone(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + SEARCH)
    assert page.get_by_role("link", name="Example Service A").is_visible()
    assert not page.locator(".map__ground").is_visible()
    context.close()
