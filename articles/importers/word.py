"""Word documents (.docx), read with mammoth: paragraphs, headings, lists, tables, bold, italic and links."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.importers.copy import Copy, CopyError
from articles.importers.markup import read_markup

# What a document may unpack to; a packed file of a kilobyte can hold a gigabyte.
LARGEST_PART = 20_000_000
LARGEST_WHOLE = 60_000_000
MOST_PARTS = 3000

_BROKEN = gettext_lazy("This Word file cannot be read. Open it in Word and save it again as .docx, or paste its text.")
_DOCTYPE = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_FOOTNOTE_LINK = re.compile(r'<a href="#(?:foot|end)note-[^"]*"[^>]*>(.*?)</a>', re.DOTALL)


def read_word(data: bytes) -> Copy:
    """The parts of a Word document. Raises CopyError or RichTextError."""
    _refuse_bomb(data)
    import mammoth  # takes a tenth of a second, for which no worker should be late, and memory that few of them need

    try:
        result = mammoth.convert_to_html(
            BytesIO(data),
            style_map="p[style-name='Title'] => h1.title:fresh",
            # An empty picture in a picture's place, so that it can be counted; its data is never read.
            convert_image=lambda image: [mammoth.html.element("img", {})],
        )
    except RecursionError as error:
        raise CopyError(_BROKEN) from error
    except Exception as error:  # mammoth raises whatever its parts raise
        raise CopyError(_BROKEN) from error
    html: str = _FOOTNOTE_LINK.sub(lambda link: "" if link[1] == "↑" else link[1], result.value)
    copy = read_markup(html)
    if "#footnote-" in result.value or "#endnote-" in result.value:
        copy.notes.append(_("The footnotes stand as a list below the text."))
    return copy


def _refuse_bomb(data: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            sizes = [part.file_size for part in parts]
            if len(parts) > MOST_PARTS or sum(sizes) > LARGEST_WHOLE or max(sizes, default=0) > LARGEST_PART:
                raise CopyError(_("This Word file is too large. Take its pictures out, or paste its text."))
            if "word/document.xml" not in archive.namelist():
                raise CopyError(_("This is not a Word file. Save it as .docx, or paste its text."))
            for part in parts:
                # Entities that grow when they are read; Word never writes them.
                if part.filename.endswith((".xml", ".rels")) and _declares_entities(archive.read(part)):
                    raise CopyError(_BROKEN)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        if isinstance(error, CopyError):
            raise
        raise CopyError(_BROKEN) from error


def _declares_entities(xml: bytes) -> bool:
    return any(doctype in xml for doctype in _DOCTYPE)
