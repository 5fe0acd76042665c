"""What time does to a listing: its organisation is asked once, confirms with one tap, forgets, and comes back."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from directory.actions.changes.decide import Approval
from directory.actions.changes.verify import Check
from directory.models.account import Account
from directory.models.confirmation import Confirmation
from directory.models.organisation import Organisation
from directory.models.upkeep import Reminder
from directory.reference.hours import LONDON, now_utc
from tests.accounts import make_account
from tests.browser.life_of_a_charity import AREA, CHARITY, NEW, OWNER, RESULTS, SERVICE, TYPE
from tests.browser.life_people import MAIL_SECONDS, heading
from tests.browser.life_site import LifeSite
from tests.browser.workers import Answered
from tests.integration.moderation.changes import all_yes, make_change, new_cells, try_approve
from tests.mail_server import Received

SERVICES = (SERVICE, "Example Service Other")
CELL = f"/matrix/{AREA}/{TYPE}"
ASKED = "Your listings: are they still right?"
NOT_LATELY = "Not confirmed lately: it may have changed."
REMINDED, FORGOTTEN = 95, 95 + 185
SCHEDULER_SECONDS = 30.0 + MAIL_SECONDS
"""Workers serve first: their jobs begin half a minute after their start."""


def another_service_was_approved_today(life: LifeSite) -> int:
    """A second one of the same charity, so that one mail has to be for both."""
    with life.database.reading() as session:
        owner = session.scalars(select(Account.id).where(Account.email == OWNER)).one()
        organisation = session.scalars(select(Organisation.id).where(Organisation.name == CHARITY)).one()
    cells = new_cells(organisation=CHARITY, name=SERVICES[1], free_to_person="yes", modes="in-person")
    change = make_change(life.database, None, cells, by=owner, organisation_id=organisation)
    checks = [Check(column, "telephone", NEW) for column in ("contact_routes", "coverage", "groups", "url")]
    second = make_account(life.database, roles=["moderator"])
    done = try_approve(life.database, change, Approval(checks=checks, inclusion=all_yes()), second)
    assert done.service_id is not None
    return done.service_id


def asked(life: LifeSite) -> list[Received]:
    """The reminders that have reached the owner's mailbox."""
    return [one for one in life.mail.messages_to(OWNER) if one.subject == ASKED]


def asked_once(life: LifeSite, *, mails: int) -> Received:
    """Both workers and two commands are at it at once; then another command. One mail comes, for both listings."""
    ahead = REMINDED if mails == 1 else FORGOTTEN
    life.mail.wait_for(OWNER, ASKED, SCHEDULER_SECONDS, after=mails - 1)
    for at_once in (2, 1):
        commands = [life.process("reminders", "send", days_ahead=ahead) for _ in range(at_once)]
        for command in commands:
            said, _errors = command.communicate(timeout=60)
            assert command.returncode == 0, said
    with life.database.reading() as session:
        written = session.scalars(select(Reminder).order_by(Reminder.id)).all()
    assert len(written) == mails == len(asked(life))
    mail = asked(life)[-1]
    assert all(f"- {name}" in mail.text for name in SERVICES) and "abuse" not in mail.text
    return mail


def _link(mail: Received) -> str:
    return urlsplit(next(link for link in mail.links if "/confirm/" in link)).path


def _confirmations(life: LifeSite) -> int:
    with life.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Confirmation)) or 0


def a_scanner_confirms_nothing(life: LifeSite, mail: Received) -> None:
    """Servers of mail open what is in it, often more than once: looking is not confirming, in any worker."""
    before = _confirmations(life)
    for method in ("GET", "HEAD", "GET"):
        assert {answer.status for answer in life.each_worker(_link(mail), method=method)} == {200}
    assert _confirmations(life) == before


def one_tap_confirms(
    life: LifeSite, page: Page, mail: Received, numbers: tuple[int, ...], *, confirmed_ahead: int
) -> None:
    before = _confirmations(life)
    page.goto(life.url + _link(mail))
    heading(page, "Are your listings still right?")
    page.get_by_role("button", name="Everything ticked here is still right").click()
    heading(page, "Thank you")
    assert _confirmations(life) == before + len(numbers)
    is_found_and_fills_its_cell(life, numbers, confirmed_ahead=confirmed_ahead)
    page.goto(f"{life.url}/services/{numbers[0]}")
    expect(page.get_by_role("main")).to_contain_text(_day(life, numbers[0], confirmed_ahead))


def the_used_link_does_nothing(life: LifeSite, page: Page, mail: Received) -> None:
    before = _confirmations(life)
    page.goto(life.url + _link(mail))
    heading(page, "This link does not work any more")
    expect(page.get_by_role("main")).to_contain_text("what you told us is kept, and you need do nothing")
    assert {answer.status for answer in life.each_worker(_link(mail), method="POST")} == {410}
    assert _confirmations(life) == before


def _day(life: LifeSite, number: int, days_ahead: int) -> str:
    """When it was confirmed last, as pages write it: 1 March 2027. That must have been so many days from now."""
    with life.database.reading() as session:
        query = select(func.max(Confirmation.confirmed_on)).where(Confirmation.service_id == number)
        day = session.scalars(query).one()
    now = (now_utc() + timedelta(days=days_ahead)).astimezone(LONDON).date()
    assert now - timedelta(days=1) <= day <= now  # The test itself may run over midnight.
    return f"{day.day} {day:%B %Y}"


def is_found_and_fills_its_cell(life: LifeSite, numbers: tuple[int, ...], *, confirmed_ahead: int) -> None:
    """In every worker: confirmed that day, found, and its cell is available."""
    for number in numbers:
        day = _day(life, number, confirmed_ahead)
        life.everywhere(f"/services/{number}", lambda text, day=day: day in text and NOT_LATELY not in text)
    life.everywhere(RESULTS, lambda text: all(name in text for name in SERVICES) and NOT_LATELY not in text)
    assert life.said(CELL, _state) == {"Available"}


def is_found_and_said_to_be_old(life: LifeSite, page: Page, numbers: tuple[int, ...]) -> None:
    """Age alone takes nothing away: it is found, with words beside its date, and makes no cell available."""
    for number in numbers:
        day = _day(life, number, REMINDED)
        life.everywhere(f"/services/{number}", lambda text, day=day: day in text and NOT_LATELY in text)
    life.everywhere(
        RESULTS,
        lambda text: all(name in text for name in SERVICES) and text.count(NOT_LATELY) == len(SERVICES),
    )
    assert life.said(CELL, _state) == {"Partly available"}
    page.goto(f"{life.url}{RESULTS}")
    card = page.get_by_role("article").filter(has=page.get_by_role("link", name=SERVICES[0], exact=True))
    expect(card).to_contain_text(NOT_LATELY)
    page.goto(life.url + CELL)
    half = page.get_by_role("region", name="In person")
    expect(half.locator(".cell__state")).to_contain_text("Partly available")
    expect(half.get_by_role("row").filter(has_text=SERVICES[0])).to_contain_text(
        _day(life, numbers[0], REMINDED)
    )


def _state(answer: Answered) -> str:
    """What the page of a cell says of help in person."""
    found = re.search(r'id="half-in-person".*?state__words">([^<]+)<', answer.text, re.DOTALL)
    return found[1] if found else ""


def help_lines(answer: Answered) -> str:
    """The names of the lines to call now; which stands first depends on the minute."""
    return "; ".join(sorted(re.findall(r'class="help-now__name">([^<]+)<', answer.text)))
