"""What nobody types reaches no page, however it is sent."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask, request

from directory.security.small_request import SmallRequest, as_typed

SENT = b"name=Example%00+Service&more=a%0Ab%0Bc%1F&a%00=%F0%9F%99%82"


@pytest.fixture
def app() -> Flask:
    app = Flask(__name__)
    app.request_class = SmallRequest
    return app


def test_a_form_is_read_without_what_nobody_types(app: Flask) -> None:
    with app.test_request_context(
        "/", method="POST", data=SENT, content_type="application/x-www-form-urlencoded"
    ):
        assert request.form.to_dict() == {"name": "Example Service", "more": "a\nb c", "a": "🙂"}
        assert request.values["name"] == "Example Service"


def test_a_form_with_a_file_is_read_without_it_too_and_the_file_stays_as_it_is(app: Flask) -> None:
    data = {"words": "a\x00b", "file": (BytesIO(b"a\x00b"), "x\x01y.csv")}
    with app.test_request_context("/", method="POST", data=data):
        assert request.form["words"] == "ab"
        assert (request.files["file"].filename, request.files["file"].read()) == ("xy.csv", b"a\x00b")


def test_a_query_is_read_without_it(app: Flask) -> None:
    with app.test_request_context(f"/?{SENT.decode()}&more=second"):
        assert request.args.getlist("more") == ["a\nb c", "second"]
        assert request.args["a"] == "🙂"


def test_lines_and_letters_of_all_languages_stay() -> None:
    kept = "Dŵr\r\n\tنص \u2066x\u2069 🙂 \u00a0"
    assert as_typed(kept) == kept
    assert as_typed("\ud800x") == "x"
