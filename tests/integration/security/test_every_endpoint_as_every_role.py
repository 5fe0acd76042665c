"""Every address, as everybody, on a record of somebody's: let in who should be, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, abort
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from directory.app import create_app
from directory.security.who_may import WHO_MAY
from tests.conftest import SECRET
from tests.integration.security.roles import (
    ASKED_FOR_SECOND_FACTOR,
    LET_IN,
    ROLES,
    VOLATILE,
    World,
    may_touch,
    rules,
    world,
)
from tests.integration.security.whose import NOWHERE, SENT, WHOSE

__all__ = ["world"]
OF_SOMEBODY = frozenset({"signed-in", "member", "member or staff", "owner", "commissioner"})


def wrong(world: World, rule: Rule, method: str) -> list[str]:
    """What is not as it should be at one address, for all roles; each asks a site that nobody has asked before."""
    word = WHO_MAY.get(rule.endpoint, "nobody")
    if word not in LET_IN:
        return [f"{rule.endpoint}: LET_IN does not say whom the word ‘{word}’ lets in"]
    if word in OF_SOMEBODY and rule.arguments and not {rule.endpoint, rule.rule} & set(WHOSE):
        return [f"{rule.endpoint}: write down in WHOSE who may touch the record in its address"]
    found = []
    world.anew()
    writes_nothing = word == "anyone" and method == "GET"
    for role in ROLES:
        answer = world.browser(role).open(
            world.address(rule), method=method, data=SENT.get(rule.endpoint) if method == "POST" else None
        )
        touched = frozenset() if writes_nothing else world.touched()
        problem = judged(rule, role, answer, bool(touched - VOLATILE))
        if touched:
            world.anew()
        if problem:
            there = answer.headers.get("Location", "")
            found.append(f"{method} {rule.rule} as {role}: {answer.status_code} {there}, {problem}")
    return found


def judged(rule: Rule, role: str, answer: TestResponse, changed: bool) -> str:
    """What is wrong with an answer; '' for nothing. changed: whether the asking has changed what is stored."""
    word, code = WHO_MAY[rule.endpoint], answer.status_code
    if code >= 500:
        return "our failure"
    if role not in LET_IN[word]:
        return "" if refused(word, role, answer) and not changed else "but is not let in"
    if role not in may_touch(rule):
        return "" if code in {403, 404} and not changed else "but the record is another's"
    if word != "anyone" and code in {401, 403, 404, 405} and not rule.arguments & NOWHERE:
        return "but may use it"
    return ""


def refused(word: str, role: str, answer: TestResponse) -> bool:
    """Whether somebody who is not let in was told so as they should be."""
    code, there = answer.status_code, answer.headers.get("Location", "")
    if role == "visitor":
        return code == 401 if answer.request.method == "POST" else there.startswith("/account/sign-in?next=/")
    if role in ASKED_FOR_SECOND_FACTOR.get(word, ()):
        return code == 303 and there == "/account/second-factor"
    return code == 403


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_address_lets_in_whom_it_should_and_nobody_else(world: World, method: str) -> None:
    found = [line for rule in rules(world.app, method) for line in wrong(world, rule, method)]
    assert found == [], "\n".join(found)


def test_no_line_of_whose_is_left_over(app: Flask) -> None:
    there = list(app.url_map.iter_rules())
    assert set(WHOSE) | set(SENT) <= {rule.endpoint for rule in there} | {rule.rule for rule in there}


# The test above is only as good as what it finds: three pages with a hole each, and one without.


@pytest.fixture
def leaky(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The same site with pages that have holes."""
    from dataclasses import replace

    from directory.security.me import me

    app = create_app(replace(world.app.config["SETTINGS"], secret_key=SECRET))
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def any_record(service_id: int) -> str:
        return f"anybody may see {service_id}"

    def own_record(service_id: int) -> str:
        who = me()
        if who is None or not (who.owner_of | who.editor_of) & {1}:
            abort(403)
        return f"hers: {service_id}"

    def breaks(service_id: int) -> str:
        raise ZeroDivisionError(service_id)

    pages = {"any_record": any_record, "own_record": own_record, "breaks": breaks, "unwritten": any_record}
    for name, view in pages.items():
        app.add_url_rule(f"/{name}/<int:service_id>", f"leaky.{name}", view)
        monkeypatch.setitem(WHO_MAY, f"leaky.{name}", "member")
        if name != "unwritten":
            monkeypatch.setitem(WHOSE, f"leaky.{name}", frozenset({"owner", "editor"}))
    yield World(app, world.template, world.cookies, world.records)
    app.extensions["database"].dispose()


def test_each_hole_is_found_and_nothing_where_there_is_none(leaky: World) -> None:
    found = {
        rule.endpoint: wrong(leaky, rule, "GET")
        for rule in rules(leaky.app, "GET")
        if rule.endpoint.startswith("leaky.")
    }
    assert found["leaky.own_record"] == []
    assert [
        "as owner of another: 200 , but the record is another's" in line for line in found["leaky.any_record"]
    ] == [True]
    assert [line[-17:] for line in found["leaky.breaks"]] == ["500 , our failure"] * 3
    assert "write down in WHOSE" in found["leaky.unwritten"][0]
