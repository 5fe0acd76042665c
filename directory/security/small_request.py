"""A request as the site reads one: short, and of characters that somebody can have typed."""

from __future__ import annotations

import re
from typing import IO, TypeVar

from flask import Request, abort, request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.formparser import FormDataParser
from werkzeug.utils import cached_property

from directory.config import BODY_BYTES_MAX

# No text box sends these; PostgreSQL stores no NUL and no half of a character, a spreadsheet none of them.
_NEVER_TYPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# What a word processor puts between lines and pages is left as a space, so that no two words become one.
_BETWEEN_WORDS = re.compile("[\x0b\x0c]")
Fields = TypeVar("Fields", bound=MultiDict[str, str])


def as_typed(text: str) -> str:
    """The text without characters that nobody types."""
    return _NEVER_TYPED.sub("", _BETWEEN_WORDS.sub(" ", text))


def refuse_strange_address() -> None:
    """Before every request: 404 for an address with a character that no address of ours has."""
    if _NEVER_TYPED.search(request.path):
        abort(404)


def _cleaned(fields: Fields) -> Fields:
    """The same names and values, in order. Without a thing to clean, these very ones."""
    sent = list(fields.items(multi=True))
    if not any(_NEVER_TYPED.search(name) or _NEVER_TYPED.search(value) for name, value in sent):
        return fields
    return type(fields)([(as_typed(name), as_typed(value)) for name, value in sent])


class _FormParser(FormDataParser):
    """Reads a form so that no page ever meets what nobody typed; names of files too."""

    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]:
        """As the library's."""
        rest, form, files = super().parse(stream, mimetype, content_length, options)
        for _name, file in files.items(multi=True):
            file.filename = as_typed(file.filename or "")
        return rest, _cleaned(form), files


class SmallRequest(Request):
    """A form of ours has few fields and short ones; more is refused before it is read."""

    max_form_parts = 500
    max_form_memory_size = BODY_BYTES_MAX
    form_data_parser_class = _FormParser

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """The query of the address, cleaned as a form is."""
        return _cleaned(super().args)

    @property
    def is_json(self) -> bool:
        """Never: no page of ours takes JSON, and the library of forms would read it, however deep it is nested."""
        return False
