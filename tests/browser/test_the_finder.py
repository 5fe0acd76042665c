"""A practitioner at a desk and on a phone: one postcode, the right services, near and national."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import WIDTHS


def find(page: Page, site: str, place: str, *groups: str) -> None:
    page.goto(site + "/")
    page.get_by_label("Where", exact=True).fill(place)
    for group in groups:
        page.locator(f"input[name=group][value={group}]").check()
    page.get_by_role("button", name="Find support").click()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_postcode_leads_to_the_right_services_near_and_national(
    browser: Browser, site: str, width: int, scripts: bool
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
    page = context.new_page()
    find(page, site, "PE1 1QL", "parents")
    expect(page.get_by_role("heading", level=1)).to_contain_text("near Peterborough")
    card = page.locator("#anywhere article", has_text="ACTS FAST").first
    expect(card).to_be_visible()
    expect(card.get_by_role("link", name="01202 797217")).to_have_attribute("href", re.compile("^tel:"))
    assert "PE1" not in page.url and "parents" not in page.url
    assert (
        page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        if scripts
        else True
    )
    context.close()


def test_no_page_of_a_visit_asks_any_other_site_for_anything(visitor: Page, site: str) -> None:
    elsewhere: list[str] = []
    visitor.on(
        "request",
        lambda request: (
            None if request.url.startswith((site, "data:", "about:")) else elsewhere.append(request.url)
        ),
    )
    find(visitor, site, "PE1 1QL", "parents")
    visitor.wait_for_load_state("networkidle")
    visitor.locator("article a[href^='/services/']").first.click()
    for path in ("/map", "/safety", "/privacy", "/accessibility", "/about/data", "/nothing-here"):
        visitor.goto(site + path)
        visitor.wait_for_load_state("networkidle")
    assert elsewhere == []


def test_no_page_breaks_its_own_security_policy(visitor: Page, site: str) -> None:
    broken: list[str] = []
    visitor.on(
        "console",
        lambda message: (
            broken.append(message.text) if message.type == "error" and "404" not in message.text else None
        ),
    )
    visitor.on("pageerror", lambda error: broken.append(str(error)))
    find(visitor, site, "PE1 1QL")
    visitor.wait_for_load_state("networkidle")
    for path in ("/map", "/safety", "/about/data"):
        visitor.goto(site + path)
        visitor.wait_for_load_state("networkidle")
    assert broken == []


def test_back_and_reload_keep_the_search(visitor: Page, site: str) -> None:
    find(visitor, site, "PE1 1QL", "parents")
    heading = visitor.get_by_role("heading", level=1).inner_text()
    visitor.reload()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(heading)
    visitor.locator("article a[href^='/services/']").first.click()
    visitor.go_back()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(heading)


def test_every_form_works_over_tls(visitor: Page, secure_site: str) -> None:
    find(visitor, secure_site, "Newport")
    visitor.get_by_role("button", name=re.compile("Isle of Wight")).click()
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("Newport")
    visitor.get_by_text("Change the place or the words").click()
    visitor.get_by_label("Where", exact=True).fill("XX99 9XX")
    visitor.get_by_role("button", name="Search again").click()
    expect(visitor.get_by_role("alert")).to_contain_text("We do not know that postcode")
    find(visitor, secure_site, "PE1 1QL", "parents")
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("near Peterborough")
    visitor.locator("details.filters > summary").click()
    visitor.get_by_role("button", name="Show matching services").click()
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("near Peterborough")


def test_a_filter_is_put_on_and_taken_off(visitor: Page, site: str) -> None:
    find(visitor, site, "PE1 1QL")
    before = visitor.get_by_role("heading", level=1).inner_text()
    visitor.locator("details.filters > summary").click()
    visitor.locator("details.filter-group summary", has_text="Kind of support").click()
    visitor.locator("input[name=kind][value=helpline]").check()
    visitor.get_by_role("button", name="Show matching services").click()
    expect(visitor.get_by_role("heading", level=1)).not_to_have_text(before)
    visitor.locator(".chosen-filters a").first.click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(before)


def test_newport_asks_which_and_leads_on(visitor: Page, site: str) -> None:
    find(visitor, site, "Newport", "parents")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Which place do you mean?")
    visitor.get_by_role("button", name=re.compile("Isle of Wight")).click()
    expect(visitor.get_by_role("heading", level=1)).to_contain_text(re.compile("Newport|Isle of Wight"))


def test_nothing_typed_is_in_the_log(visitor: Page, site: str, site_log: Path) -> None:
    find(visitor, site, "PE1 1QL", "parents")
    find(visitor, site, "ZZ9 9ZZ")
    written = site_log.read_text(errors="replace")
    assert "/find" in written
    for told in ("PE1", "1QL", "pe1", "ZZ9", "parents", "at=", "E06000031"):
        assert told not in written


def test_the_list_and_the_map_have_the_same_numbers(visitor: Page, site: str) -> None:
    find(visitor, site, "PE1 1QL")
    visitor.locator("iframe").scroll_into_view_if_needed()
    frame = visitor.frame_locator("iframe")
    frame.locator("[data-drawn]").wait_for()
    marks = frame.locator("button.place").evaluate_all("them => them.map(it => it.dataset.numbers)")
    numbers = {number for mark in marks for number in mark.split()}
    listed = {text.rstrip(".") for text in visitor.locator(".card__number").all_inner_texts()}
    assert numbers and numbers <= listed


def test_names_that_are_offered_never_move_the_page_from_under_a_press(visitor: Page, site: str) -> None:
    visitor.goto(site + "/")
    visitor.wait_for_load_state("networkidle")
    visitor.get_by_label("Where", exact=True).click()
    visitor.keyboard.type("Newp")
    expect(visitor.get_by_role("option", name="Newport", exact=True)).to_be_visible()
    box = visitor.locator("label", has_text="A child who has been").bounding_box()
    assert box
    visitor.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
    visitor.mouse.down()
    visitor.wait_for_timeout(80)
    visitor.mouse.up()
    expect(visitor.locator("input[name=group][value=children]")).to_be_checked()


def test_what_is_typed_before_the_names_arrive_is_not_lost(visitor: Page, site: str) -> None:
    def late(route: Route) -> None:
        time.sleep(1)
        route.continue_()

    visitor.route("**/places.*.json", late)
    visitor.goto(site + "/", wait_until="commit")
    visitor.get_by_label("Where", exact=True).fill("PE1 1QL")
    visitor.wait_for_load_state("networkidle")
    expect(visitor.get_by_label("Where", exact=True)).to_have_value("PE1 1QL")
    visitor.get_by_role("button", name="Find support").click()
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("near Peterborough")
