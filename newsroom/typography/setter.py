"""Setting plain text: one pass from its beginning to its end. static/js/desk-typography.js decides in the same way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from newsroom.typography.marks import Marks

EN_DASH, EM_DASH, ELLIPSIS, NO_BREAK = "–", "—", "…", "\xa0"

# What stands for something that is no text, such as code: as good as a word for the marks around it.
OBJECT = "\ufffc"

_NO_MORE = r"(?![\p{L}\p{N}])"
_ENDS = regex.compile(rf"(?<=\S)['’](?![\p{{L}}\p{{M}}\p{{N}}{OBJECT}])")
_FAR = 400  # characters in which a quotation’s end is looked for

_TRAILING = r"\s\"<>“”'‘’„‚«»‹›.,;:!?)\]…–—-"
_REST = rf"[^\s\"<>“”„«»]*[^{_TRAILING}]"
_KEPT = (
    rf"(?:[a-z][a-z0-9+.]{{1,20}}://|www\.|mailto:){_REST}"
    r"|(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}][\p{L}\p{N}._%+'-]{0,63}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,}"
    rf"|(?<![\p{{L}}\p{{N}}.-])(?:[\p{{L}}\p{{N}}-]{{1,63}}\.){{1,8}}\p{{L}}{{2,20}}/(?:{_REST})?"
    r"|(?<![\p{L}\p{N}])xn--[\p{L}\p{N}-]+"
    r"|`[^`\n]*`"
)
_MARKS = (
    r"(?P<dashes>-{2,})"
    r"|(?P<hyphen>(?<=[^\s–—-][ \xa0])-(?=[ \xa0](?![–—-])))"
    r"|(?P<dots>\.{2,}|(?<![.…])(?<![.…][ \xa0])\.(?:[ \xa0]\.){2}(?![ \xa0]?[.…]))"
    r"|(?P<quote>[\"'“”‘’„‚«»‹›])"
    r"|(?P<line>\n)"
)
# Of languages with a gap: what ends a sentence or a part of one, and spaces inside of marks.
_HIGH = (
    r"(?P<high>(?<=[^\s;:!?(\[{<«“‘¿¡/\\])[ \xa0\u202f]?"
    r"(?:[;:](?=[\s\"»–—]|--|$)|[!?]+(?=[\s)\]}»”’\"'.,…–—]|--|$)))"
    r"|(?P<gap>(?<=[\"«])[ \xa0\u202f](?=[^\s–—-])|(?<=\S)[ \xa0\u202f](?=[\"»]))"
)
# A dash that ends what another began, as the Spanish raya does.
_RAYA_ENDS = regex.compile(r"(?<=[^\s-])(?:-{2,3}(?!-)|—)(?![\p{L}\p{M}\p{N}>|])")

_WORD = regex.compile(rf"[\p{{L}}\p{{M}}\p{{N}}{OBJECT}]")
_DASHES = "–—-"
_STOPS = ",.;:!?…"


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands from `start` to `end` is to be `text`."""

    start: int
    end: int
    text: str


def edits(text: str, marks: Marks, *, holds: bool = False) -> list[Edit]:
    """Where `text` is to be changed and how, in order; with `holds`, no-break spaces too."""
    return list(_Setter(text, marks, holds=holds).edits())


def apply(text: str, changes: list[Edit]) -> str:
    """`text` with the changes made."""
    pieces, position = [], 0
    for change in changes:
        pieces += [text[position : change.start], change.text]
        position = change.end
    return "".join([*pieces, text[position:]])


@cache
def _token(marks: Marks, *, holds: bool) -> regex.Pattern[str]:
    """What a pass stops at."""
    parts = [rf"(?P<kept>{_KEPT})"]
    if marks.gap:
        parts.append(_HIGH)
    if holds:
        parts.append(rf"(?P<space>{'|'.join(_held(marks))})")
    return regex.compile("|".join([*parts, _MARKS]))


def _held(marks: Marks) -> Iterator[str]:
    """Patterns of the spaces at which a line must not break."""
    if not marks.raya:
        yield rf"(?<=[^\s–—-]) (?={marks.dash}[ \xa0]|--(?![\p{{L}}\p{{M}}\p{{N}}>|-])|-[ \xa0](?![–—-]))"
    yield rf"(?<=[0-9]) (?=(?:{marks.units}){_NO_MORE})"
    if marks.months:
        yield rf"(?<=(?<![0-9.,:…])(?:{marks.day})) (?=(?:{marks.months}){_NO_MORE})"
    if marks.titles:
        yield rf"(?<=(?<![\p{{L}}\p{{N}}])(?:{marks.titles})) (?=\p{{Lu}})"
    if marks.numbers:
        yield rf"(?<=(?<![\p{{L}}\p{{N}}])(?:{marks.numbers})) (?=[0-9])"
    if marks.pairs:
        yield r"(?<=(?<![\p{L}\p{N}])\p{L}\.) (?=\p{L}\.)"


