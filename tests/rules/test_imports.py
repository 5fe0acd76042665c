"""What importing the pure packages may bring along; the contracts themselves are in pyproject.toml."""

from __future__ import annotations

import subprocess
import sys

import pytest

FRAMEWORKS = ("flask", "werkzeug", "sqlalchemy", "folium")


@pytest.mark.parametrize(
    "module",
    [
        "directory.search.index",
        "directory.geo.locator",
        "directory.reference.terms",
        "directory.matrix.country_access",
    ],
)
def test_a_pure_package_loads_no_web_framework_and_no_database(module: str) -> None:
    code = f"import sys, {module}; print(sorted(set({FRAMEWORKS!r}) & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
