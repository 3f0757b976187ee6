"""From a file's name and bytes to copy: which reader reads it, and in which encoding."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping
from pathlib import PurePath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.importers.copy import Copy, CopyError
from articles.importers.html import read_html
from articles.importers.markdown import read_markdown
from articles.importers.plain import read_plain
from articles.importers.word import read_word
from newsroom.richtext import RichTextError

LARGEST_FILE = 20_000_000
LARGEST_TEXT = 2_000_000

_READERS: Mapping[str, Callable[[str], Copy]] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
}
TOO_LONG = gettext_lazy("This text is longer than 2 MB. Bring it in parts.")
KINDS = {"kinds": ".txt, .md, .html", "last": ".docx"}
_BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"


def read_copy(name: str, data: bytes) -> Copy:
    """The parts of the copy in a file called `name`. Raises CopyError with a sentence for the person."""
    suffix = PurePath(name).suffix.lower()
    if not data.strip():
        raise CopyError(_("%(name)s is empty.") % {"name": name})
    if len(data) > LARGEST_FILE:
        raise CopyError(_("%(name)s is larger than 20 MB. Take its pictures out, or paste its text.") % {"name": name})
    if data.startswith(_OLD_WORD):
        raise CopyError(_("%(name)s is an old Word file. Save it as .docx, or paste its text.") % {"name": name})
    if suffix != ".docx" and suffix not in _READERS:
        raise CopyError(
            _("%(name)s is of a kind that cannot be read. Bring %(kinds)s, or paste the text.")
            % {"name": name, "kinds": _("%(kinds)s or %(last)s") % KINDS}
        )
    try:
        if suffix == ".docx":
            return read_word(data)
        if data.startswith(_ZIP):
            raise CopyError(
                _("%(name)s is not text. If it is a Word file, give it a name that ends in .docx.") % {"name": name}
            )
        text, notes = _decoded(name, data, is_html=_READERS[suffix] is read_html)
        if len(text) > LARGEST_TEXT and _READERS[suffix] is not read_html:
            raise CopyError(TOO_LONG)
        copy = _READERS[suffix](text)
    except RichTextError as error:
        raise CopyError(str(error)) from error
    copy.notes = notes + copy.notes
    return copy


def read_pasted(text: str) -> Copy:
    """The parts of copy that was pasted as text. Raises CopyError."""
    if not text.strip():
        raise CopyError(_("Paste the text of the story, or choose a file."))
    if len(text) > LARGEST_TEXT:
        raise CopyError(TOO_LONG)
    try:
        return read_plain(text)
    except RichTextError as error:
        raise CopyError(str(error)) from error


def _decoded(name: str, data: bytes, *, is_html: bool) -> tuple[str, list[str]]:
    """The text of a file, and notes on how it was read."""
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return _decode(name, data, encoding), []
    if b"\0" in data:
        raise CopyError(_("%(name)s is not a text file.") % {"name": name})
    declared = _CHARSET.search(data[:2048]) if is_html else None
    try:
        return data.decode(), []
    except UnicodeDecodeError:
        pass
    if declared and (known := _known(declared[1].decode("ascii", "replace"))):
        return _decode(name, data, known), []
    note = _("The file was not in UTF-8 and was read as Windows-1252. Look at its quotation marks and accents.")
    return _decode(name, data, "cp1252"), [note]


def _decode(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise CopyError(
            _("%(name)s is in no encoding that can be read. Save it as UTF-8, or paste its text.") % {"name": name}
        ) from error


def _known(name: str) -> str | None:
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return None
    return codec.name if codec._is_text_encoding else None
