"""Makes text harmless before folium writes it into a script.

folium puts strings raw into script blocks and template literals, so text that
somebody else wrote would be code. Nothing goes through folium without this.
"""

from __future__ import annotations

import html
import re

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

# Escaped as HTML first; then the marks that live on inside a JavaScript string or template literal.
_ALIVE_IN_SCRIPT = {
    "\\": "&#92;",
    "`": "&#96;",
    "$": "&#36;",
    "\u2028": " ",
    "\u2029": " ",
    "\r": " ",
    "\n": " ",
    "\0": "",
}


_JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


def safe_text(text: str) -> str:
    """The text as HTML that stays text in markup, in a quoted string and in a template literal."""
    escaped = html.escape(text, quote=True)
    for mark, harmless in _ALIVE_IN_SCRIPT.items():
        escaped = escaped.replace(mark, harmless)
    return escaped


def safe_json(value: object) -> Markup:
    """The value as JSON in which no word is alive: neither in HTML nor as a template.

    branca takes a script that was rendered once for a template and renders it again: words with
    `{{ }}` in them would be evaluated, on the server.
    """
    written = str(htmlsafe_json_dumps(value))
    return Markup(_JSON_STRING.sub(lambda found: found[0].replace("{", "\\u007b"), written))  # noqa: S704
