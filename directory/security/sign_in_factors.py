"""The second factor: codes of an authenticator app, and recovery codes. Passkeys are in `sign_in_passkeys`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.security.sign_in_library import library

if TYPE_CHECKING:
    from directory.models.account import Account

# A code is good for half a minute; a phone's clock may be that much off.
WINDOW_S = 30
CODE_LENGTH_MAX = 40


@dataclass(frozen=True, slots=True)
class NewAuthenticator:
    """What to show to whoever sets one up. picture: a QR code, for <img src>. key: the same to be typed."""

    picture: str
    key: str


def new_secret() -> str:
    """A new secret, encrypted: the form in which it may stand in a cookie, and stands in the database."""
    secret: str = library()._totp_factory.generate_totp_secret()
    return secret


def shown(secret: str, email: str) -> NewAuthenticator:
    """What an authenticator app is given of the secret."""
    factory = library()._totp_factory
    return NewAuthenticator(factory.generate_qrcode(email, secret), factory.get_totp_pretty_key(secret))


def is_code(account: Account, code: str, secret: str | None = None) -> bool:
    """Whether this is the authenticator's code of now, for the account's secret or one that is being set up.

    A right one is used up with it. In an open transaction (`accounts_opened`).
    """
    secret = secret or account.tf_totp_secret
    digits = "".join(code[:CODE_LENGTH_MAX].split())
    if not secret or not (digits.isascii() and digits.isdecimal() and len(digits) == 6):
        return False
    right: bool = library()._totp_factory.verify_totp(digits, secret, account, window=WINDOW_S)
    return right


def set_authenticator(account: Account, secret: str | None) -> None:
    """This one from now on; None takes it away."""
    account.tf_totp_secret = secret
    account.tf_primary_method = "authenticator" if secret else None
    if secret is None:
        account.totp_counter = None


def new_recovery_codes(account: Account) -> list[str]:
    """New codes, to be shown once; the old ones work no more. In an open transaction."""
    codes: list[str] = library()._mf_recovery_codes_util.create_recovery_codes(account)
    return codes


def use_recovery_code(account: Account, code: str) -> bool:
    """Whether this is one of the account's recovery codes, which is then used up. In an open transaction."""
    util = library()._mf_recovery_codes_util
    plain = "".join(mark for mark in code[:CODE_LENGTH_MAX].lower() if mark.isalnum())
    written = "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))
    if not account.mf_recovery_codes or not util.check_recovery_code(account, written):
        return False
    return bool(util.delete_recovery_code(account, written))


def forget_recovery_codes(account: Account) -> None:
    """None is left: there is no second factor that they could stand for."""
    account.mf_recovery_codes = []
