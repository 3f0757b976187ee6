"""Quotation marks, apostrophes, dashes, ellipses and no-break spaces, as a compositor sets them.

The house style is British: “double” outside and ‘single’ inside or the other way round, as it was typed; `--` and a
hyphen between spaces are a spaced en dash – like this –, between figures an unspaced one (1939–45); `---` is an
unspaced em dash for who insists. Feet and inches (5'10") stay as they are. In bodies a no-break space holds a number
to its unit, a title to its name and a dash to the word before it.

Nothing but these characters and the spaces around dashes ever changes, never in addresses, options (`--help`) or code,
and setting twice changes nothing more. static/js/desk-typography.js has the same rules for what is being typed;
tests/data/typography.json holds the cases that both must pass.

No library does this: smartypants (and what is built on it) turns the apostrophes of '90s and 'em the wrong way round,
writes entities, and has no counterpart for an editor that decides in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape

import regex

EN_DASH, EM_DASH, ELLIPSIS, NO_BREAK = "–", "—", "…", "\xa0"

# What stands for something that is no text, such as code: as good as a word for the marks around it.
OBJECT = "\ufffc"

# Words that begin with an apostrophe, whatever follows; and those that do unless a quotation seems to begin there.
_ELIDED = "tis|tisn|twas|twasn|twere|twill|twould|twouldn|tween|neath|gainst|n|em|til|nuff"
_MAYBE_ELIDED = "cause|cos|coz|cuz|bout|round|till|flu|phone|burbs|nother|copter|fraid|scuse|er|im|ello"
_NO_MORE = r"(?![\p{L}\p{N}])"
_SURELY = regex.compile(rf"[0-9][0-9]['’]?s{_NO_MORE}|(?:{_ELIDED})(?!-){_NO_MORE}", regex.IGNORECASE)
_MAYBE = regex.compile(rf"[0-9][0-9]{_NO_MORE}|(?:{_MAYBE_ELIDED})(?!-){_NO_MORE}", regex.IGNORECASE)
_ENDS = regex.compile(rf"(?<=\S)['’](?![\p{{L}}\p{{M}}\p{{N}}{OBJECT}])")
_FAR = 400  # characters in which a quotation’s end is looked for

_TRAILING = r"\s\"<>“”'‘’.,;:!?)\]…–—-"
_REST = rf"[^\s\"<>“”]*[^{_TRAILING}]"
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
    r"|(?P<quote>[\"'“”‘’])"
    r"|(?P<line>\n)"
)
_UNITS = (
    "[kcm]?m|[km]?g|km/h|mph|mi|ha|hectares|tonnes|[kMGT]?Wh?|°[CF]|[kMG]?Hz|[kMGT]B|ft|lbs?|miles|metres|kilometres"
    "|million|billion|trillion|per cent|a\\.?m|p\\.?m"
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_HELD = (
    r"(?P<space>(?<=[^\s–—-]) (?=–[ \xa0]|--(?![\p{L}\p{M}\p{N}>|-])|-[ \xa0](?![–—-]))"
    rf"|(?<=[0-9]) (?=(?:{_UNITS})(?![\p{{L}}\p{{N}}]))"
    rf"|(?<=(?<![0-9.,:])[0-9]{{1,2}}) (?=(?:{_MONTHS})(?![\p{{L}}\p{{N}}]))"
    r"|(?<=(?<![\p{L}\p{N}])(?:Mrs?|Ms|Dr|Prof|Sir|Dame|Rev|St)\.?) (?=\p{Lu})"
    r"|(?<=(?<![\p{L}\p{N}])Nos?\.?) (?=[0-9]))"
)
_TOKEN = regex.compile(rf"(?P<kept>{_KEPT})|{_MARKS}")
_TOKEN_OF_BODY = regex.compile(rf"(?P<kept>{_KEPT})|{_HELD}|{_MARKS}")

_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", NO_BREAK: " "})

_WORD = regex.compile(rf"[\p{{L}}\p{{M}}\p{{N}}{OBJECT}]")
_OPENERS = "([{<«¡¿/="
_DASHES = "–—-"
_STOPS = ",.;:!?…"
_CLOSING = _STOPS + ")]}”’»"

_TAG = regex.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*+>|<![^<>]*+>")
# Elements that text runs through; others end it. Those that are left alone count as one object.
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "cite",
        "dfn",
        "del",
        "em",
        "i",
        "ins",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
    }
)
_ALONE = frozenset({"code", "kbd", "pre", "samp", "script", "style", "textarea", "tt", "var"})


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands from `start` to `end` is to be `text`."""

    start: int
    end: int
    text: str


