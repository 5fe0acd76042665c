"""Every way by which anybody may read something of a listing without signing in, by endpoint.

A new page or file that is for anyone has to be written down here; until it is, the tests of holds fail.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient

from directory.security.who_may import WHO_MAY
from directory.web.matrix import VIEWS
from tests.integration.family.visits import add_people, choose

GAP = re.compile(r"/gaps/E06000031/(E06000031-G4\.[67][\w.-]*)")
"""The gaps that the listings of the tests could fill."""
AREA = "/matrix/E06000031"
SNAPSHOTS = (1, 2)
"""One that was taken before anything was held, and one that was taken meanwhile."""

NOTHING_OF_A_LISTING = frozenset({"static", "door.leave"})
"""Files of the front end, and the way out to somebody else's site."""

WAYS: Mapping[str, tuple[str, ...]] = {
    "find.home": ("/",),
    "doors.door": tuple(f"/start/{code}" for code in "abcdefghij"),
    "results.results": (
        "/find/results",
        "/find/results?at=E06000031",
        "/find/results?in=Peterborough&text=lantern",
        "/find/results?text=960777",
        "/find/results?out_of_hours=yes",
        "/find/results?without_speaking=yes",
    ),
    "listing.service": ("/services/{service}", "/services/{beside}", "/services/{named}"),
    "listing.organisation": ("/organisations/{organisation}",),
    "correct.ask": ("/services/{service}/correct",),
    "correct.thanks": ("/services/{service}/correct/sent",),
    "manage.ask": ("/services/{service}/manage",),
    "manage.sent": ("/services/{service}/manage/sent",),
    "map.frame": ("/map", "/map?at=E06000031"),
    "map.services": ("/map/services.geojson", "/map/services.geojson?at=E06000031"),
    "family.start": ("/family",),
    "family.results": ("/family/results", "/family/results?at=E06000031"),
    "my_list.show": ("/my-list",),
    "my_list.shared": ("/list/{service}-{beside}-{named}",),
    "sheets.sheet": tuple(f"/my-list/sheet/{number}" for number in range(5)),
    "sheets.sheet_file": tuple(f"/my-list/sheet/{number}.docx" for number in range(5)),
    "sheets.working": ("/my-list/working-sheet",),
    "sheets.working_file": ("/my-list/working-sheet.docx",),
    "side_by_side.choose": ("/compare",),
    "side_by_side.show": ("/compare/{service}-{beside}-{named}",),
    "matrix.choose": ("/matrix",),
    "matrix.rules": ("/matrix/rules",),
    "matrix.area": (AREA,),
    "matrix.calls": (f"{AREA}/calls",),
    "matrix.views": (f"{AREA}/views",),
    "matrix.view": tuple(f"{AREA}/views/{view}" for view in VIEWS),
    "matrix.cell": (f"{AREA}/G4.6", f"{AREA}/G4.7", "/matrix/E92000001/G4.6"),
    "need.area": (f"{AREA}/need",),
    "access.area": (f"{AREA}/access",),
    "matrix_files.csv": (f"{AREA}.csv",),
    "matrix_files.xlsx": (f"{AREA}.xlsx",),
    "compare.areas": (f"{AREA}/compare",),
    "compare.areas_csv": (f"{AREA}/compare.csv",),
    "compare.areas_xlsx": (f"{AREA}/compare.xlsx",),
    "compare.drawn": (f"{AREA}/compare/map",),
    "gaps.choose": ("/gaps",),
    "gaps.area": ("/gaps/E06000031",),
    "gaps.gap": ("/gaps/E06000031/{gap}",),
    "gaps.plain": ("/gaps/E06000031/plain",),
    "gaps.csv": ("/gaps/E06000031.csv",),
    "gaps.xlsx": ("/gaps/E06000031.xlsx",),
    "snapshots.all": ("/snapshots",),
    "snapshots.area": ("/snapshots/{snapshot}/matrix/E06000031?face=unmet",),
    "snapshots.area_csv": ("/snapshots/{snapshot}/matrix/E06000031.csv",),
    "snapshots.area_xlsx": ("/snapshots/{snapshot}/matrix/E06000031.xlsx",),
    "snapshots.changes": (f"{AREA}/changes", f"{AREA}/changes?since={{snapshot}}", f"{AREA}/changes?since=1&until=2"),
    "kept.gaps": ("/snapshots/{snapshot}/gaps/E06000031",),
    "kept.gaps_csv": ("/snapshots/{snapshot}/gaps/E06000031.csv",),
    "kept.gaps_xlsx": ("/snapshots/{snapshot}/gaps/E06000031.xlsx",),
    "kept.need": ("/snapshots/{snapshot}/need/E06000031",),
    "kept.access": ("/snapshots/{snapshot}/access/E06000031",),
    "kept.compare": ("/snapshots/{snapshot}/compare/E06000031",),
    "kept.compare_csv": ("/snapshots/{snapshot}/compare/E06000031.csv",),
    "kept.compare_xlsx": ("/snapshots/{snapshot}/compare/E06000031.xlsx",),
    "about.safety": ("/safety",),
    "about.privacy": ("/privacy",),
    "about.accessibility": ("/accessibility",),
    "about.data": ("/about/data",),
    "confirm_link.show": ("/confirm/{token}",),
    "confirm_link.done": ("/confirm/done",),
    "confirm_link.sent": ("/confirm/sent",),
    "invitation.answer": ("/invitations/{token}",),
    "new_mailbox.show": ("/account/new-address/{token}",),
    "new_mailbox.done": ("/account/new-address/done",),
    "account.forgotten": ("/account/forgotten",),
    "account.reset": ("/account/forgotten/{token}",),
    "account.sign_in": ("/account/sign-in",),
    "account.check_mail": ("/account/check-mail",),
    "account.sign_out": ("/account/sign-out",),
    "account.link": ("/account/link/{token}",),
    "account.second_factor": ("/account/second-factor",),
    "door.healthz": ("/healthz",),
}  # fmt: skip


def public_endpoints(app: Flask) -> set[str]:
    """Whatever answers a question of anybody, by the map of the site's addresses."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and WHO_MAY.get(rule.endpoint) == "anyone"
    }


def visitor_with_a_list(app: Flask, *services: int) -> FlaskClient:
    """Somebody who has added a family, and chosen these services for each of them and for nobody."""
    client = app.test_client()
    add_people(client)
    for service in services:
        for person in range(5):
            choose(client, service, person)
    return client


@dataclass(frozen=True)
class Answer:
    """What one of the ways says."""

    endpoint: str
    url: str
    text: str


def answers(client: FlaskClient, values: Mapping[str, object]) -> Iterator[Answer]:
    """The answer of every one of the ways."""
    gaps = sorted(set(GAP.findall(text_of(client, "/gaps/E06000031"))))
    for endpoint, addresses in WAYS.items():
        for address in addresses:
            for snapshot in SNAPSHOTS if "{snapshot}" in address else SNAPSHOTS[:1]:
                for gap in gaps if "{gap}" in address else gaps[:1]:
                    url = address.format(**values, snapshot=snapshot, gap=gap)
                    yield Answer(endpoint, url, text_of(client, url))


def text_of(client: FlaskClient, url: str) -> str:
    """What an answer says; of a workbook or a Word file, everything that is in it. A redirect is followed."""
    answer = client.get(url, follow_redirects=True)
    assert answer.status_code < 500, url
    if answer.data[:2] != b"PK":
        return answer.get_data(as_text=True)
    with zipfile.ZipFile(io.BytesIO(answer.data)) as file:
        return "\n".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())
