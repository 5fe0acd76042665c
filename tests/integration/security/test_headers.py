"""What every answer carries, whatever went wrong."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.app import create_app
from directory.config import Settings

PATHS = [
    "/",
    "/find/results",
    "/map",
    "/safety",
    "/about/data",
    "/healthz",
    "/exit",
    "/missing",
    "/find/results?at=x",
]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_closed_to_other_sites_and_to_the_device(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "*" not in policy and "http" not in policy
    assert policy.startswith("default-src 'none'")
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in headers


def test_only_the_map_may_stand_in_a_frame_and_only_in_ours(client: FlaskClient) -> None:
    framed = {
        path: re.search(r"frame-ancestors ([^;]+)", client.get(path).headers["Content-Security-Policy"])
        for path in ("/", "/map", "/find/results")
    }
    assert {path: found and found[1] for path, found in framed.items()} == {
        "/": "'none'",
        "/map": "'self'",
        "/find/results": "'none'",
    }


def test_a_nonce_is_used_once(client: FlaskClient) -> None:
    first, second = (client.get("/").headers["Content-Security-Policy"] for _time in range(2))
    assert first != second


def test_tiles_are_allowed_on_the_map_alone_and_only_when_set(settings: Settings, listed_app: Flask) -> None:
    tiled = replace(
        listed_app.config["SETTINGS"], map_tiles_url="https://{s}.tiles.example.org/{z}/{x}/{y}.png"
    )
    visitor = create_app(tiled).test_client()
    assert "https://*.tiles.example.org" in visitor.get("/map").headers["Content-Security-Policy"]
    assert "example.org" not in visitor.get("/").headers["Content-Security-Policy"]


def test_built_files_may_be_kept_for_good(client: FlaskClient) -> None:
    address = re.search(r'href="(/static/built/app\.[^"]+\.css)"', client.get("/").text)
    assert address
    assert client.get(address[1]).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "immutable" not in client.get("/static/built/missing.css").headers.get("Cache-Control", "")
