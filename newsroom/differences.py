"""What differs between two sequences: words of a text, paragraphs of a body, names in a list.

The comparing itself is diff-match-patch's, which also tidies what it finds for people: a stray “the” that two
sentences happen to share is not called unchanged. One Budget bounds the work of a whole comparison; once it is spent,
what is left is told as replaced, and never wrongly as the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

import regex
from diff_match_patch import diff_match_patch

T = TypeVar("T")

# A number with its separators and a word with its apostrophe or hyphen are one, and so is an emoji with its parts. The
# spaces after it belong to it: on their own they would count as words that two sentences share.
_WORDS = regex.compile(r"\n|(?:[\w\p{M}]+(?:['’.,:/‑-][\w\p{M}]+)*|\S\p{M}*|\X)[^\S\n]*+")
_LETTERS = regex.compile(r"\w")

# Each distinct token becomes one character; from here on they are letters to the library, none of them a space.
_FIRST_CHARACTER = 0x20000
_MOST_TOKENS = 400_000

# Entries that share this much of their words are the same entry, changed.
_ALIKE = 0.35
# How many pairs of entries are looked at, at most, to find those that belong together.
_MOST_PAIRS = 80_000


class Op(StrEnum):
    """What happened to a stretch."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of two sequences: its place in each, empty in one of them where it was removed or added."""

    op: Op
    before: slice
    after: slice


@dataclass
class Budget:
    """How many seconds a comparison may take; counted from when it is made."""

    seconds: float = 0.8
    began: float = field(default_factory=time.monotonic)

    @property
    def left(self) -> float:
        """The seconds that are left, below zero where it is spent."""
        return self.seconds - (time.monotonic() - self.began)


class Pair(NamedTuple, Generic[T]):
    """What an entry was and is; None where it was not there yet, or is gone."""

    before: T | None
    after: T | None


@dataclass(frozen=True)
class Kinship(Generic[T]):
    """By what entries are the same (`key`), by what they are known again when changed (`words`), and which may be."""

    key: Callable[[T], Hashable]
    words: Callable[[T], frozenset[str]]
    may_pair: Callable[[T, T], bool] = lambda _one, _other: True


def words_of(text: str) -> list[str]:
    """A text's words, marks and line ends, each with the spaces that follow it; joined they are the text."""
    return [found.group() for found in _WORDS.finditer(text)]


def same_word(word: str) -> str:
    """By what a word is the same as another one: not by the spaces that follow it."""
    return word.rstrip() or word


def steps(
    before: Sequence[Hashable], after: Sequence[Hashable], *, budget: Budget, for_people: bool = True
) -> list[Step]:
    """How `before` becomes `after`. `for_people` prefers few, whole changes to the fewest changed tokens."""
    if before == after:
        return [Step(Op.SAME, slice(0, len(before)), slice(0, len(after)))] if before else []
    left = budget.left
    if left < 0.005 or len(before) + len(after) > _MOST_TOKENS:
        return _replaced(before, after)
    known: dict[Hashable, str] = {}
    texts = [
        "".join([known.setdefault(token, chr(_FIRST_CHARACTER + len(known))) for token in side])
        for side in (before, after)
    ]
    engine = diff_match_patch()
    engine.Diff_Timeout = left
    found = engine.diff_main(*texts, False)  # noqa: FBT003 - no line mode: each character is a token already
    if for_people:
        engine.diff_cleanupSemantic(found)
    return _placed(found)


def _placed(found: Sequence[tuple[int, str]]) -> list[Step]:
    told, at, then = [], 0, 0
    for kind, text in found:
        size = len(text)
        old, new = size if kind <= 0 else 0, size if kind >= 0 else 0
        op = Op.SAME if kind == 0 else Op.REMOVED if kind < 0 else Op.ADDED
        told.append(Step(op, slice(at, at + old), slice(then, then + new)))
        at, then = at + old, then + new
    return told


