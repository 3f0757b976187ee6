"""A body as data, in the one form in which it is stored, and how that form is written as HTML.

Reading what is written here gives the same data again: that is why cleaning twice changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from newsroom.richtext.allowed import REL, is_external


@dataclass(frozen=True, slots=True)
class Link:
    """Where words lead: to an address, or to one of our own stories by its id."""

    href: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """How words are marked."""

    link: Link | None = None
    strong: bool = False
    em: bool = False


PLAIN = Marks()

# Words and how they are marked. The text BREAK is a line break; no other run holds that character.
Run = tuple[str, Marks]
BREAK = "\n"

_SPACES = " \xa0"
_SEVERAL_SPACES = re.compile(r"[ \xa0]{2,}")

# Runs being put together; strings are joined once at the end.
_Pieces = list[tuple[list[str], Marks]]


@dataclass(slots=True)
class Paragraph:
    """Text, never empty."""

    runs: list[Run]


@dataclass(slots=True)
class Heading:
    """A subhead: of level 2 or 3 once it is ranked, before that of the level at which it came."""

    level: int
    runs: list[Run]


@dataclass(slots=True)
class Item:
    """One point of a list, with the lists below it."""

    runs: list[Run]
    nested: list[Items] = field(default_factory=list)


@dataclass(slots=True)
class Items:
    """A list.

    One that a word processor gave as single points, to be joined with their neighbours, has a `level` above zero;
    `key` names the list in that document, and `begins` says that its number is a first one.
    """

    ordered: bool
    items: list[Item]
    start: str | None = None
    level: int = 0
    key: str = ""
    begins: bool = False


@dataclass(slots=True)
class Quote:
    """A quotation, or a pull quote."""

    pull: bool
    blocks: list[Paragraph | Items]


@dataclass(slots=True)
class Cell:
    """One cell of a table; `scope` says that it is a header, and of what."""

    runs: list[Run]
    scope: str | None = None
    colspan: str | None = None
    rowspan: str | None = None


@dataclass(slots=True)
class Table:
    """Rows of cells: those of the head, then those of the body."""

    caption: list[Run]
    head: list[list[Cell]]
    body: list[list[Cell]]


@dataclass(frozen=True, slots=True)
class Figure:
    """The place of a photo, by its id."""

    photo: str


Block = Paragraph | Heading | Items | Quote | Table | Figure


def lines(runs: Iterable[Run], *, split: bool = True) -> list[list[Run]]:
    """Tidy runs, split where two or more line breaks follow each other, or not at all.

    White space is collapsed and trimmed across runs; a lone no-break space between two words stays.
    """
    paragraphs: list[_Pieces] = [[]]
    space, breaks = "", 0
    for text, marks in runs:
        for number, part in enumerate(text.split(BREAK)):
            if number:
                space, breaks = "", breaks + 1
            words = part.strip(_SPACES)
            if not words:
                space += part
                continue
            space += part[: part.index(words[0])]
            current = paragraphs[-1]
            if split and breaks > 1 and current:
                current = []
                paragraphs.append(current)
            elif breaks and current:
                current.append(([BREAK], _common(current[-1][1], marks)))
            elif space and current:
                _append(current, "\xa0" if space == "\xa0" else " ", _common(current[-1][1], marks))
            _append(current, _SEVERAL_SPACES.sub(" ", words), marks)
            space, breaks = part[part.rindex(words[-1]) + 1 :], 0
    return [[("".join(texts), marks) for texts, marks in pieces] for pieces in paragraphs if pieces]


def line(runs: Iterable[Run], *, joined_by: str = BREAK) -> list[Run]:
    """Tidy runs as one piece: every sequence of line breaks becomes `joined_by`."""
    found = lines(runs, split=False)
    if found and joined_by != BREAK:
        found = lines((joined_by if text == BREAK else text, marks) for text, marks in found[0])
    return found[0] if found else []


def _append(pieces: _Pieces, text: str, marks: Marks) -> None:
    if pieces and pieces[-1][1] == marks and pieces[-1][0] != [BREAK]:
        pieces[-1][0].append(text)
    else:
        pieces.append(([text], marks))


def _common(one: Marks, other: Marks) -> Marks:
    """What lies between two runs is marked as both of them are."""
    if one is other:
        return one
    return Marks(one.link if one.link == other.link else None, one.strong and other.strong, one.em and other.em)


def write(blocks: Iterable[Block]) -> str:
    """The blocks as HTML."""
    return "".join(map(_block, blocks))


def _block(block: Block) -> str:
    match block:
        case Paragraph(runs):
            return f"<p>{_inline(runs)}</p>"
        case Heading(level, runs):
            return f"<h{level}>{_inline(runs)}</h{level}>"
        case Items():
            return _items(block)
        case Quote(pull, blocks):
            kind = ' data-kind="pull"' if pull else ""
            return f"<blockquote{kind}>{write(blocks)}</blockquote>"
        case Table():
            return _table(block)
        case Figure(photo):
            return f'<figure data-photo="{photo}"></figure>'


def _items(block: Items) -> str:
    tag = "ol" if block.ordered else "ul"
    items = "".join(f"<li>{_inline(item.runs)}{write(item.nested)}</li>" for item in block.items)
    return f"<{tag}{_attributes(start=block.start if block.ordered else None)}>{items}</{tag}>"


def _table(table: Table) -> str:
    caption = f"<caption>{_inline(table.caption)}</caption>" if table.caption else ""
    head = f"<thead>{_rows(table.head)}</thead>" if table.head else ""
    body = f"<tbody>{_rows(table.body)}</tbody>" if table.body else ""
    return f"<table>{caption}{head}{body}</table>"


def _rows(rows: Sequence[Sequence[Cell]]) -> str:
    return "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)


def _cell(cell: Cell) -> str:
    tag = "th" if cell.scope else "td"
    attributes = _attributes(scope=cell.scope, colspan=cell.colspan, rowspan=cell.rowspan)
    return f"<{tag}{attributes}>{_inline(cell.runs)}</{tag}>"


def _attributes(**values: str | None) -> str:
    return "".join(f' {name}="{value}"' for name, value in values.items() if value)


def _inline(runs: Sequence[Run]) -> str:
    """Runs as HTML: a link outside, then strong, then em, each closed only where it ends."""
    written: list[str] = []
    open_tags: list[tuple[str, str]] = []
    for text, marks in runs:
        wanted = _tags(marks)
        shared = 0
        while shared < min(len(wanted), len(open_tags)) and wanted[shared] == open_tags[shared]:
            shared += 1
        written += [f"</{name}>" for name, _ in reversed(open_tags[shared:])]
        written += [tag for _, tag in wanted[shared:]]
        open_tags = wanted
        written.append("<br>" if text == BREAK else escape(text, quote=False).replace("\xa0", "&nbsp;"))
    written += [f"</{name}>" for name, _ in reversed(open_tags)]
    return "".join(written)


def _tags(marks: Marks) -> list[tuple[str, str]]:
    tags: list[tuple[str, str]] = []
    if marks.link:
        tags.append(("a", _link(marks.link)))
    if marks.strong:
        tags.append(("strong", "<strong>"))
    if marks.em:
        tags.append(("em", "<em>"))
    return tags


def _link(link: Link) -> str:
    if link.article:
        return f'<a data-article="{link.article}">'
    rel = f' rel="{REL}"' if is_external(link.href) else ""
    return f'<a href="{link.href.replace("&", "&amp;")}"{rel}>'
