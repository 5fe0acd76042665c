"""What no text box sends, in every form and address, over PostgreSQL: answered in words, and never our failure.

SQLite stores a NUL and looks for a number of any length; PostgreSQL refuses both, so a form that forgot to look
would fail there alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from tests.integration.security.on_postgres import PostgresWorld, postgres_world
from tests.integration.security.roles import World, rules, strongest
from tests.integration.security.test_forms_are_fuzzed import Form, forms, send
from tests.integration.security.test_no_address_breaks_the_site import RecordingRequest, _read

__all__ = ["postgres_world"]
TEXTS = ("a\x00b", "\x01\x08\x1f\x7f", "\ud800", "🙂" * 50, "x" * 70_000, "\u2066\u202e\u2069\u200b")
# One more than the largest whole numbers of the databases, one that has any length, and one that is no id yet.
NUMBERS = ("2147483648", "9223372036854775808", "-9223372036854775809", "9" * 400, "999999999")


LEAVING = frozenset({"door.leave", "account.sign_out"})
"""Nobody would be left to ask for the others."""
ANEW_EVERY = 12
"""Forms. A new database costs more than they do; what one of them has ended is there again for the next dozen."""


@pytest.fixture(scope="module")
def every_form(postgres_world: PostgresWorld) -> list[tuple[str, Form]]:
    """(the strongest role, form): those of the pages; then each address that takes a POST, with what it looks for."""
    postgres_world.anew()
    found = list(forms(postgres_world))
    postgres_world.app.request_class = RecordingRequest
    for number, rule in enumerate(rules(postgres_world.app, "POST")):
        if rule.endpoint in LEAVING:
            continue
        if number % ANEW_EVERY == 0:
            postgres_world.anew()
        address, role = postgres_world.address(rule), strongest(rule)
        _read.clear()
        postgres_world.browser(role).post(address)
        found.append((role, Form(address, {name: [""] for name in sorted(_read)})))
    return found


def each(world: World, every_form: list[tuple[str, Form]]) -> Iterator[tuple[str, Form]]:
    """Every form, over a database that is anew now and then."""
    for number, (role, form) in enumerate(every_form):
        if number % ANEW_EVERY == 0:
            world.anew()
        yield role, form


@pytest.mark.parametrize("value", (*TEXTS, *NUMBERS), ids=lambda value: repr(value[:20]))
def test_a_hostile_value_in_every_field_at_once_is_answered(
    postgres_world: PostgresWorld, every_form: list[tuple[str, Form]], value: str
) -> None:
    for role, form in each(postgres_world, every_form):
        send(postgres_world, role, form.action, [(name, value) for name in form.fields])


def test_a_hostile_value_in_one_field_of_a_form_that_is_else_as_offered_is_answered(
    postgres_world: PostgresWorld, every_form: list[tuple[str, Form]]
) -> None:
    for role, form in each(postgres_world, every_form):
        for name in form.fields:
            for value in ("a\x00b", "2147483648"):
                kept = [(other, offered[0]) for other, offered in form.fields.items() if other != name]
                send(postgres_world, role, form.action, [*kept, (name, value)])


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_hostile_value_in_an_address_is_answered(postgres_world: PostgresWorld, method: str) -> None:
    world: World = postgres_world
    world.app.request_class = RecordingRequest
    world.anew()
    for rule in rules(world.app, method):
        if rule.endpoint in LEAVING:
            continue
        browser, address = world.browser(strongest(rule)), world.address(rule)
        _read.clear()
        browser.open(address, method=method)
        names = sorted(_read)
        for value in ("a\x00b", NUMBERS[0], NUMBERS[3]):
            query = urlencode([(name, value) for name in names])
            for asked in (
                f"{address}?{query}",
                *(world.address(rule, **{name: value}) for name in rule.arguments),
            ):
                answer = browser.open(asked, method=method)
                assert answer.status_code < 500, (method, asked[:200], answer.status_code)
