"""Pieces of SVG: everything that is put in is escaped, and nothing has a style of its own.

Colours come from classes, so that the night, forced colours and paper reach them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

Point = tuple[float, float]


def element(name: str, content: str = "", /, **attributes: str | float) -> Markup:
    """One element. `class_` stands for class, `font_size` for font-size; text is escaped, Markup is not."""
    written = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _short(value))
        for key, value in attributes.items()
    )
    # Names come from our own code, never from data.
    return Markup("<{0}{1}>{2}</{0}>").format(name, written, escape(content))


def joined(pieces: Iterable[Markup]) -> Markup:
    """Pieces one after the other."""
    return Markup("\n").join(pieces)


def picture(
    width: int, height: int, *, identifier: str, title: str, description: str, class_: str, content: Markup
) -> Markup:
    """A whole picture that a screen reader reads as one image: its title says the finding.

    identifier: unique on the page. width, height: of the coordinates; the page decides how large it is.
    """
    named = joined(
        [
            element("title", title, id=f"{identifier}-title"),
            element("desc", description, id=f"{identifier}-description"),
            content,
        ]
    )
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" class="{}" '
        'aria-labelledby="{}" aria-describedby="{}">{}</svg>'
    ).format(width, height, class_, f"{identifier}-title", f"{identifier}-description", named)


def points(corners: Sequence[Point]) -> str:
    """Corners as the attribute `points` takes them."""
    return " ".join(f"{_short(x)},{_short(y)}" for x, y in corners)


def text(x: float, y: float, words: str, class_: str, anchor: str = "start") -> Markup:
    """One line of words. anchor: 'start', 'middle' or 'end' of it is at x."""
    return element("text", words, x=x, y=y, class_=class_, text_anchor=anchor)


def _short(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