def typeset(text: str) -> str:
    """Plain text with its marks set. Spaces stay spaces, as fields of one line collapse them anyway."""
    return _apply(text, edits(text))


def spellings(words: str) -> tuple[str, ...]:
    """`words` as they may stand in a text: as given, set, and with straight marks. For looking something up by name."""
    straight = words.translate(_STRAIGHT)
    return tuple(dict.fromkeys((words, typeset(straight), straight)))


def typeset_html(html: str, *, holds: bool = True) -> str:
    """A stored body with its marks set; with `holds`, no-break spaces too.

    Only text changes, and text in which nothing changes stays as it is, to the byte. What stands in a paragraph is one
    text, whatever is emphasised or linked in it; what stands in `code` or `pre` is left alone.
    """
    pieces = _pieces(html)
    for run in _runs(pieces):
        _set_run(pieces, run, holds=holds)
    return "".join(piece.html for piece in pieces)


def edits(text: str, *, holds: bool = False) -> list[Edit]:
    """Where `text` is to be changed and how, in order; with `holds`, no-break spaces too."""
    return list(_Setter(text, holds=holds).edits())


def _apply(text: str, changes: list[Edit]) -> str:
    pieces, position = [], 0
    for change in changes:
        pieces += [text[position : change.start], change.text]
        position = change.end
    return "".join([*pieces, text[position:]])


def _is_word(character: str) -> bool:
    return bool(character) and _WORD.match(character) is not None


class _Setter:
    """One pass over a text, from its beginning to its end, remembering which quotations are open."""

    def __init__(self, text: str, *, holds: bool) -> None:
        self.text = text
        self.token, self.space = (_TOKEN_OF_BODY, NO_BREAK) if holds else (_TOKEN, " ")
        self.before = ""  # the character before the mark, as it will stand there; "" where a line begins
        self.doubles = self.singles = 0

    def edits(self) -> Iterator[Edit]:
        """What is to be changed."""
        end = 0
        for found in self.token.finditer(self.text):
            start = found.start()
            if start > end:
                self.before = self.text[start - 1]
            end = found.end()
            was, kind = found[0], found.lastgroup or ""
            will_be = self._set(kind, was, start, end)
            self.before = will_be[-1:]
            if kind == "kept":
                self.before = OBJECT
            elif kind == "line":
                self.before, self.doubles, self.singles = "", 0, 0
            if will_be != was:
                yield Edit(start, end, will_be)

    def _set(self, kind: str, was: str, start: int, end: int) -> str:
        after = self._character(end)
        match kind:
            case "dashes":
                return self._dash(was, end)
            case "hyphen":
                return EN_DASH
            case "dots":
                return self._dots(was, after)
            case "space":
                return NO_BREAK
            case "quote":
                mark = self._double(after) if was == '"' else self._single(start, after) if was == "'" else was
                self._count(mark, after)
                return mark
        return was

    def _character(self, place: int) -> str:
        found = self.text[place : place + 1]
        return "" if found == "\n" else found

    def _count(self, mark: str, after: str) -> None:
        if mark == "“":
            self.doubles += 1
        elif mark == "”":
            self.doubles = max(0, self.doubles - 1)
        elif mark == "‘":
            self.singles += 1
        elif mark == "’" and not _is_word(after):
            self.singles = max(0, self.singles - 1)

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
        within = bool(before) and before in f"{_OPENERS}{_DASHES}“‘"
        space_before = "" if starts or within else self.space
        space_after = " " if self._begins_words(end) and not within else ""
        return f"{space_before}{EN_DASH}{space_after}"

    def _begins_words(self, place: int) -> bool:
        """Whether words begin here, or a quotation or bracket with words in it."""
        after = self._character(place)
        if after in ("'", '"'):
            return _is_word(self._character(place + 1))
        return _is_word(after) or (bool(after) and after in "“‘([{«£$€#@&")

    def _is_opening(self, after: str, *, open_already: bool) -> bool | None:
        """Whether a mark where one could open does so; None where nobody can tell."""
        ends = not after or after.isspace() or after in _CLOSING
        if not self.before or self.before.isspace():
            if after.isspace() and self.before:
                return False if open_already else None
            return not (after and after in _CLOSING)
        if self.before in _DASHES:
            return not open_already and not after if ends else True
        return True

    def _double(self, after: str) -> str:
        before = self.before
        if before.isdecimal() and not self.doubles:
            return '"'  # inches, or minutes
        opens: bool | None = False
        if not before or before.isspace() or before in f"{_OPENERS}{_DASHES}‘":
            opens = self._is_opening(after, open_already=bool(self.doubles))
        elif before in _STOPS and _is_word(after):
            opens = not self.doubles
        return '"' if opens is None else "“" if opens else "”"

    def _single(self, start: int, after: str) -> str:
        before = self.before
        if before.isdecimal():
            closes = bool(self.singles) or (_is_word(after) and not after.isdecimal())
            return "’" if closes and not after.isdecimal() else "'"  # feet, or seconds
        begins = not before or before.isspace() or before in f"{_OPENERS}{_DASHES}“"
        if not begins and not (before in _STOPS and _is_word(after) and not self.singles):
            return "’"
        if self._is_elision(start):
            return "’"
        opens = self._is_opening(after, open_already=bool(self.singles))
        return "'" if opens is None else "‘" if opens else "’"

    def _is_elision(self, start: int) -> bool:
        if _SURELY.match(self.text, start + 1):
            return True
        if not _MAYBE.match(self.text, start + 1):
            return False
        return bool(self.singles) or not self._closes_later(start)

    def _closes_later(self, start: int) -> bool:
        """Whether something further on in the line looks like the end of a quotation in single marks."""
        line_end = self.text.find("\n", start, start + _FAR)
        return _ENDS.search(self.text, start + 2, line_end if line_end >= 0 else start + _FAR) is not None


