"""A manager with two minutes confirms from her mail, and a moderator rings; nobody is shut out, scripts or none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select, update

from directory.app import create_app
from directory.config import Settings
from directory.migrations.upgrade import upgrade
from directory.models.confirmation import Confirmation
from directory.models.membership import Membership
from directory.models.outbox import OutboxMail
from directory.reference.hours import now_utc
from tests.accounts import make_account, signed_in
from tests.browser.conftest import serve
from tests.builders import make_listing
from tests.integration.upkeep.lives import an_organisation, token_in


@dataclass(frozen=True)
class Kept:
    """A site whose organisation of three listings was written to today; the app over the same database."""

    site: str
    app: Flask
    log: Path


@pytest.fixture
def kept(settings: Settings, tmp_path: Path) -> Iterator[Kept]:
    url = f"sqlite:///{tmp_path}/kept.sqlite"
    app = create_app(replace(settings, database_url=url, database_read_url=url, rate_limits=False))
    held = app.extensions["database"]
    upgrade(held)
    an_organisation(held, listings=3)
    make_listing(held, organisation="Example Organisation B", name="Example Service Z")
    with held.transaction() as session:
        session.execute(update(Membership).values(began_at=now_utc() - timedelta(days=95)))
    assert app.test_cli_runner().invoke(args=["reminders", "send"]).exit_code == 0
    for site in serve(app, tmp_path / "site.log"):
        yield Kept(site, app, tmp_path / "site.log")
    held.dispose()


def link(kept: Kept) -> str:
    with kept.app.extensions["database"].reading() as session:
        return f"{kept.site}/confirm/{token_in(session.scalars(select(OutboxMail.body)).one() or '')}"


def no_barrier(page: Page) -> None:
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    violations = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in violations] == []
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
    assert not page.evaluate(wide)


@pytest.mark.parametrize(("width", "scripts"), [(320, False), (1280, True)])
def test_one_tap_from_the_mail_confirms_and_the_link_is_nowhere_in_the_log(
    browser: Browser, kept: Kept, width: int, scripts: bool
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    address = link(kept)
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Are your listings still right?")
    no_barrier(page)
    if not scripts:
        context.close()
        context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=False)
        page = context.new_page()
    page.goto(address)
    page.get_by_label("Example Service 2: still right").uncheck()
    page.get_by_text("Something has changed: Example Service 1").click()
    page.get_by_label("How many weeks people wait now").first.fill("six")
    page.get_by_role("button", name="Everything ticked here is still right").click()
    expect(page.get_by_role("alert")).to_contain_text("whole number")
    expect(page.get_by_label("Example Service 2: still right")).not_to_be_checked()
    page.get_by_label("How many weeks people wait now").first.fill("6")
    page.get_by_role("button", name="Everything ticked here is still right").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("This link does not work any more")
    page.get_by_role("button", name="Send a new link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your mailbox")
    context.close()
    with kept.app.extensions["database"].reading() as session:
        assert sorted(session.scalars(select(Confirmation.service_id))) == [1, 3]
    assert address.rpartition("/")[2] not in kept.log.read_text(errors="replace")


@pytest.mark.parametrize("width", [320, 1280])
def test_a_moderator_rings_from_the_list_and_is_shut_out_nowhere(
    browser: Browser, kept: Kept, width: int
) -> None:
    account = make_account(kept.app.extensions["database"], roles=["moderator"])
    client = signed_in(kept.app, account)
    cookie = client.get_cookie("session")
    assert cookie is not None
    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    context.add_cookies([{"name": "session", "value": cookie.value, "url": kept.site}])
    page = context.new_page()
    for path in ("/moderation/calls", "/moderation/support", "/moderation/checks"):
        page.goto(kept.site + path)
        no_barrier(page)
    page.goto(kept.site + "/moderation/calls")
    page.get_by_role("button", name="Take this call").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ring Example Service Z")
    no_barrier(page)
    page.get_by_role("button", name="Hide sensitive text").click()
    expect(page.get_by_role("main")).not_to_contain_text("Counselling for adults")
    page.get_by_role("button", name="Save what came of it").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose what came of the call.")
    no_barrier(page)
    page.get_by_label("Everything is still right").check()
    page.get_by_role("button", name="Save what came of it").click()
    expect(page.get_by_role("main")).to_contain_text("There is nobody to ring.")
    context.close()
