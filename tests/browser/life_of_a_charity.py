"""What a new charity lives through: it is invited, adds a service, changes it, takes it down, and it is put back."""

from __future__ import annotations

import os

from playwright.sync_api import Browser, Page, expect

from tests.browser.life_people import (
    MAIL_SECONDS,
    PASSWORD,
    accept,
    heading,
    new_page,
    set_up_second_step,
    sign_in_by_mail,
)
from tests.browser.life_site import LifeSite

ADMINISTRATOR, MODERATOR = "administrator@example.org", "moderator@example.org"
COMMISSIONER, OWNER = "commissioner@example.org", "manager@example.org"
CHARITY, SERVICE = "Example Charity", "Example Service New"
OLD, NEW = "01632 960123", "01632 960456"
AREA, TYPE = "E06000031", "G4.6"
RESULTS = f"/find/results?at={AREA}"
SHOTS = os.environ.get("WALK_PICTURES", "")


def shot(page: Page, name: str) -> None:
    """Pictures at two widths for whoever looks at them; none unless asked for."""
    if SHOTS:
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)


def people_come(browser: Browser, life: LifeSite, moderator: Page) -> None:
    """The first administrator by a command's link; she invites staff, and a moderator invites a new charity."""
    printed = life.command("accounts", "invite", ADMINISTRATOR, "--as", "administrator", "--site", life.url)
    link = next(line for line in printed.splitlines() if line.startswith("http"))
    administrator = new_page(browser)
    accept(administrator, link, "service lead", PASSWORD)
    set_up_second_step(administrator, ADMINISTRATOR)
    for email, kind, areas in ((MODERATOR, "Moderator", ""), (COMMISSIONER, "Commissioner", AREA)):
        administrator.goto(life.url + "/account/administration")
        administrator.get_by_label("Work e-mail address").fill(email)
        administrator.get_by_label(f"{kind}:").check()
        administrator.get_by_label("Areas of a commissioner").fill(areas)
        shot(administrator, "administration")
        administrator.get_by_role("button", name="Send the invitation").click()
        expect(administrator.get_by_text("The invitation is on its way.")).to_be_visible()
    administrator.context.close()
    mail = life.mail.wait_for(MODERATOR, "An invitation", MAIL_SECONDS)
    accept(moderator, mail.links[0], "listings editor", PASSWORD)
    set_up_second_step(moderator, MODERATOR)
    moderator.goto(life.url + "/moderation")
    heading(moderator, "Queue")
    moderator.get_by_role("link", name="Invite an organisation that is not listed yet").click()
    shot(moderator, "invite-organisation")
    moderator.get_by_label("Name of the organisation").fill(CHARITY)
    moderator.get_by_label("E-mail address of its first owner").fill(OWNER)
    moderator.get_by_role("button", name="Send the invitation").click()
    expect(moderator.get_by_text("The invitation is on its way.")).to_be_visible()


def the_owner_adds_a_service(life: LifeSite, owner: Page) -> None:
    invitation = life.mail.wait_for(OWNER, "An invitation", MAIL_SECONDS)
    assert CHARITY in invitation.text and "abuse" not in invitation.subject
    accept(owner, invitation.links[0], "service manager")
    sign_in_by_mail(owner, life.url, OWNER, life.mail, next_path="/my-listings")
    heading(owner, "My listings")
    shot(owner, "my-listings-empty")
    owner.get_by_role("link", name=f"Add a service ({CHARITY})").click()
    owner.get_by_role("button", name="Start").click()
    owner.get_by_role("link", name="What it is").click()
    owner.get_by_label("Name of the service").fill(SERVICE)
    owner.get_by_label("What it does").fill("Counselling for adults who were sexually abused in childhood.")
    owner.get_by_role("group", name="Is it running?").get_by_role("radio").first.check()
    owner.get_by_role("group", name="Is it free to the person?").get_by_label("Yes").check()
    shot(owner, "edit-what")
    save = owner.get_by_role("button", name="Save and go on").last
    save.click()
    heading(owner, "Who it is for")
    owner.locator("input[name=groups][value=G4]").check()
    save.click()
    heading(owner, "What it offers")
    owner.locator("input[name=support_types][value='G4.6']").check()
    owner.get_by_label("In person", exact=True).check()
    shot(owner, "edit-offers")
    save.click()
    heading(owner, "How to reach it")
    if owner.get_by_role("group", name="Way 1").count() == 0:
        owner.get_by_role("button", name="Add another way").click()
    way = owner.get_by_role("group", name="Way 1")
    way.get_by_label("Kind").select_option("telephone")
    way.get_by_label("Number, address or page").fill(OLD)
    way.get_by_label("Hours").fill("Mo-Fr 09:00-17:00")
    owner.get_by_label("Website of the service").fill("https://charity.example.org")
    shot(owner, "edit-reach")
    save.click()
    heading(owner, "Where it is")
    if owner.get_by_role("group", name="Place 1").count() == 0:
        owner.get_by_role("button", name="Add another place").click()
    place = owner.get_by_role("group", name="Place 1")
    place.get_by_label("What anyone may know of it").select_option("exact")
    place.get_by_label("Town").fill("Peterborough")
    place.get_by_label("Postcode").fill("PE1 1QL")
    save.click()
    heading(owner, "Whose residents it takes")
    owner.get_by_label("Areas whose residents it takes").fill("Peterborough")
    owner.get_by_role("button", name="Save and see all pages").click()
    shot(owner, "edit-tasks")
    owner.get_by_role("button", name="Check and send").click()
    heading(owner, "Check your answers")
    shot(owner, "check")
    owner.get_by_role("button", name="Send").click()
    expect(owner.get_by_text(f"The new service ‘{SERVICE}’ waits for a moderator")).to_be_visible()
    shot(owner, "my-listings-sent")
    assert SERVICE not in life.text(RESULTS)


