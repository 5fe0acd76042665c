"""A process whose files may not grow beyond a size: python -m tests.faults.full_disk ACCOUNT.

Saves through the page until a save is refused, reads a page, and tells all of it as JSON.
"""

from __future__ import annotations

import json
import resource
import sys

from directory.app import create_app
from directory.config import settings_from
from tests.accounts import signed_in
from tests.faults.edit_page import PATH, add_edit_page

ROOM_BYTES = 300_000
"""More than SQLite's index of its log needs, and less than a few dozen saves write into the log."""


def main() -> None:
    """Save until it is refused. The environment says which database."""
    app = create_app(settings_from())
    app.config["PROPAGATE_EXCEPTIONS"] = False
    add_edit_page(app)
    editor = signed_in(app, int(sys.argv[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM_BYTES, ROOM_BYTES))
    saved, page = [], ""
    for turn in range(500):
        words = f"save {turn} " + "x" * 200
        answer = editor.post(PATH, data={"waiting_note": words})
        if answer.status_code != 303:
            page = answer.text
            break
        saved.append(words)
    read = editor.get("/services/1").status_code
    sys.stdout.write(json.dumps({"saved": saved, "refused": words, "page": page, "read": read}))


if __name__ == "__main__":
    main()
