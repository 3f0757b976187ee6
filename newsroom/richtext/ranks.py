"""Which subhead stands below which: a body has two levels, 2 and 3, and skips none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from newsroom.richtext.document import Block, Heading


def as_given(blocks: Iterable[Block]) -> None:
    """Rank by the level that each heading came with: the first two are ours of 2, all others of 3."""
    headings = _headings(blocks)
    for heading in headings:
        heading.level = 2 if heading.level <= 2 else 3
    _skip_none(headings)


def as_outline(blocks: Iterable[Block]) -> None:
    """Rank by a whole document's own outline: its highest level is ours of 2, every lower one of 3.

    A document's title stands above its outline: one that says so, or a lone first heading with two levels below it.
    """
    headings = _headings(blocks)
    outline = [heading.level for heading in headings if heading.level]
    levels = sorted(set(outline))
    has_title = len(outline) < len(headings)
    if not has_title and len(levels) > 2 and outline[0] == levels[0] and outline.count(levels[0]) == 1:
        del levels[0]
    highest = levels[0] if levels else 0
    for heading in headings:
        heading.level = 2 if heading.level <= highest else 3
    _skip_none(headings)


def _headings(blocks: Iterable[Block]) -> list[Heading]:
    return [block for block in blocks if isinstance(block, Heading)]


def _skip_none(headings: Sequence[Heading]) -> None:
    for heading in headings:
        if heading.level == 2:
            break
        heading.level = 2
