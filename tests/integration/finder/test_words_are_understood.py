"""What people type is read as filters; the page says so, lets it be changed, and nothing typed hides everything."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.integration.finder.pages import COUNTED, ask, listed_in, page


def read(tree: html.HtmlElement) -> list[str]:
    """The labels the words were read as."""
    links = tree.xpath("//div[@class='read-as']//ul//a")
    return [link.text_content().split("✕ ")[1] for link in links]


def heading(tree: html.HtmlElement) -> str:
    return str(tree.xpath("string(//h1)"))


def test_counselling_for_my_son_is_read_as_therapy_for_children_and_parents(client: FlaskClient) -> None:
    tree = page(client, ask(client, "PE1 1QL", text="counselling for my son"))
    assert read(tree) == [
        "Children",
        "Parents and family of a child who has been sexually abused",
        "One-to-one therapy or counselling",
    ]
    assert "We read ‘counselling for my son’ as:" in tree.text_content()
    assert "children, parents and family" in heading(tree)


def test_the_wife_of_a_man_who_was_arrested_is_shown_samaritans_first(client: FlaskClient) -> None:
    tree = page(client, ask(client, text="he was arrested for images"))
    assert read(tree) == ["Families of people who have harmed", "Online"]
    assert tree.xpath("//h3[@class='help-now__name']/text()")[:2] == ["Samaritans", "Stop It Now helpline"]
    assert "thinking of suicide" in tree.xpath("string(//p[@class='help-now__note'])")


@pytest.mark.parametrize(
    ("typed", "label"),
    [("ISVA", "Advocacy"), ("SARC", "Health and forensic"), ("councelling", "One-to-one therapy")],
)
def test_letters_and_slips_of_the_field_are_read(client: FlaskClient, typed: str, label: str) -> None:
    tree = page(client, ask(client, text=typed))
    assert any(found.startswith(label) for found in read(tree))
    assert sum(len(listed_in(tree, section)) for section in COUNTED) > 0


def test_what_was_read_can_be_taken_off_and_stays_off_when_the_place_is_changed(client: FlaskClient) -> None:
    tree = page(client, ask(client, text="HSB"))
    assert len(read(tree)) == 2
    without = tree.xpath("//div[@class='read-as']//ul//a/@href")[0]
    shown = page(client, without)
    assert len(read(shown)) == 1
    (form,) = shown.xpath("//form[.//input[@id='again-place']]")
    fields = [(name, value) for name, value in form.form_values() if name != "place"]
    answer = client.post("/find", data={**as_lists(fields), "place": "Suffolk"})
    assert len(read(page(client, answer.headers["Location"]))) == 1


def test_other_words_take_off_what_the_old_ones_put_on(client: FlaskClient) -> None:
    (form,) = page(client, ask(client, text="HSB")).xpath("//form[.//input[@id='again-place']]")
    fields = as_lists([pair for pair in form.form_values() if pair[0] not in {"place", "text"}])
    answer = client.post("/find", data={**fields, "place": "", "text": "ISVA"})
    assert read(page(client, answer.headers["Location"])) == ["Advocacy"]


def test_what_a_person_ticked_is_kept_before_what_their_words_suggest(client: FlaskClient) -> None:
    tree = page(client, ask(client, group=["adult-survivors"], text="counselling for my son"))
    assert read(tree) == ["One-to-one therapy or counselling"]
    assert "adults abused in childhood" in heading(tree)


@pytest.mark.parametrize(
    "typed",
    [
        "HSB residential care for my wife in Welsh",
        "I want him arrested for abusing me",
        "ISVA qqqq zzzz",
        "counselling " * 40,
        "😀 ISVA 😀",
        "<script>ISVA</script>",
        "ISVA'; DROP TABLE service; --",
        "ISVA %s {{7*7}}",
    ],
)
def test_nothing_typed_hides_everything_or_is_an_error(client: FlaskClient, typed: str) -> None:
    address = ask(client, text=typed[:200])
    tree = page(client, address)
    assert sum(len(listed_in(tree, section)) for section in COUNTED) > 0
    assert "<script>ISVA" not in client.get(address).text


def test_what_left_nothing_is_left_out_and_said(client: FlaskClient) -> None:
    tree = page(client, ask(client, "Wrexham", ["children-hsb"], text="foster care"))
    assert read(tree) == []
    assert "did not narrow by it" in tree.xpath("string(//div[@class='read-as'])")


def test_words_that_would_hide_what_was_understood_are_set_aside_and_said(client: FlaskClient) -> None:
    tree = page(client, ask(client, text="HSB residential care for my wife in Welsh"))
    assert len(read(tree)) == 3
    assert "we did not narrow by them: wife, welsh" in tree.xpath("string(//div[@class='read-as'])")


def test_somebody_who_was_hurt_and_wants_an_arrest_keeps_every_service_for_them(client: FlaskClient) -> None:
    tree = page(client, ask(client, text="I want him arrested for abusing me"))
    alone = page(client, ask(client, group=["children", "adult-survivors"]))
    assert heading(tree) == heading(alone)


def as_lists(fields: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Form fields, each with all its values."""
    return {name: [value for other, value in fields if other == name] for name, _value in fields}


def test_a_sentence_that_no_listing_says_is_no_dead_end(client: FlaskClient) -> None:
    tree = page(client, ask(client, text="daughter wont talk about what happened"))
    assert "No service has all of your words" in tree.xpath("string(//main)")
    assert "no service that fits" not in tree.xpath("string(//main)")
    assert sum(len(listed_in(tree, section)) for section in COUNTED) > 0


@pytest.mark.parametrize(
    "typed", ["my stepdad hurts me", "my brother touched me", "my dad abused me", "he hurts me"]
)
def test_somebody_it_is_done_to_is_shown_childline_first(client: FlaskClient, typed: str) -> None:
    tree = page(client, ask(client, text=typed))
    assert read(tree) == ["Children", "Adults who were sexually abused in childhood"]
    assert tree.xpath("//h3[@class='help-now__name']/text()")[0] == "Childline"
    assert "herts" not in tree.xpath("string(//main)").casefold()


@pytest.mark.parametrize("typed", ["nonce", "pedo help"])
def test_the_page_never_answers_with_a_harsher_word_than_was_typed(client: FlaskClient, typed: str) -> None:
    assert "paedophile" not in page(client, ask(client, text=typed)).xpath("string(//main)")


@pytest.mark.parametrize(
    ("group", "first"),
    [
        ("families", "Stop It Now helpline"),
        ("at-risk", "Stop It Now helpline"),
        ("children", "Childline"),
    ],
)
def test_whom_one_can_talk_to_at_no_cost_stands_first(client: FlaskClient, group: str, first: str) -> None:
    tree = page(client, ask(client, group=[group]))
    assert tree.xpath("string(//section[@id='anywhere']//article[1]//h3/a)") == first
