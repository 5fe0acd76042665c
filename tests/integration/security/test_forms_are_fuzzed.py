"""Every form of the site, found by asking for its page, filled in with anything at all: never our failure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.routing import Rule

from directory.security.who_may import WHO_MAY
from directory.web.my_listings.edit_pages import EDIT_PAGES
from tests.integration.security.roles import World, rules, strongest, world

__all__ = ["world"]
MARK = "x9q<b>"
HOSTILE = (
    "", " ", "-1", "0", "1e309", "99999999999999999999", "٣", "²", "nan", "\x00", "a" * 3000, MARK, "=1+1", "@SUM(1)",
    "{{7*7}}", "' OR 1=1 --", "\u202e\u200b", "🙂", "2026-02-30", "0000-00-00", "29/02/2025", "on", "[]", "None",
    "01632 960001", "a@example.org", "https://example.org", "javascript:alert(1)", "PE1 1QL", "Mo-Fr 25:00-26:00",
    "\r\nBcc: a@example.org", "telephone | | |", "G4;G99", "\ud7ff\ue000", "../../x", "\ud800", "+2", "-2+3|cmd",
    "\u2066\u202e\u2069", "\t=1", "x" * 70_000,
)  # fmt: skip
VALUES = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40).filter(lambda text: text.isprintable()))


@dataclass(slots=True)
class Form:
    """What a page would send: where to, and its fields with the values that it offers."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)


class Forms(HTMLParser):
    """Finds the forms of a page that are sent by POST."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("method", "").lower() == "post"
            if self._inside:
                self.found.append(Form(given.get("action", "")))
        elif self._inside and tag in {"input", "select", "textarea", "button"} and given.get("name"):
            self.found[-1].fields.setdefault(given["name"], []).append(given.get("value", ""))
        elif self._inside and tag == "option" and self.found[-1].fields:
            list(self.found[-1].fields.values())[-1].append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False


def forms(world: World) -> Iterator[tuple[str, Form]]:
    """(the role that sees it, form): each of the site, once for each address it is sent to."""
    seen = set()
    for rule in rules(world.app, "GET"):
        if rule.rule.endswith((".csv", ".xlsx", ".docx", ".geojson")) or WHO_MAY[rule.endpoint] == "nobody":
            continue
        if rule.endpoint == "door.leave":
            continue  # Leaving signs out, and nobody would be left to fill in the others.
        role = strongest(rule)
        for page in pages_of(world, rule):
            parser = Forms()
            parser.feed(world.browser(role).get(page).get_data(as_text=True))
            for form in parser.found:
                action = form.action or page
                # Signing out would leave nobody to fill in the others.
                if (action, tuple(form.fields)) not in seen and action != "/account/sign-out":
                    seen.add((action, tuple(form.fields)))
                    yield role, Form(action, form.fields)


def pages_of(world: World, rule: Rule) -> list[str]:
    """Where the rule leads in this world; each of the pages by which a listing is written is a form of its own."""
    if "slug" in rule.arguments:
        return [world.address(rule, slug=page.slug) for page in EDIT_PAGES]
    return [world.address(rule)]


@pytest.fixture(scope="module")
def every_form(world: World) -> list[tuple[str, Form]]:
    """All of them."""
    world.anew()
    return list(forms(world))


def test_there_are_forms_to_fill_in(every_form: list[tuple[str, Form]]) -> None:
    there = {form.action for _role, form in every_form}
    assert {"/find", "/family", "/services/1/correct"} <= there
    assert {"/organisations/1/people", "/moderation/hold/1", "/account/administration"} <= there
    assert {f"/my-listings/1/edit/{page.slug}" for page in EDIT_PAGES} | {"/moderation/calls/1"} <= there


def send(world: World, role: str, action: str, fields: Iterable[tuple[str, str]]) -> None:
    """Send it as a browser would, or one that is broken: it is answered in words, and nothing comes back raw."""
    body = urlencode([(name, value.encode("utf-8", "surrogatepass")) for name, value in fields])
    answer = world.browser(role).post(action, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code < 500, (action, role, answer.status_code)
    assert MARK not in answer.text, action
    if answer.status_code >= 400:
        assert "<h1" in answer.text, action


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_a_form_is_filled_in_with_is_answered(
    world: World, every_form: list[tuple[str, Form]], data: st.DataObject
) -> None:
    role, form = data.draw(st.sampled_from(every_form), label="form")
    world.anew()
    sent = []
    for name, offered in form.fields.items():
        # Left out, once, or several times.
        for _time in range(data.draw(st.sampled_from([1, 1, 1, 1, 0, 2]), label=name)):
            sent.append((name, data.draw(st.one_of(st.sampled_from(offered), VALUES))))
    send(world, role, form.action, sent)


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: repr(value[:20]))
def test_a_hostile_value_in_every_field_at_once_is_answered(
    world: World, every_form: list[tuple[str, Form]], value: str
) -> None:
    world.anew()
    for role, form in every_form:
        send(world, role, form.action, [(name, value) for name in form.fields])


def test_a_hostile_value_in_one_field_of_a_form_that_is_else_as_offered_is_answered(
    world: World, every_form: list[tuple[str, Form]]
) -> None:
    for role, form in every_form:
        world.anew()
        for name in form.fields:
            for value in (MARK, "\x00", "\ud800"):
                kept = [(other, offered[0]) for other, offered in form.fields.items() if other != name]
                send(world, role, form.action, [*kept, (name, value)])
