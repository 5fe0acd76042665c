"""Reads template files as text: what stands between Jinja's tags, and a mark where a value is filled in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment

from tests.unit.front.pages import TEMPLATES

FILLED_IN = "\ue000"


def template_files() -> list[Path]:
    """Every template of ours."""
    return sorted(TEMPLATES.rglob("*.html"))


def name_of(path: Path) -> str:
    """The template's name, as other templates call it."""
    return path.relative_to(TEMPLATES).as_posix()


@dataclass
class Tag:
    """One tag as written."""

    name: str
    attributes: dict[str, str]


@dataclass
class Written(HTMLParser):
    """What a template writes itself: tags, and text outside them."""

    tags: list[Tag] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(Tag(tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def written(source: str) -> Written:
    """The tags and texts of a template's own HTML."""
    parser = Written()
    parser.feed("".join(_pieces(source)))
    parser.close()
    return parser


def _pieces(source: str) -> Iterator[str]:
    inside = False
    for _line, kind, text in Environment(autoescape=True).lex(source):
        if kind == "data":
            yield text
        elif kind == "variable_begin":
            inside = True
        elif kind == "variable_end" and inside:
            inside = False
            yield FILLED_IN