@dataclass(slots=True)
class _Piece:
    """A part of a body: a tag, or text between tags."""

    html: str
    text: str | None = None  # of text that may be set
    breaks: str | None = None  # what it is for the run that it stands in; None: the run ends here


def _pieces(html: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    alone = ""
    position = 0

    def text_until(place: int) -> None:
        if place > position and alone:
            pieces.append(_Piece(html[position:place], breaks=OBJECT))
        elif place > position:
            text = unescape(html[position:place])
            pieces.append(_Piece(html[position:place], text=text, breaks=text))

    for tag in _TAG.finditer(html):
        text_until(tag.start())
        position = tag.end()
        closes, name = bool(tag[1]), (tag[2] or "").lower()
        if alone:
            alone = "" if closes and name == alone else alone
            pieces.append(_Piece(tag[0], breaks=""))
        elif name in _ALONE and not closes:
            alone = name
            pieces.append(_Piece(tag[0], breaks=None if name == "pre" else ""))
        else:
            breaks = "\n" if name == "br" else "" if name in _INLINE | _ALONE or not name else None
            pieces.append(_Piece(tag[0], breaks=breaks))
    text_until(len(html))
    return pieces


def _runs(pieces: list[_Piece]) -> Iterator[list[int]]:
    """The places of pieces that are one text together."""
    run: list[int] = []
    for place, piece in enumerate(pieces):
        if piece.breaks is None:
            if run:
                yield run
            run = []
        else:
            run.append(place)
    if run:
        yield run


def _set_run(pieces: list[_Piece], run: list[int], *, holds: bool) -> None:
    text = "".join(pieces[place].breaks or "" for place in run)
    changes = edits(text, holds=holds)
    start = 0
    for place in run:
        piece = pieces[place]
        end = start + len(piece.breaks or "")
        if piece.text is not None:
            # A mark whose parts are emphasised differently is left as it is.
            own = [
                Edit(change.start - start, change.end - start, change.text)
                for change in changes
                if start <= change.start and change.end <= end
            ]
            if own:
                piece.html = escape(_apply(piece.text, own), quote=False).replace(NO_BREAK, "&nbsp;")
        start = end
