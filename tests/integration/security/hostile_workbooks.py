"""Workbooks that somebody makes to break the site: each small to send, and none a list of services."""

from __future__ import annotations

import io
import struct
import zipfile

from openpyxl import Workbook

MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"
_LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (number, b"&l%d;" % (number - 1) * 10) for number in range(1, 10))
LAUGHS = b'<!DOCTYPE a [<!ENTITY l0 "ha">' + _LAUGHS + b"]>"


def workbook() -> bytes:
    """A plain one, with one row."""
    book, written = Workbook(), io.BytesIO()
    for place, value in (("A1", "id"), ("A2", 1)):
        book.worksheets[0][place] = value
    book.save(written)
    return written.getvalue()


def with_parts(parts: dict[str, bytes]) -> bytes:
    """The plain one, with these parts in the place of its own or beside them."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as plain,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book,
    ):
        for name in plain.namelist():
            if name not in parts:
                book.writestr(name, plain.read(name))
        for name, content in parts.items():
            book.writestr(name, content)
    return made.getvalue()


def sheet(inside: bytes, before: bytes = b"") -> bytes:
    """The plain one with other rows."""
    content = before + b"<worksheet " + MAIN + b"><sheetData>" + inside + b"</sheetData></worksheet>"
    return with_parts({SHEET: content})


def strings(inside: bytes, before: bytes = b"", encoding: str = "utf-8") -> bytes:
    """The plain one with other shared words."""
    text = before + b"<sst " + MAIN + b">" + inside + b"</sst>"
    return with_parts({"xl/sharedStrings.xml": text.decode().encode(encoding)})


def declared(size: int) -> bytes:
    """A workbook whose first part says in the directory of the archive that it unpacks to so much."""
    content = bytearray(workbook())
    place = content.index(b"PK\x01\x02")
    struct.pack_into("<I", content, place + 24, size)
    return bytes(content)


def locked() -> bytes:
    """A workbook whose parts say that they are encrypted."""
    content = bytearray(workbook())
    place = content.index(b"PK\x01\x02")
    struct.pack_into("<H", content, place + 8, 1)
    return bytes(content)


def nested() -> bytes:
    """An archive in an archive, five deep, and no workbook in any of them."""
    content = b"0" * 1_000_000
    for _level in range(5):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("inner.zip", content)
        content = held.getvalue()
    return content


LAUGHING = b"<si><t>&l9;</t></si>"
MANY = 2_000_000
# Name → (the file, what the page says of it).
HOSTILE: dict[str, tuple[bytes, str]] = {
    "unpacks to 60 MB": (with_parts({"xl/media/a.bin": b"0" * 60_000_000}), "unpacks to more than 40 MB"),
    "says that it unpacks to 4 GB": (declared(0xFFFF_FFF0), "unpacks to more than 40 MB"),
    "says less than it unpacks to": (declared(10), "cannot be read"),
    "a billion laughs in the words": (strings(LAUGHING, LAUGHS), "not one that a spreadsheet writes"),
    "laughs after a long comment": (
        strings(LAUGHING, b"<!--" + b" " * 300_000 + b"-->" + LAUGHS),
        "not one that a spreadsheet writes",
    ),
    "laughs in UTF-16": (strings(LAUGHING, LAUGHS, "utf-16"), "not one that a spreadsheet writes"),
    "laughs in UTF-7": (
        strings(LAUGHING, b'<?xml version="1.0" encoding="utf-7"?>' + LAUGHS),
        "cannot be read",
    ),
    "laughs in the workbook": (
        with_parts({"xl/workbook.xml": LAUGHS + b"<workbook>&l9;</workbook>"}),
        "not one that a spreadsheet writes",
    ),
    "an entity from a file": (
        strings(b"<si><t>&e;</t></si>", b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
        "not one that a spreadsheet writes",
    ),
    "millions of cells in one row": (sheet(b"<row>" + b"<c/>" * MANY + b"</row>"), "holds more than 5,000 rows"),
    "millions of rows": (sheet(b"<row/>" * MANY), "holds more than 5,000 rows"),
    "millions of rows under a prefix": (
        with_parts(
            {SHEET: b"<x:worksheet xmlns:x" + MAIN[5:] + b"><x:sheetData>" + b"<x:row/>" * MANY
             + b"</x:sheetData></x:worksheet>"}
        ),
        "holds more than 5,000 rows",
    ),
    "millions of words": (strings(b"<si><t/></si>" * MANY), "holds more than 5,000 rows"),
    "millions of styles": (
        with_parts({"xl/styles.xml": b"<styleSheet " + MAIN + b">" + b"<xf/>" * MANY + b"</styleSheet>"}),
        "holds more than 5,000 rows",
    ),
    "a cell in the last line that there is": (
        sheet(b'<row r="1"><c><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
        "Something stands below line",
    ),
    "a cell in the last column that there is": (
        sheet(b'<row r="1"><c r="XFD1"><v>1</v></c></row>'),
        "is empty",
    ),
    "links to another file": (with_parts({"xl/externalLinks/externalLink1.xml": b"<a/>"}), "links to another file"),
    "macros": (with_parts({"xl/vbaProject.bin": b"x"}), "macros"),
    "macros of the old kind": (with_parts({"xl/macrosheets/sheet1.xml": b"<a/>"}), "macros"),
    "a password": (locked(), "has a password"),
    "a password, as Excel locks it": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 5_000, "has a password"),
    "a way out of the folder": (with_parts({"xl/../../../../tmp/x.xml": b"<a/>"}), "not one that a spreadsheet writes"),
    "a way from the root": (with_parts({"/etc/cron.d/x": b"a"}), "not one that a spreadsheet writes"),
    "a way for Windows": (with_parts({"..\\..\\x.xml": b"<a/>"}), "not one that a spreadsheet writes"),
    "archives in archives": (nested(), "cannot be read"),
    "a thousand parts": (with_parts({f"xl/{number}.xml": b"<a/>" for number in range(1_000)}), "unpacks to more"),
    "an empty archive": (b"PK\x05\x06" + b"\x00" * 18, "cannot be read"),
    "half a workbook": (workbook()[: len(workbook()) // 2], "cannot be read"),
    "no archive at all": (b"PK\x03\x04" + b"\xff" * 1_000, "cannot be read"),
    "OpenDocument": (with_parts({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "OpenDocument"),
    "a program": (b"\x7fELF" + b"\x00" * 1_000, "not a CSV file"),
}  # fmt: skip