def _replaced(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[Step]:
    """What begins and ends alike is the same; what lies between is removed and added."""
    old, new = len(before), len(after)
    shortest = min(old, new)
    head = next((i for i in range(shortest) if before[i] != after[i]), shortest)
    tail = next((i for i in range(shortest - head) if before[old - 1 - i] != after[new - 1 - i]), shortest - head)
    told = [
        Step(Op.SAME, slice(0, head), slice(0, head)),
        Step(Op.REMOVED, slice(head, old - tail), slice(head, head)),
        Step(Op.ADDED, slice(old - tail, old - tail), slice(head, new - tail)),
        Step(Op.SAME, slice(old - tail, old), slice(new - tail, new)),
    ]
    return [step for step in told if step.before.start < step.before.stop or step.after.start < step.after.stop]


def text_steps(before: str, after: str, *, budget: Budget) -> list[tuple[Op, str]]:
    """How one plain text becomes another, word by word: the words of both, in order, with the spaces of the later."""
    old, new = words_of(before), words_of(after)
    told: list[tuple[Op, str]] = []
    for step in steps([*map(same_word, old)], [*map(same_word, new)], budget=budget):
        text = "".join(old[step.before] if step.op == Op.REMOVED else new[step.after])
        if step.op == Op.ADDED and (tight := text.rstrip(" ")) and tight != text:
            # The space behind a new word is not what is new.
            if told and told[-1][0] == Op.REMOVED:
                told[-1] = (Op.REMOVED, told[-1][1].rstrip(" "))
            told += [(step.op, tight), (Op.SAME, text[len(tight) :])]
        else:
            told.append((step.op, text))
    return told


def pairs(before: Sequence[T], after: Sequence[T], kinship: Kinship[T], *, budget: Budget) -> list[Pair[T]]:
    """Entries that belong together, in order: the same ones, and changed ones that share enough of their words.

    One that was removed stands with None after it, one that was added with None before it.
    """
    found: list[Pair[T]] = []
    gone: list[T] = []
    come: list[T] = []
    keys = [[kinship.key(each) for each in side] for side in (before, after)]
    for step in steps(*keys, budget=budget, for_people=False):
        if step.op == Op.SAME:
            found += _matched(gone, come, kinship, budget)
            gone, come = [], []
            found += [Pair(old, new) for old, new in zip(before[step.before], after[step.after], strict=True)]
        gone += before[step.before] if step.op == Op.REMOVED else []
        come += after[step.after] if step.op == Op.ADDED else []
    found += _matched(gone, come, kinship, budget)
    return found


def _matched(gone: Sequence[T], come: Sequence[T], kinship: Kinship[T], budget: Budget) -> list[Pair[T]]:
    """What was removed and added at one place, paired in order so that the pairs share as much as they can."""
    if not gone or not come:
        return [Pair(each, None) for each in gone] + [Pair(None, each) for each in come]
    if len(gone) == len(come) == 1 and kinship.may_pair(gone[0], come[0]):
        return [Pair(gone[0], come[0])]
    chosen = _best(gone, come, kinship, budget)
    told: list[Pair[T]] = []
    at = then = 0
    for i, j in [*chosen, (len(gone), len(come))]:
        told += [Pair(each, None) for each in gone[at:i]] + [Pair(None, each) for each in come[then:j]]
        if i < len(gone):
            told.append(Pair(gone[i], come[j]))
        at, then = i + 1, j + 1
    return told


def _best(gone: Sequence[T], come: Sequence[T], kinship: Kinship[T], budget: Budget) -> list[tuple[int, int]]:
    """The pairs of places, in order, with the most likeness in all. Looks only near the diagonal of long ones."""
    old, new = [kinship.words(each) for each in gone], [kinship.words(each) for each in come]
    width = len(come)
    reach = max(_MOST_PAIRS // len(gone) // 2, 2)
    above = [0.0] * (width + 1)
    taken: list[tuple[int, list[str]]] = []  # for each row its first column, and how each column was reached
    for i, mine in enumerate(old):
        if budget.left < 0:
            break
        centre = i * width // len(old)
        first, last = max(centre - reach, 0), min(centre + reach + 1, width)
        row, ways = above[: first + 1], []
        for j in range(first, last):
            best, way = (row[j], "left") if row[j] > above[j + 1] else (above[j + 1], "above")
            likeness = _likeness(mine, new[j])
            if likeness >= _ALIKE and above[j] + likeness > best and kinship.may_pair(gone[i], come[j]):
                best, way = above[j] + likeness, "pair"
            row.append(best)
            ways.append(way)
        row += [max(row[-1], each) for each in above[last + 1 :]]
        above = row
        taken.append((first, ways))
    found = []
    i, j = len(taken) - 1, width - 1
    while i >= 0 and j >= 0:
        first, ways = taken[i]
        way = "above" if j < first else "left" if j >= first + len(ways) else ways[j - first]
        if way == "pair":
            found.append((i, j))
        i, j = (i if way == "left" else i - 1), (j if way == "above" else j - 1)
    return found[::-1]


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of their words two entries share, from 0 to 1."""
    size = len(one) + len(other)
    return 2 * len(one & other) / size if size else 0.0


def bag(text: str) -> frozenset[str]:
    """The words by which an entry is known again."""
    return frozenset(word.casefold() for word in words_of(text) if _LETTERS.match(word))
