"""Plain text from bodies, and cutting it without hurting a word or a grapheme."""

from __future__ import annotations

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from newsroom import plaintext

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
FLAG = "\U0001f1f3\U0001f1ff"
ALPHABET = st.sampled_from(
    [*"ab.,—“ \n\u0301\u200d\ufe0f\u0600", FAMILY, FLAG, "é", "e\u0301", "👩🏽", "\xa0", "नि", "x" * 9]
)
TEXT = st.lists(ALPHABET, max_size=80).map("".join)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>the resignation.</p><p>Kimberly said</p>", "the resignation. Kimberly said"),
        ("<h2>A</h2><p>b<br>c</p><ul><li>d<ul><li>e</li></ul></li><li>f</li></ul>", "A b c d e f"),
        ("<p>re<strong>sig</strong>n<em>ed</em></p>", "resigned"),
        ("<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>", "a b"),
        ("<p>Tom &amp; Jerry&nbsp;&lt;3 &quot;é&quot;</p>", 'Tom & Jerry <3 "é"'),
        ("<blockquote><p>a</p></blockquote>b", "a b"),
        ('<figure data-photo="1"></figure><p>a</p>', "a"),
        ("<p>a</p><script>x</script><style>y</style>", "a"),
        ("<ul><li>a <b>b</b><ul><li>c</li></ul>d</li></ul>", "a b c d"),
        ("", ""),
        ("<p></p>", ""),
    ],
)
def test_blocks_are_joined_by_one_space(html: str, text: str) -> None:
    assert plaintext.from_html(html) == text


@given(TEXT, st.integers(0, 40))
@example(FAMILY * 5, 20)
@example("e" + "\u0301" * 50, 10)
@example("aa\u00a0\u0301aa", 5)
def test_what_is_cut_fits_and_cuts_no_grapheme_or_word(text: str, limit: int) -> None:
    whole = " ".join(text.split())
    short = plaintext.shorten(text, limit)

    assert len(short) <= limit
    if len(whole) <= limit:
        assert short == whole
        return
    if limit == 0:
        assert short == ""
        return
    assert short.endswith("…")
    kept = short[:-1]
    assert whole.startswith(kept)
    ends = {0, *(found.end() for found in regex.finditer(r"\X", whole))}
    assert len(kept) in ends
    first_word = regex.match(r"(?:(?!\s)\X)*", whole)
    assert first_word is not None
    if len(first_word[0]) < limit:
        dropped = regex.match(r"\X*?(?=\s|$)", whole, pos=len(kept))
        assert dropped is not None
        assert not set(dropped[0]) - set(".,;:–—-/ “‘„‚«‹\"'([{"), "no word loses its end"


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("The harbour reopens on Monday", 29, "The harbour reopens on Monday"),
        ("The harbour reopens on Monday", 28, "The harbour reopens on…"),
        ("The harbour reopens. Then more", 22, "The harbour reopens…"),
        ("The mayor said “no” twice", 17, "The mayor said…"),
        ("  white \n space  ", 120, "white space"),
        ("Donaudampfschifffahrt", 10, "Donaudamp…"),
        (FAMILY * 3, 14, FAMILY + "…"),
        (FAMILY * 3, 5, "…"),
        ("abc", 0, ""),
    ],
)
def test_text_is_cut_after_a_word(text: str, limit: int, short: str) -> None:
    assert plaintext.shorten(text, limit) == short


def test_a_headline_is_one_line_in_which_french_marks_keep_their_spaces() -> None:
    assert (
        plaintext.one_line(" «\u202fNon\u202f»  dit\n\xa0 le\tconseil\u202f! ")
        == "«\u202fNon\u202f» dit le conseil\u202f!"
    )
