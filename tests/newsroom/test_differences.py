"""What differs between two sequences: told in words, tidied for people, in no more time than it may take."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.differences import Budget, Kinship, Op, bag, pairs, steps, text_steps, words_of


def _told(before: str, after: str) -> str:
    signs = {Op.SAME: "{}", Op.REMOVED: "[-{}-]", Op.ADDED: "{{+{}+}}"}
    return "".join(signs[op].format(text) for op, text in text_steps(before, after, budget=Budget()))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Port raises tariffs", "Port lowers tariffs", "Port [-raises-]{+lowers+} tariffs"),
        ("It cost £10,000.", "It cost £12,000.", "It cost £[-10,000-]{+12,000+}."),
        ("don’t", "won’t", "[-don’t-]{+won’t+}"),
        ("Same", "Same", "Same"),
        ("", "New", "{+New+}"),
        ("Old", "", "[-Old-]"),
        ("", "", ""),
        ("One end", "One end more", "One end {+more+}"),
    ],
)
def test_a_text_is_told_word_by_word(before: str, after: str, told: str) -> None:
    assert _told(before, after) == told


def test_words_that_two_sentences_happen_to_share_are_not_called_unchanged() -> None:
    told = _told("The minister resigned on the first of May", "A court on Friday fined the bank of Allerford heavily")
    assert told == (
        "[-The minister resigned on the first of May-]{+A court on Friday fined the bank of Allerford heavily+}"
    )


@given(st.text(), st.text())
def test_both_texts_are_in_what_is_told(before: str, after: str) -> None:
    told = text_steps(before, after, budget=Budget())
    # But for white space, of which what stayed has the new text's.
    assert _solid("".join(text for op, text in told if op != Op.ADDED)) == _solid(before)
    assert "".join(text for op, text in told if op != Op.REMOVED) == after
    assert "".join(words_of(before)) == before


def _solid(text: str) -> str:
    return "".join(text.split())


@given(st.lists(st.sampled_from("abcdef")), st.lists(st.sampled_from("abcdef")))
def test_no_entry_is_lost_or_told_twice(before: list[str], after: list[str]) -> None:
    told = pairs(before, after, Kinship(str, bag), budget=Budget())
    assert [old for old, _ in told if old is not None] == before
    assert [new for _, new in told if new is not None] == after


def test_a_changed_entry_stands_beside_what_it_was() -> None:
    before = ["One ship left the port", "Two ships came", "The end of it"]
    after = ["A wholly new thing", "One big ship left the port", "Two ships came", "The very end of it"]
    told = pairs(before, after, Kinship(str, bag), budget=Budget())
    assert told == [
        (None, after[0]),
        (before[0], after[1]),
        (before[1], after[2]),
        (before[2], after[3]),
    ]


def test_what_may_not_be_paired_is_removed_and_added() -> None:
    told = pairs(["a b"], ["a c"], Kinship(str, bag, lambda _one, _other: False), budget=Budget())
    assert told == [("a b", None), (None, "a c")]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("a123456b", "c123456d", ["removed a123456b", "added c123456d"]),
        ("xa123456by", "xc123456dy", ["same x", "removed a123456b", "added c123456d", "same y"]),
        ("aa", "aaa", ["same aa", "added a"]),
        ("aaa", "aa", ["same aa", "removed a"]),
    ],
)
def test_without_time_what_lies_between_is_told_as_replaced(before: str, after: str, told: list[str]) -> None:
    found = steps(before, after, budget=Budget(seconds=0))
    assert [f"{step.op} {before[step.before] or after[step.after]}" for step in found] == told


def test_hundreds_of_thousands_of_words_take_no_longer_than_they_may() -> None:
    chance = random.Random(7)
    before, after = ([chance.choice("abcdefghijkl") for _ in range(100_000)] for _ in range(2))
    began = time.thread_time()
    found = steps(before, after, budget=Budget(seconds=0.5))
    assert time.thread_time() - began < 2
    assert found[-1].after.stop == len(after)
