"""Closed until listed: the table of who may use what, held against the addresses the site has."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from directory.security.who_may import WHO_MAY


def test_every_endpoint_says_who_may_use_it_and_no_listed_endpoint_is_gone(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(WHO_MAY)


def test_an_endpoint_that_says_nothing_is_refused(app: Flask) -> None:
    app.add_url_rule("/unlisted", "unlisted", lambda: "should not be seen")
    answer = app.test_client().get("/unlisted")
    assert answer.status_code == 403
    assert "should not be seen" not in answer.text


def test_reading_never_sets_a_cookie(app: Flask, client: FlaskClient) -> None:
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or set()) and not rule.arguments:
            assert "Set-Cookie" not in client.get(rule.rule).headers, rule.rule


def test_no_number_in_an_address_is_larger_than_the_database_holds(app: Flask) -> None:
    rules = [rule.rule for rule in app.url_map.iter_rules()]
    assert [rule for rule in rules if "<int" in rule and "<int(max=2147483647):" not in rule] == []
