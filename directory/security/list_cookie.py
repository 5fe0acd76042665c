"""The cookie that holds My list: signed, out of reach of scripts, gone after 30 minutes without use.

The server keeps nothing of it. A cookie that was changed, is too old or too long counts as no list,
and is taken away. It is written only when a list is changed, or used on a page of the list itself:
nobody who has no list ever gets one by reading.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, g, request
from itsdangerous import BadData, URLSafeTimedSerializer

from directory.search.my_list import MyList, list_from

if TYPE_CHECKING:
    from directory.config import Settings

COOKIE = "list"
SALT = "my list in a cookie"
IDLE_S = 30 * 60
WARN_S = 10 * 60
# A browser keeps 4,096 bytes of a cookie; thirty entries and eight people need a quarter of that.
BYTES_MAX = 4096


@dataclass(frozen=True, slots=True)
class KeptList:
    """The list this visitor holds. left_s: seconds until it is emptied; 0 when there is none.

    was_emptied: a list was sent that is too old, or is none of ours.
    """

    my_list: MyList
    left_s: int = 0
    was_emptied: bool = False

    @property
    def ends_soon(self) -> bool:
        """Whether it is time to warn."""
        return bool(self.my_list) and self.left_s <= WARN_S

    @property
    def left_min(self) -> int:
        """Whole minutes left, at least one while there are any."""
        return max(1, self.left_s // 60)


def kept_list() -> KeptList:
    """The list in this request's cookie. Never raises: a page must not fail for what a browser sends."""
    if "kept_list" not in g:
        g.kept_list = _read(request.cookies.get(COOKIE, ""))
    kept: KeptList = g.kept_list
    return kept


def keep(my_list: MyList) -> None:
    """Write the list with this answer: changed, or used again. An empty one takes the cookie away."""
    g.kept_list = KeptList(my_list, IDLE_S if my_list else 0)
    g.list_to_write = my_list


def keep_on() -> MyList:
    """The list, whose 30 minutes begin again; nothing is written for somebody who has none."""
    kept = kept_list()
    if kept.my_list:
        keep(kept.my_list)
    return kept.my_list


def init_list_cookie(app: Flask, settings: Settings) -> None:
    """Write or take away the cookie with each answer that has reason to."""
    app.extensions["list_signer"] = URLSafeTimedSerializer(settings.secret_key, salt=SALT)

    @app.after_request
    def write(response: Response) -> Response:
        secure = settings.public or request.is_secure
        my_list: MyList | None = g.get("list_to_write")
        if my_list:
            response.set_cookie(
                COOKIE, _signer().dumps(my_list.codes()), httponly=True, samesite="Lax", secure=secure
            )
        elif COOKIE in request.cookies and request.endpoint != "static" and not kept_list().my_list:
            response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=secure)
        return response


def _read(sent: str) -> KeptList:
    if not sent:
        return KeptList(MyList())
    try:
        if len(sent) > BYTES_MAX:
            raise ValueError("too long for a list of ours")
        codes, used_at = _signer().loads(sent, max_age=IDLE_S, return_timestamp=True)
        my_list = list_from(codes)
    except (BadData, ValueError, RecursionError):
        return KeptList(MyList(), was_emptied=True)
    left_s = IDLE_S - int(time.time() - used_at.timestamp())
    return KeptList(my_list, max(1, min(IDLE_S, left_s)))


def _signer() -> URLSafeTimedSerializer:
    signer: URLSafeTimedSerializer = current_app.extensions["list_signer"]
    return signer
