"""Makes text harmless before folium writes it into a script.

folium puts strings raw into script blocks and template literals, so text that
somebody else wrote would be code. Nothing goes through folium without this.
"""

from __future__ import annotations

import html

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


def safe_text(text: str) -> str:
    """The text as HTML that stays text in markup, in a quoted string and in a template literal."""
    escaped = html.escape(text, quote=True)
    for mark, harmless in _ALIVE_IN_SCRIPT.items():
        escaped = escaped.replace(mark, harmless)
    return escaped
