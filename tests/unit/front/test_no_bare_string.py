"""Every word a visitor reads goes through gettext, so that the site can speak Welsh."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tests.unit.front.template_files import FILLED_IN, name_of, template_files, written

READ_ALOUD = frozenset({"alt", "title", "aria-label", "aria-description", "placeholder", "label"})
GETTEXT = {"_": 1, "gettext": 1, "ngettext": 2}
LETTER = re.compile(r"[^\W\d_]")
# How a sentence or a label of ours begins; class names, codes and addresses begin otherwise.
LIKE_A_SENTENCE = re.compile(r"^[A-Z][a-z]+\b(?![-:/.])")


@pytest.mark.parametrize("path", template_files(), ids=name_of)
def test_every_visible_word_of_a_template_is_translated(path: Path) -> None:
    assert bare_words(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", template_files(), ids=name_of)
def test_gettext_in_a_template_is_given_words_and_never_a_value(path: Path) -> None:
    """A value given to `_()` would be printed unescaped; `| translated` is for those."""
    tree = parse(path.read_text(encoding="utf-8"))
    assert [
        call.lineno
        for call, words in gettext_calls(tree)
        if not all(isinstance(w, nodes.Const) for w in words)
    ] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Call us</p>", ["Call us"]),
        ("<p>{{ _('Call us') }}</p>", []),
        ("<p>{{ name }}: {{ number }}</p>", []),
        ("<p>{{ name }} for children</p>", ["for children"]),
        ('<img alt="A map" src="x">', ["A map"]),
        ('<img alt="{{ _(\'A map\') }}" src="x">', []),
        ('<a aria-label="Page {{ n }}" href="/">1</a>', ["Page"]),
        ("{% set title = 'Find support' %}", ["Find support"]),
        ("{{ name or 'Nobody' }}", ["Nobody"]),
        ("{{ row(_('Name'), 'Not known') }}", ["Not known"]),
        ("{% if kind in ('Relay UK', 'text') %}{% endif %}", []),
        ("<p class='card__name'>&nbsp;&ctdot; – 1 ✕</p>", []),
        ("{# Words for the next person #}<p></p>", []),
    ],
)
def test_the_rule_finds_bare_words_and_nothing_else(source: str, found: list[str]) -> None:
    assert bare_words(source) == found


def bare_words(source: str) -> list[str]:
    """Words of a template that no translator would see."""
    page = written(source)
    shown = [text for text in page.texts if LETTER.search(text)]
    shown += [
        value
        for tag in page.tags
        for name, value in tag.attributes.items()
        if name in READ_ALOUD and LETTER.search(value.replace(FILLED_IN, ""))
    ]
    words = [
        " ".join(text.replace(FILLED_IN, " ").split())
        for text in shown
        if LETTER.search(text.replace(FILLED_IN, ""))
    ]
    return words + list(_bare_constants(parse(source)))


def parse(source: str) -> nodes.Template:
    """The tree of a template."""
    return Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(source)


def gettext_calls(tree: nodes.Node) -> Iterator[tuple[nodes.Call, list[nodes.Expr]]]:
    """(call, the arguments that must be words) of every gettext in a template."""
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in GETTEXT:
            yield call, call.args[: GETTEXT[call.node.name]]


def _bare_constants(tree: nodes.Node) -> Iterator[str]:
    """Words in Jinja's own strings, unless they are given to gettext or compared with something."""
    excused = {id(word) for _call, words in gettext_calls(tree) for word in words}
    for compare in tree.find_all(nodes.Compare):
        excused |= {id(constant) for constant in compare.find_all(nodes.Const)}
    for constant in tree.find_all(nodes.Const):
        if (
            isinstance(constant.value, str)
            and id(constant) not in excused
            and LIKE_A_SENTENCE.match(constant.value)
        ):
            yield constant.value
