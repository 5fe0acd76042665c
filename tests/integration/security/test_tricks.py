"""Ways round a closed door: other spellings of its address, other verbs, headers that claim something."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from directory.security.who_may import WHO_MAY
from tests.integration.security.roles import VOLATILE, World, rules, world

__all__ = ["world"]
CLAIMS = (
    {"X-Original-URL": "/"}, {"X-Rewrite-URL": "/"}, {"X-Forwarded-Prefix": "/evil"}, {"X-HTTP-Method-Override": "GET"},
    {"X-HTTP-Method": "DELETE"}, {"X-Forwarded-For": "127.0.0.1"}, {"X-Real-IP": "127.0.0.1"},
    {"X-Forwarded-Host": "evil.example"}, {"X-Forwarded-Proto": "https"}, {"X-Forwarded-User": "administrator"},
    {"Forwarded": "for=127.0.0.1;host=evil.example;proto=https"}, {"Authorization": "Basic YWRtaW46YWRtaW4="},
    {"Authorization": "Bearer x"}, {"Authentication-Token": "x"}, {"Remote-User": "administrator"},
    {"Accept": "application/json"}, {"X-Requested-With": "XMLHttpRequest"}, {"Purpose": "prefetch"},
    {"Cookie": "session=eyJfdXNlcl9pZCI6IjEifQ.aaaaaa.bbbbbb; remember_token=1|x"},
)  # fmt: skip


def spellings(address: str) -> Iterator[str]:
    """The same address as somebody might write it to slip past a rule."""
    yield f"{address}/"
    yield f"{address}/."
    yield f"{address}/../{address.rsplit('/', 1)[-1]}"
    yield f"/.{address}"
    yield f"/x/..{address}"
    yield f"{address};x=1"
    yield f"{address}%00"
    yield f"{address}%20"
    yield f"{address}.json"
    yield f"{address}.csv"
    yield f"/static/..{address}"
    yield f"/static/%2e%2e{address}"
    yield address.upper()
    yield address.replace("/", "/%2f", 1)
    yield "".join(f"%{ord(mark):02x}" if mark.isalpha() else mark for mark in address)
    yield f"{address}?_method=GET&as=administrator"


def closed(world: World) -> Iterator[Rule]:
    """Every rule that is not for anyone."""
    return (rule for rule in rules(world.app, "GET") if WHO_MAY[rule.endpoint] != "anyone")


def test_no_spelling_of_a_closed_address_opens_it(world: World) -> None:
    world.anew()
    for rule in closed(world):
        for address in spellings(world.address(rule)):
            answer = world.browser("visitor").get(address)
            assert answer.status_code in {303, 400, 401, 403, 404, 405, 308}, (address, answer.status_code)
            if answer.status_code == 308:
                assert answer.headers["Location"].startswith("/"), address


@pytest.mark.parametrize("headers", CLAIMS, ids=str)
def test_no_header_opens_a_closed_address(world: World, headers: dict[str, str]) -> None:
    world.anew()
    for rule in closed(world):
        answer = world.browser("visitor").get(world.address(rule), headers=headers)
        assert answer.status_code in {303, 401, 403}, (rule.rule, answer.status_code)
        assert "evil" not in answer.text + str(answer.headers), rule.rule
    home = world.browser("visitor").get("/", headers=headers)
    assert home.status_code == 200 and "evil" not in home.text + str(home.headers)


@pytest.mark.parametrize("role", ["visitor", "owner", "administrator"])
def test_a_verb_that_an_address_does_not_have_does_nothing(world: World, role: str) -> None:
    world.anew()
    browser = world.browser(role)
    for rule in world.app.url_map.iter_rules():
        for verb in {"PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND"} - (rule.methods or set()):
            answer = browser.open(world.address(rule), method=verb)
            assert 300 <= answer.status_code < 500, (rule.rule, verb, answer.status_code)
    assert world.touched() <= VOLATILE


def test_paths_that_leave_the_folder_of_the_built_files_lead_nowhere(app: Flask) -> None:
    visitor = app.test_client()
    for path in (
        "/static/../config.py", "/static/%2e%2e/config.py", "/static/..%2fconfig.py", "/static/....//config.py",
        "/static/%2e%2e%2f%2e%2e%2fREADME.md", "/static//etc/passwd", "/static/%00", "/static/built/%2e%2e/js/app.js/x",
        "/static/..%5cconfig.py", "/static/%c0%ae%c0%ae/config.py", "/static/built", "/static/", "/.git/config",
        "/instance/secret_key", "/wsgi.py", "/.env",
    ):  # fmt: skip
        answer = visitor.get(path)
        assert answer.status_code in {400, 404}, path
        assert "SECRET" not in answer.text and "root:" not in answer.text
