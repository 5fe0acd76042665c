"""What every page has: a way out, one first heading, a language, a neutral title."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask, render_template
from jinja2 import UndefinedError
from lxml import html

from directory.config import PeopleTimes, SignInTimes
from directory.queries.counts import ListingCounts
from directory.web.help_now import Strip
from directory.web.sources import SOURCES
from tests.unit.front.pages import NONCE, TEMPLATES, a_help_line, render

COUNTS = ListingCounts(
    listed=3,
    organisations=2,
    confirmed=0,
    charging=1,
    cost_not_known=1,
    needs_checking=4,
    not_running=0,
    by_confidence={"high": 2, "medium": 1},
    by_source_year={"2025": 2, "": 1},
    by_seen_month={"2026-11": 3},
    by_inclusion={("included", "first"): 3},
)
ERRORS = [f"errors/{code}.html" for code in (400, 403, 404, 405, 413, 429, 500, 503)]
ABOUT: dict[str, dict[str, Any]] = {
    "about/safety.html": {
        "help_now": Strip((a_help_line(must_tell="If a life is in danger."),), (a_help_line(),))
    },
    "about/privacy.html": {
        "contact_email": "",
        "has_outside_map": False,
        "map_host": "",
        "sign_in": SignInTimes(),
        "people": PeopleTimes(),
    },
    "about/accessibility.html": {"contact_email": "site@example.org", "written_on": date(2026, 11, 22)},
    "about/data.html": {"sources": SOURCES, "counts": COUNTS},
}
PAGES = [(name, {}) for name in ERRORS] + list(ABOUT.items())
# Words that must not stand in a browser's history or in a tab.
NOT_IN_A_TITLE = ("abuse", "sexual", "victim", "survivor", "harm", "child")


def draw(site: Flask, name: str, values: dict[str, Any]) -> html.HtmlElement:
    with site.test_request_context("/"):
        return html.document_fromstring(render_template(name, **values))


@pytest.mark.parametrize(("name", "values"), PAGES, ids=[name for name, _values in PAGES])
class TestEachPage:
    def test_has_one_first_heading_and_skips_no_level(
        self, site: Flask, name: str, values: dict[str, Any]
    ) -> None:
        levels = [int(heading.tag[1]) for heading in draw(site, name, values).cssselect("h1,h2,h3,h4")]
        assert levels.count(1) == 1 and levels[0] == 1
        assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))

    def test_has_a_neutral_title_of_its_own(self, site: Flask, name: str, values: dict[str, Any]) -> None:
        title = draw(site, name, values).cssselect("title")[0].text_content()
        own, product = title.rsplit(" – ", 1)
        assert own.strip() and product == "Support Directory"
        assert not [word for word in NOT_IN_A_TITLE if word in title.lower()]

    def test_has_the_way_out_before_anything_else_that_leads_away(
        self, site: Flask, name: str, values: dict[str, Any]
    ) -> None:
        page = draw(site, name, values)
        links = [link.get("href") for link in page.cssselect("a")]
        assert links[:2] == ["#main-content", "/exit"]
        assert len(page.cssselect("[data-exit] a[href='/exit'][data-exit-link]")) == 1

    def test_says_its_language_and_marks_its_scripts(
        self, site: Flask, name: str, values: dict[str, Any]
    ) -> None:
        page = draw(site, name, values)
        assert page.get("lang") == "en"
        assert [script for script in page.cssselect("script") if script.get("nonce") != NONCE] == []

    def test_names_every_link_and_no_identifier_twice(
        self, site: Flask, name: str, values: dict[str, Any]
    ) -> None:
        page = draw(site, name, values)
        assert [link for link in page.cssselect("a") if not link.text_content().strip()] == []
        identifiers = [element.get("id") for element in page.cssselect("[id]")]
        assert len(identifiers) == len(set(identifiers))


def test_titles_are_distinct(site: Flask) -> None:
    titles = [draw(site, name, values).cssselect("title")[0].text_content() for name, values in PAGES]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_says_who_to_call(site: Flask, name: str) -> None:
    addresses = {link.get("href") for link in draw(site, name, {}).cssselect("a[href^='tel:']")}
    assert {"tel:999", "tel:08001111", "tel:08088005000", "tel:116123"} <= addresses


def test_numbers_on_error_pages_are_those_of_the_help_lines(site: Flask) -> None:
    """They are written out, to show when nothing else can be read; here they are held to the table."""
    from directory.reference.help_lines import help_lines

    known = {"".join(filter(str.isdigit, route.value)) for line in help_lines() for route in line.routes}
    shown = {link.get("href")[4:] for link in draw(site, ERRORS[0], {}).cssselect("a[href^='tel:']")}
    assert shown <= known


def test_a_name_that_does_not_exist_is_an_error_in_our_templates(site: Flask) -> None:
    with pytest.raises(UndefinedError):
        render(site, "{{ nobody }}")
    with pytest.raises(UndefinedError):
        render(site, "{% if listing.nothing_of_the_kind %}{% endif %}", listing=a_help_line())
    with pytest.raises(UndefinedError):
        render(site, "{% for each in values.missing %}{% endfor %}", values={})


def test_words_of_data_files_are_escaped_and_may_hold_a_per_cent_sign(site: Flask) -> None:
    assert render(site, "{{ label | translated }}", label="<b>100%</b>") == "&lt;b&gt;100%&lt;/b&gt;"


def test_every_template_can_be_read(site: Flask) -> None:
    for path in TEMPLATES.rglob("*.html"):
        site.jinja_env.get_template(path.relative_to(TEMPLATES).as_posix())
