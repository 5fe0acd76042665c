"""The way out, which needs nothing to work; and the sign that the site is up, which asks whether all does."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify, redirect, request

from directory.config import NEUTRAL_ADDRESS
from directory.security import sign_in_session
from directory.web.assets import asset

bp = Blueprint("door", __name__)


@bp.get("/exit")
def leave() -> Response:
    """Ends a sign-in, clears what this site keeps on the device, and leaves."""
    sign_in_session.leave()
    response: Response = redirect(NEUTRAL_ADDRESS, code=303)  # type: ignore[assignment]  # werkzeug's base class
    for name in request.cookies:
        response.delete_cookie(name, path="/", httponly=True, samesite="Lax", secure=request.is_secure)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@bp.get("/healthz")
def healthz() -> tuple[Response, int]:
    """200 once the site can serve: the front end is built and the listings can be asked for."""
    try:
        asset("app.css")
        with current_app.extensions["database"].reading() as session:
            current_app.extensions["index"].get(session)
    except Exception:  # Whatever broke, the answer is the same; the log has the reason.
        current_app.logger.exception("The health check failed")
        return jsonify(status="not ready"), 503
    return jsonify(status="ok"), 200
