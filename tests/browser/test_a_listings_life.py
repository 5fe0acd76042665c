"""A listing's life, in one walk: a charity is invited, its listing comes, changes, is taken down, ages and comes back.

Two real workers whose clock is moved, a database of their own, their own scheduler, a real SMTP server that the mails
are read from, a real browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from directory.config import Settings
from tests.browser.life_of_a_charity import (
    AREA,
    COMMISSIONER,
    RESULTS,
    a_moderator_puts_it_back,
    a_second_person_approves,
    its_number_is_held_and_replaced,
    its_owner_takes_all_of_it_down,
    people_come,
    shot,
    the_owner_adds_a_service,
)
from tests.browser.life_over_time import (
    FORGOTTEN,
    REMINDED,
    a_scanner_confirms_nothing,
    another_service_was_approved_today,
    asked,
    asked_once,
    help_lines,
    is_found_and_fills_its_cell,
    is_found_and_said_to_be_old,
    one_tap_confirms,
    the_used_link_does_nothing,
)
from tests.browser.life_people import MAIL_SECONDS, accept, heading, new_page, sign_in_by_mail
from tests.browser.life_site import LifeSite, a_life


@pytest.fixture
def life(settings: Settings, tmp_path: Path) -> Iterator[LifeSite]:
    with a_life(settings, tmp_path) as site:
        yield site


def test_a_listings_life(browser: Browser, life: LifeSite) -> None:
    visitor, owner, moderator = new_page(browser), new_page(browser), new_page(browser)
    with life.served():
        people_come(browser, life, moderator)
        the_owner_adds_a_service(life, owner)
        service = a_second_person_approves(life, moderator, visitor)
        its_number_is_held_and_replaced(life, owner, moderator, visitor, service)
        its_owner_takes_all_of_it_down(life, owner, visitor, service)
        a_moderator_puts_it_back(life, moderator, service)
        _a_commissioner_states_three_cells(browser, life, visitor)
    numbers = (service, another_service_was_approved_today(life))
    with life.served(days_ahead=REMINDED):
        lines = help_lines(life.ask(RESULTS))
        mail = asked_once(life, mails=1)
        is_found_and_fills_its_cell(life, numbers, confirmed_ahead=0)
        a_scanner_confirms_nothing(life, mail)
        one_tap_confirms(life, owner, mail, numbers, confirmed_ahead=REMINDED)
        the_used_link_does_nothing(life, owner, mail)
        assert len(asked(life)) == 1
    with life.served(days_ahead=FORGOTTEN):
        assert lines and life.said(RESULTS, help_lines) == {lines}
        is_found_and_said_to_be_old(life, visitor, numbers)
        mail = asked_once(life, mails=2)
        one_tap_confirms(life, owner, mail, numbers, confirmed_ahead=FORGOTTEN)
        assert len(asked(life)) == 2


def _a_commissioner_states_three_cells(browser: Browser, life: LifeSite, visitor: Page) -> None:
    page = new_page(browser)
    mail = life.mail.wait_for(COMMISSIONER, "An invitation", MAIL_SECONDS)
    accept(page, mail.links[0], "commissioning manager")
    sign_in_by_mail(page, life.url, COMMISSIONER, life.mail, next_path="/statements/")
    page.get_by_role("link", name="Peterborough").click()
    for code in ("G2.1", "G4.1", "G3.1"):
        page.locator(f"input[name=type][value='{code}']").check()
    shot(page, "statements-area")
    page.get_by_role("button", name="Say something of these").first.click()
    page.get_by_role("group", name="Does it exist here?").get_by_label("Yes", exact=True).check()
    page.get_by_role("group", name="Does it work here? (optional)").get_by_role("radio").first.check()
    page.get_by_label("How you know (optional)").fill("Review of contracts, October 2026")
    page.get_by_role("group", name="For whom do you say it?").get_by_role("radio").first.check()
    shot(page, "statements-state")
    page.get_by_role("button", name="Check your answers").click()
    heading(page, "Check your answers")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Recorded. What the public page now shows:")).to_be_visible()
    for code in ("G2.1", "G4.1", "G3.1"):
        visitor.goto(f"{life.url}/matrix/{AREA}/{code}")
        expect(visitor.get_by_text("What has been said").first).to_be_visible()
        expect(visitor.locator(".statement").first).to_contain_text("Available")
        for hidden in ("Review of contracts", "commissioning manager", "Does it work here"):
            expect(visitor.get_by_role("main")).not_to_contain_text(hidden)
        page.goto(f"{life.url}/matrix/{AREA}/{code}")
        expect(page.get_by_role("main")).to_contain_text("Review of contracts")
    shot(visitor, "matrix-cell")
    page.context.close()
