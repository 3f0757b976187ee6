"""Words and minutes."""

from __future__ import annotations

import pytest

from newsroom.length import WORDS_PER_MINUTE, minutes, words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("  \n", 0),
        ("one", 1),
        ("It’s a well-known fact – and 10\xa0km…", 7),
        ("“No,” she said.\nYes", 4),
        ("— … !", 0),
        ("日本語 ñandú", 2),
        ("https://example.org/a/b it", 2),
    ],
)
def test_words_have_letters_or_figures(text: str, count: int) -> None:
    assert words(text) == count


@pytest.mark.parametrize(
    ("count", "time"),
    [(0, 0), (1, 1), (WORDS_PER_MINUTE, 1), (WORDS_PER_MINUTE * 2 - 40, 2), (WORDS_PER_MINUTE * 10 + 1, 10)],
)
def test_reading_time_is_rounded_and_never_nothing(count: int, time: int) -> None:
    assert minutes(count) == time


def test_a_long_word_is_counted_in_linear_time() -> None:
    assert words("!" * 300_000 + " " + "a" * 300_000) == 1
