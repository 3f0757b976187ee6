"""How one body becomes another: block by block and word by word, in the structure that it has.

Works on bodies as data, never on markup; `rendering.compared` cleans what comes out once more before a page shows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import zip_longest
from types import MappingProxyType
from typing import TypeVar

from django.utils.translation import gettext as _

from newsroom.differences import Budget, Kinship, bag, pairs
from newsroom.richtext.document import (
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
    write,
)
from newsroom.richtext.limits import tame
from newsroom.richtext.reading import read
from newsroom.richtext.traces import (
    Trace,
    traced_block,
    traced_cell,
    traced_item,
    traced_items,
    traced_row,
    without,
)
from newsroom.richtext.traces import write as write_traced
from newsroom.richtext.wording import Wording

T = TypeVar("T")


class Fate(StrEnum):
    """What became of a block."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED_HERE = "moved_here"
    MOVED_AWAY = "moved_away"


@dataclass(frozen=True)
class Row:
    """One block: as it was, as it is, and both in one with what was taken out still in it. HTML for `compared`.

    `before` is empty for an added block, `after` for a removed one. `notes` say what no words show: another level of
    heading, another kind of list.
    """

    fate: Fate
    before: str
    after: str
    both: str
    notes: tuple[str, ...] = ()


def compare(
    before: str, after: str, *, budget: Budget | None = None, stories: Mapping[int, str] = MappingProxyType({})
) -> list[Row]:
    """What became of each block of `before`, and what is new in `after`, in order.

    Takes stored or cleaned bodies; `stories` gives the headlines of our own stories that they link to, by id. When
    `budget` (less than a second) is spent, what is left is told as replaced. Raises RichTextError for a body that
    cannot be read.
    """
    comparing = _Comparing(budget or Budget(), stories)
    old, new = (read(tame(body)) for body in (before, after))
    matched = pairs(old, new, _BLOCKS, budget=comparing.budget)
    # What was taken out at one place and put in at another, unchanged, has moved.
    moved = Counter(write([was]) for was, now in matched if was and not now)
    moved &= Counter(write([now]) for was, now in matched if now and not was)
    leaving, coming = Counter(moved), Counter(moved)
    rows = []
    for was, now in matched:
        row = comparing.row(was, now)
        if (one := was or now) and not (was and now) and moved[html := write([one])]:
            left = leaving if was else coming
            if left[html]:
                left[html] -= 1
                fate = Fate.MOVED_AWAY if was else Fate.MOVED_HERE
                row = Row(fate, html if was else "", html if now else "", html)
        rows.append(row)
    return rows


class _Comparing(Wording):
    """Two bodies, from blocks down to words."""

    def row(self, was: Block | None, now: Block | None) -> Row:
        """What became of one block."""
        if was is None or now is None:
            return _one_sided(was, now)
        plain = write([now])
        if write([was]) == plain:
            return Row(Fate.SAME, plain, plain, plain)
        merged, notes = self.block(was, now)
        before, after, both = (
            without(traces, merged)
            for traces in (
                {Trace.ADDED, Trace.NOW, Trace.NOTE, Trace.GAP_NOW},
                {Trace.REMOVED, Trace.WAS, Trace.GAP_WAS},
                {Trace.WAS, Trace.GAP_WAS},
            )
        )
        if [_shape(before), _shape(after)] != [_shape(was), _shape(now)]:
            # An empty cell cannot say on which side it was: both tables are told whole.
            old, new = _one_sided(was, None), _one_sided(None, now)
            return Row(Fate.CHANGED, old.before, new.after, old.both + new.both, tuple(notes))
        sides = [write_traced(side) if side else "" for side in (_shaped_as(was, before), after, both)]
        return Row(Fate.CHANGED, sides[0], sides[1], sides[2], tuple(notes))

    def block(self, was: Block, now: Block) -> tuple[Block, list[str]]:
        """Two blocks of a kind as one, in the shape of the later, and what no words show."""
        match was, now:
            case (Paragraph() | Heading(), Paragraph() | Heading()):
                return replace(now, runs=self.runs(was.runs, now.runs)), _ranks(was, now)
            case (Items(), Items()):
                return self.items(was, now), _kinds(was, now)
            case (Table(), Table()):
                rows = [self.rows(*both) for both in ((was.head, now.head), (was.body, now.body))]
                caption = self.runs(was.caption, now.caption) if was.caption or now.caption else []
                return Table(caption, *rows), _spans(was, now)
            case (Quote(), Quote()):
                return self.quote(was, now)
        raise TypeError("These blocks are not of a kind.")

    def quote(self, was: Quote, now: Quote) -> tuple[Quote, list[str]]:
        """Two quotations, block by block."""
        notes = [] if was.pull == now.pull else [_("now a pull quote") if now.pull else _("no longer a pull quote")]
        parts: list[Paragraph | Items] = []
        old: list[Block] = [*was.blocks]
        new: list[Block] = [*now.blocks]
        for one, other in pairs(old, new, _BLOCKS, budget=self.budget):
            merged, also = self.block(one, other) if one and other else (_either_block(one, other), [])
            notes += also
            if isinstance(merged, (Paragraph, Items)):
                parts.append(merged)
        return Quote(now.pull, parts), notes

    def items(self, was: Items, now: Items) -> Items:
        """Two lists, point by point, with the lists below them."""
        merged: list[Item] = []
        for one, other in pairs(was.items, now.items, _ITEMS, budget=self.budget):
            if one and other:
                below = [
                    self.items(*both) if all(both) else _either(*both, traced_items)
                    for both in zip_longest(one.nested, other.nested)
                ]
                merged.append(Item(self.runs(one.runs, other.runs), below))
            else:
                merged.append(_either(one, other, traced_item))
        return replace(now, items=merged)

    def rows(self, was: Sequence[list[Cell]], now: Sequence[list[Cell]]) -> list[list[Cell]]:
        """The rows of two tables, cell by cell."""
        return [
            self.cells(one, other) if one and other else _either(one, other, traced_row)
            for one, other in pairs(was, now, _ROWS, budget=self.budget)
        ]

    def cells(self, was: Sequence[Cell], now: Sequence[Cell]) -> list[Cell]:
        """The cells of two rows: by their place where there are as many, else by what is in them."""
        same = len(was) == len(now)
        return [
            replace(other, runs=self.runs(one.runs, other.runs)) if one and other else _either(one, other, traced_cell)
            for one, other in (zip(was, now, strict=True) if same else pairs(was, now, _CELLS, budget=self.budget))
        ]


