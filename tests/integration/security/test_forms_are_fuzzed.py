"""Every form of the site, found by asking for its page, filled in with anything at all: never our failure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from directory.security.who_may import WHO_MAY
from tests.integration.security.roles import World, rules, strongest, world

__all__ = ["world"]
MARK = "x9q<b>"
HOSTILE = (
    "", " ", "-1", "0", "1e309", "99999999999999999999", "٣", "²", "nan", "\x00", "a" * 3000, MARK, "=1+1", "@SUM(1)",
    "{{7*7}}", "' OR 1=1 --", "\u202e\u200b", "🙂", "2026-02-30", "0000-00-00", "29/02/2025", "on", "[]", "None",
    "01632 960001", "a@example.org", "https://example.org", "javascript:alert(1)", "PE1 1QL", "Mo-Fr 25:00-26:00",
    "\r\nBcc: a@example.org", "telephone | | |", "G4;G99", "\ud7ff\ue000", "../../x",
)  # fmt: skip
VALUES = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["C"]), max_size=40))


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
        role = strongest(rule)
        page = world.address(rule)
        parser = Forms()
        parser.feed(world.browser(role).get(page).get_data(as_text=True))
        for form in parser.found:
            action = form.action or page
            if (action, tuple(form.fields)) not in seen:
                seen.add((action, tuple(form.fields)))
                yield role, Form(action, form.fields)


@pytest.fixture(scope="module")
def every_form(world: World) -> list[tuple[str, Form]]:
    """All of them."""
    world.anew()
    return list(forms(world))


def send(world: World, role: str, form: Form, fields: dict[str, str]) -> TestResponse:
    """Send a form as somebody who is signed in, also where a form before it has signed them out."""
    answer = world.browser(role).post(form.action, data=fields)
    if answer.status_code == 401:
        world.anew()
        answer = world.browser(role).post(form.action, data=fields)
    assert answer.status_code != 401, form.action
    return answer


def test_there_are_forms_to_fill_in(every_form: list[tuple[str, Form]]) -> None:
    found = {form.action for _role, form in every_form}
    assert {"/find", "/family", "/account/password"} <= found, sorted(found)
    assert any(action.startswith("/my-listings/1/edit/") for action in found), sorted(found)
    assert any(action.startswith("/moderation/") for action in found), sorted(found)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_a_form_is_filled_in_with_is_answered(
    world: World, every_form: list[tuple[str, Form]], data: st.DataObject
) -> None:
    for role, form in every_form:
        sent = {
            name: data.draw(st.one_of(st.sampled_from(offered), VALUES), label=name)
            for name, offered in form.fields.items()
            if data.draw(st.sampled_from([True, True, True, False]), label=f"send {name}")
        }
        answer = send(world, role, form, sent)
        assert answer.status_code < 500, (form.action, role, answer.status_code)
        assert MARK not in answer.text, form.action
        if answer.status_code >= 400:
            assert "<h1" in answer.text, form.action


@pytest.mark.parametrize("value", HOSTILE, ids=repr)
def test_a_hostile_value_in_every_field_at_once_is_answered(
    world: World, every_form: list[tuple[str, Form]], value: str
) -> None:
    for role, form in every_form:
        answer = send(world, role, form, dict.fromkeys(form.fields, value))
        assert answer.status_code < 500, (form.action, role, answer.status_code)
        assert MARK not in answer.text, form.action
