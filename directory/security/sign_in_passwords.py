"""Passwords: which may be chosen, how they are kept, how one is compared. Nothing here is ever logged."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_security.utils import hash_password, verify_password

from directory.config import DATA
from directory.errors import RuleBroken
from directory.security.sign_in_library import library

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from directory.models.account import Account

LENGTH_MIN = 12
# Long enough for any sentence; hashing more would cost the server and not whoever sends it.
LENGTH_MAX = 200
DIFFERENT_MIN = 5
NAME_OF_THE_SITE = "supportdirectory"
_RUNS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


def set_password(session: Session, account: Account, password: str) -> None:
    """Give the account this password, hashed. The caller commits, and ends what must end with the old one.

    Raises RuleBroken('password') for one that others would guess.
    """
    account.password = password_hash(password, account.email)
    session.flush()


def password_hash(password: str, email: str) -> str:
    """What is stored of a password. Raises RuleBroken('password') for one that others would guess."""
    normal = _normal(password)
    refuse_weak(normal, email)
    hashed: str = hash_password(normal)
    return hashed


def is_password(password: str, kept: str | None) -> bool:
    """Whether this is the password of which `kept` is the hash.

    Takes as long where there is nothing to compare with, so that the time tells nobody whether an account exists.
    """
    normal = _normal(password[: LENGTH_MAX + 1])
    nobodys = _nobodys()
    matches: bool = verify_password(normal, kept or nobodys)
    return matches and kept is not None


def refuse_weak(password: str, email: str) -> None:
    """Raises RuleBroken('password') for one that is short, common, or made of what anybody knows of its owner."""
    if len(password) < LENGTH_MIN:
        words = _(
            "Choose a password of at least %(number)s characters. A few words work well.", number=LENGTH_MIN
        )
        raise RuleBroken("password", str(words))
    if len(password) > LENGTH_MAX:
        words = _("Choose a password of at most %(number)s characters.", number=LENGTH_MAX)
        raise RuleBroken("password", str(words))
    if _is_common(password.casefold()):
        words = _(
            "That password is one of those that are tried first. Choose another. A few words work well."
        )
        raise RuleBroken("password", str(words))
    plain = _letters_and_digits(password)
    name = _letters_and_digits(email.partition("@")[0])
    if NAME_OF_THE_SITE in plain or (len(name) > 3 and name in plain):
        words = _("Choose a password without your e-mail name and without the name of this site.")
        raise RuleBroken("password", str(words))


def _is_common(password: str) -> bool:
    common = _common()
    # 'Password1234!' is 'password' to whoever guesses.
    bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password)
    if password in common or (bare in common and len(password) < len(bare) + LENGTH_MIN):
        return True
    if not bare and password.isdecimal():
        return True
    if len(set(password)) < DIFFERENT_MIN or any(password in run or password in run[::-1] for run in _RUNS):
        return True
    whole = re.fullmatch(r"(.+?)\1+", password)
    return whole is not None and (len(whole[1]) < LENGTH_MIN - 4 or whole[1] in common)


def _letters_and_digits(words: str) -> str:
    return "".join(mark for mark in words.casefold() if mark.isalnum())


def _normal(password: str) -> str:
    normal: str = library()._password_util.normalize(password)
    return normal


@cache
def _common() -> frozenset[str]:
    return frozenset((DATA / "common_passwords.txt").read_text(encoding="utf-8").splitlines())


@cache
def _nobodys() -> str:
    """A hash made as any other, of what nobody knows."""
    hashed: str = hash_password("nobody has this password, and nobody shall")
    return hashed
