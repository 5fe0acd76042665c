"""The numbers a search keeps to. Each one says why it is what it is."""

from __future__ import annotations

NEAR_KM = 40
"""How far 'near you' reaches from the centre of the searched square: 25 miles."""

TEXT_MAX_CHARACTERS = 200
"""Typed words are cut here: a sentence fits, and a hostile text costs no more than a long one."""

TEXT_MAX_WORDS = 16
"""Different typed words that are looked at; the rest are left out."""

WORD_MAX_LETTERS = 40
"""Longer words are cut here, in listings as in what is typed, so that both stay comparable."""

PREFIX_MIN_LETTERS = 4
"""A typed beginning shorter than this stands only for itself: 'man' is not the beginning of 'Manchester'."""

ONE_MISTAKE_MIN_LETTERS = 4
"""From this length on, one wrong, missing, added or swapped letter is forgiven."""

TWO_MISTAKES_MIN_LETTERS = 8
"""From this length on, two mistakes are forgiven, where one was not enough to find a word."""

PHRASE_SLIP_MIN_LETTERS = 8
"""From this length on, a typed word with one mistake is read as a word that begins a reviewed phrase."""

MINUTES_KEPT = 4
"""'Open now' is worked out once a minute. A few are kept, for requests that overlap a minute's end."""