@cache
def _elided(marks: Marks) -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """What surely begins with an apostrophe, and what may."""
    surely, maybe = (
        regex.compile(rf"(?:{words}){_NO_MORE}" if words else "(?!)", regex.IGNORECASE)
        for words in (marks.elided, marks.maybe)
    )
    return surely, maybe


def _is_word(character: str) -> bool:
    return bool(character) and _WORD.match(character) is not None


class _Setter:
    """One pass over a text, from its beginning to its end, remembering which quotations are open."""

    def __init__(self, text: str, marks: Marks, *, holds: bool) -> None:
        self.text, self.marks = text, marks
        self.token, self.space = _token(marks, holds=holds), NO_BREAK if holds else " "
        self.surely, self.maybe = _elided(marks)
        self.before = ""  # the character before the mark, as it will stand there; "" where a line begins
        self.opens_before = False  # whether that is a mark which opens a quotation
        self.doubles = self.singles = 0
        opening, closing = ("»", "«") if marks.inward else ("«", "»")
        self.openers = f"([{{<¡¿/={opening}"
        self.closers = f"{_STOPS})]}}{marks.double[1]}{marks.single[1]}{closing}"
        # Marks before which a dash has a space.
        own = "".join(pair[0] for pair in (marks.double, marks.single) if pair[0] != pair[1])
        self.begins_words = f"([{{£$€#@&{opening}{own}"

    def edits(self) -> Iterator[Edit]:
        """What is to be changed."""
        end = 0
        for found in self.token.finditer(self.text):
            start = found.start()
            if start > end:
                self.before, self.opens_before = self.text[start - 1], False
            end = found.end()
            was, kind = found[0], found.lastgroup or ""
            will_be = self._set(kind, was, start, end)
            if kind != "quote":
                self.before, self.opens_before = will_be[-1:] or self.before, False
            if kind == "kept":
                self.before = OBJECT
            elif kind == "line":
                self.before, self.doubles, self.singles = "", 0, 0
            if will_be != was:
                yield Edit(start, end, will_be)

    def _set(self, kind: str, was: str, start: int, end: int) -> str:
        match kind:
            case "dashes":
                return self._raya(was, end) if self.marks.raya else self._dash(was, end)
            case "hyphen":
                return was if self.marks.raya else self.marks.dash
            case "dots":
                return self._dots(was, self._character(end))
            case "space":
                return NO_BREAK
            case "high":
                return f"{self.marks.gap}{was.lstrip()}"
            case "gap":
                return self._gap(was, end)
            case "quote":
                return self._quote(was, start, self._character(end))
        return was

    def _character(self, place: int) -> str:
        found = self.text[place : place + 1]
        return "" if found == "\n" else found

    # ---- Quotation marks ----

    def _quote(self, was: str, start: int, after: str) -> str:
        mark = was
        if self.marks.double[0]:
            mark = self._double(after) if was == '"' else self._single(start, after) if was == "'" else was
        before = self.before
        self._count(mark, after)
        self.before = mark
        if not self.marks.gap or mark not in self.marks.double:
            return mark
        if mark == self.marks.double[0]:
            return f"{mark}{self.marks.gap}" if after and not after.isspace() else mark
        return f"{self.marks.gap}{mark}" if before and not before.isspace() and before != self.marks.double[0] else mark

    def _count(self, mark: str, after: str) -> None:
        doubles, singles = self.doubles, self.singles
        (opens, closes), (opens_single, closes_single) = self.marks.double, self.marks.single
        if mark == opens == closes:
            self.doubles = 0 if doubles else 1
        elif mark == opens:
            self.doubles += 1
        elif mark == closes:
            self.doubles = max(0, doubles - 1)
        elif mark == opens_single == closes_single:
            if not _is_word(self.before) and self.before not in tuple(_STOPS):
                self.singles += 1
            elif not _is_word(after):
                self.singles = max(0, singles - 1)
        elif mark == opens_single:
            self.singles += 1
        elif mark == closes_single and not (mark == "’" and _is_word(after)):
            self.singles = max(0, singles - 1)
        self.opens_before = self.doubles > doubles or self.singles > singles

    def _begins(self, other: str, own: str) -> bool:
        """Whether a quotation may begin after what stands before: nothing, a bracket, a mark of the `other` level."""
        before = self.before
        if not before or before.isspace() or before in _DASHES:
            return True
        if before == other:
            return self.opens_before
        return before in self.openers and before != own

    def _is_opening(self, after: str, *, open_already: bool) -> bool | None:
        """Whether a mark where one could open does so; None where nobody can tell."""
        ends = not after or after.isspace() or after in self.closers
        if not self.before or self.before.isspace():
            if self.marks.gap and open_already and ends:
                return False  # who writes « thus » may write " thus "
            if after.isspace() and self.before:
                return False if open_already else None
            return not (after and after in self.closers)
        if self.before in _DASHES:
            return not open_already and not after if ends else True
        return True

    def _double(self, after: str) -> str:
        before = self.before
        mark_opens, mark_closes = self.marks.double
        if before.isdecimal() and not self.doubles:
            return '"'  # inches, or minutes
        opens: bool | None = False
        if self._begins(self.marks.single[0], mark_opens):
            opens = self._is_opening(after, open_already=bool(self.doubles))
        elif before in _STOPS and _is_word(after):
            opens = not self.doubles
        return '"' if opens is None else mark_opens if opens else mark_closes

    def _single(self, start: int, after: str) -> str:
        before = self.before
        if before.isdecimal():
            closes = bool(self.singles) or (_is_word(after) and not after.isdecimal())
            return self._closing(after) if closes and not after.isdecimal() else "'"  # feet, or seconds
        begins = self._begins(self.marks.double[0], self.marks.single[0])
        if not begins and not (before in _STOPS and _is_word(after) and not self.singles):
            return self._closing(after)
        if self._is_elision(start):
            return "’"
        opens = self._is_opening(after, open_already=bool(self.singles))
        return "'" if opens is None else self.marks.single[0] if opens else self._closing(after)

    def _closing(self, after: str) -> str:
        """A mark that ends a quotation, or an apostrophe where none is open or a word goes on."""
        return self.marks.single[1] if self.singles and not _is_word(after) else "’"

    def _is_elision(self, start: int) -> bool:
        if self.surely.match(self.text, start + 1):
            return True
        if not self.maybe.match(self.text, start + 1):
            return False
        return bool(self.singles) or not self._closes_later(start)

    def _closes_later(self, start: int) -> bool:
        """Whether something further on in the line looks like the end of a quotation in single marks."""
        return _ENDS.search(self.text, start + 2, self._line_end(start)) is not None

    def _line_end(self, start: int) -> int:
        """Where the line ends, or what is looked at of it."""
        line_end = self.text.find("\n", start, start + _FAR)
        return line_end if line_end >= 0 else start + _FAR

    def _gap(self, was: str, end: int) -> str:
        """A space inside of a mark: of an open one before it, or of a closing one behind it."""
        if self.opens_before and self.before == self.marks.double[0]:
            return self.marks.gap
        after = self._character(end)
        if after == '"':
            before, self.before = self.before, " "
            after = self._double(self._character(end + 1))
            self.before = before
        is_inside = after == self.marks.double[1] and self.before != self.marks.double[0]
        return self.marks.gap if is_inside else was

    # ---- Dots and dashes ----

    def _dots(self, was: str, after: str) -> str:
        if "/" in (self.before, after) or "\\" in (self.before, after):
            return was
        if was == "....":
            return f"{ELLIPSIS}."
        return ELLIPSIS if was == "..." or " " in was or NO_BREAK in was else was

    def _dash(self, was: str, end: int) -> str:
        before, after = self.before, self._character(end)
        starts = not before or before.isspace()
        if len(was) > 3 or before in tuple("<!>|") or after in tuple(">|") or (starts and _is_word(after)):
            return was
        if len(was) == 3:
            return EM_DASH
        if before.isdecimal() and after.isdecimal():
            return EN_DASH
        within = bool(before) and (before in f"{self.openers}{_DASHES}" or self.opens_before)
        space_before = "" if starts or within else self.space
        space_after = " " if self._begins_words(end) and not within else ""
        return f"{space_before}{self.marks.dash}{space_after}"

    def _raya(self, was: str, end: int) -> str:
        """A dash that touches what it holds, where one closes what it opens or a line of talk begins with it."""
        before, after = self.before, self._character(end)
        starts = not before or before.isspace()
        if len(was) > 3 or before in tuple("<!>|") or after in tuple(">|"):
            return was
        if before.isdecimal() and after.isdecimal() and len(was) == 2:
            return EN_DASH
        if starts and _is_word(after):
            talks = not before and after.isupper()
            if not talks and _RAYA_ENDS.search(self.text, end + 1, self._line_end(end - 1)) is None:
                return was
        return EM_DASH

    def _begins_words(self, place: int) -> bool:
        """Whether words begin here, or a quotation or bracket with words in it."""
        after = self._character(place)
        if after in ("'", '"'):
            return _is_word(self._character(place + 1))
        return _is_word(after) or (bool(after) and after in self.begins_words)
