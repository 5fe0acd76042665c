"""How gunicorn serves the site: two workers, and a log that holds no query, no body and no address."""

from __future__ import annotations

import os
from typing import Any

bind = f"127.0.0.1:{os.environ.get('PORT', '5000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# The postcodes and the search index are read once and shared by the workers.
preload_app = True
accesslog = "-"
# %(U)s is the path alone: no query, no referrer, no client address.
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s %(M)sms"
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL", "info")
timeout = 30
# A request line longer than this is refused before it reaches us.
limit_request_line = 4094


def post_fork(server: Any, worker: Any) -> None:
    """A database connection must not be shared with the parent process."""
    from wsgi import app

    app.extensions["database"].dispose(close=False)


control_socket_disable = True
