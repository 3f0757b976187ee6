"""Plain text, rule by rule."""

from __future__ import annotations

from time import process_time

import pytest

from articles.importers import Copy, CopyError, RelatedCopy, read_pasted

LONG = "This is a paragraph that is long enough to stand below a subhead, and it ends as sentences do."


def body(*lines: str) -> str:
    """The body of a text whose headline is "Headline"."""
    return read_pasted("\n".join(["Headline", *lines])).body


def test_the_first_line_is_the_headline() -> None:
    copy = read_pasted(f"\n\n  Harbour reopens \n\n{LONG}")

    assert (copy.headline, copy.body) == ("Harbour reopens", f"<p>{LONG}</p>")


def test_a_headline_that_is_repeated_is_taken_once() -> None:
    assert read_pasted(f"Harbour reopens\nHarbour Reopens\n{LONG}").body == f"<p>{LONG}</p>"


def test_a_first_line_too_long_for_a_headline_is_cut_and_kept_whole() -> None:
    copy = read_pasted(LONG * 3)

    assert len(copy.headline) <= 200
    assert copy.body == f"<p>{LONG * 3}</p>"
    assert "200 characters" in copy.notes[0]


def test_markup_in_text_is_text() -> None:
    copy = read_pasted(f"A <b>\n<script>alert(1)</script> & more. {LONG}")

    assert copy.headline == "A <b>"
    assert copy.body == f"<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; more. {LONG}</p>"


@pytest.mark.parametrize("line", ["The long road", "What next for Averland’s farms", "Prices: a comparison"])
def test_a_short_open_line_before_a_longer_paragraph_is_a_subhead(line: str) -> None:
    assert body(LONG, line, LONG) == f"<p>{LONG}</p><h2>{line}</h2><p>{LONG}</p>"


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("It was over.", LONG),
        ("It was over:", LONG),
        ("It was over…", LONG),
        ("“It was over.”", LONG),
        ("The long road", "Short"),
        ("The long road", ""),
        ("x" * 81, LONG * 2),
    ],
)
def test_other_short_lines_stay_paragraphs(line: str, following: str) -> None:
    assert f"<p>{line}</p>" in body(LONG, line, following)


def test_a_short_question_stays_a_paragraph_and_is_pointed_out() -> None:
    copy = read_pasted(f"Headline\n{LONG}\nWho pays?\n{LONG}")

    assert "<p>Who pays?</p>" in copy.body
    assert copy.notes == ["“Who pays?” may be a subhead; it was kept as a paragraph."]


def test_numbered_subheads_stand_below_their_subhead_and_keep_their_numbers() -> None:
    assert body("The goods", LONG, "1. Autos and quotas", LONG, "2) Lamb", LONG) == (
        f"<h2>The goods</h2><p>{LONG}</p><h3>1. Autos and quotas</h3><p>{LONG}</p><h3>2) Lamb</h3><p>{LONG}</p>"
    )


def test_a_numbered_subhead_may_follow_its_subhead_at_once() -> None:
    assert body("The goods", "1. Autos", LONG) == f"<h2>The goods</h2><h3>1. Autos</h3><p>{LONG}</p>"


def test_numbered_subheads_without_a_subhead_are_subheads() -> None:
    assert body(LONG, "1. Autos", LONG, "2. Lamb", LONG).count("<h2>") == 2


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_numbered_lines_in_a_row_are_a_list(gap: str) -> None:
    copy = read_pasted(f"Headline\n{LONG}\n" + gap.join(["1. Autos", "2. Lamb", "3. Steel"]) + f"\n{LONG}")

    assert copy.body == f"<p>{LONG}</p><ol><li>Autos</li><li>Lamb</li><li>Steel</li></ol><p>{LONG}</p>"


def test_a_list_may_begin_at_another_number() -> None:
    assert '<ol start="3"><li>Steel</li><li>Coal</li></ol>' in body(LONG, "3. Steel", "4. Coal", LONG)


def test_a_numbered_subhead_without_text_is_no_list() -> None:
    lines = ["The goods", LONG, "1. Autos", LONG, "2. Lamb", "3. Steel", LONG]

    assert body(*lines).count("<h3>") == 3


def test_a_numbered_sentence_is_a_paragraph() -> None:
    assert body(LONG, "1. It was over.", LONG) == f"<p>{LONG}</p><p>1. It was over.</p><p>{LONG}</p>"


@pytest.mark.parametrize(
    "lines",
    [
        ["- one", "- two"],
        ["-", "one", "-", "two"],
        ["-", "", "one", "", "-", "", "two"],
        ["• one", "", "• two"],
        ["–\tone", "–\ttwo"],
        ["* one", "* two"],
        ["- one", "-", "two"],
    ],
)
def test_bullets_are_one_list(lines: list[str]) -> None:
    assert body(LONG, *lines, LONG) == f"<p>{LONG}</p><ul><li>one</li><li>two</li></ul><p>{LONG}</p>"


