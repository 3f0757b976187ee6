"""Reading HTML of any origin as a body: what was meant is kept, in the form in which bodies are stored.

Nothing here is trusted to keep hostile markup out; the sanitiser has the last word on what this gives. What
it is for: text is never run together or lost where markup goes, and what Word and Google Docs leave behind is
understood.
"""

from __future__ import annotations

import re
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsroom.richtext import word_processors
from newsroom.richtext.allowed import ALLOWED, link_target, number
from newsroom.richtext.document import (
    BREAK,
    PLAIN,
    Block,
    Cell,
    Figure,
    Heading,
    Item,
    Items,
    Link,
    Marks,
    Paragraph,
    Quote,
    Table,
    line,
)
from newsroom.richtext.flow import Flow, flat, points, shallow
from newsroom.richtext.limits import MAX_DEPTH, TOO_DEEP, RichTextError, names
from newsroom.richtext.ranks import as_given, as_outline

MAX_LIST_LEVELS = 6

_HEADINGS = {word_processors.TITLE: 0, "h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BLOCKS = names(
    "address article aside body caption center dd details dialog dir div dl fieldset figcaption footer "
    "form header hgroup hr html legend li main nav optgroup option p search section summary tbody td "
    "tfoot th thead tr"
)
# Gone with all they hold. `del` is text that its writer took out.
_DROPPED = names(
    "applet audio base button canvas del embed head img input link meta object param script source style "
    "template track video x-math x-select x-svg x-template xml"
)
_STRONG = frozenset({"strong", "b"})
_EM = frozenset({"em", "i", "cite", "dfn", "var"})
_WHITE_SPACE = re.compile(r"[\t\n\f\r \u2028\u2029]+")
_DROPPED_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u200b\ufeff\ufdd0-\ufdef\ufffe\uffff]")
# Of styles in small letters.
_WEIGHT = re.compile(r"(?<![\w-])font-weight\s*:\s*([a-z]+|[0-9]{3,4})")
_HEAVY = 600
_SLANT = re.compile(r"(?<![\w-])font-style\s*:\s*([a-z]+)")


def read(html: str, *, is_document: bool = False) -> list[Block]:
    """The blocks of what `limits.tame` gave; of a whole document, with headings ranked by its own outline.

    Raises RichTextError where it is nested too deeply.
    """
    body = LexborHTMLParser(f"<body>{html}").body
    return [] if body is None else read_body(body, is_document=is_document)


def read_body(body: LexborNode, *, is_document: bool = False) -> list[Block]:
    """As `read`, of what is parsed already."""
    flow = Flow()
    _read(body, PLAIN, flow, 0)
    flow.flush()
    flow.settle()
    for block in flow.blocks:
        for part in block.blocks if isinstance(block, Quote) else [block]:
            if isinstance(part, Items):
                part.items = shallow(part.items, MAX_LIST_LEVELS)
    (as_outline if is_document else as_given)(flow.blocks)
    return flow.blocks


def _tidy(text: str) -> str:
    if text.isprintable() and "  " not in text:
        return text
    return _WHITE_SPACE.sub(" ", _DROPPED_CHARACTERS.sub("", text))


def _read(node: LexborNode, marks: Marks, flow: Flow, depth: int) -> None:
    # A parser that had to mend the markup may have made more levels than were written.
    if depth > 2 * MAX_DEPTH:
        raise RichTextError(TOO_DEEP)
    for child in node.iter(include_text=True):
        tag = child.tag or "-"
        if tag == "-text":
            flow.runs.append((_tidy(child.text_content or ""), marks))
        elif tag == "br":
            flow.runs.append((BREAK, marks))
        elif tag[0] != "-" and tag not in _DROPPED:
            _element(child, tag, marks, flow, depth + 1)