def a_second_person_approves(life: LifeSite, moderator: Page, visitor: Page) -> int:
    moderator.goto(life.url + "/moderation")
    shot(moderator, "queue")
    moderator.get_by_role("link", name=SERVICE).click()
    shot(moderator, "change")
    _made_sure(moderator)
    for question in moderator.locator("fieldset").filter(has=moderator.get_by_label("Evidence")).all():
        question.get_by_label("Yes", exact=True).check()
        question.get_by_label("Evidence").fill("Its website says so.")
    moderator.get_by_role("button", name="Approve").click()
    expect(moderator.get_by_text("It is in place, on every page.")).to_be_visible()
    life.everywhere(RESULTS, lambda text: SERVICE in text and OLD in text)
    life.everywhere(f"/matrix/{AREA}/{TYPE}", lambda text: SERVICE in text)
    visitor.goto(life.url + RESULTS)
    shot(visitor, "results")
    visitor.get_by_role("link", name=SERVICE).first.click()
    heading(visitor, SERVICE)
    shot(visitor, "service")
    return int(visitor.url.partition("/services/")[2].partition("?")[0])


def its_number_is_held_and_replaced(
    life: LifeSite, owner: Page, moderator: Page, visitor: Page, service: int
) -> None:
    page = f"/services/{service}"
    _a_visitor_puts_it_on_her_list(life, visitor, service)
    told = _where_its_number_is_told(service)
    for path in told:
        life.everywhere(path, lambda text: OLD in text)
    owner.goto(f"{life.url}/my-listings/{service}/waiting")
    owner.get_by_label("How many weeks people wait").fill("6")
    owner.get_by_role("button", name="Save").click()
    owner.goto(f"{life.url}/my-listings/{service}/edit/reach")
    owner.get_by_role("group", name="Way 1").get_by_label("Number, address or page").fill(NEW)
    owner.get_by_role("button", name="Save and see all pages").click()
    owner.get_by_role("button", name="Check and send").click()
    expect(owner.get_by_role("heading", name="Waits for a second person")).to_be_visible()
    owner.get_by_role("button", name="Send").click()
    life.everywhere(page, lambda text: OLD in text and NEW not in text)
    moderator.goto(f"{life.url}/moderation/hold/{service}")
    moderator.get_by_label("Somebody told us it is wrong").check()
    shot(moderator, "hold")
    moderator.get_by_role("button", name=f"Take down {OLD}").click()
    expect(moderator.get_by_text(f"{OLD} is down. Nobody is shown it any more")).to_be_visible()
    life.gone_within_seconds(lambda answer: OLD in answer.text, *told)
    life.everywhere(page, lambda text: "The telephone number is being checked." in text)
    visitor.goto(life.url + page)
    expect(visitor.get_by_text("Meanwhile call:")).to_be_visible()
    shot(visitor, "service-held")
    moderator.goto(life.url + "/moderation")
    moderator.get_by_role("link", name=SERVICE).first.click()
    held = "Taken down while it is checked, so ask through something else:"
    expect(moderator.get_by_role("main")).to_contain_text(f"{held} {OLD}")
    _made_sure(moderator)
    shot(moderator, "change-number")
    moderator.get_by_role("button", name="Approve").click()
    expect(moderator.get_by_text("It is in place, on every page.")).to_be_visible()
    shot(moderator, "change-approved")
    moderator.goto(life.url + "/moderation/holds")
    expect(moderator.get_by_role("main")).to_contain_text(
        OLD
    )  # It stays down until somebody else has looked.
    for path in told:
        life.everywhere(path, lambda text: NEW in text and OLD not in text)


