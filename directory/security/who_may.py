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
    "matrix.choose": "anyone",
    "matrix.find": "anyone",
    "matrix.rules": "anyone",
    "matrix.area": "anyone",
    "matrix.calls": "anyone",
    "matrix.views": "anyone",
    "matrix.view": "anyone",
    "matrix.cell": "anyone",
    "need.area": "anyone",
    "access.area": "anyone",
    "matrix_files.csv": "anyone",
    "matrix_files.xlsx": "anyone",
    "snapshots.all": "anyone",
    "snapshots.area": "anyone",
    "snapshots.area_csv": "anyone",
    "snapshots.area_xlsx": "anyone",
    "snapshots.changes": "anyone",
    "kept.gaps": "anyone",
    "kept.gaps_csv": "anyone",
    "kept.gaps_xlsx": "anyone",
    "kept.need": "anyone",
    "kept.access": "anyone",
    "kept.compare": "anyone",
    "kept.compare_csv": "anyone",
    "kept.compare_xlsx": "anyone",
    "compare.areas": "anyone",
    "compare.areas_csv": "anyone",
    "compare.areas_xlsx": "anyone",
    "compare.drawn": "anyone",
    "gaps.choose": "anyone",
    "gaps.area": "anyone",
    "gaps.gap": "anyone",
    "gaps.plain": "anyone",
    "gaps.csv": "anyone",
    "gaps.xlsx": "anyone",
    "about.safety": "anyone",
    "about.privacy": "anyone",
    "about.accessibility": "anyone",
    "about.data": "anyone",
    "family.start": "anyone",
    "family.change": "anyone",
    "family.narrow": "anyone",
    "family.results": "anyone",
    "my_list.show": "anyone",
    "my_list.add": "anyone",
    "my_list.remove": "anyone",
    "my_list.empty": "anyone",
    "my_list.keep_list_on": "anyone",
    "my_list.shared": "anyone",
    "sheets.sheet": "anyone",
    "sheets.sheet_file": "anyone",
    "sheets.working": "anyone",
    "sheets.working_file": "anyone",
    "side_by_side.choose": "anyone",
    "side_by_side.show": "anyone",
    "door.leave": "anyone",
    "door.healthz": "anyone",
}


def refuse_unless_allowed() -> None:
    """Before every request: 403 for an endpoint that says nothing of who may use it."""
    if request.endpoint is None:
        return  # An unknown path: let 404 answer.
    if WHO_MAY.get(request.endpoint, "nobody") != "anyone":
        abort(403)
