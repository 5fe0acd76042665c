"""Who may use which endpoint. Closed until listed: one that is not here is refused."""

from __future__ import annotations

from flask import abort, request

WHO_MAY = {
    "static": "anyone",
    "find.home": "anyone",
    "find.find": "anyone",
    "doors.door": "anyone",
    "results.results": "anyone",
    "listing.service": "anyone",
    "listing.organisation": "anyone",
    "map.frame": "anyone",
    "map.services": "anyone",
    "need.area": "anyone",
    "access.area": "anyone",
    "matrix_files.csv": "anyone",
    "matrix_files.xlsx": "anyone",
    "snapshots.all": "anyone",
    "snapshots.area": "anyone",
    "snapshots.area_csv": "anyone",
    "snapshots.area_xlsx": "anyone",
    "snapshots.changes": "anyone",
    "compare.areas": "anyone",
    "compare.areas_csv": "anyone",
    "compare.areas_xlsx": "anyone",
    "compare.drawn": "anyone",
    "about.safety": "anyone",
    "about.privacy": "anyone",
    "about.accessibility": "anyone",
    "about.data": "anyone",
    "door.leave": "anyone",
    "door.healthz": "anyone",
}


def refuse_unless_allowed() -> None:
    """Before every request: 403 for an endpoint that says nothing of who may use it."""
    if request.endpoint is None:
        return  # An unknown path: let 404 answer.
    if WHO_MAY.get(request.endpoint, "nobody") != "anyone":
        abort(403)
