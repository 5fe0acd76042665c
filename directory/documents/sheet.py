"""Sheets of services as Word documents: for one person, or for the practitioner who helps a family.

The words come ready made; here they are laid out. The file says nothing of who made it or what it is about.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

# What a screen reader speaks it in: the words are those of the page, which has no other language yet.
LANGUAGE = "en-GB"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class SheetService:
    """One service: its name, and (label, words) of what somebody needs to know."""

    name: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SheetPart:
    """Services under a heading; '' for none. lead: what to say before them."""

    heading: str
    lead: tuple[str, ...]
    services: tuple[SheetService, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. lead: before the services. closing: after them. made_on: the day it shows."""

    heading: str
    lead: tuple[str, ...]
    parts: tuple[SheetPart, ...]
    closing: tuple[str, ...]
    made_on: date


def word_file(sheet: Sheet) -> bytes:
    """The sheet as a .docx file on A4."""
    document = Document()
    _say_nothing_of_itself(document, sheet.made_on)
    _on_a4(document)
    document.add_heading(_clean(sheet.heading), level=1)
    for words in sheet.lead:
        document.add_paragraph(_clean(words))
    for part in sheet.parts:
        if part.heading:
            document.add_heading(_clean(part.heading), level=2)
        for words in part.lead:
            document.add_paragraph(_clean(words))
        for service in part.services:
            _add_service(document, service, 3 if part.heading else 2)
    for words in sheet.closing:
        document.add_paragraph(_clean(words))
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _add_service(document: WordDocument, service: SheetService, level: int) -> None:
    document.add_heading(_clean(service.name), level=level)
    for label, words in service.rows:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_together = True
        paragraph.add_run(f"{_clean(label)}: ").bold = True
        paragraph.add_run(_clean(words))


def _say_nothing_of_itself(document: WordDocument, made_on: date) -> None:
    """No author, no title, no remark: a file's properties are shown by any folder it lies in."""
    properties = document.core_properties
    for name in ("author", "title", "subject", "keywords", "comments", "category", "last_modified_by"):
        setattr(properties, name, "")
    properties.created = properties.modified = datetime.combine(made_on, time())


def _on_a4(document: WordDocument) -> None:
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(1.6)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    normal.paragraph_format.space_after = Pt(3)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


def _clean(words: str) -> str:
    """The words without characters that no XML file may hold."""
    return "".join(mark for mark in words if mark in "\n\t" or unicodedata.category(mark)[0] != "C")
