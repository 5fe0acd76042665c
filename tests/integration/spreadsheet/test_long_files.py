"""A long file: how far it is stands on the page, it can be stopped and run again, and nothing is lost or sent twice."""

from __future__ import annotations

import io
import itertools
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from directory.config import Settings
from directory.models.proposed_change import ProposedChange
from directory.web import my_listings_file, streamed
from tests.accounts import make_account, make_organisation, signed_in
from tests.builders import import_rows, make_row
from tests.integration.matrix.grid_pages import database_of, small_site

UPLOAD = "/my-listings/upload"
ROWS = 12
FILE = "id,cost_note\n" + "".join(f"{number},Free for children\n" for number in range(1, ROWS + 1))


@pytest.fixture
def site(empty_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Twelve listings of hers, five rows of a file and three changes being many."""
    monkeypatch.setattr(my_listings_file, "ROWS_TOGETHER", 5)
    monkeypatch.setattr(my_listings_file, "SENT_TOGETHER", 3)
    site = small_site(empty_settings)
    rows = (make_row(id=number, name=f"Example Service {number}") for number in range(1, ROWS + 1))
    import_rows(database_of(site), tmp_path / "rows.csv", *rows)
    return site


@pytest.fixture
def hers(site: Flask) -> FlaskClient:
    return signed_in(site, make_account(database_of(site), owner_of=[make_organisation(database_of(site))]))


def send(client: FlaskClient, text: str) -> str:
    return client.post(UPLOAD, data={"file": (io.BytesIO(text.encode()), "a.csv")}).text


def states(site: Flask) -> dict[str, int]:
    with database_of(site).reading() as session:
        query = select(ProposedChange.state, func.count()).group_by(ProposedChange.state)
        return dict(session.execute(query).all())


def test_the_page_tells_how_far_the_file_is_read_and_sent(site: Flask, hers: FlaskClient) -> None:
    told = send(hers, FILE)
    for done in (5, 10, 12):
        assert f"{done} of 12 rows are read." in told
    assert "12 changes" in told and states(site) == {"draft": 12}
    told = hers.post(f"{UPLOAD}/send").text
    for done in (3, 6, 9, 12):
        assert f"{done} of 12 listings are sent." in told
    assert "12 listings were sent." in told and states(site) == {"waiting": 12}


def test_sending_that_is_stopped_goes_on_where_it_was(
    site: Flask, hers: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streamed, "TOGETHER_S", 0)
    send(hers, FILE)
    answer = hers.post(f"{UPLOAD}/send", buffered=False)
    for piece in answer.response:
        if b"3 of 12" in bytes(piece):
            break
    answer.close()  # As gunicorn does when the reader has gone.
    assert states(site) == {"waiting": 3, "draft": 9}
    assert "are not sent yet" in hers.get(UPLOAD).text
    assert "Free for children" in hers.get(f"{UPLOAD}/unsent").text
    hers.post(f"{UPLOAD}/send").get_data()
    assert states(site) == {"waiting": 12}


def test_what_breaks_off_says_so_and_keeps_what_was_done(
    site: Flask, hers: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = my_listings_file.compare_rows, itertools.count()

    def breaks(*arguments: object, **named: object) -> None:
        if next(calls) == 2:
            raise OSError("the disk is full")
        real(*arguments, **named)  # type: ignore[arg-type]  # as they were given

    monkeypatch.setattr(my_listings_file, "compare_rows", breaks)
    told = send(hers, FILE)
    assert "It broke off here." in told and "10 changes" in told and "the disk is full" not in told
    assert states(site) == {"draft": 10}


def test_a_mended_file_sent_again_asks_for_nothing_twice(site: Flask, hers: FlaskClient) -> None:
    """One row has a problem: the others are sent; the whole file comes back mended, and only that row is new."""
    told = send(hers, FILE.replace("7,Free", "7,=Free"))
    assert "1 problem" in told and 'href="/my-listings/7/edit/what"' in told and "11 changes" in told
    hers.post(f"{UPLOAD}/send").get_data()
    told = send(hers, FILE)
    assert "11 cells ask for what waits for a moderator already" in told and "1 change<" in told
    hers.post(f"{UPLOAD}/send").get_data()
    assert states(site) == {"waiting": 12}


def test_another_answer_for_what_waits_says_whose_place_it_takes(site: Flask, hers: FlaskClient) -> None:
    send(hers, "id,cost_note\n1,Free\n")
    hers.post(f"{UPLOAD}/send")
    assert "Takes the place of the change that waits since" in send(hers, "id,cost_note\n1,Five pounds\n")
    hers.post(f"{UPLOAD}/send")
    assert states(site) == {"withdrawn": 1, "waiting": 1}


def test_a_file_of_problems_alone_shows_each_and_loses_nothing(site: Flask, hers: FlaskClient) -> None:
    told = send(hers, "id,waiting_weeks,note\n" + "".join(f"{number},many,x\n" for number in range(1, 5)))
    assert told.count("This is not a number we can use.") == 4 and "5 problems" in told
    assert "There is nothing to send." in told and states(site) == {}


def test_a_file_larger_than_a_form_may_be_is_read_whatever_its_lines(hers: FlaskClient) -> None:
    """A line end near the end of a piece was once kept for the next piece, and then was too much."""
    told = send(hers, "id,cost_note\n" + "".join(f"1,{'x ' * number}\n" for number in range(700)))
    assert "rows were read." in told
