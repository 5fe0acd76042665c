"""Counts shared by several servers in Redis; and what happens when Redis is slow or gone."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from directory.app import create_app
from directory.security.limits import PAGES_PER_MINUTE
from tests.ports import free_port

ANSWER_S_MAX = 5


@contextmanager
def redis_in(folder: Path) -> Iterator[str]:
    """A private Redis that keeps nothing; yields its address."""
    server = shutil.which("redis-server")
    if server is None:
        message = "Redis is not installed (Debian: apt-get install redis-server), so it was not tested."
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    port = free_port()
    options = [
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
        "--dir",
        str(folder),
    ]
    process = subprocess.Popen([server, *options], stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("Redis did not start")


def test_two_servers_share_one_count(listed_app: Flask, tmp_path: Path) -> None:
    with redis_in(tmp_path) as address:
        settings = replace(listed_app.config["SETTINGS"], rate_limits=True, redis_url=address)
        here, there = create_app(settings).test_client(), create_app(settings).test_client()
        for _time in range(PAGES_PER_MINUTE):
            here.get("/safety")
        assert here.get("/safety").status_code == 429
        assert there.get("/safety").status_code == 429
        assert there.get("/exit").status_code == 303


def test_redis_that_is_gone_keeps_nobody_from_reading(listed_app: Flask) -> None:
    settings = replace(
        listed_app.config["SETTINGS"], rate_limits=True, redis_url=f"redis://127.0.0.1:{free_port()}/0"
    )
    visitor = create_app(settings).test_client()
    assert visitor.get("/safety").status_code == 200
    assert visitor.get("/missing").status_code == 404


def test_redis_that_never_answers_keeps_nobody_waiting(listed_app: Flask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        held: list[socket.socket] = []
        threading.Thread(target=lambda: _take(silent, held), daemon=True).start()
        address = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        settings = replace(listed_app.config["SETTINGS"], rate_limits=True, redis_url=address)
        visitor = create_app(settings).test_client()
        started = time.monotonic()
        assert visitor.get("/safety").status_code == 200
        assert time.monotonic() - started < ANSWER_S_MAX
        started = time.monotonic()
        assert visitor.get("/exit").status_code == 303
        assert time.monotonic() - started < ANSWER_S_MAX


def _take(silent: socket.socket, held: list[socket.socket]) -> None:
    while True:
        try:
            held.append(silent.accept()[0])
        except OSError:
            return
