"""Joining two people's changes: everything that either typed is in what comes out, or they are asked."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.joining import Clash, Joined, MergeConflict, join, merge
from tests.articles.test_content import content

BASE = {"headline": "Port", "kicker": "", "body": "<p>One</p><p>Two</p><p>Three</p>", "bylines": [], "tags": []}


def joined(ours: dict[str, Any], theirs: dict[str, Any], base: dict[str, Any] | None = None) -> Joined:
    """What comes of two sets of changes to a story."""
    was = BASE | (base or {})
    return join(was, was | ours, was | theirs)


def body(*paragraphs: str) -> str:
    """A body of these paragraphs."""
    return "".join(f"<p>{each}</p>" for each in paragraphs)


def test_different_fields_join_and_it_is_known_whose_is_which() -> None:
    done = joined({"headline": "Harbour"}, {"kicker": "Trade", "tags": [3]})
    assert done.fields == BASE | {"headline": "Harbour", "kicker": "Trade", "tags": [3]}
    assert (done.clashes, done.from_ours, done.from_theirs) == ({}, ("headline",), ("kicker", "tags"))


def test_the_same_field_changed_differently_clashes_and_both_texts_are_there() -> None:
    done = joined({"headline": "Harbour", "kicker": "Trade"}, {"headline": "Docks"})
    assert done.clashes == {"headline": Clash("Harbour", "Docks")}
    assert done.fields == BASE | {"headline": "Docks", "kicker": "Trade"}


def test_the_same_change_on_both_sides_is_agreed() -> None:
    done = joined({"headline": "Harbour", "body": body("One")}, {"headline": "Harbour", "body": body("One")})
    assert done.fields == BASE | {"headline": "Harbour", "body": body("One")}
    assert (done.clashes, done.from_ours, done.from_theirs) == ({}, (), ())


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (("One!", "Two", "Three"), ("One", "Two", "Three!"), ("One!", "Two", "Three!")),
        (("One!", "Two", "Three"), ("One", "Two!", "Three"), ("One!", "Two!", "Three")),
        (("One", "Two", "Three", "Four"), ("One", "Two", "Three!"), ("One", "Two", "Three!", "Four")),
        (("Zero", "One", "Two", "Three"), ("One!", "Two", "Three"), ("Zero", "One!", "Two", "Three")),
        (("One", "Three"), ("One", "Two", "Three", "Four"), ("One", "Three", "Four")),
        (("Two", "Three"), ("One", "Two!", "Three"), ("Two!", "Three")),
        (("One", "Two", "Three", "A", "B"), ("One", "Two", "Three", "A"), ("One", "Two", "Three", "A", "B")),
    ],
    ids=["far", "next", "append", "prepend", "cut", "cut above", "went on"],
)
def test_different_paragraphs_join(ours: tuple[str, ...], theirs: tuple[str, ...], expected: tuple[str, ...]) -> None:
    done = joined({"body": body(*ours)}, {"body": body(*theirs)})
    assert done.fields["body"] == body(*expected)
    assert done.clashes == {}


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (("One", "Two, ours", "Three"), ("One", "Two, theirs", "Three")),
        (("One", "Two", "Three", "Ours"), ("One", "Two", "Three", "Theirs")),
        (("One", "Three"), ("One", "Two!", "Three")),
        (("Three", "One", "Two"), ("One", "Two", "Three!")),
        (("One and two", "Three"), ("One", "Two!", "Three")),
    ],
    ids=["same", "both append", "cut and changed", "moved and changed", "run together and changed"],
)
def test_the_same_paragraph_clashes(ours: tuple[str, ...], theirs: tuple[str, ...]) -> None:
    assert set(joined({"body": body(*ours)}, {"body": body(*theirs)}).clashes) == {"body"}


def test_where_one_paragraph_clashes_the_others_are_joined_in_both_versions() -> None:
    done = joined({"body": body("One!", "Two", "Ours")}, {"body": body("One", "Two", "Theirs")})
    assert done.clashes["body"] == Clash(body("One!", "Two", "Ours"), body("One!", "Two", "Theirs"))
    done = joined({"body": body("One!", "Ours", "Three")}, {"body": body("One", "Theirs", "Three!")})
    assert done.clashes["body"] == Clash(body("One!", "Ours", "Three!"), body("One!", "Theirs", "Three!"))


def test_anchors_and_line_ends_are_no_change() -> None:
    was = {"body": '<h2 id="h-one">One</h2><p>Two</p>', "standfirst": "A\nB"}
    ours = {"body": "<h2>One</h2><p>Two!</p>", "standfirst": "A\r\nB"}
    done = join(was, ours, was | {"standfirst": "A\nC"})
    assert done.clashes == {}
    assert done.fields == {"body": "<h2>One</h2><p>Two!</p>", "standfirst": "A\nC"}


def test_tags_of_both_are_kept_and_those_that_either_took_off_are_gone() -> None:
    assert joined({"tags": [2, 3, 5]}, {"tags": [1, 2, 4]}, {"tags": [1, 2, 3]}).fields["tags"] == [2, 4, 5]


def test_bylines_join_in_their_order_and_name_nobody_twice() -> None:
    ada, ben, cleo = [1, "by"], [2, "by"], [3, "photographs"]
    assert joined({"bylines": [ben, ada]}, {"bylines": [ada, cleo]}, {"bylines": [ada]}).fields["bylines"] == [
        ben,
        ada,
        cleo,
    ]
    assert joined({"bylines": [ben, ada]}, {"bylines": [ada, ben]}, {"bylines": [ada]}).fields["bylines"] == [ben, ada]
    assert "bylines" in joined({"bylines": [ada, ben]}, {"bylines": [ada, cleo]}, {"bylines": [ada]}).clashes


def test_without_a_common_base_everything_that_differs_clashes() -> None:
    done = join(None, BASE | {"headline": "Ours", "tags": [1]}, BASE | {"headline": "Theirs"})
    assert done.clashes == {"headline": Clash("Ours", "Theirs"), "tags": Clash([1], [])}


def test_a_field_that_an_older_text_did_not_have_was_empty() -> None:
    done = join({"headline": "Port"}, {"headline": "Port", "kicker": "Trade"}, {"headline": "Port"})
    assert done.fields["kicker"] == "Trade"
    assert done.clashes == {}


def test_fields_that_one_side_does_not_name_stay_theirs() -> None:
    assert join({"slug": "a", "kicker": ""}, {"kicker": "K"}, {"slug": "b", "kicker": ""}).fields == {
        "slug": "b",
        "kicker": "K",
    }


PARAGRAPHS = st.lists(st.integers(0, 6), max_size=7)
EDITS = st.lists(st.tuples(st.sampled_from(["type", "cut", "move"]), st.integers(0, 7), st.integers(0, 7)), max_size=4)


def edited(was: list[str], edits: list[tuple[str, int, int]], who: str) -> list[str]:
    """What a person makes of paragraphs: types into one, adds one, cuts one, moves one."""
    now = list(was)
    for number, (what, place, other) in enumerate(edits):
        if what == "type" and place < len(now) and other % 2:
            now[place] = f"{now[place]}, {who} {number}"
        elif what == "type":
            now.insert(place, f"{who} {number}")
        elif place < len(now):
            cut = now.pop(place)
            if what == "move":
                now.insert(other, cut)
    return now


@given(was=PARAGRAPHS, ours=EDITS, theirs=EDITS)
def test_whatever_two_people_do_every_paragraph_that_either_typed_is_there(
    was: list[int], ours: list[tuple[str, int, int]], theirs: list[tuple[str, int, int]]
) -> None:
    before = [str(each) for each in was]
    mine, yours = edited(before, ours, "Ada"), edited(before, theirs, "Ben")
    done = join({"body": body(*before)}, {"body": body(*mine)}, {"body": body(*yours)})
    clash = done.clashes.get("body")
    for typed, version in ((mine, clash.ours if clash else None), (yours, clash.theirs if clash else None)):
        for paragraph in {*typed} - {*before}:
            assert body(paragraph) in (version or done.fields["body"])


def test_merge_takes_each_sides_own_changes() -> None:
    base = (content(headline="Old", kicker="K"), "<p>One</p><p>Two</p><p>Three</p>")
    ours = (content(headline="New", kicker="K"), "<p>One!</p><p>Two</p><p>Three</p>")
    theirs = (content(headline="Old", kicker="L", tags=[1]), "<p>One</p><p>Two</p><p>Three</p><p>Four</p>")
    merged, text = merge(base, ours, theirs)
    assert (merged["headline"], merged["kicker"], merged["tags"]) == ("New", "L", [1])
    assert text == "<p>One!</p><p>Two</p><p>Three</p><p>Four</p>"


def test_merge_of_the_same_change_is_no_conflict() -> None:
    base, both = (content(headline="Old"), "<p>A</p>"), (content(headline="New"), "<p>B</p>")
    assert merge(base, both, both) == both


def test_merge_names_what_both_changed_differently() -> None:
    base, ours, theirs = ((content(seo_title=title), f"<p>{title}</p>") for title in ("Old", "Ours", "Theirs"))
    with pytest.raises(MergeConflict) as conflict:
        merge(base, ours, theirs)
    assert conflict.value.fields == ["seo title", "body"]


def test_merge_takes_ours_where_it_goes_on_from_what_theirs_added() -> None:
    base = (content(), "<p>One</p>")
    theirs = (content(), "<p>One</p><p>At six</p>")
    ours = (content(), "<p>One</p><p>At six</p><p>And more</p>")
    assert merge(base, ours, theirs)[1] == ours[1]
    with pytest.raises(MergeConflict):
        merge(base, theirs, ours)
