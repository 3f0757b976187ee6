"""Joining: what two people made of one text, field by field and paragraph by paragraph. The one rule for all merges.

What one side changed is taken; what both changed alike is agreed; what both changed differently clashes, and whoever
asked has to decide. Nothing here reads or writes the database: saves at the desk, take-overs and changes that are
carried into scheduled editions all ask `join`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, TypeAlias, cast

from merge3 import Merge3

from articles.content import Content
from newsroom import richtext

Pair: TypeAlias = tuple[Content, str]
Fields: TypeAlias = Mapping[str, Any]

# How a field is merged where both changed it: a body by its blocks, an ordered list by its entries, a set by both.
BODY = "body"
LISTS = frozenset({"bylines", "related"})
SETS = frozenset({"tags"})


@dataclass(frozen=True)
class Clash:
    """What both sides made of one field. In a body and a list, what did not clash is joined in each of the two."""

    ours: Any
    theirs: Any


@dataclass(frozen=True)
class Joined:
    """The fields as one, theirs where they clash, and what came from whom since the common base."""

    fields: dict[str, Any]
    clashes: dict[str, Clash]
    from_ours: tuple[str, ...]
    from_theirs: tuple[str, ...]


class MergeConflict(ValueError):
    """Two texts changed the same thing differently. `fields` names what."""

    def __init__(self, fields: list[str]) -> None:
        super().__init__(f"Both versions changed: {', '.join(fields)}.")
        self.fields = fields


def join(base: Fields | None, ours: Fields, theirs: Fields) -> Joined:
    """Bring what `ours` changed since `base` into `theirs`; fields that `ours` does not name stay theirs.

    Fields are those of a snapshot with the `body`, and any others that are compared whole. Without a base, everything
    in which the two differ clashes.
    """
    joined, clashes = dict(theirs), {}
    came: dict[str, list[str]] = {"ours": [], "theirs": []}
    for name in ours:
        was, our, their = (_plain(name, side.get(name), like=ours[name]) for side in (base or {}, ours, theirs))
        if our == their:
            continue
        if base is not None and our == was:
            came["theirs"].append(name)
            continue
        if base is not None and their == was:
            joined[name] = our
            came["ours"].append(name)
            continue
        came["ours"].append(name)
        came["theirs"].append(name)
        both = _both(name, None if base is None else was, our, their)
        if isinstance(both, Clash):
            clashes[name] = both
            joined[name] = both.theirs
        else:
            joined[name] = both
    return Joined(joined, clashes, tuple(came["ours"]), tuple(came["theirs"]))


def merge(base: Pair, ours: Pair, theirs: Pair) -> Pair:
    """`join` for snapshots with their bodies. Raises MergeConflict with the fields that both changed differently."""
    joined = join(*({**content, BODY: body} for content, body in (base, ours, theirs)))
    if joined.clashes:
        raise MergeConflict([name.replace("_", " ") for name in joined.clashes])
    body = joined.fields.pop(BODY)
    return cast("Content", joined.fields), body


def _plain(name: str, value: Any, *, like: Any) -> Any:
    """A value so that equal ones are equal: without anchors and other line ends; nothing is an empty one."""
    if value is None:
        return type(like)() if isinstance(like, (str, list)) else None
    if name == BODY:
        return richtext.clean(value)
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    return sorted(value) if name in SETS else value


def _both(name: str, was: Any, ours: Any, theirs: Any) -> Any:
    """What comes of a field that both changed: the joined value, or a Clash."""
    if name == BODY:
        joined = _in_order(*(richtext.blocks(side or "") for side in (was, ours, theirs)))
        clash = Clash(*("".join(side) for side in (joined.ours, joined.theirs))) if joined.clashes else None
        return clash or "".join(joined.ours)
    if was is None:
        return Clash(ours, theirs)
    if name in SETS:
        gone = set(was) - (set(ours) & set(theirs))
        return sorted((set(ours) | set(theirs)) - gone)
    if name in LISTS:
        joined = _in_order(*([_entry(each) for each in side] for side in (was, ours, theirs)))
        sides = [[_value(each) for each in dict.fromkeys(side)] for side in (joined.ours, joined.theirs)]
        return Clash(*sides) if joined.clashes else sides[0]
    return Clash(ours, theirs)


@dataclass
class _Sides:
    """A sequence as it is with our version of what clashes, and with theirs."""

    ours: list[Any]
    theirs: list[Any]
    clashes: bool = False

    def agree(self, part: Iterable[Any]) -> None:
        """Go on with what both have."""
        both = list(part)
        self.ours += both
        self.theirs += both

    def differ(self, ours: Iterable[Any], theirs: Iterable[Any]) -> None:
        """Go on with what each has."""
        self.ours += ours
        self.theirs += theirs
        self.clashes = True


@dataclass(frozen=True)
class _Edit:
    """What one side has instead of the base's entries from `start` to `end`."""

    start: int
    end: int
    new: tuple[Hashable, ...]
    side: str


