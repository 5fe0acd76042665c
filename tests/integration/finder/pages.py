"""Reads the finder's pages as a visitor does: by section, page after page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import parse_qsl, urlsplit

from flask.testing import FlaskClient
from lxml import html

SECTIONS = ("near", "further", "anywhere", "not-for-area", "unreachable")
COUNTED = ("near", "further", "anywhere")


def ask(client: FlaskClient, place: str = "", group: Sequence[str] = (), **more: str | Sequence[str]) -> str:
    """The address that the finder's form leads to."""
    answer = client.post("/find", data={"place": place, "group": list(group), **more})
    assert answer.status_code == 303, answer.text[:500]
    return answer.headers["Location"]


def page(client: FlaskClient, address: str) -> html.HtmlElement:
    """A page of ours, as a tree."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return html.fromstring(answer.text)


def listed_in(tree: html.HtmlElement, section: str) -> list[int]:
    """The ids of the services in one section of a page, in its order; a service may stand there for several places."""
    return [
        int(match[1])
        for link in tree.xpath(f"//section[@id='{section}']//article//a/@href")
        if (match := re.fullmatch(r"/services/(\d+)", link))
    ]


def whole_section(client: FlaskClient, address: str, section: str) -> list[int]:
    """The ids on all pages of one section."""
    arguments = dict(parse_qsl(urlsplit(address).query))
    return [found for tree in _pages(client, arguments, section) for found in listed_in(tree, section)]


def _pages(client: FlaskClient, arguments: dict[str, str], section: str) -> Iterator[html.HtmlElement]:
    for number in range(1, 100):
        answer = client.get("/find/results", query_string={**arguments, "s": section, "p": str(number)})
        tree = html.fromstring(answer.text)
        yield tree
        if not tree.xpath(f"//section[@id='{section}']//a[@rel='next']"):
            return


def everything(client: FlaskClient, address: str) -> dict[str, list[int]]:
    """Section → distinct ids, of the whole answer."""
    return {section: list(dict.fromkeys(whole_section(client, address, section))) for section in SECTIONS}
