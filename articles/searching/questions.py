"""The query language: what somebody types into a search box, read into a question. Every text is one.

    query  = { group }
    group  = item { "OR" item }            one of them is enough; of groups, all are needed
    item   = [ "-" ] ( word | phrase )     "-" leaves out the stories that have it
    phrase = quote … quote                 words that stand side by side; the end of the query closes it too
    filter = [ "-" ] key ":" ( word | phrase )

A quote is any of " “ ” „ ‟ « » ＂. The keys are `author`, `section`, `tag`, each with a name or the last part of its
address, and `from`, `to`, `on`, `after`, `before` with a day, a month or a year (2026-02-03, 2026-02, 2026) in the
newsroom's zone; the newsroom's language may have words of its own for them. Several authors or tags are all needed, of
several sections one. “OR” stands in capitals between two items that are looked for; elsewhere it is dropped. Whatever
has another key, or none that is known, is words: “https://example.org” is the phrase “https example org”, as a
hyphenated word is a phrase of its parts.

Nothing that is typed reaches PostgreSQL as the syntax of a query, only as words. What is longer than LONGEST, or has
more than MOST_ITEMS, is cut, and the question says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self

import regex
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles import search
from newsroom import local_time

LONGEST = 400
MOST_ITEMS = 24
MOST_FILTERS = 8

_QUOTES = '"“”„‟«»＂'
_TOKEN = regex.compile(
    rf"""\s*+
    (?P<minus>[-−](?=[^\s\-−]))?
    (?:(?P<key>[\p{{L}}\p{{M}}]{{2,20}})(?::|：)(?=\S))?
    (?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*+)[{_QUOTES}]?|(?P<word>[^\s{_QUOTES}]++))""",
    regex.VERBOSE,
)
_DATE = regex.compile(r"([1-9][0-9]{3})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?", regex.ASCII)


class Key(StrEnum):
    """What a question can be narrowed by."""

    AUTHOR = "author"
    SECTION = "section"
    TAG = "tag"
    FROM = "from"
    TO = "to"
    ON = "on"
    AFTER = "after"
    BEFORE = "before"

    @property
    def is_date(self) -> bool:
        """Whether its value is a day, a month or a year."""
        return self not in {Key.AUTHOR, Key.SECTION, Key.TAG}


@dataclass(frozen=True)
class Item:
    """Words to look for, side by side, or to leave out; `place` is where they stand in what was typed.

    `is_quoted` are those that stood in quotation marks: meant as they are, no part of longer ones.
    """

    words: str
    is_excluded: bool = False
    place: tuple[int, int] = (0, 0)
    is_quoted: bool = False


@dataclass(frozen=True)
class Filter:
    """A condition beside the words. `place` is where it was typed, None where a field of the form has it."""

    key: Key
    value: str
    is_excluded: bool = False
    place: tuple[int, int] | None = None


@dataclass(frozen=True)
class Days:
    """A day, a month or a year: its first day, and the first one after it."""

    first: date
    after: date

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read “2026”, “2026-02” or “2026-02-03”. Raises ValueError for everything else."""
        match = _DATE.fullmatch(text.strip())
        if match is None:
            raise ValueError("No date.")
        year, month, day = (int(part) if part else None for part in match.groups())
        first = date(year or 1, month or 1, day or 1)
        if day:
            return cls(first, first + timedelta(days=1))
        return cls(first, date(first.year + 1, 1, 1) if month in {None, 12} else date(first.year, first.month + 1, 1))


