"""A small reader of JavaScript: the texts in quotes, and whose arguments they are. It knows what our scripts need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Literal:
    """A text in quotes (of a template: a part between its `${…}`), its line, and the function whose argument it is."""

    text: str
    line: int
    function: str = ""
    position: int = 0  # which argument


@dataclass
class _Open:
    """What is open: its sign, the name before it, how many commas came."""

    sign: str
    name: str = ""
    commas: int = 0


_TOKEN = re.compile(
    r"""(?P<aside>//[^\n]*|/\*.*?\*/|\s+)|(?P<name>[\w$#]+)"""
    r"""|(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?P<mark>.)""",
    re.DOTALL,
)
_PART = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*", re.DOTALL)  # of a template
_PATTERN = re.compile(r"/(?![/*])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
_BEFORE_A_PATTERN = {"", *"(,=:[!&|?{};+*<>~", "return", "typeof", "of", "in"}


def literals(source: str) -> Iterator[Literal]:
    """Every text in quotes of a script, but for those in comments and patterns."""
    return _Reader(source).literals()


@dataclass
class _Reader:
    source: str
    place: int = 0
    before: str = ""  # the token before
    open_: list[_Open] = field(default_factory=list)

    def literals(self) -> Iterator[Literal]:
        while self.place < len(self.source):
            if self.open_ and self.open_[-1].sign == "`":
                yield self._part()
            elif self.before in _BEFORE_A_PATTERN and (pattern := _PATTERN.match(self.source, self.place)):
                self._go(pattern, "pattern")
            else:
                token = _TOKEN.match(self.source, self.place)
                assert token is not None
                if token.lastgroup == "string":
                    yield self._literal(re.sub(r"\\(.)", r"\1", token[0][1:-1]))
                elif token.lastgroup == "mark":
                    self._mark(token[0])
                self._go(token, self.before if token.lastgroup == "aside" else token[0])

    def _part(self) -> Literal:
        part = _PART.match(self.source, self.place)
        assert part is not None
        found = self._literal(part[0])
        self._go(part, "`")
        if self.source.startswith("${", self.place):
            self.open_.append(_Open("${"))
            self.place, self.before = self.place + 2, "{"
        else:
            self.open_.pop()
            self.place += 1
        return found

    def _mark(self, sign: str) -> None:
        if sign in "([{`":
            self.open_.append(_Open(sign, self.before if re.fullmatch(r"[\w$#]+", self.before) else ""))
        elif sign in ")]}":
            self.open_.pop()
        elif sign == "," and self.open_:
            self.open_[-1].commas += 1

    def _literal(self, text: str) -> Literal:
        line = self.source.count("\n", 0, self.place) + 1
        around = self.open_[-1] if self.open_ else _Open("")
        return Literal(text, line, around.name, around.commas) if around.sign == "(" else Literal(text, line)

    def _go(self, token: re.Match[str], before: str) -> None:
        self.place, self.before = token.end(), before
