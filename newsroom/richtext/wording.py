"""Two texts as one, word by word: what was added, what was removed, and what is marked otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import NamedTuple

from django.utils.translation import gettext as _

from newsroom.differences import Budget, Op, same_word, steps, words_of
from newsroom.richtext.document import BREAK, PLAIN, Link, Marks, Run
from newsroom.richtext.traces import COMPARED, Trace, traced
from newsroom.sentences import quoted

_SPACES = " \xa0"


class _Word(NamedTuple):
    """A word, by what it is compared, and how it is marked: several runs where a mark ends inside it."""

    key: str
    runs: list[Run]


@dataclass(frozen=True)
class Wording:
    """What all steps of one comparison share: the time that is left, and the headlines of stories by their id."""

    budget: Budget
    stories: Mapping[int, str]

    def runs(self, was: Sequence[Run], now: Sequence[Run]) -> list[Run]:
        """Two texts as one, word by word, with traces."""
        old, new = _words(was), _words(now)
        found = steps([word.key for word in old], [word.key for word in new], budget=self.budget)
        told = [COMPARED]
        for step, follows in zip_longest(found, found[1:]):
            one, other = old[step.before], new[step.after]
            if step.op == Op.SAME:
                told += self.same_words(one, other)
            elif step.op == Op.ADDED:
                tight, space = _tight(_flat(other))
                told += [*traced(Trace.ADDED, tight), *traced(Trace.GAP_NOW, space)]
            elif follows is not None and follows.op == Op.ADDED:
                tight, space = _tight(_flat(one))
                told += [*traced(Trace.REMOVED, tight), *traced(Trace.GAP_WAS, space)]
            else:
                told += traced(Trace.REMOVED, _flat(one))
        return told

    def same_words(self, was: Sequence[_Word], now: Sequence[_Word]) -> list[Run]:
        """Words that stayed; those that are marked otherwise have their traces, and a note that says how."""
        told: list[Run] = []
        at = 0
        for (old, new, same_gap), group in groupby(map(_looks, was, now)):
            until = at + sum(1 for _ in group)
            before, now_here = _flat(was[at:until]), _flat(now[at:until])
            at = until
            if old == new and same_gap is True:
                told += now_here
                continue
            (earlier, gap_was), (later, gap_now) = _tight(before), _tight(now_here)
            if old == new:
                told += later
            else:
                note = [(self.note(old[-1], new[-1]), PLAIN)]
                told += [*traced(Trace.WAS, earlier), *traced(Trace.NOW, later), *traced(Trace.NOTE, note)]
            told += [*traced(Trace.GAP_WAS, gap_was), *traced(Trace.GAP_NOW, gap_now)]
        return told

    def note(self, was: Marks, now: Marks) -> str:
        """How words are marked otherwise: “now bold, no longer italic”."""
        notes = []
        if was.strong != now.strong:
            notes.append(_("now bold") if now.strong else _("no longer bold"))
        if was.em != now.em:
            notes.append(_("now italic") if now.em else _("no longer italic"))
        old, new = self.target(was.link), self.target(now.link)
        if was.link and now.link and old != new:
            notes.append(_("link to %(new)s, was to %(old)s") % {"new": new, "old": old})
        elif now.link and not was.link:
            notes.append(_("now a link to %(new)s") % {"new": new})
        elif was.link and not now.link:
            notes.append(_("no longer a link to %(old)s") % {"old": old})
        return ", ".join(notes) or _("marked otherwise")

    def target(self, link: Link | None) -> str:
        """Where a link leads, for people."""
        if link is None:
            return ""
        if not link.article:
            return link.href
        return quoted(self.stories.get(int(link.article), _("a story of ours")))


def _words(runs: Sequence[Run]) -> list[_Word]:
    """The words of a text, across its runs."""
    found: list[_Word] = []
    at = used = 0
    for word in words_of("".join(run[0] for run in runs)):
        parts: list[Run] = []
        wanted = len(word)
        while wanted:
            text, marks = runs[at]
            part = text[used : used + wanted]
            if part:
                parts.append((part, marks))
            wanted -= len(part)
            used += len(part)
            if used == len(text):
                at, used = at + 1, 0
        found.append(_Word(same_word(word), parts))
    return found


def _flat(words: Iterable[_Word]) -> list[Run]:
    """Words as runs again, joined where they are marked alike."""
    joined: list[Run] = []
    for marks, group in groupby(
        (run for word in words for run in word.runs), key=lambda run: (run[1], run[0] == BREAK)
    ):
        text = "".join(part for part, _ in group)
        joined += [(BREAK, marks[0])] * len(text) if marks[1] else [(text, marks[0])]
    return joined


def _looks(was: _Word, now: _Word) -> tuple[tuple[Marks, ...], tuple[Marks, ...], bool | int]:
    """How a word that stayed was and is marked; True where the same spaces follow it, else a number of its own."""
    return _look(was), _look(now), _gap(was) == _gap(now) or id(now)


def _gap(word: _Word) -> str:
    """The spaces that follow a word."""
    text = "".join(part for part, _ in word.runs)
    return text[len(text.rstrip(_SPACES)) :]


def _look(word: _Word) -> tuple[Marks, ...]:
    """How a word is marked, each way once."""
    return tuple(dict.fromkeys(marks for text, marks in word.runs if text.strip())) or (PLAIN,)


def _tight(runs: list[Run]) -> tuple[list[Run], list[Run]]:
    """The runs without the spaces at their end, and these."""
    if not runs:
        return [], []
    text, marks = runs[-1]
    tight = text.rstrip(_SPACES)
    if tight == text or (not tight and len(runs) == 1):
        return runs, []
    return [*runs[:-1], *([(tight, marks)] if tight else [])], [(text[len(tight) :], PLAIN)]
