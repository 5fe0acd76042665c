"""How often one address may ask."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask

from directory.app import create_app
from directory.security.limits import EXEMPT, PAGES_PER_MINUTE


def test_an_address_that_asks_too_often_is_told_to_wait_and_can_still_leave(listed_app: Flask) -> None:
    visitor = create_app(replace(listed_app.config["SETTINGS"], rate_limits=True)).test_client()
    for _time in range(PAGES_PER_MINUTE):
        visitor.get("/missing-page")
        visitor.get("/safety")
    told = visitor.get("/safety")
    assert told.status_code == 429
    assert "<h1" in told.text
    assert visitor.get("/exit").status_code == 303
    assert visitor.get("/healthz").status_code == 200


def test_nobodys_word_is_taken_for_an_address_unless_a_proxy_is_configured(listed_app: Flask) -> None:
    visitor = create_app(replace(listed_app.config["SETTINGS"], rate_limits=True)).test_client()
    answers = [
        visitor.get("/safety", headers={"X-Forwarded-For": f"192.0.2.{number % 250}"}).status_code
        for number in range(PAGES_PER_MINUTE + 5)
    ]
    assert 429 in answers


def test_behind_one_proxy_each_visitor_has_their_own_count(listed_app: Flask) -> None:
    visitor = create_app(replace(listed_app.config["SETTINGS"], rate_limits=True, proxies=1)).test_client()
    for _time in range(PAGES_PER_MINUTE + 1):
        visitor.get("/safety", headers={"X-Forwarded-For": "192.0.2.1"})
    assert visitor.get("/safety", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 429
    assert visitor.get("/safety", headers={"X-Forwarded-For": "192.0.2.2"}).status_code == 200


def test_pages_that_are_not_there_are_counted_too(listed_app: Flask) -> None:
    visitor = create_app(replace(listed_app.config["SETTINGS"], rate_limits=True)).test_client()
    answers = [visitor.get(f"/nothing-{number}").status_code for number in range(PAGES_PER_MINUTE + 5)]
    assert answers[0] == 404
    assert answers[-1] == 429


def test_one_household_with_many_ipv6_addresses_has_one_count(listed_app: Flask) -> None:
    visitor = create_app(replace(listed_app.config["SETTINGS"], rate_limits=True)).test_client()
    answers = [
        visitor.get("/safety", environ_overrides={"REMOTE_ADDR": f"2001:db8::{number:x}"}).status_code
        for number in range(1, PAGES_PER_MINUTE + 6)
    ]
    assert answers[-1] == 429
    other = visitor.get("/safety", environ_overrides={"REMOTE_ADDR": "2001:db8:0:1::1"})
    assert other.status_code == 200


def test_every_endpoint_has_a_limit_but_for_those_that_must_always_answer(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert endpoints >= EXEMPT
    assert {"static", "door.leave", "door.healthz"} == EXEMPT
