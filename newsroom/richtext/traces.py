"""Traces of a change in a body that is data: which words were added, removed or marked otherwise.

A trace is a pair of characters around words, which no stored text can hold since reading drops them. `without` takes
traces with their words out again, so that one merged body gives the earlier one and the later one; `write` turns
those that are left into elements.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache

from django.utils.translation import gettext as _

from newsroom.richtext import document
from newsroom.richtext.document import (
    PLAIN,
    Block,
    Cell,
    Figure,
    Heading,
    Item,
    Items,
    Paragraph,
    Quote,
    Run,
    Table,
)


class Trace(StrEnum):
    """What happened to words.

    WAS and NOW are the same words, marked otherwise, and NOTE is the desk's remark on that; GAP_WAS and GAP_NOW are
    the spaces behind words, which nobody needs to see but which keep them apart.
    """

    ADDED = "\ufdd0"
    REMOVED = "\ufdd1"
    WAS = "\ufdd2"
    NOW = "\ufdd3"
    NOTE = "\ufdd4"
    GAP_WAS = "\ufdd5"
    GAP_NOW = "\ufdd6"

    @property
    def end(self) -> str:
        """The character that stands behind the words."""
        return chr(ord(self) + 8)


_NAMES = {Trace.ADDED: "ins", Trace.REMOVED: "del", Trace.WAS: "mark", Trace.NOW: "mark", Trace.NOTE: "small"}
_SILENT = {ord(sign): "" for trace in (Trace.GAP_WAS, Trace.GAP_NOW) for sign in (trace, trace.end)}


@lru_cache
def _elements(added: str, removed: str) -> dict[int, str]:
    """What is written for each sign. Not by colour alone: a screen reader says the two words."""
    said = {Trace.ADDED: added, Trace.REMOVED: removed}
    return _SILENT | {
        sign: element
        for trace, name in _NAMES.items()
        for sign, element in (
            (ord(trace), f"<{name}>" + (f'<span class="desk-hidden">{said[trace]} </span>' if trace in said else "")),
            (ord(trace.end), f"</{name}>"),
        )
    }


# In front of words that were compared: what stands there is not wholly new or gone, even if all of its words are.
COMPARED: Run = ("", PLAIN)


def traced(trace: Trace, runs: Sequence[Run]) -> list[Run]:
    """These words with the trace around them."""
    return [(trace, PLAIN), *runs, (trace.end, PLAIN)] if runs else []


def traced_block(trace: Trace, block: Block) -> Block:
    """A whole block with the trace around all of its words."""
    match block:
        case Paragraph() | Heading():
            return replace(block, runs=traced(trace, block.runs))
        case Items():
            return traced_items(trace, block)
        case Quote():
            return replace(block, blocks=[_part(traced_block(trace, part)) for part in block.blocks])
        case Table():
            head, body = ([traced_row(trace, row) for row in rows] for rows in (block.head, block.body))
            return Table(traced(trace, block.caption), head, body)
        case Figure():
            return block


def traced_items(trace: Trace, items: Items) -> Items:
    """As `traced_block`."""
    return replace(items, items=[traced_item(trace, item) for item in items.items])


def traced_item(trace: Trace, item: Item) -> Item:
    """As `traced_block`."""
    return Item(traced(trace, item.runs), [traced_items(trace, nested) for nested in item.nested])


def traced_row(trace: Trace, row: Iterable[Cell]) -> list[Cell]:
    """As `traced_block`."""
    return [traced_cell(trace, cell) for cell in row]


def traced_cell(trace: Trace, cell: Cell) -> Cell:
    """As `traced_block`."""
    return replace(cell, runs=traced(trace, cell.runs))


def without(traces: Collection[Trace], block: Block) -> Block | None:
    """The block without these traces and their words; None where nothing else was in it."""
    match block:
        case Paragraph() | Heading():
            runs = _runs(traces, block.runs)
            return replace(block, runs=runs) if runs else None
        case Items():
            return _items(traces, block)
        case Quote():
            parts = [_part(left) for part in block.blocks if (left := without(traces, part))]
            return replace(block, blocks=parts) if parts else None
        case Table():
            head, body = ([kept for row in rows if (kept := _row(traces, row))] for rows in (block.head, block.body))
            return Table(_runs(traces, block.caption), head, body) if head or body else None
        case Figure():
            return block


def write(block: Block) -> str:
    """The block as HTML, its traces as `ins`, `del`, `mark` and `small`."""
    return document.write([block]).translate(_elements(_("added:"), _("removed:")))


def _part(block: Block) -> Paragraph | Items:
    if isinstance(block, (Paragraph, Items)):
        return block
    raise TypeError("A quotation holds paragraphs and lists.")


def _runs(traces: Collection[Trace], runs: Iterable[Run]) -> list[Run]:
    left: list[Run] = []
    until = ""
    for run in runs:
        if until:
            until = "" if run[0] == until else until
        elif run[0] in traces:
            until = Trace(run[0]).end
        else:
            left.append(run)
    return left


def _items(traces: Collection[Trace], items: Items) -> Items | None:
    left = []
    for item in items.items:
        runs = _runs(traces, item.runs)
        nested = [found for each in item.nested if (found := _items(traces, each))]
        if runs or nested or not item.runs:
            left.append(Item(runs, nested))
    return replace(items, items=left) if left else None


def _row(traces: Collection[Trace], row: Iterable[Cell]) -> list[Cell]:
    """The cells that are left: those that were empty stay, those that are empty without the traces go."""
    left = [(cell, _runs(traces, cell.runs)) for cell in row]
    kept = [replace(cell, runs=runs) for cell, runs in left if runs or not cell.runs]
    return kept if any(cell.runs for cell in kept) else []
