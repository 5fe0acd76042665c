"""How gunicorn serves the site: two workers, and a log that holds no query, no body and no address."""

from __future__ import annotations

import gc
import os
import time
from typing import Any

bind = f"127.0.0.1:{os.environ.get('PORT', '5000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# Threads, so that a few slow connections cannot keep everybody else from leaving the site.
worker_class = "gthread"
threads = 16
# The postcodes and the search index are read once and shared by the workers.
preload_app = True
timeout = 30
# Longer than a worker waits for the answer to a mail that it is handing over: see worker_exit.
graceful_timeout = 180
# A request line longer than this is refused before it reaches us.
limit_request_line = 4094
# Nobody but a proxy we know may say what the visitor's scheme or our own name is: see PROXIES.
forwarded_allow_ips = ""
forwarder_headers = ""
control_socket_disable = True

accesslog = "-"
# %(U)s is the path alone: no query, no referrer, no client address.
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s %(M)sms"
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL", "info")
logger_class = "directory.security.quiet_log.QuietLog"


def when_ready(server: Any) -> None:
    """What was read once lives as long as the server: looking through it for garbage cost a fifth of every page."""
    gc.collect()
    gc.freeze()


def post_fork(server: Any, worker: Any) -> None:
    """A database connection must not be shared with the parent process; threads start in the child."""
    from directory.jobs.start import start_jobs
    from directory.jobs.warm import start_warming
    from wsgi import app

    # gunicorn closes its own before worker_exit, which may take longer than `timeout`.
    worker.still_here = os.dup(worker.tmp.fileno())
    # A page makes some ten thousand small things, nearly all of which go by themselves.
    gc.set_threshold(20_000, 20, 50)
    app.extensions["database"].dispose(close=False)
    start_jobs(app)
    start_warming(app)


def worker_exit(server: Any, worker: Any) -> None:
    """A mail that is being handed over gets its answer, if the server answers in two and a half minutes.

    Whoever stops the site sooner, by a second signal or a kill, cuts it off: then it is unsure, and sent once more.
    """
    from directory.jobs.start import stop_jobs
    from wsgi import app

    def still_here() -> None:
        # As a worker's own sign of life: without it, a reload would take it for one that hangs.
        now = time.monotonic()
        os.utime(worker.still_here, (now, now))

    stop_jobs(app, meanwhile=still_here)
