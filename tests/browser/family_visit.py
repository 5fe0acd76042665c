"""A practitioner with a family, in a browser: a mother, her daughter, a brother and a grandmother."""

from __future__ import annotations

from playwright.sync_api import Page

PEOPLE = (
    ("Mother", ("G3", "G6"), "26 and over"),
    ("Daughter", ("G2",), "5 to 10"),
    ("Brother", ("G5",), "11 to 15"),
    ("Grandparent", ("G3",), ""),
)


def add_family(page: Page, site: str, place: str = "PE1 1QL") -> None:
    """Everyone is added, and the services for all of them are on the screen."""
    page.goto(site + "/family")
    for relation, groups, age in PEOPLE:
        page.get_by_label("Who is this person?").select_option(label=relation)
        for group in groups:
            page.locator(f"input[name=group][value={group}]").check()
        if age:
            page.get_by_label("Age", exact=True).select_option(label=age)
        page.get_by_role("button", name="Add this person").click()
    page.get_by_label("Where they live").fill(place)
    page.get_by_role("button", name="Show services for everyone").click()


def choose_first(page: Page, person: int) -> str:
    """Put the first service of a person's part on My list; returns its name."""
    part = page.locator(f"#person-{person}")
    if part.locator("article >> visible=true").count() == 0:
        for summary in part.locator("summary >> visible=true").all():
            if part.locator("article >> visible=true").count() == 0:
                summary.click()
    card = part.locator("article:has(form[action='/my-list/add']) >> visible=true").first
    name = card.locator(".card__name a").inner_text()
    card.get_by_role("button", name="Add to my list").click()
    return name


def add_shown(page: Page) -> None:
    """Put the service whose own page this is on My list; other services may stand further down."""
    page.locator("#entry-0").get_by_role("button", name="Add to my list").click()
