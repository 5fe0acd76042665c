"""What a passkey has signed is worth something once: who copies cookie and answer on the way signs in with neither.

Passkeys that are kept in several devices at once count nothing (their count stays 0), so the count cannot tell.
"""

from __future__ import annotations

import hashlib
import json
import secrets

import cbor2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from webauthn.helpers import bytes_to_base64url

from directory.db import Database
from directory.models.account import Passkey
from directory.models.sign_in import SignIn
from directory.reference.hours import now_utc
from tests.accounts import signed_in
from tests.integration.accounts.conftest import browser, sign_in

PRESENT_AND_UNLOCKED = 0x05
WITH_A_NEW_KEY = 0x40
ORIGIN = "http://localhost"


class SoftPasskey:
    """A passkey made of numbers alone. It answers each challenge that it is given, and its count stays 0."""

    def __init__(self) -> None:
        self.id = secrets.token_bytes(16)
        self._key = ec.generate_private_key(ec.SECP256R1())

    @property
    def public_key(self) -> bytes:
        numbers = self._key.public_key().public_numbers()
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)})

    def answer(self, challenge: str) -> str:
        """What the browser posts. challenge: as the page gave it."""
        client, signed = _client_data("webauthn.get", challenge), _about(PRESENT_AND_UNLOCKED)
        signature = self._key.sign(signed + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._posted(
            clientDataJSON=client, authenticatorData=signed, signature=signature, userHandle=b""
        )

    def introduce(self, challenge: str) -> str:
        """What the browser posts where the passkey is added."""
        about = _about(PRESENT_AND_UNLOCKED | WITH_A_NEW_KEY) + bytes(16)
        about += len(self.id).to_bytes(2) + self.id + self.public_key
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": about})
        client = _client_data("webauthn.create", challenge)
        return self._posted(clientDataJSON=client, attestationObject=attested)

    def _posted(self, **response: bytes) -> str:
        number = bytes_to_base64url(self.id)
        told = {name: bytes_to_base64url(value) for name, value in response.items()}
        return json.dumps({"id": number, "rawId": number, "type": "public-key", "response": told})


def _client_data(kind: str, challenge: str) -> bytes:
    return json.dumps({"type": kind, "challenge": challenge, "origin": ORIGIN}).encode()


def _about(flags: int) -> bytes:
    return hashlib.sha256(b"localhost").digest() + bytes([flags]) + bytes(4)


@pytest.fixture
def key(database: Database, moderator: int) -> SoftPasskey:
    """The moderator's."""
    made = SoftPasskey()
    with database.transaction() as session:
        session.add(
            Passkey(
                user_id=moderator, credential_id=made.id, public_key=made.public_key, backup_state=True,
                device_type="multi_device", name="a key", usage="secondary", create_datetime=now_utc(),
                lastuse_datetime=now_utc(), sign_count=0, transports=[],
            )
        )  # fmt: skip
    return made


def cookie(client: FlaskClient) -> str:
    found = client.get_cookie("session")
    assert found is not None
    return found.value


def with_cookie(site: Flask, value: str) -> FlaskClient:
    """Another browser, into which somebody has copied the cookie."""
    other = browser(site, "203.0.113.9")
    other.set_cookie("session", value)
    return other


def sign_ins(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(SignIn)) or 0


def test_cookie_and_answer_of_a_passkey_alone_sign_in_once(
    site: Flask, database: Database, key: SoftPasskey
) -> None:
    hers = browser(site)
    challenge = hers.post("/account/sign-in/passkey/options").get_json()["challenge"]
    copied, answer = cookie(hers), key.answer(challenge)
    assert hers.post("/account/sign-in/passkey", data={"credential": answer}).status_code == 303
    # Also an answer made anew: the challenge itself is spent.
    for credential in (answer, key.answer(challenge)):
        refused = with_cookie(site, copied).post("/account/sign-in/passkey", data={"credential": credential})
        assert refused.status_code == 400 and "The passkey did not answer" in refused.text
    assert sign_ins(database) == 1
    # She herself goes on: the next challenge is another one.
    again = browser(site)
    challenge = again.post("/account/sign-in/passkey/options").get_json()["challenge"]
    answered = again.post("/account/sign-in/passkey", data={"credential": key.answer(challenge)})
    assert answered.status_code == 303


def test_cookie_and_answer_of_a_second_step_sign_in_once(
    site: Flask, database: Database, key: SoftPasskey
) -> None:
    hers = browser(site)
    assert sign_in(hers) == "/account/second-factor"
    page = hers.get("/account/second-factor")
    assert page.status_code == 200
    with hers.session_transaction() as kept:
        challenge = bytes_to_base64url(kept["challenge"]["is"].encode())
    copied, data = cookie(hers), {"way": "passkey", "credential": key.answer(challenge)}
    assert hers.post("/account/second-factor", data=data).status_code == 303
    refused = with_cookie(site, copied).post("/account/second-factor", data=data)
    assert refused.status_code == 400 and sign_ins(database) == 1


def test_a_passkey_that_was_taken_away_is_not_brought_back_by_what_added_it(
    site: Flask, database: Database, moderator: int, key: SoftPasskey
) -> None:
    hers, new = signed_in(site, moderator), SoftPasskey()
    hers.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    assert hers.get("/account/security/passkey").status_code == 200
    with hers.session_transaction() as kept:
        challenge = bytes_to_base64url(kept["challenge"]["is"].encode())
    copied, data = cookie(hers), {"name": "new", "credential": new.introduce(challenge)}
    assert hers.post("/account/security/passkey", data=data).status_code in {200, 303}
    with database.transaction() as session:
        session.delete(session.scalars(select(Passkey).where(Passkey.credential_id == new.id)).one())
    refused = with_cookie(site, copied).post("/account/security/passkey", data=data)
    # What was copied is signed in no more: whoever adds a passkey gets a new cookie.
    assert refused.status_code == 401
    with database.reading() as session:
        assert len(session.scalars(select(Passkey)).all()) == 1
