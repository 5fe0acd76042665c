"""Prints the path of Playwright's own Chromium; fails when it is not installed."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright


def main() -> int:
    """0 when Playwright has a Chromium of its own, else 1."""
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    print(path)
    return 0 if path.exists() else 1


if __name__ == "__main__":
    sys.exit(main())
