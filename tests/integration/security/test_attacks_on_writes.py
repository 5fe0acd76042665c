"""Every address that can be written to, attacked: from another site, with more than was asked, with too much."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from directory.config import BODY_BYTES_MAX
from directory.security.own_site import BY_SECRET_LINK, CHANGES_NOTHING
from directory.security.who_may import WHO_MAY
from tests.integration.security.roles import (
    LET_IN,
    ROLES,
    VOLATILE,
    World,
    may_touch,
    rules,
    strongest,
    world,
)

__all__ = ["world"]
FROM_ELSEWHERE: tuple[dict[str, str], ...] = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
)
# Where somebody would like our pages to lead.
ELSEWHERE = (
    "https://evil.example/", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
    "https:evil.example", "/%2f/evil.example", "/%5cevil.example", "http:///evil.example", "javascript:alert(1)",
    "/\t/evil.example", "\r\nLocation: https://evil.example", "https://localhost@evil.example", ".evil.example",
)  # fmt: skip
LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20]*")
# What no form asks for, and a table holds.
MORE = {
    "id": "7", "account_id": "1", "organisation_id": "2", "owner_id": "1", "proposed_by": "1", "decided_by": "1",
    "roles": "administrator", "is_moderator": "1", "is_staff": "1", "second_factor": "1", "active": "1",
    "listing": "needs checking", "listing_reason": "x9q", "inclusion_decision": "excluded", "state": "approved",
    "confirmed_at": "2026-01-01", "last_confirmed": "2026-01-01", "confidential": "no", "fs_uniquifier": "x9q",
    "source_name": "x9q", "cells": "{}", "base": "{}", "password_hash": "x9q",
}  # fmt: skip
# What no form may reach, whoever sends it; what an administrator's pages do on purpose is tested with them.
OUT_OF_REACH = (
    "account_role",
    "area_grant",
    "service",
    "contact_route",
    "location",
    "inclusion",
    "organisation",
)


def written_to(world: World) -> Iterator[Rule]:
    """Every rule that takes a POST and may change something."""
    return (rule for rule in rules(world.app, "POST") if rule.endpoint not in CHANGES_NOTHING)


@pytest.mark.parametrize("headers", FROM_ELSEWHERE, ids=str)
def test_another_site_can_make_nobodys_browser_write(world: World, headers: dict[str, str]) -> None:
    world.anew()
    for rule in written_to(world):
        if headers == {"Origin": "null"} and rule.endpoint in BY_SECRET_LINK - {"account.link"}:
            # An older browser says so of these pages' own forms. Another site does not know the secret in them.
            continue
        browser = world.browser(strongest(rule))
        del browser.environ_base["HTTP_SEC_FETCH_SITE"]
        answer = browser.post(world.address(rule), headers=headers, data={"service": "1"})
        assert answer.status_code == 403, (rule.rule, answer.status_code)
    assert world.touched() <= VOLATILE


def test_whoever_is_signed_in_and_says_nothing_of_where_from_is_refused(world: World) -> None:
    world.anew()
    for rule in written_to(world):
        role = strongest(rule)
        browser = world.browser(role if role != "visitor" else "owner")
        del browser.environ_base["HTTP_SEC_FETCH_SITE"]
        assert browser.post(world.address(rule)).status_code == 403, rule.rule


def _leads_away(answer: TestResponse) -> bool:
    there = answer.headers.get("Location")
    return (
        "evil.example" in str(answer.headers)
        and "next=" not in (there or "")
        or bool(there and answer.request.path != "/exit" and not LOCAL.fullmatch(there))
    )


@pytest.mark.parametrize("there", ELSEWHERE, ids=repr)
def test_no_page_leads_where_an_address_a_form_or_a_header_says(world: World, there: str) -> None:
    world.anew()
    names = dict.fromkeys(("next", "back", "url", "return_to", "redirect", "to", "from"), there)
    header = {} if set(there) & set("\r\n") else {"Referer": there, "Origin": "http://localhost"}
    for rule in written_to(world):
        for role in {strongest(rule), "visitor"}:
            address = f"{world.address(rule)}?{urlencode(names)}"
            answer = world.browser(role).post(address, data=names, headers=header)
            assert answer.status_code < 500 and not _leads_away(answer), (rule.rule, role, answer.headers)
    for rule in rules(world.app, "GET"):
        if "next" in rule.rule or not rule.arguments:
            answer = world.browser("visitor").get(f"{world.address(rule)}?{urlencode(names)}", headers=header)
            assert answer.status_code < 500 and not _leads_away(answer), (rule.rule, answer.headers)


@pytest.mark.parametrize("role", [role for role in ROLES if role not in {"visitor", "administrator"}])
def test_a_field_that_no_form_asks_for_changes_nothing(world: World, role: str) -> None:
    world.anew()
    for rule in written_to(world):
        word = WHO_MAY[rule.endpoint]
        if word == "anyone" or role not in LET_IN[word] & may_touch(rule):
            continue
        answer = world.browser(role).post(world.address(rule), data=MORE)
        assert answer.status_code < 500, (rule.rule, answer.status_code)
        after = world.content()
        changed = [name for name in OUT_OF_REACH if world.as_made[name] != after[name]]
        # A moderator's pages change listings; by nothing of this, though.
        assert not [name for name in changed if role not in {"moderator"} or "x9q" in str(after[name])], (
            rule.rule
        )
        if after != world.as_made:
            world.anew()


def test_a_body_that_is_too_big_is_refused_in_words(world: World) -> None:
    world.anew()
    big = "x" * (20 * BODY_BYTES_MAX)
    for rule in rules(world.app, "POST"):
        browser = world.browser(strongest(rule))
        answer = browser.post(world.address(rule), data={"words": big, "place": big})
        assert answer.status_code < 500, (rule.rule, answer.status_code)
        assert big[:1000] not in answer.text, rule.rule


@pytest.mark.parametrize("kind", ["fields", "parts", "nested"])
def test_a_body_of_very_many_pieces_is_refused_in_words(world: World, kind: str) -> None:
    world.anew()
    part = '--b\r\nContent-Disposition: form-data; name="a"; filename="../../x"\r\n\r\n1\r\n'
    body, content_type = {
        "fields": ("a=1&" * 16_000, "application/x-www-form-urlencoded"),
        "parts": (part * 700 + "--b--\r\n", "multipart/form-data; boundary=b"),
        "nested": ("[" * 60_000, "application/json"),
    }[kind]
    for rule in rules(world.app, "POST"):
        browser = world.browser(strongest(rule))
        answer = browser.post(world.address(rule), data=body, content_type=content_type)
        assert answer.status_code < 500, (rule.rule, answer.status_code)