def _in_order(was: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any]) -> _Sides:
    joined = _Sides([], [])
    for kind, *found in Merge3(was, ours, theirs).merge_groups():
        texts: Any = found
        if kind != "conflict":
            joined.agree(texts[0])
        elif _continues(texts[1], texts[2]):
            joined.agree(texts[1])
        else:
            _side_by_side(texts[0], texts[1], texts[2], joined)
    return joined


def _continues(ours: Sequence[Any], theirs: Sequence[Any]) -> bool:
    """Whether `ours` holds everything of `theirs` in its order: who wrote it went on from there."""
    remaining = iter(ours)
    return bool(theirs) and all(block in remaining for block in theirs)


def _side_by_side(was: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any], joined: _Sides) -> None:
    """Join edits that touch and do not overlap, such as those of two neighbouring paragraphs; where they do, clash."""
    place = 0
    for start, end, group in _groups([*_edits(was, ours, "ours"), *_edits(was, theirs, "theirs")]):
        joined.agree(was[place:start])
        sides = {side: [edit for edit in group if edit.side == side] for side in ("ours", "theirs")}
        made = {side: _applied(was, start, end, edits) for side, edits in sides.items()}
        if not sides["theirs"] or made["ours"] == made["theirs"]:
            joined.agree(made["ours"])
        elif not sides["ours"]:
            joined.agree(made["theirs"])
        else:
            joined.differ(made["ours"], made["theirs"])
        place = end
    joined.agree(was[place:])


def _groups(edits: Iterable[_Edit]) -> Iterable[tuple[int, int, list[_Edit]]]:
    """The edits in order, those that overlap together, with the stretch of the base that each group is about."""
    group: list[_Edit] = []
    start = end = 0
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        at_one_point = edit.start == edit.end == end == start
        if group and (edit.start < end or at_one_point):
            group.append(edit)
            end = max(end, edit.end)
            continue
        if group:
            yield start, end, group
        group, start, end = [edit], edit.start, edit.end
    if group:
        yield start, end, group


def _applied(was: Sequence[Any], start: int, end: int, edits: Iterable[_Edit]) -> list[Any]:
    """A stretch of the base as one side has it."""
    made: list[Any] = []
    for edit in edits:
        made += [*was[start : edit.start], *edit.new]
        start = edit.end
    return [*made, *was[start:end]]


def _edits(was: Sequence[Any], now: Sequence[Any], side: str) -> Iterable[_Edit]:
    """What turns `was` into `now`; of as many paragraphs as there were, each for itself."""
    for kind, start, end, new_start, new_end in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind == "replace" and end - start == new_end - new_start:
            for place in range(end - start):
                yield _Edit(start + place, start + place + 1, (now[new_start + place],), side)
        elif kind != "equal":
            yield _Edit(start, end, tuple(now[new_start:new_end]), side)


def _entry(value: Any) -> Hashable:
    return tuple(value) if isinstance(value, list) else value


def _value(entry: Hashable) -> Any:
    return list(entry) if isinstance(entry, tuple) else entry
