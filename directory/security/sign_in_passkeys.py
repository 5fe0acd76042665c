"""Passkeys, as a second step or instead of everything else, by py_webauthn, which Flask-Security uses too.

Its own views of passkeys ask for a cleaner of HTML that this site has no use for, and for a session of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import webauthn
from flask import request
from webauthn.helpers import parse_authentication_credential_json, parse_registration_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from directory.actions.sign_in.challenges import use_challenge
from directory.reference.hours import now_utc
from directory.security.sign_in_device import hidden
from directory.security.sign_in_library import ISSUER, held_passkey, library

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from directory.models.account import Account, Passkey

USAGE = "secondary"
NAME_LENGTH_MAX = 64
KEYS_MAX = 10
CREDENTIAL_LENGTH_MAX = 20_000
TIMEOUT_MS = 120_000
# What a credential that somebody made up can break, in reading it or in comparing it.
_BROKEN = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError, RecursionError)


def new_challenge() -> str:
    """What the passkey has to sign this time: random."""
    challenge: str = library()._webauthn_util.generate_challenge(32)
    return challenge


def options_to_add(account: Account, challenge: str) -> str:
    """What the browser needs to make a passkey, as JSON. In an open transaction: the account may get its handle."""
    if not account.fs_webauthn_user_handle:
        library().datastore.set_webauthn_user_handle(account)
    options = webauthn.generate_registration_options(
        rp_id=_host(),
        rp_name=ISSUER,
        user_name=account.email,
        user_id=str(account.fs_webauthn_user_handle).encode(),
        challenge=challenge.encode(),
        timeout=TIMEOUT_MS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            # One that the browser can find by itself also signs in without an address; any other is a second step.
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=_keys(account),
    )
    return webauthn.options_to_json(options)


def options_to_ask(account: Account, challenge: str) -> str:
    """What the browser needs to ask for one of the account's passkeys, as JSON."""
    options = webauthn.generate_authentication_options(
        rp_id=_host(),
        challenge=challenge.encode(),
        timeout=TIMEOUT_MS,
        allow_credentials=_keys(account),
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return webauthn.options_to_json(options)


def options_to_sign_in(challenge: str) -> str:
    """What the browser needs to ask for a passkey of whoever sits there, as JSON. It names no account.

    Whoever answers has to unlock the device: that is the second factor.
    """
    options = webauthn.generate_authentication_options(
        rp_id=_host(),
        challenge=challenge.encode(),
        timeout=TIMEOUT_MS,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return webauthn.options_to_json(options)


def add_passkey(account: Account, name: str, credential: str, challenge: str) -> bool:
    """Keep the passkey that the browser made; False where it does not answer the challenge, or is there already."""
    if len(account.webauthn) >= KEYS_MAX or len(credential) > CREDENTIAL_LENGTH_MAX:
        return False
    store = library().datastore
    try:
        parsed = parse_registration_credential_json(credential)
        made = webauthn.verify_registration_response(
            credential=parsed,
            expected_challenge=challenge.encode(),
            expected_rp_id=_host(),
            expected_origin=_origin(),
        )
    except _BROKEN:
        return False
    if store.find_webauthn(credential_id=made.credential_id) is not None:
        return False
    store.create_webauthn(
        account,
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        name=name[:NAME_LENGTH_MAX],
        sign_count=made.sign_count,
        usage=USAGE,
        device_type=made.credential_device_type.value,
        backup_state=made.credential_backed_up,
        transports=[each.value for each in parsed.response.transports or ()],
        extensions=None,
        create_datetime=now_utc(),
    )
    return True


def is_passkey(opened: Session, account: Account, credential: str, challenge: str) -> bool:
    """Whether one of the account's passkeys answers the challenge, which is used up by that. The caller commits."""
    key = _answering(opened, credential, challenge, must_unlock=False)
    return key is not None and key.user_id == account.id


def whose_passkey(opened: Session, credential: str, challenge: str) -> int | None:
    """The number of the account of which a passkey answers, unlocked by its owner; None where none does.

    The challenge is used up by that. The caller commits.
    """
    key = _answering(opened, credential, challenge, must_unlock=True)
    return None if key is None else key.user_id


def _answering(opened: Session, credential: str, challenge: str, *, must_unlock: bool) -> Passkey | None:
    if len(credential) > CREDENTIAL_LENGTH_MAX:
        return None
    try:
        parsed = parse_authentication_credential_json(credential)
        key = held_passkey(parsed.raw_id)
        if key is None:
            return None
        answer = webauthn.verify_authentication_response(
            credential=parsed,
            expected_challenge=challenge.encode(),
            expected_rp_id=_host(),
            expected_origin=_origin(),
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count or 0,
            require_user_verification=must_unlock,
        )
    except _BROKEN:
        return None
    now = now_utc()
    if not use_challenge(opened, key.user_id, hidden("passkey challenge", challenge), now=now):
        return None
    key.sign_count = answer.new_sign_count
    key.lastuse_datetime = now
    return key


def remove_passkey(account: Account, passkey_id: int) -> bool:
    """Take it away; False where the account has none of that number."""
    for key in account.webauthn:
        if key.id == passkey_id:
            account.webauthn.remove(key)
            return True
    return False


def _keys(account: Account) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=key.credential_id) for key in account.webauthn]


def _origin() -> str:
    origin: str = library()._webauthn_util.origin()
    return origin


def _host() -> str:
    """The name of the site, without a port: a passkey is bound to it."""
    return urlsplit(request.host_url).hostname or ""
