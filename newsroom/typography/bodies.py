"""Setting stored bodies: only their text, paragraph by paragraph, whatever is emphasised or linked in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape

import regex

from newsroom.typography.marks import Marks
from newsroom.typography.setter import NO_BREAK, OBJECT, Edit, apply, edits

_TAG = regex.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*+>|<![^<>]*+>")
# Elements that text runs through; others end it. Those that are left alone count as one object.
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "cite",
        "dfn",
        "del",
        "em",
        "i",
        "ins",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
    }
)
_ALONE = frozenset({"code", "kbd", "pre", "samp", "script", "style", "textarea", "tt", "var"})


def set_body(html: str, marks: Marks, *, holds: bool) -> str:
    """A stored body with its marks set; with `holds`, no-break spaces too."""
    pieces = _pieces(html)
    for run in _runs(pieces):
        _set_run(pieces, run, marks, holds=holds)
    return "".join(piece.html for piece in pieces)


@dataclass(slots=True)
class _Piece:
    """A part of a body: a tag, or text between tags."""

    html: str
    text: str | None = None  # of text that may be set
    breaks: str | None = None  # what it is for the run that it stands in; None: the run ends here


def _pieces(html: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    alone = ""
    position = 0

    def text_until(place: int) -> None:
        if place > position and alone:
            pieces.append(_Piece(html[position:place], breaks=OBJECT))
        elif place > position:
            text = unescape(html[position:place])
            pieces.append(_Piece(html[position:place], text=text, breaks=text))

    for tag in _TAG.finditer(html):
        text_until(tag.start())
        position = tag.end()
        closes, name = bool(tag[1]), (tag[2] or "").lower()
        if alone:
            alone = "" if closes and name == alone else alone
            pieces.append(_Piece(tag[0], breaks=""))
        elif name in _ALONE and not closes:
            alone = name
            pieces.append(_Piece(tag[0], breaks=None if name == "pre" else ""))
        else:
            breaks = "\n" if name == "br" else "" if name in _INLINE | _ALONE or not name else None
            pieces.append(_Piece(tag[0], breaks=breaks))
    text_until(len(html))
    return pieces


def _runs(pieces: list[_Piece]) -> Iterator[list[int]]:
    """The places of pieces that are one text together."""
    run: list[int] = []
    for place, piece in enumerate(pieces):
        if piece.breaks is None:
            if run:
                yield run
            run = []
        else:
            run.append(place)
    if run:
        yield run


def _set_run(pieces: list[_Piece], run: list[int], marks: Marks, *, holds: bool) -> None:
    text = "".join(pieces[place].breaks or "" for place in run)
    changes = edits(text, marks, holds=holds)
    start = 0
    for place in run:
        piece = pieces[place]
        end = start + len(piece.breaks or "")
        if piece.text is not None:
            # A mark whose parts are emphasised differently is left as it is.
            own = [
                Edit(change.start - start, change.end - start, change.text)
                for change in changes
                if start <= change.start and change.end <= end
            ]
            if own:
                piece.html = escape(apply(piece.text, own), quote=False).replace(NO_BREAK, "&nbsp;")
        start = end
