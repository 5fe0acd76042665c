"""What a practitioner does on the pages of a family: add people, look, choose."""

from __future__ import annotations

from collections.abc import Sequence

from flask.testing import FlaskClient
from lxml import html

# A mother who needs support for both children, her daughter of 9 who was abused, a brother of 14 who
# harmed her, and a grandmother.
THE_FAMILY: Sequence[tuple[str, Sequence[str], str]] = (
    ("mo", ("G3", "G6"), "26-plus"),
    ("da", ("G2",), "5-10"),
    ("br", ("G5",), "11-15"),
    ("gp", ("G3",), ""),
)


def add_people(
    client: FlaskClient, people: Sequence[tuple[str, Sequence[str], str]] = THE_FAMILY, place: str = "PE1 1QL"
) -> str:
    """Add everyone and go on; returns the address of the answer."""
    for relation, groups, age in people:
        answer = client.post(
            "/family", data={"relation": relation, "group": list(groups), "age": age, "do": "add"}
        )
        assert answer.status_code == 303, answer.text[:500]
    answer = client.post("/family", data={"place": place, "do": "show"})
    assert answer.status_code == 303, answer.text[:500]
    return answer.headers["Location"]


def choose(client: FlaskClient, service: int, person: int = 0) -> None:
    """Put a service on My list."""
    answer = client.post("/my-list/add", data={"service": service, "person": person})
    assert answer.status_code == 303, answer.text[:500]


def page(client: FlaskClient, address: str) -> html.HtmlElement:
    """A page of ours, as a tree."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return html.fromstring(answer.text)


def words(tree: html.HtmlElement, path: str = "//main") -> str:
    """What a reader sees of a part of a page, in one line."""
    return " ".join(" ".join(each.text_content() for each in tree.xpath(path)).split())


def headings(tree: html.HtmlElement, level: int = 2) -> list[str]:
    """The headings of a level, in order."""
    return [" ".join(each.text_content().split()) for each in tree.xpath(f"//h{level}")]