def _either(was: T | None, now: T | None, traced_with: Callable[[Trace, T], T]) -> T:
    """What is there on one side only, with its trace."""
    if now is not None:
        return traced_with(Trace.ADDED, now)
    if was is not None:
        return traced_with(Trace.REMOVED, was)
    raise ValueError("Nothing is there on either side.")


def _either_block(was: Block | None, now: Block | None) -> Block:
    trace, block = (Trace.REMOVED, was) if now is None else (Trace.ADDED, now)
    if block is None:
        raise ValueError("Nothing is there on either side.")
    return traced_block(trace, block)


def _one_sided(was: Block | None, now: Block | None) -> Row:
    html = write_traced(_either_block(was, now))
    return Row(Fate.REMOVED, html, "", html) if now is None else Row(Fate.ADDED, "", html, html)


def _shaped_as(was: Block, before: Block | None) -> Block | None:
    """The earlier words in the earlier shape: a heading of its level, a list of its kind."""
    match was, before:
        case (Paragraph() | Heading(), Paragraph() | Heading()):
            return replace(was, runs=before.runs)
        case (Items(), Items()):
            return replace(was, items=before.items)
        case (Quote(), Quote()):
            return replace(was, blocks=before.blocks)
        case (Table(), Table()):
            head, body = (
                [
                    [replace(cell, runs=words.runs) for cell, words in zip(*row, strict=True)]
                    for row in zip(*rows, strict=True)
                ]
                if [len(row) for row in rows[0]] == [len(row) for row in rows[1]]
                else rows[1]
                for rows in ((was.head, before.head), (was.body, before.body))
            )
            return Table(before.caption, head, body)
    return before


def _shape(block: Block | None) -> list[list[int]] | None:
    """How many cells each row of a table has."""
    return [[len(row) for row in rows] for rows in (block.head, block.body)] if isinstance(block, Table) else None


def _ranks(was: Paragraph | Heading, now: Paragraph | Heading) -> list[str]:
    names = {0: _("a paragraph"), 2: _("a heading"), 3: _("a subheading")}
    old, new = (block.level if isinstance(block, Heading) else 0 for block in (was, now))
    if old == new:
        return []
    given = {"now": names.get(new, _("a heading")), "was": names.get(old, _("a heading"))}
    return [_("now %(now)s, was %(was)s") % given]


def _kinds(was: Items, now: Items) -> list[str]:
    if was.ordered != now.ordered:
        return [_("now a numbered list") if now.ordered else _("now a bulleted list")]
    if was.start == now.start:
        return []
    given = {"now": now.start or 1, "was": was.start or 1}
    return [_("now numbered from %(now)s, was from %(was)s") % given]


def _spans(was: Table, now: Table) -> list[str]:
    shapes = [
        [[(cell.scope, cell.colspan, cell.rowspan) for cell in row] for row in (*table.head, *table.body)]
        for table in (was, now)
    ]
    same_size = [len(row) for row in shapes[0]] == [len(row) for row in shapes[1]]
    return [_("cells are joined otherwise, or are headers now")] if same_size and shapes[0] != shapes[1] else []


def _texts(block: Block) -> Iterable[str]:
    """Every text of a block, for knowing it again."""
    match block:
        case Paragraph() | Heading():
            yield _text(block.runs)
        case Items():
            yield from (_item_text(item) for item in block.items)
        case Quote():
            for part in block.blocks:
                yield from _texts(part)
        case Table():
            yield _text(block.caption)
            yield from (_row_text(row) for row in (*block.head, *block.body))


def _text(runs: Iterable[Run]) -> str:
    return "".join(text for text, _ in runs)


def _item_text(item: Item) -> str:
    return " ".join([_text(item.runs), *(_item_text(each) for below in item.nested for each in below.items)])


def _row_text(row: Iterable[Cell]) -> str:
    return " ".join(_text(cell.runs) for cell in row)


def _may_pair(one: Block, other: Block) -> bool:
    """Whether one block can be told as the other, changed."""
    texts = (Paragraph, Heading)
    if isinstance(one, texts) and isinstance(other, texts):
        return True
    return type(one) is type(other) and not isinstance(one, Figure)


def _written(*cells: Cell) -> str:
    return write([Table([], [], [list(cells)])])


_BLOCKS: Kinship[Block] = Kinship(lambda block: write([block]), lambda block: bag(" ".join(_texts(block))), _may_pair)
_ITEMS: Kinship[Item] = Kinship(
    lambda item: write([Items(ordered=False, items=[item])]), lambda item: bag(_item_text(item))
)
_ROWS: Kinship[list[Cell]] = Kinship(lambda row: _written(*row), lambda row: bag(_row_text(row)))
_CELLS: Kinship[Cell] = Kinship(_written, lambda cell: bag(_text(cell.runs)))
