"""How long a text is for who reads it: words and minutes. static/js/desk-length.js counts in the same way."""

from __future__ import annotations

import regex

# Silent reading of English prose, the mean of 190 studies (Brysbaert, 2019).
WORDS_PER_MINUTE = 238

_LETTER = regex.compile(r"[\p{L}\p{N}]")


def words(text: str) -> int:
    """The words of plain text: what stands between spaces and has a letter or a figure, so that a dash is none."""
    return sum(1 for piece in text.split() if _LETTER.search(piece))


def minutes(count: int) -> int:
    """The minutes that so many words take to read, rounded; one at least where there is anything to read."""
    return max(1, int(count / WORDS_PER_MINUTE + 0.5)) if count else 0
