"""The addresses of built files: each holds a hash of its content, so that it may be kept for good."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

BUILT = Path(__file__).resolve().parent.parent / "static" / "built"
BUILT_ADDRESS = "/static/built/"


class NotBuilt(Exception):
    """The front end has not been built, or holds no file of that name; the message says what to run."""


def asset(name: str) -> str:
    """The address of a built file, such as 'app.css'. Raises NotBuilt when there is none."""
    files = _manifest(BUILT / "manifest.json")
    if name not in files:
        raise NotBuilt(f"The front end holds no file named {name!r}. Run `npm run build`.")
    return BUILT_ADDRESS + files[name]


@cache
def _manifest(path: Path) -> dict[str, str]:
    """Plain name → hashed name. Read once in each process: a new build needs a new start."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as cause:
        raise NotBuilt("The front end is not built. Run `npm ci`, then `npm run build`.") from cause
    manifest: dict[str, str] = json.loads(text)
    return manifest


def init_assets(app: Flask) -> None:
    """Give templates `asset()`. How long browsers keep the files is said in security/headers.py."""
    app.jinja_env.globals["asset"] = asset
