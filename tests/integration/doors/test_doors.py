"""Behind each door: first steps in plain words, its own lines, and the finder set for it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from lxml import html

from directory.app import create_app
from directory.config import Settings
from directory.reference.doors import Door, door_sources, doors
from directory.reference.wording import check_wording
from tests.integration.finder.pages import page

PEOPLE = [door for door in doors().values() if door.kind == "person"]
NOT_IN_A_TITLE = ("abuse", "sexual", "victim", "survivor", "harm", "child", "police", "deaf", "worried")
NEVER = re.compile(r"\b(offender|paedophile|pervert|monster|you should have)\w*", re.IGNORECASE)


def words(tree: html.HtmlElement) -> str:
    return " ".join(tree.xpath("string(//main)").split())


def names(tree: html.HtmlElement) -> list[str]:
    """The help lines that stand unfolded."""
    return [str(name) for name in tree.xpath("//section[@class='help-now']/ul//h3/text()")]


def test_the_first_page_asks_what_has_happened_before_it_asks_where(client: FlaskClient) -> None:
    tree = page(client, "/")
    headings = tree.xpath("//main//h2/text()")
    assert headings.index("What has happened?") < headings.index("Or search by place")
    links = tree.xpath("//ul[@class='doors']//a")
    assert [link.text_content() for link in links] == [door.says for door in doors().values()]
    assert [link.get("href") for link in links] == [f"/start/{code}" for code in doors()]


def test_a_problem_with_the_form_stands_alone(client: FlaskClient) -> None:
    answer = client.post("/find", data={"place": "XX99 9XX", "without_speaking": "yes", "group": "parents"})
    tree = html.fromstring(answer.text)
    assert answer.status_code == 400 and not tree.xpath("//ul[@class='doors']")
    assert tree.xpath("//input[@type='hidden'][@name='without_speaking'][@value='yes']")


@pytest.mark.parametrize("code", list(doors()))
class TestEachDoor:
    def test_has_one_first_heading_in_the_words_that_were_tapped(
        self, client: FlaskClient, code: str
    ) -> None:
        assert page(client, f"/start/{code}").xpath("//h1/text()") == [doors()[code].says]

    def test_leaves_nothing_in_the_history_that_says_what_happened(
        self, client: FlaskClient, code: str
    ) -> None:
        title = page(client, f"/start/{code}").xpath("string(//title)")
        assert title == f"First steps {code.upper()} – Support Directory"
        assert not [word for word in NOT_IN_A_TITLE if word in title.lower()]

    def test_uses_the_words_of_the_field_and_never_labels_anybody(
        self, client: FlaskClient, code: str
    ) -> None:
        text = words(page(client, f"/start/{code}"))
        assert check_wording(text) == ()
        assert not NEVER.search(text) and "!" not in text

    def test_shows_a_way_without_a_voice_that_is_not_folded_away(
        self, client: FlaskClient, code: str
    ) -> None:
        tree = page(client, f"/start/{code}")
        strip = tree.xpath("//section[@class='help-now']")[0]
        for folded in strip.xpath(".//details"):
            folded.getparent().remove(folded)
        ways = strip.xpath(".//a[starts-with(@href, 'http') or starts-with(@href, 'mailto:')]")
        assert len(ways) >= 2 and "999 BSL" in strip.text_content()

    def test_every_source_has_its_date_of_reading(self, client: FlaskClient, code: str) -> None:
        items = page(client, f"/start/{code}").xpath("//details[contains(., 'Where this page is from')]//li")
        assert len(items) == len(door_sources(code))
        for item in items:
            assert re.search(r"read on \d+ November 2026\)$", item.text_content().strip())


@pytest.mark.parametrize("door", PEOPLE, ids=[door.code for door in PEOPLE])
def test_the_finder_behind_a_door_has_its_groups_ticked_and_leads_to_results(
    client: FlaskClient, door: Door
) -> None:
    shown = door.shown_groups
    tree = page(client, f"/start/{door.code}")
    (form,) = tree.xpath("//form[@action='/find']")
    assert {value for name, value in form.form_values() if name == "group"} == shown
    answer = client.post("/find", data={"place": "", "group": sorted(shown)})
    assert answer.status_code == 303
    assert page(client, answer.headers["Location"]).xpath("//article")


def test_each_door_for_people_says_what_to_do_what_may_happen_and_who_must_be_told(
    client: FlaskClient,
) -> None:
    for door in PEOPLE:
        headings = page(client, f"/start/{door.code}").xpath("//h2/text()")
        assert {"What you can do now", "What may happen next", "Who must be told, and when"} <= set(headings)


def test_where_wales_differs_it_is_said(client: FlaskClient) -> None:
    for code in "bcg":
        text = words(page(client, f"/start/{code}"))
        assert "In Wales the law says" in text or "Wales: the law says" in text


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("a", "Rape Crisis England and Wales 24/7 Support Line"),
        ("b", "NSPCC helpline"),
        ("c", "Stop It Now helpline"),
        ("d", "Samaritans"),
        ("e", "Stop It Now helpline"),
        ("f", "Childline"),
        ("j", "999 BSL"),
        ("g", "NSPCC helpline"),
    ],
)
def test_the_lines_follow_the_door(client: FlaskClient, code: str, first: str) -> None:
    assert names(page(client, f"/start/{code}"))[0] == first


def test_a_family_after_an_arrest_is_shown_a_line_for_thoughts_of_suicide(client: FlaskClient) -> None:
    tree = page(client, "/start/d")
    assert "thinking of suicide" in tree.xpath("string(//p[@class='help-now__note'])")
    assert names(tree)[:2] == ["Samaritans", "Stop It Now helpline"]


def test_a_childs_page_speaks_to_the_child(client: FlaskClient) -> None:
    text = words(page(client, "/start/f"))
    assert "it is not your fault" in text and "Childline" in text
    assert "your child" not in text


def test_before_the_number_of_a_line_stands_what_it_must_pass_on(client: FlaskClient) -> None:
    line = page(client, "/start/e").xpath("//li[@class='help-now__line'][1]")[0]
    text = " ".join(line.text_content().split())
    assert text.index("Before you get in touch:") < text.index("0808 1000 900")


def test_people_who_work_with_families_are_led_to_a_family_and_to_advice_for_themselves(
    client: FlaskClient,
) -> None:
    tree = page(client, "/start/g")
    assert tree.xpath("//a[@href='/family']")
    assert len(tree.xpath("//h2[@id='advice']/following-sibling::ul[1]//a")) >= 3
    assert tree.xpath("//input[@name='advice'][@value='yes'][@checked]")
    assert "Safety Planning in Education" in words(tree)
    advice = tree.xpath("//h2[@id='advice']/following-sibling::ul[1]/li")
    nations = ["England and Wales" in each.text_content() for each in advice]
    assert nations == sorted(nations, reverse=True)


def test_people_who_commission_are_led_to_the_matrix_and_services_to_their_listing(
    client: FlaskClient,
) -> None:
    commissioning = page(client, "/start/h")
    assert commissioning.xpath("//a[@href='/matrix']")
    assert "Commissioner? Sign in; accounts are by invitation." in words(commissioning)
    tree = page(client, "/start/i")
    assert tree.xpath("//a[@href='mailto:listings@example.org']")
    for each in (commissioning, tree):
        assert each.xpath("//main//a[@href='/account/sign-in']")
    told = words(tree)
    assert "Already have an account? Sign in." in told and "choose ‘Ask to manage this listing’" in told
    assert "‘Suggest a correction’" in told and "Confirmed" in told


def test_without_an_address_to_write_to_nothing_is_promised_that_there_is_not(
    empty_settings: Settings,
) -> None:
    site = create_app(replace(empty_settings, contact_email="", rate_limits=False))
    told = words(page(site.test_client(), "/start/i"))
    assert "moderators invite organisations. How to reach them is not set on this copy" in told
    assert "Write to us" not in told and "ask for a service to be added" not in told


def test_who_needs_a_way_without_a_voice_is_asked_at_once_who_needs_support(client: FlaskClient) -> None:
    assert page(client, "/start/j").xpath("//form//details[@open]//input[@name='group']")
    assert not page(client, "/start/a").xpath("//form//details[@open]")


@pytest.mark.parametrize("code", ["z", "A", "aa", "1", "%20", "a/b", "..", "<script>"])
def test_a_door_that_does_not_exist_is_not_found(client: FlaskClient, code: str) -> None:
    assert client.get(f"/start/{code}").status_code == 404


def test_guides_stand_beside_results_for_their_group_and_not_beside_others(client: FlaskClient) -> None:
    def guides(group: str) -> str:
        answer = client.post("/find", data={"place": "", "group": group})
        return str(
            page(client, answer.headers["Location"]).xpath("string(//section[@class='guides not-printed'])")
        )

    assert "Managing Risk and Trauma after Online Sexual Offending" in guides("families")
    assert "Supporting Parents and Carers" in guides("parents")
    assert guides("adult-survivors") == ""
