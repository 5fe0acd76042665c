"""Seals the words somebody typed, so that an address can carry them and nobody can read them.

AES-SIV: the same words give the same address (back, reload and sharing work),
and a changed address is refused. Padded, so that the length tells little.
"""

from __future__ import annotations

import base64
import binascii

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from directory.errors import RuleBroken

_BLOCK = 32
_SEALED_LENGTH_MAX = 2000


class Seal:
    """Seals and opens short texts under one secret key."""

    def __init__(self, secret_key: str) -> None:
        derive = HKDF(algorithm=SHA256(), length=64, salt=None, info=b"words in an address")
        self._cipher = AESSIV(derive.derive(secret_key.encode()))

    def close(self, words: str) -> str:
        """The sealed form of `words`, safe in an address; '' for no words."""
        if not words:
            return ""
        data = words.encode("utf-8", "replace")
        padded = data + b"\0" * (-len(data) % _BLOCK)
        return base64.urlsafe_b64encode(self._cipher.encrypt(padded, None)).decode().rstrip("=")

    def open(self, sealed: str) -> str:
        """The words behind a seal. Raises RuleBroken('t') when it is not one of ours."""
        if not sealed:
            return ""
        try:
            if len(sealed) > _SEALED_LENGTH_MAX:
                raise ValueError
            data = base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
            return self._cipher.decrypt(data, None).rstrip(b"\0").decode()
        except (InvalidTag, ValueError, binascii.Error, UnicodeError) as cause:
            raise RuleBroken("t", "The words in this address cannot be read any more.") from cause
