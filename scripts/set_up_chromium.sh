#!/usr/bin/env bash
# Makes sure that the browser tests have a Chromium: Debian's package when root, else Playwright's own.
set -euo pipefail
cd "$(dirname "$0")/.."

if command -v chromium >/dev/null; then exit 0; fi
if .venv/bin/python -m scripts.playwright_chromium >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium from Debian"
  if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; then
    exit 0
  fi
fi
echo "Installing Playwright's Chromium"
if .venv/bin/python -m playwright install chromium; then exit 0; fi
echo "The browser tests need Chromium. As root: apt-get install chromium" >&2
exit 1
