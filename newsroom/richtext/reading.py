"""Reading HTML of any origin as a body: what was meant is kept, in the form in which bodies are stored.

Nothing here is trusted to keep hostile markup out; the sanitiser has the last word on what this gives. What
it is for: text is never run together or lost where markup goes, and what Word and Google Docs leave behind is
understood.
"""

from __future__ import annotations

import re
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

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

MAX_LIST_LEVELS = 6

_HEADINGS = {"h1": 2, "h2": 2, "h3": 3, "h4": 3, "h5": 3, "h6": 3}
_BLOCKS = names(
    "address article aside body caption center dd details dialog dir div dl fieldset figcaption footer "
    "form header hgroup hr html legend li main nav optgroup option p search section summary tbody td "
    "tfoot th thead tr"
)
# Gone with all they hold. `del` is text that its writer took out.
_DROPPED = names(
    "applet audio base button canvas del embed head img input link meta object param script source style "
    "template track video x-math x-select x-svg x-template"
)
_STRONG = frozenset({"strong", "b"})
_EM = frozenset({"em", "i", "cite", "dfn", "var"})
_WHITE_SPACE = re.compile(r"[\t\n\f\r \u2028\u2029]+")
_DROPPED_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u200b\ufeff\ufdd0-\ufdef\ufffe\uffff]")
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_WEIGHT = re.compile(r"(?<![\w-])font-weight\s*:\s*([a-z]+|[0-9]{3,4})", re.IGNORECASE)
_HEAVY = 600
_SLANT = re.compile(r"(?<![\w-])font-style\s*:\s*([a-z]+)", re.IGNORECASE)
_WORD_LIST = re.compile(r"mso-list\s*:\s*l[0-9]", re.IGNORECASE)
_WORD_MARKER = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_WORD_NUMBER = re.compile(r"\W*[0-9a-z]{1,4}[.)]", re.IGNORECASE)


def read(html: str) -> list[Block]:
    """The blocks of what `limits.tame` gave. Raises RichTextError where it is nested too deeply."""
    body = LexborHTMLParser(f"<body>{html}").body
    flow = Flow()
    if body is not None:
        _read(body, PLAIN, flow, 0)
    flow.flush()
    flow.settle()
    for block in flow.blocks:
        for part in block.blocks if isinstance(block, Quote) else [block]:
            if isinstance(part, Items):
                part.items = shallow(part.items, MAX_LIST_LEVELS)
    return _levelled(flow.blocks)


def _tidy(text: str) -> str:
    return _WHITE_SPACE.sub(" ", _DROPPED_CHARACTERS.sub("", text))


def _levelled(blocks: list[Block]) -> list[Block]:
    """Subheads of level 3 before the first of level 2 are raised: no level is skipped."""
    for block in blocks:
        if isinstance(block, Heading):
            if block.level == 2:
                break
            block.level = 2
    return blocks


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
    style = attributes.get("style") or ""
    if "hidden" in attributes or _HIDDEN.search(style) or _WORD_MARKER.search(style):
        return
    if tag == "p" and _WORD_LIST.search(style):
        tag = "word-item"
    if reader := _READERS.get(tag):
        flow.flush()
        reader(node, marks, flow, depth)
        flow.flush()
        flow.settle()
    elif tag in _BLOCKS:
        flow.flush()
        _read(node, marks, flow, depth)
        flow.flush()
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
        marks = replace(marks, link=Link(article=article) if article else Link(href=href) if href else None)
    elif tag in _STRONG:
        marks = replace(marks, strong=True)
    elif tag in _EM:
        marks = replace(marks, em=True)
    if weight := _WEIGHT.search(style):
        heavy = int(weight[1]) >= _HEAVY if weight[1].isdecimal() else weight[1].lower() in ("bold", "bolder")
        marks = replace(marks, strong=heavy)
    if slant := _SLANT.search(style):
        marks = replace(marks, em=slant[1].lower() in ("italic", "oblique"))
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
    inside = _inside(node, marks, depth)
    runs = [(text, replace(marks, strong=False)) for text, marks in flat(inside.blocks, flow.below)]
    flow.below += inside.below
    if tidy := line(runs, joined_by=" "):
        flow.add(Heading(_HEADINGS[node.tag or ""], tidy))


def _list(node: LexborNode, marks: Marks, flow: Flow, depth: int) -> None:
    items: list[Item] = []
    between = Flow()
    for child in node.iter(include_text=True):
        name = child.tag or "-"
        if name == "li":
            points(between, items, flow.below)
            between = Flow()
            points(_inside(child, marks, depth + 1), items, flow.below)
        elif name == "-text":
            between.runs.append((_tidy(child.text_content or ""), marks))
        elif name[0] != "-" and name not in _DROPPED:
            _element(child, name, marks, between, depth + 1)
    points(between, items, flow.below)
    if items:
        ordered = node.tag == "ol"
        first = ALLOWED["ol"].attributes["start"](node.attributes.get("start") or "") if ordered else None
        flow.add(Items(ordered, items, start=first))


def _word_item(node: LexborNode, marks: Marks, flow: Flow, depth: int) -> None:
    """A paragraph that Word shows as a point of a list; it says so in its style only."""
    markers = [span.text() for span in node.css("[style]") if _WORD_MARKER.search(span.attributes["style"] or "")]
    inside = _inside(node, marks, depth)
    runs = line(flat(inside.blocks, flow.below))
    flow.below += inside.below
    if runs:
        ordered = any(map(_WORD_NUMBER.match, markers))
        flow.add(Items(ordered, [Item(runs)], loose=True))


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
    "word-item": _word_item,
}