def _element(node: LexborNode, tag: str, marks: Marks, flow: Flow, depth: int) -> None:
    attributes = node.attributes
    style = (attributes.get("style") or "").lower()
    if attributes:
        if word_processors.is_left_out(attributes, style):
            return
        tag = word_processors.meant(node, tag, attributes, style)
    if reader := _READERS.get(tag):
        flow.flush()
        reader(node, marks, flow, depth)
        flow.flush()
        flow.settle()
    elif tag in _BLOCKS:
        flow.flush()
        _read(node, marks, flow, depth)
        flow.flush()
    elif tag == word_processors.SPACE:
        flow.runs.append((" ", marks))
    elif tag == "q":
        flow.runs.append(("“", marks))
        _read(node, marks, flow, depth)
        flow.runs.append(("”", marks))
    else:
        _read(node, _marked(tag, attributes, style, marks), flow, depth)


def _marked(tag: str, attributes: dict[str, str | None], style: str, marks: Marks) -> Marks:
    """The marks inside an inline element: by its name, then by its style, as Google Docs has it."""
    if tag == "a":
        article = number(attributes.get("data-article") or "")
        href = link_target(attributes.get("href") or "")
        if href and word_processors.is_bookmark(href):
            href = None
        marks = replace(marks, link=Link(article=article) if article else Link(href=href) if href else None)
    elif tag in _STRONG:
        marks = replace(marks, strong=True)
    elif tag in _EM:
        marks = replace(marks, em=True)
    if "font-weight" in style and (weight := _WEIGHT.search(style)):
        heavy = int(weight[1]) >= _HEAVY if weight[1].isdecimal() else weight[1] in ("bold", "bolder")
        marks = replace(marks, strong=heavy)
    if "font-style" in style and (slant := _SLANT.search(style)):
        marks = replace(marks, em=slant[1] in ("italic", "oblique"))
    return marks


def _inside(node: LexborNode, marks: Marks, depth: int) -> Flow:
    inside = Flow()
    _read(node, marks, inside, depth)
    inside.flush()
    return inside


def _figure(node: LexborNode, marks: Marks, flow: Flow, depth: int) -> None:
    if photo := number(node.attributes.get("data-photo") or ""):
        flow.add(Figure(photo))
    else:
        _read(node, marks, flow, depth)


def _preformatted(node: LexborNode, marks: Marks, flow: Flow, depth: int) -> None:
    for text_line in node.text().split("\n"):
        flow.runs += [(_tidy(text_line), marks), (BREAK, marks)]


def _term(node: LexborNode, marks: Marks, flow: Flow, depth: int) -> None:
    _read(node, replace(marks, strong=True), flow, depth)


def _heading(node: LexborNode, marks: Marks, flow: Flow, depth: int) -> None:
    given = node.attributes
    tag = word_processors.meant(node, node.tag or "", given, (given.get("style") or "").lower())
    inside = _inside(node, marks, depth)
    runs = [(text, replace(marks, strong=False)) for text, marks in flat(inside.blocks, flow.below)]
    flow.below += inside.below
    if tidy := line(runs, joined_by=" "):
        number = word_processors.marker(node)
        if word_processors.is_number(number):
            # A numbered subhead keeps its number, which Word holds apart from its words.
            tidy = line([(f"{number} ", PLAIN), *tidy])
        flow.add(Heading(_HEADINGS[tag], tidy))


def _list(node: LexborNode, marks: Marks, flow: Flow, depth: int) -> None:
    ordered = node.tag == "ol"
    first = ALLOWED["ol"].attributes["start"](node.attributes.get("start") or "") if ordered else None
    items: list[Item] = []
    between = Flow()
    for child in node.iter(include_text=True):
        name = child.tag or "-"
        if name == "li":
            points(between, items, flow.below)
            between = Flow()
            known = len(items)
            points(_inside(child, marks, depth + 1), items, flow.below)
            if place := word_processors.web_list(child.attributes):
                for item in items[known:]:
                    flow.add(Items(ordered, [item], start=first, level=place.level, key=place.key))
                del items[known:]
        elif name == "-text":
            between.runs.append((_tidy(child.text_content or ""), marks))
        elif name[0] != "-" and name not in _DROPPED:
            _element(child, name, marks, between, depth + 1)
    points(between, items, flow.below)
    if items:
        flow.add(Items(ordered, items, start=first))


