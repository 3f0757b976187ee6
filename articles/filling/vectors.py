"""What search has of a story, worked out here: PostgreSQL is asked once for each word and not for each text.

That is the same as `pinning.search_vector` gives, since words reach search apart by single spaces and a word's lexeme
does not depend on those beside it; a test holds the two together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from articles import search

if TYPE_CHECKING:
    from psycopg import Cursor


# As search.words reads the prose of this package, which has neither combining marks nor characters that nobody sees.
_WORDS = re.compile(r"[^\W_]+")


class Lexemes:
    """The lexemes of words in the newsroom's own language, asked for as they come."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        # Empty for a word that is too common.
        self._known: dict[str, str] = {}

    def vector(self, *, headline: str, summary: str, body: str) -> str:
        """A tsvector's text of the three plain texts, weighted as `search.vector` does; `body` is of our prose."""
        found: dict[str, str] = {}
        last = 0
        heads = search.words(headline).split(), search.words(summary).split()
        for words, weight in ((heads[0], "A"), (heads[1], "B"), (_WORDS.findall(body), "C")):
            before = last
            for place, lexeme in enumerate(self._of(words), before + 1):
                if lexeme:
                    said = found.get(lexeme)
                    found[lexeme] = f"{place}{weight}" if said is None else f"{said},{place}{weight}"
                    last = place
        return " ".join([f"{lexeme}:{places}" for lexeme, places in found.items()])

    def _of(self, words: list[str]) -> list[str | None]:
        found = list(map(self._known.get, words))
        if None in found:
            self._ask(list(set(words) - self._known.keys()))
            found = list(map(self._known.get, words))
        return found

    def _ask(self, words: list[str]) -> None:
        self._cursor.execute(
            "SELECT word, tsvector_to_array(to_tsvector(%s::regconfig, word)) FROM unnest(%s::text[]) AS asked (word)",
            [search.configuration(), words],
        )
        for word, lexemes in self._cursor.fetchall():
            if len(lexemes) > 1:
                raise ValueError(f"“{word}” is more than one word to PostgreSQL.")
            self._known[word] = lexemes[0] if lexemes else ""