@dataclass(frozen=True)
class Question:
    """What is looked for. `since` and `until` bound the instant of publication: [since, until).

    `notes` are sentences for whoever typed it about what was not understood.
    """

    text: str = ""
    groups: tuple[tuple[Item, ...], ...] = ()
    filters: tuple[Filter, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def items(self) -> list[Item]:
        """All words, one group after the other."""
        return [item for group in self.groups for item in group]

    @property
    def wanted(self) -> list[Item]:
        """The words that are looked for."""
        return [item for item in self.items if not item.is_excluded]

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing: no word to look for, and no condition."""
        return not self.wanted and not self.filters

    def of(self, key: Key, *, excluded: bool = False) -> list[str]:
        """The values of the filters with this key."""
        return [one.value for one in self.filters if one.key is key and one.is_excluded is excluded]

    def without(self, one: Filter) -> str:
        """What was typed, less this filter."""
        if one.place is None:
            return self.text
        return " ".join(f"{self.text[: one.place[0]]} {self.text[one.place[1] :]}".split())


def ask(text: str, filters: Iterable[tuple[Key, str]] = ()) -> Question:
    """Read a query, and the fields of a form beside it."""
    text = tidied(text)
    notes = []
    if len(text) > LONGEST:
        text = text[:LONGEST]
        notes.append(_("Your search was longer than we can look for. We looked for its beginning."))
    reader = _Reader()
    reader.read(text)
    for key, value in filters:
        reader.take(Filter(key, tidied(value)[:LONGEST]))
    if reader.has_too_many:
        notes.append(_("Your search had more words than we can look for. We looked for the first of them."))
    dates = [one for one in reader.filters if one.key.is_date]
    since, until, bad = _bounds(dates)
    notes += [_("“%(date)s” is no date that we understand. Write 2026, 2026-02 or 2026-02-03.") % {"date": each.value}
              for each in bad]  # fmt: skip
    return Question(
        text,
        tuple(reader.groups),
        tuple(one for one in reader.filters if one not in bad),
        since,
        until,
        tuple(notes),
    )


def tidied(text: str) -> str:
    """A text that can be shown, linked to and searched for: no halves of characters, no NUL, no space around it."""
    return text.encode("utf-8", "replace").decode().replace("\x00", " ").strip()


def keys() -> dict[str, Key]:
    """The keys, as they may be typed: in English, and in the language of whoever reads this."""
    named = {
        pgettext("search key", "author"): Key.AUTHOR,
        pgettext("search key", "section"): Key.SECTION,
        pgettext("search key", "tag"): Key.TAG,
        pgettext("search key", "from"): Key.FROM,
        pgettext("search key", "to"): Key.TO,
        pgettext("search key", "on"): Key.ON,
        pgettext("search key", "after"): Key.AFTER,
        pgettext("search key", "before"): Key.BEFORE,
    }
    others = {"since": Key.FROM, "until": Key.TO, "by": Key.AUTHOR}
    return {key.value: key for key in Key} | others | {name.casefold(): key for name, key in named.items()}


class _Reader:
    """Goes through a query from left to right, once."""

    def __init__(self) -> None:
        self.groups: list[tuple[Item, ...]] = []
        self.filters: list[Filter] = []
        self.has_too_many = False
        self._joins = False
        self._last_joins = False
        self._keys = keys()
        self._or = {"OR", "|", pgettext("search", "OR")}

    def read(self, text: str) -> None:
        """Take what the query says."""
        for match in _tokens(text):
            self._token(match)

    def take(self, one: Filter) -> None:
        """Take a filter, unless it says nothing."""
        if not search.words(one.value) or one in self.filters:
            return
        if len(self.filters) < MOST_FILTERS:
            self.filters.append(one)
        else:
            self.has_too_many = True

    def _token(self, match: regex.Match[str]) -> None:
        key, phrase, word = match["key"], match["phrase"], match["word"]
        said = phrase if word is None else word
        place = (match.start("minus") if match["minus"] else _start(match), match.end())
        if word in self._or and not key and not match["minus"]:
            self._joins = self._last_joins
            return
        known = self._keys.get(key.casefold()) if key else None
        if known is not None:
            self._last_joins = self._joins = False
            # A date has no opposite: there are “before” and “after”.
            self.take(Filter(known, said.strip(), bool(match["minus"]) and not known.is_date, place))
            return
        words = search.words(f"{key} {said}" if key else said)
        self._add(Item(words, bool(match["minus"]), place, is_quoted=word is None))

    def _add(self, item: Item) -> None:
        joins, self._joins = self._joins and not item.is_excluded, False
        if not item.words:
            return
        self._last_joins = not item.is_excluded
        if sum(map(len, self.groups)) >= MOST_ITEMS:
            self.has_too_many = True
        elif joins:
            self.groups[-1] = (*self.groups[-1], item)
        else:
            self.groups.append((item,))


def _tokens(text: str) -> Iterator[regex.Match[str]]:
    at = 0
    while match := _TOKEN.match(text, at):
        yield match
        at = match.end()


def _start(match: regex.Match[str]) -> int:
    """Where a token begins after the white space before it."""
    return match.start() + len(match[0]) - len(match[0].lstrip())


def _bounds(dates: list[Filter]) -> tuple[datetime | None, datetime | None, list[Filter]]:
    """The narrowest period of all dates, and those that are none."""
    since: list[date] = []
    until: list[date] = []
    bad = []
    for one in dates:
        try:
            days = Days.parse(one.value)
        except (ValueError, OverflowError):
            bad.append(one)
            continue
        match one.key:
            case Key.FROM:
                since.append(days.first)
            case Key.TO:
                until.append(days.after)
            case Key.AFTER:
                since.append(days.after)
            case Key.BEFORE:
                until.append(days.first)
            case _:
                since.append(days.first)
                until.append(days.after)
    return (
        local_time.day_begins(max(since)) if since else None,
        local_time.day_begins(min(until)) if until else None,
        bad,
    )