def its_owner_takes_all_of_it_down(life: LifeSite, owner: Page, visitor: Page, service: int) -> None:
    """Two presses and a reason. Its name is on no page, map or file; its cell is known of no more."""
    files = (f"/matrix/{AREA}.csv", f"/matrix/{AREA}.xlsx")
    before = [life.said(path, lambda answer: answer.rows_of(TYPE)) for path in files]
    told = (
        *_where_its_number_is_told(service),
        "/my-list",
        f"/map?at={AREA}",
        f"/map/services.geojson?at={AREA}",
        f"/matrix/{AREA}/{TYPE}",
    )
    for path in told:
        life.everywhere(path, lambda text: SERVICE in text)
    owner.goto(life.url + "/my-listings")
    owner.get_by_role("link", name=f"Take down now ({SERVICE})").click()
    owner.get_by_label("It may be wrong").check()
    owner.get_by_role("button", name="Take down The whole listing").click()
    heading(owner, "Take down the whole listing?")
    owner.get_by_role("button", name="Take down all of it").click()
    expect(owner.get_by_text("The whole listing is down. Nobody is shown it any more")).to_be_visible()
    life.gone_within_seconds(lambda answer: SERVICE in answer.text or NEW in answer.text, *told)
    for path, rows in zip(files, before, strict=True):
        after = life.said(path, lambda answer: answer.rows_of(TYPE))
        assert len(rows) == len(after) == 1 and rows != after, f"{path} says what it said: {after}"
    visitor.goto(f"{life.url}/services/{service}")
    heading(visitor, "This listing is being checked")
    expect(visitor.get_by_text("Meanwhile call:")).to_be_visible()
    shot(visitor, "listing-held")


def _made_sure(moderator: Page) -> None:
    """Say for each field that needs it how it was checked: by the website held before, or else by a register."""
    for chosen in moderator.get_by_label("How you made sure of it").all():
        ways = chosen.locator("option").evaluate_all("them => them.map(each => each.value)")
        chosen.select_option(next((way for way in ways if way.startswith("website|")), ways[1]))
    for register in moderator.get_by_label("Which register, and where it has them").all():
        register.fill("Charity register, 1234567")


def _a_visitor_puts_it_on_her_list(life: LifeSite, visitor: Page, service: int) -> None:
    """From now on it is her list that is asked for."""
    visitor.goto(f"{life.url}/services/{service}")
    visitor.get_by_role("button", name="Add to my list").first.click()
    expect(visitor.get_by_text("On your list.")).to_be_visible()
    life.cookie = "; ".join(f"{one['name']}={one['value']}" for one in visitor.context.cookies())


def _where_its_number_is_told(service: int) -> tuple[str, ...]:
    """Pages and files that hold it, among them the sheets of a visitor's list."""
    return (
        f"/services/{service}",
        RESULTS,
        f"/list/{service}",
        f"/compare/{service}-1",
        "/my-list/sheet/0",
        "/my-list/sheet/0.docx",
        "/my-list/working-sheet.docx",
    )


def a_moderator_puts_it_back(life: LifeSite, moderator: Page, service: int) -> None:
    """Somebody else than who took it down says how they made sure; everybody sees it again at once."""
    moderator.goto(life.url + "/moderation/holds")
    shot(moderator, "holds")
    down = moderator.locator("form").filter(
        has=moderator.get_by_role("button", name=f"Show it again {SERVICE}")
    )
    down.get_by_label("How you made sure").fill("Asked where the register has it")
    down.get_by_role("button").click()
    life.everywhere(f"/services/{service}", lambda text: SERVICE in text and NEW in text and OLD not in text)
    life.everywhere(RESULTS, lambda text: SERVICE in text)
