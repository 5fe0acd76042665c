"""The matrix is pure: it can be worked out with a pencil, without a web framework, a database or a map."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_importing_the_matrix_loads_no_web_framework_no_database_and_no_map() -> None:
    loads = (
        "import importlib, pkgutil, sys, directory.matrix\n"
        "names = [module.name for module in pkgutil.iter_modules(directory.matrix.__path__)]\n"
        "assert 'cells' in names and 'states' in names, names\n"
        "for name in names:\n"
        "    importlib.import_module(f'directory.matrix.{name}')\n"
        "print(sorted({'flask', 'werkzeug', 'sqlalchemy', 'folium', 'jinja2'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", loads], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
