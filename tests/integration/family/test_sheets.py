"""Sheets, read back: each tells one person how to reach help, and nobody what another needs."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from docx import Document
from flask import Flask
from flask.testing import FlaskClient

from directory.documents.sheet import Sheet, SheetPart, SheetService, word_file
from directory.reference.groups import groups
from directory.reference.hours import LONDON
from directory.reference.relations import relations
from directory.reference.support_types import support_types
from directory.search.sheet_rules import says_much
from tests.integration.family.visits import THE_FAMILY, add_people, choose, page, words

# One service for the whole family, whose every free word tells more than one person should read.
TELLING = {
    "name": "Example Service A",
    "organisation": "Example Trust",
    "description": "For children who were sexually abused, children who have harmed, and parents of both.",
    "groups": "G2;G3;G5;G6",
    "support_types": "G2.7;G3.5;G5.6;G6.3",
    "contact_routes": "telephone | 01632 960001 | Mo-Fr 09:00-17:00 | For parents of abused children.\n"
    "form | https://www.example.org/harmful-sexual-behaviour",
    "url": "https://www.example.org/child-sexual-abuse",
    "referral_routes": "self;professional",
    "before_you_call": "Say whether the child was abused or has harmed.",
    "when_they_must_tell": "If a child may be harmed.",
    "source_name": "a report on harmful sexual behaviour",
}


def read(file: bytes) -> str:
    """All text of a Word file."""
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(file)).paragraphs)


@pytest.fixture
def family(small_visitor: FlaskClient, listed: Callable[..., int]) -> FlaskClient:
    """The family, each of whom chose the one telling service."""
    add_people(small_visitor)
    service = listed(**TELLING)
    for person in range(1, 5):
        choose(small_visitor, service, person)
    return small_visitor


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_no_sheet_says_a_word_of_what_anybody_needs(family: FlaskClient, number: int) -> None:
    file = family.get(f"/my-list/sheet/{number}.docx")
    for text in (read(file.data), words(page(family, f"/my-list/sheet/{number}"), "//article")):
        assert "Example Service A" in text and "01632 960001" in text
        assert "Monday to Friday 9am to 5pm" in text
        assert not says_much(text), text
        for code, group in groups().items():
            assert group.label not in text and group.plain not in text and code not in text
        for relation, _groups, _age in THE_FAMILY:
            plain = relations()[relation].plain
            assert (plain in text) == (relation == THE_FAMILY[number - 1][0])
        others = {each.label for each in support_types().values()}
        assert [label for label in others if label in text] == []
    assert re.search("also for", read(file.data), re.IGNORECASE) is None


def test_a_sheet_tells_the_kinds_of_support_for_its_own_person_alone(family: FlaskClient) -> None:
    told = {n: words(page(family, f"/my-list/sheet/{n}"), "//article") for n in (1, 2, 3, 4)}
    assert "What it is: One-to-one therapy or counselling; Group or peer support" in told[1]
    assert "What it is: One-to-one therapy or counselling Telephone" in told[2]
    assert "What it is: Specialist assessment and intervention" in told[3]
    assert "What it is: Group or peer support" in told[4]


def test_what_is_left_off_is_replaced_by_a_question_to_ask(family: FlaskClient) -> None:
    told = read(family.get("/my-list/sheet/2.docx").data)
    assert "Sometimes they must pass on what you say. Ask at the start." in told
    assert "Ask if this is the right way for you" in told
    assert "Website: https://www.example.org/" in told
    assert "Not yet confirmed by the service. Details of November 2025." in told


def test_the_file_name_and_the_file_say_nothing_of_who_made_it_or_what_it_is_about(
    family: FlaskClient,
) -> None:
    answer = family.get("/my-list/sheet/3.docx")
    today = datetime.now(LONDON).date().isoformat()
    assert answer.headers["Content-Disposition"] == f'attachment; filename="information-sheet-3-{today}.docx"'
    assert answer.headers["Cache-Control"] == "no-store"
    properties = Document(BytesIO(answer.data)).core_properties
    for name in ("author", "title", "subject", "keywords", "comments", "category", "last_modified_by"):
        assert getattr(properties, name) == "", name
    with zipfile.ZipFile(BytesIO(answer.data)) as parts:
        everything = " ".join(
            parts.read(name).decode("utf-8", "replace") for name in parts.namelist() if name.endswith("xml")
        )
    assert "python-docx" not in everything and "sexual" not in everything


def test_the_working_sheet_holds_everyone_and_says_whom_it_is_for(family: FlaskClient) -> None:
    file = family.get("/my-list/working-sheet.docx")
    assert file.headers["Content-Disposition"].startswith('attachment; filename="working-sheet-')
    told = read(file.data)
    assert "Do not give it to the family" in told
    for part in ("Mother", "Daughter", "Brother", "Grandparent", "A child who has been sexually abused"):
        assert part in told
    assert "May meet: the daughter" in told and "a report on harmful sexual behaviour" in told


def test_only_what_was_ticked_stands_on_a_sheet(
    small_visitor: FlaskClient, listed: Callable[..., int]
) -> None:
    one, other = listed(name="Example Service A"), listed(name="Example Service B")
    choose(small_visitor, one)
    choose(small_visitor, other)
    told = words(page(small_visitor, f"/my-list/sheet/0?some=1&n={other}"), "//article")
    assert "Example Service B" in told and "Example Service A" not in told
    nothing = small_visitor.get("/my-list/sheet/0?some=1")
    assert nothing.status_code == 400 and "Tick at least one service" in nothing.text


@pytest.mark.parametrize(
    "query", ["n=x", "n=0", "n=-1", "n=1&n=x", "n=" + "&n=".join(map(str, range(1, 33)))]
)
def test_an_address_of_a_sheet_that_somebody_changed_is_answered_in_words(
    listed_app: Flask, query: str
) -> None:
    visitor = listed_app.test_client()
    choose(visitor, 1)
    for address in ("/my-list/sheet/0", "/my-list/sheet/0.docx"):
        assert visitor.get(f"{address}?{query}").status_code == 400


def test_a_sheet_of_an_empty_list_leads_to_the_list_and_one_of_nobody_is_not_found(listed_app: Flask) -> None:
    visitor = listed_app.test_client()
    addresses = ("sheet/1", "sheet/1.docx", "working-sheet", "working-sheet.docx")
    for address in addresses:
        assert visitor.get(f"/my-list/{address}").headers["Location"] == "/my-list"
    choose(visitor, 1)
    assert visitor.get("/my-list/sheet/5").status_code == 404
    assert visitor.get("/my-list/sheet/99").status_code == 404


@pytest.mark.parametrize("hostile", ["<w:p>&amp;", "a\x00b\x1bc", "=1+1", "\ud800", "x" * 5000, "{{ 7*7 }}"])
def test_hostile_words_stay_words_in_a_file(hostile: str) -> None:
    sheet = Sheet(
        "Services you can contact",
        (hostile,),
        (SheetPart("", (), (SheetService(hostile, (("Telephone", hostile),)),)),),
        (),
        datetime.now(LONDON).date(),
    )
    readable = "".join(mark for mark in hostile if mark.isprintable())
    assert readable in read(word_file(sheet))
