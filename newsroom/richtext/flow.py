"""Putting a body together while it is read: blocks in order, and what a place cannot hold moved or flattened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from newsroom.richtext.document import (
    BREAK,
    PLAIN,
    Block,
    Figure,
    Heading,
    Item,
    Items,
    Paragraph,
    Quote,
    Run,
    Table,
    line,
    lines,
)


@dataclass
class Flow:
    """What has been read of one container: finished blocks, the paragraph being read, what goes below."""

    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    below: list[Block] = field(default_factory=list)

    def flush(self) -> None:
        """End the paragraph being read."""
        self.blocks += map(Paragraph, lines(self.runs))
        self.runs = []

    def add(self, block: Block) -> None:
        """End the paragraph being read, and add a block."""
        self.flush()
        last = self.blocks[-1] if self.blocks else None
        if isinstance(block, Items) and isinstance(last, Items) and block.level and last.level and joined(last, block):
            return
        self.blocks.append(block)

    def settle(self) -> None:
        """Put what could not stay inside the last block below it."""
        self.blocks += self.below
        self.below = []


def flat(blocks: Iterable[Block], below: list[Block]) -> list[Run]:
    """The text of blocks for a place that holds none, one line for each; photos go into `below`."""
    runs: list[Run] = []
    for block in blocks:
        runs.append((BREAK, PLAIN))
        match block:
            case Paragraph() | Heading():
                runs += block.runs
            case Items():
                for item in block.items:
                    runs += [(BREAK, PLAIN), *item.runs, *flat(item.nested, below)]
            case Quote():
                runs += flat(block.blocks, below)
            case Table():
                runs += block.caption
                for row in [*block.head, *block.body]:
                    runs.append((BREAK, PLAIN))
                    for cell in row:
                        runs += [*line(cell.runs, joined_by=" "), (" ", PLAIN)]
            case Figure():
                below.append(block)
    return runs


def points(inside: Flow, items: list[Item], below: list[Block]) -> None:
    """Add what one point holds to `items`: its text as a point, lists below the point that they follow."""
    inside.flush()
    text: list[Run] = []
    for block in [*inside.blocks, None]:
        if block is not None and not isinstance(block, Items):
            text += flat([block], below)
            continue
        if runs := line(text):
            items.append(Item(runs))
        text = []
        if block is not None and items:
            items[-1].nested.append(block)
        elif block is not None:
            items += block.items
    below += inside.below


def joined(last: Items, points: Items) -> bool:
    """Put points that came one by one behind or below those of `last`; False where they are a list of their own."""
    above: Item | None = None
    here = last
    while here.level < points.level and here.items[-1].nested and here.items[-1].nested[-1].level:
        above = here.items[-1]
        here = above.nested[-1]
    if here.level < points.level:
        here.items[-1].nested.append(points)
        return True
    if here.ordered == points.ordered and not (points.begins and points.key != here.key):
        here.level = points.level
        here.items += points.items
        return True
    if above is not None:
        above.nested.append(points)
    return above is not None


def shallow(items: Iterable[Item], levels: int) -> list[Item]:
    """The same points with at most `levels` levels; deeper ones follow the point that they were below."""
    kept: list[Item] = []
    for item in items:
        kept.append(item)
        if levels > 1:
            for nested in item.nested:
                nested.items = shallow(nested.items, levels - 1)
        else:
            kept += shallow((deeper for nested in item.nested for deeper in nested.items), levels)
            item.nested = []
    return kept