def _point(node: LexborNode, marks: Marks, flow: Flow, depth: int) -> None:
    """A paragraph that Word shows as a point of a list."""
    inside = _inside(node, marks, depth)
    runs = line(flat(inside.blocks, flow.below))
    flow.below += inside.below
    if not runs:
        return
    place = word_processors.word_list((node.attributes["style"] or "").lower())
    number = word_processors.marker(node)
    ordered = word_processors.is_number(number)
    first = ALLOWED["ol"].attributes["start"](word_processors.value(number)) if ordered else None
    begins = word_processors.is_first(number)
    flow.add(Items(ordered, [Item(runs)], start=first, level=place.level, key=place.key, begins=begins))


def _quote(node: LexborNode, marks: Marks, flow: Flow, depth: int) -> None:
    inside = _inside(node, marks, depth)
    blocks: list[Paragraph | Items] = []
    for block in inside.blocks:
        match block:
            case Paragraph() | Items():
                blocks.append(block)
            case Heading():
                blocks.append(Paragraph(block.runs))
            case Quote():
                blocks += block.blocks
            case Table() | Figure():
                flow.below.append(block)
    flow.below += inside.below
    if blocks:
        flow.add(Quote(node.attributes.get("data-kind") == "pull", blocks))


def _table(node: LexborNode, marks: Marks, flow: Flow, depth: int) -> None:
    table = Table([], [], [])
    rows: list[tuple[bool, LexborNode]] = []
    for part in node.iter():
        if part.tag == "caption":
            inside = _inside(part, marks, depth)
            table.caption += line(flat(inside.blocks, flow.below), joined_by=" ")
            flow.below += inside.below
        elif part.tag in ("thead", "tbody", "tfoot"):
            rows += [(part.tag == "thead", row) for row in part.iter() if row.tag == "tr"]
        elif part.tag == "tr":
            rows.append((False, part))
    cells = [(in_head, [cell for cell in row.iter() if cell.tag in ("td", "th")]) for in_head, row in rows]
    if sum(len(row) for _, row in cells) == 1 and not table.caption:
        # A box, not a table: what is in it stands for itself.
        _read(next(row[0] for _, row in cells if row), marks, flow, depth + 2)
        return
    for in_head, row in cells:
        is_head = in_head or (not table.head and not table.body and all(cell.tag == "th" for cell in row))
        read_row = [_cell(cell, marks, flow.below, depth + 2, in_head=is_head) for cell in row]
        if any(cell.runs for cell in read_row):
            (table.head if is_head else table.body).append(read_row)
    if table.head or table.body:
        flow.add(table)
    elif table.caption:
        flow.add(Paragraph(table.caption))


def _cell(node: LexborNode, marks: Marks, below: list[Block], depth: int, *, in_head: bool) -> Cell:
    given = node.attributes
    checks = ALLOWED["th"].attributes
    is_header = in_head or node.tag == "th"
    inside = _inside(node, marks, depth)
    runs = line(flat(inside.blocks, below))
    below += inside.below
    if is_header:
        runs = line((text, replace(marks, strong=False)) for text, marks in runs)
    return Cell(
        runs,
        scope=(checks["scope"](given.get("scope") or "") or ("col" if in_head else "row")) if is_header else None,
        colspan=checks["colspan"](given.get("colspan") or ""),
        rowspan=checks["rowspan"](given.get("rowspan") or ""),
    )


_READERS = {
    **dict.fromkeys(_HEADINGS, _heading),
    **dict.fromkeys(("ul", "ol", "menu"), _list),
    **dict.fromkeys(("pre", "listing"), _preformatted),
    "blockquote": _quote,
    "dt": _term,
    "figure": _figure,
    "table": _table,
    word_processors.POINT: _point,
}
