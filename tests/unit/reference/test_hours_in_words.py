"""Opening hours in plain English, and what of it cannot be told."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.config import ROOT
from directory.reference.hours import check
from directory.reference.hours_in_words import HoursUnclear, hours_from_words
from directory.web.facts import hours_words


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", ""),
        ("Monday to Friday 9am to 5pm", "Mo-Fr 09:00-17:00"),
        ("Mon–Fri 9-5", "Mo-Fr 09:00-17:00"),
        ("mon - fri, 9.00 - 5.00", "Mo-Fr 09:00-17:00"),
        ("Monday to Friday 9:00-5:00", "Mo-Fr 09:00-17:00"),
        ("Every day 10:00 to 22:00", "Mo-Su 10:00-22:00"),
        ("Weekdays 9.30am–4.30pm; Saturdays 10am-1pm", "Mo-Fr 09:30-16:30; Sa 10:00-13:00"),
        ("Weekdays 9.30am–4.30pm, Saturdays 10am-1pm", "Mo-Fr 09:30-16:30; Sa 10:00-13:00"),
        ("Weekdays 9am-5pm. Sundays 1pm-4pm.", "Mo-Fr 09:00-17:00; Su 13:00-16:00"),
        ("24 hours", "24/7"),
        ("24 hours a day, 7 days a week", "24/7"),
        ("24/7, 365 days a year", "24/7"),
        ("Any time, every day", "24/7"),
        ("Open 24 hours, every day", "24/7"),
        ("Weekends 24 hours", "Sa-Su 00:00-24:00"),
        ("9am to 5pm Monday to Friday", "Mo-Fr 09:00-17:00"),
        ("9 a.m. to 5 p.m., Monday to Thursday", "Mo-Th 09:00-17:00"),
        ("9am to 5pm on Mondays, 1pm to 6pm on Tuesdays", "Mo 09:00-17:00; Tu 13:00-18:00"),
        ("Monday, Wednesday and Friday 10-2", "Mo,We,Fr 10:00-14:00"),
        ("Tues & Thurs 1-4", "Tu,Th 13:00-16:00"),
        ("Mon/Wed 1-4pm", "Mo,We 13:00-16:00"),
        ("Monday 9-12, 1-5", "Mo 09:00-12:00,13:00-17:00"),
        ("Monday 9am to noon and 1pm to 5pm", "Mo 09:00-12:00,13:00-17:00"),
        ("Monday to Friday between 9am and 5pm", "Mo-Fr 09:00-17:00"),
        ("Monday to Friday from 9am until 5pm", "Mo-Fr 09:00-17:00"),
        ("Our lines are open Monday to Friday 0930-1630", "Mo-Fr 09:30-16:30"),
        ("Monday to Friday 9-5pm", "Mo-Fr 09:00-17:00"),
        ("Monday to Friday 7-9pm", "Mo-Fr 19:00-21:00"),
        ("Monday to Friday 9am-5", "Mo-Fr 09:00-17:00"),
        ("Monday 6pm-9", "Mo 18:00-21:00"),
        ("Daily 8am to midnight", "Mo-Su 08:00-24:00"),
        ("Daily midday to 12am", "Mo-Su 12:00-24:00"),
        ("Friday 6pm to 2am", "Fr 18:00-02:00"),
        ("Every day 10pm - 6am", "Mo-Su 22:00-06:00"),
        ("Monday to Friday 9am to 5pm, closed bank holidays", "Mo-Fr 09:00-17:00; PH off"),
        ("Monday to Friday 9am to 5pm; bank holidays closed", "Mo-Fr 09:00-17:00; PH off"),
        ("Monday to Friday 9am-5pm (except bank holidays)", "Mo-Fr 09:00-17:00; PH off"),
        ("Monday to Friday excluding public holidays, 9am to 5pm", "Mo-Fr 09:00-17:00; PH off"),
        ("Monday to Friday, including bank holidays, 9am to 5pm", "Mo-Fr,PH 09:00-17:00"),
        ("24 hours a day including bank holidays", "24/7"),
        ("24 hours, except bank holidays", "24/7; PH off"),
        ("Every day except Sunday 10-4", "Mo-Su 10:00-16:00; Su off"),
        ("Mon-Fri 9-5, Sat and Sun closed", "Mo-Fr 09:00-17:00; Sa,Su off"),
        ("Sunday to Thursday 10am-4pm", "Su-Th 10:00-16:00"),
        ("Monday 8-8", "Mo 08:00-20:00"),
        ("Monday 9-12", "Mo 09:00-12:00"),
        ("Monday 12-2", "Mo 12:00-14:00"),
        ("Monday 10:00-11:00", "Mo 10:00-11:00"),
        ("We are open Monday: 9am - 5pm, Friday: 9am - 4.30pm", "Mo 09:00-17:00; Fr 09:00-16:30"),
        ("Mon. to Fri. 9a.m. to 5p.m.", "Mo-Fr 09:00-17:00"),
        ("Mon-Fri 9-5 (Fri 9-4)", "Mo-Fr 09:00-17:00; Fr 09:00-16:00"),
        ("Mo-Fr 9:00-5:00", "Mo-Fr 09:00-17:00"),
        # Days that are closed, set off between the days and their times.
        ("Open weekdays, closed bank holidays, 10am to 4pm", "Mo-Fr 10:00-16:00; PH off"),
        ("Monday to Friday (closed Wednesday) 9am to 5pm", "Mo-Fr 09:00-17:00; We off"),
        ("Monday to Friday, closed on Wednesday, 9am to 5pm", "Mo-Fr 09:00-17:00; We off"),
        ("Saturday closed, Sunday 10am-4pm", "Su 10:00-16:00; Sa off"),
        ("Mon-Fri 9-5, Saturday (closed), Sunday 10-4", "Mo-Fr 09:00-17:00; Su 10:00-16:00; Sa off"),
        ("Mon 9-5, Tue closed, Wed 9-5", "Mo 09:00-17:00; We 09:00-17:00; Tu off"),
        ("Closed Monday to Friday, open Saturday 9-5", "Sa 09:00-17:00; Mo-Fr off"),
        ("Not open on Mondays, 9 to 5 Tuesday to Friday", "Tu-Fr 09:00-17:00; Mo off"),
        ("Closed Monday; Tuesday to Friday 10am to 4pm", "Tu-Fr 10:00-16:00; Mo off"),
        ("Monday & Friday, except bank holidays, 9 to 5", "Mo,Fr 09:00-17:00; PH off"),
        ("Mon-Thu 9-5, Fri 9-4, closed Sat-Sun and bank holidays", "Mo-Th 09:00-17:00; Fr 09:00-16:00; Sa-Su,PH off"),
        ("Mo,We,Fr 9:00-17:00", "Mo,We,Fr 09:00-17:00"),
        ("Mo, Tu, We 9:00-17:00", "Mo,Tu,We 09:00-17:00"),
        ("Mo-We 9:00-17:00, Th 9:00-12:00", "Mo-We 09:00-17:00; Th 09:00-12:00"),
        ("We-Fr 9am to 5pm", "We-Fr 09:00-17:00"),
        ("Mo – We 9:00-17:00", "Mo-We 09:00-17:00"),
        ("Fr 22:00-2:00", "Fr 22:00-02:00"),
        ("Daily 9am to 1am", "Mo-Su 09:00-01:00"),
        # What is in the notation already stays to the letter.
        ("Mo-Fr 09:00-17:00; PH off", "Mo-Fr 09:00-17:00; PH off"),
        ("Mo[1] 10:00-12:00", "Mo[1] 10:00-12:00"),
        ("24/7", "24/7"),
    ],
)  # fmt: skip
def test_plain_words_become_the_stored_form(typed: str, stored: str) -> None:
    assert hours_from_words(typed) == stored


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("9-5", "no days"),
        ("9am to 5pm", "no days"),
        ("Monday to Friday", "no times"),
        ("Monday 9-5 and Wednesday", "no times"),
        ("Monday 7-9", "am or pm"),
        ("Monday 6 to 8", "am or pm"),
        ("Monday 9-11", "am or pm"),
        ("Monday 8am-10", "am or pm"),
        ("Monday 09:00 to 05:00", "am or pm"),
        ("Mo 09:00-1:00", "am or pm"),
        ("Monday 09:00 to 01:00", "am or pm"),
        ("Mo 14:00-5:00", "am or pm"),
        ("Monday 18:00 to 9", "am or pm"),
        ("Monday 10 to midnight", "am or pm"),
        ("Monday 12-12", "am or pm"),
        ("Monday 9am to 9am", "am or pm"),
        ("Monday 13pm to 15pm", "order"),
        ("Monday 9:75 to 5pm", "order"),
        ("Monday from 9am", "order"),
        ("Monday 9-5-7", "word"),
        ("office hours", "word"),
        ("Monday evenings", "word"),
        ("term time, Monday to Friday 9-5", "word"),
        ("Monday to Friday 9am to 5pm by appointment", "word"),
        ("weekdays to Sunday 9am-5pm", "order"),
        ("we are closed", "order"),
        ("24 hours 9-5", "order"),
        ("we 9am to 5pm", "word"),
        ("Tuesday, we 9am to 5pm", "word"),
        ("Monday - we open 9am to 5pm", "word"),
        ("every other Monday 9-5", "word"),
        ("Mon-Fri 9-5, closed Sat, Sun 10-4", "order"),
        ("Mon-Fri 9-5 (24 hour answerphone)", "order"),
        ("Monday to Friday closed Wednesday 9am to 5pm", "order"),
        ("Open weekdays: closed bank holidays, 10am to 4pm", "order"),
        ("Saturday, closed Sunday 10-4", "order"),
        ("Saturday closed Sunday 10am-4pm", "order"),
        ("Open every day closed Sunday 10am to 4pm", "order"),
        ("Open weekdays, bank holidays closed. Saturdays 10-4.", "order"),
        ("Wednesday closed 1pm to 5pm, Monday", "order"),
        ("Mon-Fri 9am-5pm, closed Wed 1pm to 5pm, Saturday", "order"),
        ("Weekdays 9-5 except Wednesday: 10-2, Saturday", "order"),
        ("Monday 9-5 including Tuesday 10-1, Wednesday", "order"),
        ("Weekdays except Wednesday 9-5, Wednesday 9-1", "order"),
        ("Open Monday, closed Tuesday, Wednesday, 9-5", "order"),
        ("Between Monday and Friday 9am to 5pm", "order"),
        ("9am to 5pm including bank holidays", "no days"),
        ("<script>alert(1)</script>", "word"),
        ("😀", "word"),
        ("Monday ²-5", "word"),
        ("Monday 9am to 5pm; " * 40, "word"),
    ],
)  # fmt: skip
def test_what_could_mean_two_things_or_none_is_asked_back(typed: str, why: str) -> None:
    with pytest.raises(HoursUnclear) as unclear:
        hours_from_words(typed)
    assert unclear.value.why == why


WORDS = "Mon Fri weekdays PH 9 9am 12 5pm 17:00 0930 - to and , ; closed except including 24 hours between"


@given(st.text(max_size=80) | st.lists(st.sampled_from(WORDS.split()), max_size=9).map(" ".join))
def test_whatever_is_typed_is_told_or_asked_back_and_never_fails_otherwise(typed: str) -> None:
    try:
        stored = hours_from_words(typed)
    except HoursUnclear:
        return
    if stored:
        check(stored)
        assert hours_from_words(stored) == stored


def test_the_hours_of_every_listing_that_ships_come_back_from_words() -> None:
    with (ROOT / "data" / "services.csv").open(encoding="utf-8", newline="") as file:
        cells = [row["contact_routes"] for row in csv.DictReader(file)]
    lines = [[part.strip() for part in line.split("|")] for cell in cells for line in cell.splitlines()]
    held = {parts[2] for parts in lines if len(parts) > 2 and parts[2]}
    assert len(held) > 5
    for expression in held | {"Mo-Fr 09:00-17:00; PH off", "Fr 18:00-02:00", "Sa-Su,PH 10:00-14:00"}:
        assert hours_from_words(hours_words(expression)) == expression
