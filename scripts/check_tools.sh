#!/usr/bin/env bash
# Says in one line which tool is missing, before anything is set up. Usage: check_tools.sh PYTHON
set -euo pipefail
python=$1
missing() { echo "Missing: $1" >&2; exit 1; }

command -v "$python" >/dev/null || missing "Python 3.11 or newer (on Debian: apt-get install python3 python3-venv)"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || missing "Python 3.11 or newer; $("$python" --version) is older. Set PYTHON=…"
"$python" -c 'import venv, ensurepip' 2>/dev/null || missing "Python's venv (on Debian: apt-get install python3-venv)"
command -v node >/dev/null || missing "Node 20 or newer (on Debian: apt-get install nodejs npm)"
node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' || missing "Node 20 or newer; $(node --version) is older"
command -v npm >/dev/null || missing "npm (on Debian: apt-get install npm)"
