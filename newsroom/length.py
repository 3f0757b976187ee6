"""How long a text is for who reads it: words and minutes. static/js/desk-length.js counts in the same way."""

from __future__ import annotations

import re

# Silent reading of English prose, the mean of 190 studies (Brysbaert, 2019).
WORDS_PER_MINUTE = 238

# From its first letter or figure on; what Python takes for one is what Unicode calls \p{L} and \p{N}.
_WORD = re.compile(r"[^\W_]\S*")


def words(text: str) -> int:
    """The words of plain text: what stands between spaces and has a letter or a figure, so that a dash is none."""
    return len(_WORD.findall(text))


def minutes(count: int) -> int:
    """The minutes that so many words take to read, rounded; one at least where there is anything to read."""
    return max(1, int(count / WORDS_PER_MINUTE + 0.5)) if count else 0