@pytest.mark.parametrize("line", ["-5 degrees were measured.", "— That is over, she said.", "-"])
def test_what_only_looks_like_a_bullet_is_none(line: str) -> None:
    assert "<ul>" not in body(LONG, line)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Author: Maren Oakley", ["Maren Oakley"]),
        (
            "Authors: Maren Oakley, Tom O’Neil and Ana-Lucía de Souza",
            ["Maren Oakley", "Tom O’Neil", "Ana-Lucía de Souza"],
        ),
        ("author:  Maren Oakley & Tom Reed.", ["Maren Oakley", "Tom Reed"]),
        ("Written by Maren Oakley", ["Maren Oakley"]),
        ("By Maren Oakley and Tom Reed", ["Maren Oakley", "Tom Reed"]),
        ("BY MAREN OAKLEY", ["Maren Oakley"]),
        ("By Maren Oakley, trade correspondent", ["Maren Oakley"]),
        ("By Maren Oakley in Port Sorrel", ["Maren Oakley"]),
        ("By: Staff", ["Staff"]),
    ],
)
@pytest.mark.parametrize("place", ["end", "top"])
def test_a_byline_names_its_authors(line: str, names: list[str], place: str) -> None:
    lines = [LONG, LONG, line] if place == "end" else [line, LONG, LONG]
    copy = read_pasted("\n".join(["Headline", *lines]))

    assert copy.bylines == names
    assert copy.body == f"<p>{LONG}</p><p>{LONG}</p>"


@pytest.mark.parametrize(
    "line",
    [
        "By all accounts, the harbour was empty",
        "By Monday",
        "By noon the ships had left",
        "By the Sea",
        "Authority: none",
    ],
)
def test_other_lines_that_begin_so_are_no_byline(line: str) -> None:
    copy = read_pasted(f"Headline\n{LONG}\n{line}\n{LONG}")

    assert copy.bylines == []
    assert line in copy.body


def test_a_subhead_that_looks_like_a_byline_stays_where_the_story_goes_on() -> None:
    copy = read_pasted("\n".join(["Headline", LONG, LONG, "By Any Measure", *[LONG] * 4, "Author: Maren Oakley"]))

    assert copy.bylines == ["Maren Oakley"]
    assert "<h2>By Any Measure</h2>" in copy.body


def test_related_stories_are_headlines_and_teasers_without_their_link() -> None:
    copy = read_pasted(
        f"Headline\n{LONG}\nAuthor: Maren Oakley\nRelated stories:\n"
        "One\nThe first ... Read more\nTwo\nThe second…Read More\nThree\nThe third\nRead more\n"
        "One\nAgain ... Read more\nFour ... Read more"
    )

    assert copy.related == [
        RelatedCopy("One", "The first"),
        RelatedCopy("Two", "The second"),
        RelatedCopy("Three", "The third"),
        RelatedCopy("Four", ""),
    ]
    assert (copy.body, copy.unplaced) == (f"<p>{LONG}</p>", [])


def test_related_stories_are_found_without_a_byline_or_with_one_at_the_top() -> None:
    related = "\nSee also\nOne\nThe first ... Read more\nTwo\nThe second ... Read more"

    for top in ("", "By Maren Oakley\n"):
        copy = read_pasted(f"Headline\n{top}{LONG}\n{LONG}{related}")
        assert [story.headline for story in copy.related] == ["One", "Two"]
        assert copy.body == f"<p>{LONG}</p><p>{LONG}</p>"


def test_what_fits_nowhere_stays_in_the_body_and_is_reported() -> None:
    copy = read_pasted(
        f"Headline\n3 February 2026\n{LONG}\nAuthor: Maren Oakley\nOne\nThe first ... Read more\n"
        "Maren Oakley covers trade."
    )

    assert copy.unplaced == ["3 February 2026", "Maren Oakley covers trade."]
    assert copy.body == f"<p>3 February 2026</p><p>{LONG}</p><p>Maren Oakley covers trade.</p>"


def test_a_read_more_in_the_middle_of_a_story_stays_there() -> None:
    copy = read_pasted("\n".join(["Headline", LONG, "Our report ... Read more", *[LONG] * 6]))

    assert copy.related == []
    assert "Our report ... Read more" in copy.body


def test_a_standfirst_is_taken_where_it_is_labelled() -> None:
    copy = read_pasted(f"Headline: Harbour reopens\nStandfirst: It took a year.\n{LONG}")

    assert (copy.headline, copy.standfirst, copy.body) == ("Harbour reopens", "It took a year.", f"<p>{LONG}</p>")


def test_lines_broken_at_a_width_are_joined() -> None:
    copy = read_pasted(
        "Harbour reopens\n\nAverland sells more to its eastern neighbour than to all other\n"
        "countries together, and for forty years nobody in Port Sorrel had\na reason to write that down.\n\n"
        "The long road\n\nThe customs union was meant for coal. It was the farmers who used\n"
        "it first, and the car makers.\n\n- one\n- two\n"
    )

    assert copy.body == (
        "<p>Averland sells more to its eastern neighbour than to all other countries together, and for forty years "
        "nobody in Port Sorrel had a reason to write that down.</p><h2>The long road</h2><p>The customs union was "
        "meant for coal. It was the farmers who used it first, and the car makers.</p><ul><li>one</li><li>two</li></ul>"
    )


def test_short_paragraphs_one_a_line_are_not_joined() -> None:
    sentence = "A paragraph of a wire service, one sentence long, ends with a full stop."

    assert body(*[sentence] * 4) == f"<p>{sentence}</p>" * 4


@pytest.mark.parametrize("text", ["", " \n\t", "\ufeff\n", "\x00"])
def test_no_text_is_said_to_be_none(text: str) -> None:
    with pytest.raises(CopyError):
        read_pasted(text)


def test_a_headline_alone_is_copy() -> None:
    assert read_pasted("Harbour reopens") == Copy(headline="Harbour reopens")


@pytest.mark.parametrize(
    "line", ["By Ada Lunt", "One ... Read more", "Read more", "- ", "-", "1. One", "Short", "Author: A B"]
)
def test_a_text_of_one_line_many_times_is_read_at_once(line: str) -> None:
    started = process_time()
    read_pasted("\n".join(["Headline", *[line] * 20_000]))

    assert process_time() - started < 5
