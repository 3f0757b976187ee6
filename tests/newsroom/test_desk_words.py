"""Every sentence that a script of the desk shows can be said in another language, and is said in German.

A sentence that is not handed to `gettext` or `ngettext` stays English for everybody. What looks like one is found by a
small reader of JavaScript and a rule of thumb; what looks like one and is none stands in NO_WORDS with the reason.
"""

from __future__ import annotations

import re
from gettext import GNUTranslations
from pathlib import Path

import pytest
from django.conf import settings

from tests.javascript import literals

SCRIPTS = sorted((Path(settings.BASE_DIR) / "static" / "js").glob("desk-*.js"))
GERMAN = Path(settings.LOCALE_PATHS[0]) / "de" / "LC_MESSAGES"

TRANSLATED = ("gettext", "ngettext")

# What looks like words and is shown to nobody.
NO_WORDS = {
    "use strict": "a directive of the language",
    "DOMContentLoaded": "an event’s name",
    "(prefers-color-scheme: dark)": "what a browser is asked",
    "answered ": "begins an error that only the script itself catches",
    **dict.fromkeys(
        ("AltGraph", "Backspace", "Enter", "Escape", "Tab", "ArrowDown", "ArrowUp", "F10"), "what a browser calls a key"
    ),
    **dict.fromkeys(("Accept", "Content-Type", "X-CSRFToken", "X-Extent"), "a header’s name"),
    **dict.fromkeys(("AbortError", "Undecided"), "an error’s name, for the script that catches it"),
    **dict.fromkeys(("PullQuote", "Digit", "Key"), "what the editor calls a button, a browser a key"),
}

# Code in quotes: selectors, class names, addresses, patterns, markup.
_CODE = re.compile(r"[\[\]<>={}\\|_]|\bdesk-|\bcke|--|^[.#:/&?]|^[a-z]+(?:[-+./][a-z0-9]+)+$|\b(?:data|aria)-")
_ELEMENTS = re.compile(
    r"(?:(?:a|abbr|b|button|caption|cite|code|del|dfn|dialog|div|em|h[1-6]|i|input|ins|kbd|label|mark|p|pre|q|s|samp|script"
    r"|select|small|span|strong|style|sub|summary|sup|table|textarea|time|tt|u|var)(?:[, ]+|$))+"
)
_WORDS = re.compile(r"[^\W\d_]{2,}[,.:;…!?)”’]* +[(“‘]*[^\W\d_]|^ +[^\W\d_]|[^\W\d_]{2,} +$")
_LABEL = re.compile(r"[A-Z][a-z]+.*")
_PLACEHOLDER = re.compile(r"%\(\w+\)s")


def looks_like_words(text: str) -> bool:
    """Whether a person may be meant to read `text`."""
    if text in NO_WORDS or _CODE.search(text) or _ELEMENTS.fullmatch(text):
        return False
    return bool(_WORDS.search(text) or _LABEL.fullmatch(text))


def _sentences() -> list[tuple[str, str]]:
    """Each msgid of the scripts with its plural ("" where it has none)."""
    found = []
    for script in SCRIPTS:
        asked = [each for each in literals(script.read_text(encoding="utf-8")) if each.function in TRANSLATED]
        for number, each in enumerate(asked):
            if each.position == 0:
                follows = asked[number + 1] if number + 1 < len(asked) else None
                plural = follows.text if each.function == "ngettext" and follows else ""
                found.append((each.text, plural))
    return found


def test_the_reader_of_scripts_finds_texts_and_whose_arguments_they_are() -> None:
    source = """
      // "no"
      const a = /"/.test(gettext("One two")) ? `three ${ngettext('four', "fi\\"ve", n)} six` : say({ it: "seven" });
    """
    found = [(each.text, each.function, each.position) for each in literals(source)]
    assert found == [
        ("One two", "gettext", 0),
        ("three ", "", 0),
        ("four", "ngettext", 0),
        ('fi"ve', "ngettext", 1),
        (" six", "", 0),
        ("seven", "", 0),
    ]


@pytest.mark.parametrize("text", ["Saved.", "Take over…", " min", "words left", "taken from above", "It's 5"])
def test_what_a_person_reads_looks_like_words(text: str) -> None:
    assert looks_like_words(text)


@pytest.mark.parametrize("text", ["use strict", "desk-button is-worrying", "a, button", "[data-kept] span", "keydown"])
def test_what_only_a_browser_reads_does_not(text: str) -> None:
    assert not looks_like_words(text)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_no_script_of_the_desk_shows_words_that_cannot_be_translated(script: Path) -> None:
    left = [
        f"{script.name}:{each.line}: {each.text!r}"
        for each in literals(script.read_text(encoding="utf-8"))
        if each.function not in TRANSLATED and looks_like_words(each.text)
    ]
    assert not left, "\n".join(left)


def test_everything_that_scripts_say_is_said_in_german_with_the_same_names_in_it() -> None:
    with (GERMAN / "djangojs.mo").open("rb") as file:
        german = GNUTranslations(file)
    known = vars(german)["_catalog"]
    sentences = _sentences()
    assert len(sentences) > 150
    for sentence, plural in sentences:
        said = [known.get((sentence, form)) for form in (0, 1)] if plural else [known.get(sentence)]
        assert all(said), f"No German for {sentence!r}: make the messages, translate and compile them."
        expected = set(_PLACEHOLDER.findall(f"{sentence} {plural}"))
        for each in said:
            assert each is not None
            assert set(_PLACEHOLDER.findall(each)) <= expected, each
            assert set(_PLACEHOLDER.findall(sentence)) <= set(_PLACEHOLDER.findall(each)), each
