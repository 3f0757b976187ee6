"""Cards: what fits is set as large as it may be, and nothing is ever set that the fonts have no letters for."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from PIL import Image

from newsroom.cards import HEIGHT, WIDTH, Card, draw
from newsroom.cards.setting import FONTS, LEADING, SANS, SERIF, WRITABLE, Lines, fitted, font, is_writable, plain

LONG = "What the Kessing accord says, article by article, and what its annexes take back"
ARABIC = "ما الذي يقوله الاتفاق عن الموانئ"
HEBREW = "מה אומר ההסכם על הנמלים"
BOX: dict[str, Any] = {"width": 1048, "height": 330, "largest": 92, "smallest": 44}


def opened(card: Card) -> Image.Image:
    """The card as everybody reads it."""
    image = Image.open(io.BytesIO(draw(card)))
    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
    return image.convert("RGB")


def fits(lines: Lines) -> bool:
    """Whether lines stay in the box."""
    return lines.height <= BOX["height"] and all(lines.font.getlength(line) <= BOX["width"] for line in lines.words)


def test_short_headline_is_set_large_and_a_long_one_smaller() -> None:
    short, long = fitted("The ferry runs again", SERIF, **BOX), fitted(LONG * 2, SERIF, **BOX)
    assert short.words == ("The ferry runs again",)
    assert short.font.size == 92
    assert 44 <= long.font.size < 92
    assert " ".join(long.words) == LONG * 2
    assert fits(short)
    assert fits(long)


def test_lines_are_of_about_one_length() -> None:
    lines = fitted("National bank holds rate and hints at a long wait", SERIF, **BOX)
    lengths = [lines.font.getlength(line) for line in lines.words]
    assert len(lines.words) == 2
    assert min(lengths) > 0.7 * max(lengths)


@pytest.mark.parametrize("text", ["word " * 60, "Donaudampfschifffahrtsgesellschaft" * 12, "W" * 400])
def test_what_does_not_fit_is_cut_with_an_ellipsis(text: str) -> None:
    lines = fitted(text, SERIF, **BOX)
    assert lines.words[-1].endswith("…")
    assert lines.font.size == 44
    assert fits(lines)


def test_long_word_is_broken_where_it_must_be() -> None:
    lines = fitted("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbau gegründet", SERIF, **BOX)
    assert len(lines.words) == 2
    assert "".join(lines.words).replace(" ", "").endswith("werkbaugegründet")
    assert fits(lines)


@pytest.mark.parametrize("name", [SERIF, SANS])
def test_fonts_have_every_letter_that_may_be_written(name: str) -> None:
    face = font(name, 40)
    empty_box = bytes(face.getmask("\ue000"))
    may_be = [chr(code) for code in range(0x20, 0x2300) if WRITABLE.fullmatch(chr(code))]
    assert len(may_be) > 330
    assert [letter for letter in may_be if bytes(face.getmask(letter)) == empty_box] == []
    assert (FONTS / f"{name}-OFL.txt").exists()


@pytest.mark.parametrize("text", [ARABIC, HEBREW, "Что сказано в договоре", "協定の内容", "A 🚢 leaves"])
def test_headline_without_letters_leaves_the_newspapers_name(text: str) -> None:
    assert not is_writable(text)
    without = opened(Card("The Northmere Courier", label="World", colour="#0a657c"))
    with_it = opened(Card("The Northmere Courier", label="World", colour="#0a657c", headline=text, people="Ada Holm"))
    assert with_it.tobytes() == without.tobytes()
    assert not Card(text).is_writable


def test_names_without_letters_are_left_out_and_the_rest_is_set() -> None:
    known = opened(Card("The Courier", headline="A headline"))
    assert opened(Card("The Courier", headline="A headline", label=ARABIC, people=HEBREW)).tobytes() == known.tobytes()


def test_text_is_set_composed_and_without_what_cannot_be_seen() -> None:
    assert plain("Cafe\u0301\u00a0 soft\u00adly\u200b \u202e12\u202f%\n") == "Café softly 12 %"
    assert is_writable("“Łódź” – the city’s first…")


def test_digest_names_what_is_shown() -> None:
    card = Card("The Northmere Courier", label="World", colour="#0a657c", headline="One")
    assert card.digest == Card("The Northmere Courier", label="World", colour="#0a657c", headline="One").digest
    others = {
        Card("The Northmere Courier", label="World", colour="#0a657c", headline="Two").digest,
        Card("The Northmere Courier", label="World", colour="#98342e", headline="One").digest,
        Card("The Northmere Courier", label="WorldOne", colour="#0a657c").digest,
    }
    assert len(others | {card.digest}) == 4
    assert re.fullmatch("[0-9a-f]{20}", card.digest)


def test_card_wears_its_colour_and_stays_small() -> None:
    card = Card("The Northmere Courier", label="World", colour="#0a657c", headline=LONG, people="Ada Holm, Ben Okoro")
    assert opened(card).getpixel((600, 5)) == (10, 101, 124)
    assert len(draw(card)) < 60_000
    assert LEADING > 1
