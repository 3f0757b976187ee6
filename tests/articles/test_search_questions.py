"""The query language: what is typed is read as it is meant, and every text is a question."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from articles.searching.questions import LONGEST, MOST_FILTERS, MOST_ITEMS, Days, Key, ask, tidied


def groups(text: str) -> list[list[str]]:
    """The groups of a query, what is left out with a minus."""
    return [["-" * item.is_excluded + item.words for item in group] for group in ask(text).groups]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("night shift", [["night"], ["shift"]]),
        ('"night shift" tariffs', [["night shift"], ["tariffs"]]),
        ("“night shift”", [["night shift"]]),
        ("„Nacht schicht“ «équipe de nuit»", [["Nacht schicht"], ["équipe de nuit"]]),
        ('"night shift', [["night shift"]]),
        ('night" shift', [["night"], ["shift"]]),
        ('a""b', [["a"], ["b"]]),
        ("don’t don't", [["don t"], ["don t"]]),
        ("night-shift and/or", [["night shift"], ["and or"]]),
        ("ports -ferries", [["ports"], ["-ferries"]]),
        ('−"night shift" ports', [["-night shift"], ["ports"]]),
        ("- ports -- ferries -", [["ports"], ["ferries"]]),
        ("eels OR herring", [["eels", "herring"]]),
        ("a b OR c OR d e", [["a"], ["b", "c", "d"], ["e"]]),
        ("OR a OR", [["a"]]),
        ("a OR OR b | c", [["a", "b", "c"]]),
        ("a OR -b", [["a"], ["-b"]]),
        ("-a OR b", [["-a"], ["b"]]),
        ("or Or", [["or"], ["Or"]]),
        ("a:* & !b | (c <-> d)", [["a"], ["b", "c"], ["d"]]),
        ("https://example.org/x", [["https example org x"]]),
        ("10:30", [["10 30"]]),
        ("ключ:слово", [["ключ слово"]]),
        ("שלום עולם", [["שלום"], ["עולם"]]),
        ("👍🏽 🇬🇧 …", []),
        ("", []),
        ("\x00", []),
        ("' \" ’ ” -", []),
    ],
)
def test_words_phrases_exclusion_and_alternatives(text: str, found: list[list[str]]) -> None:
    assert groups(text) == found


def test_filters_are_parted_from_words() -> None:
    question = ask('author:"Ada Holm" -section:world TAG:ports bridge author:ben')
    assert [(one.key, one.value, one.is_excluded) for one in question.filters] == [
        (Key.AUTHOR, "Ada Holm", False),
        (Key.SECTION, "world", True),
        (Key.TAG, "ports", False),
        (Key.AUTHOR, "ben", False),
    ]
    assert [item.words for item in question.items] == ["bridge"]
    assert question.of(Key.AUTHOR) == ["Ada Holm", "ben"]


@pytest.mark.parametrize("text", ["author:", "author: ", 'author:""', "author:…", "section:-"])
def test_a_key_without_a_value_is_no_filter(text: str) -> None:
    assert ask(text).filters == ()


def test_what_a_filter_says_can_be_taken_out_again() -> None:
    question = ask('bridge author:"Ada Holm" tolls -tag:ports')
    assert [question.without(one) for one in question.filters] == [
        "bridge tolls -tag:ports",
        'bridge author:"Ada Holm" tolls',
    ]


def utc(year: int, month: int, day: int, hour: int = 0) -> datetime:
    """An instant."""
    return datetime(year, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("from:2025", utc(2025, 1, 1), None),
        ("since:2025-06", utc(2025, 5, 31, 23), None),
        ("to:2025", None, utc(2026, 1, 1)),
        ("until:2025-06-03", None, utc(2025, 6, 3, 23)),
        ("before:2025-06-03", None, utc(2025, 6, 2, 23)),
        ("after:2025-12", utc(2026, 1, 1), None),
        ("on:2025-02", utc(2025, 2, 1), utc(2025, 3, 1)),
        ("on:2024-2-29", utc(2024, 2, 29), utc(2024, 3, 1)),
        ("from:2024 from:2025 to:2030 before:2026", utc(2025, 1, 1), utc(2026, 1, 1)),
        ("-from:2025", utc(2025, 1, 1), None),
    ],
)
def test_dates_are_days_months_and_years_in_the_newsrooms_zone(
    text: str, since: datetime | None, until: datetime | None
) -> None:
    question = ask(text)
    assert (question.since, question.until) == (since, until)
    assert question.notes == ()


@pytest.mark.parametrize("value", ["yesterday", "2026-13", "2026-02-30", "0001", "9999", "9999-12-31", "99999", "-5"])
def test_what_is_no_date_is_said_and_left_out(value: str) -> None:
    question = ask(f"ports on:{value}")
    assert question.filters == ()
    assert value in question.notes[0]
    assert groups(f"ports on:{value}") == [["ports"]]


@pytest.mark.parametrize(
    ("text", "days"),
    [("2026-12", (date(2026, 12, 1), date(2027, 1, 1))), ("2026-12-31", (date(2026, 12, 31), date(2027, 1, 1)))],
)
def test_a_period_ends_where_the_next_one_begins(text: str, days: tuple[date, date]) -> None:
    assert Days.parse(text) == Days(*days)


def test_fields_of_a_form_are_filters_too() -> None:
    question = ask("bridge", [(Key.AUTHOR, "ada"), (Key.AUTHOR, "ada"), (Key.FROM, "2025"), (Key.TAG, " ")])
    assert [(one.key, one.value, one.place) for one in question.filters] == [
        (Key.AUTHOR, "ada", None),
        (Key.FROM, "2025", None),
    ]
    assert question.since == utc(2025, 1, 1)
    assert question.without(question.filters[0]) == "bridge"


def test_what_is_too_long_is_cut_and_said() -> None:
    question = ask("a" * 100_000)
    assert len(question.text) == LONGEST
    assert "longer" in question.notes[0]
    many = ask(" ".join("b" for _ in range(LONGEST // 2)))
    assert len(many.items) == MOST_ITEMS
    assert "more words" in many.notes[0]
    filters = ask("", [(Key.TAG, f"t{number}") for number in range(100)])
    assert len(filters.filters) == MOST_FILTERS
    assert filters.notes


def test_no_half_of_a_character_is_left() -> None:
    assert tidied(" a\ud800b\x00c ") == "a?b c"


def test_keys_are_known_in_the_newsrooms_language_too(monkeypatch: pytest.MonkeyPatch) -> None:
    from articles.searching import questions

    monkeypatch.setattr(questions, "pgettext", lambda context, word: {"author": "Autor", "OR": "ODER"}.get(word, word))
    with translation.override("de"):
        question = ask("AUTOR:ada author:ben a ODER b OR c")
    assert question.of(Key.AUTHOR) == ["ada", "ben"]
    assert [len(group) for group in question.groups] == [3]


SYNTAX = st.sampled_from(
    ['"', "“", "”", "«", "-", "OR", "|", "author:", "from:", "on:2", ":*", "&", "!", "(", "<->", "a"]
)


@given(st.lists(st.one_of(SYNTAX, st.text()), max_size=40), st.sampled_from(["", " "]))
def test_every_text_is_a_question(pieces: list[str], between: str) -> None:
    question = ask(between.join(pieces))
    assert len(question.items) <= MOST_ITEMS
    assert all(item.words for item in question.items)
    for one in question.filters:
        question.without(one)
