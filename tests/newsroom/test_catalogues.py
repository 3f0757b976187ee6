"""The catalogues of messages: whole, true to the English in what is filled in, compiled, and up to date with the code.

The last asks for gettext's xgettext; where it is missing that test is skipped, and NEWSROOM_REQUIRE_BROWSER=1, which
says that every tool has to be there, makes it a failure.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings

from tests.checkers import wanted

LOCALE = Path(settings.LOCALE_PATHS[0])
CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "npgettext"}
DOMAINS = ("django", "djangojs")
LANGUAGES = sorted(code for code, _ in settings.LANGUAGES if not code.startswith("en"))

# What settings ask for, as tests/settings.py has put it into the environment.
_NEEDED = ("SECRET_KEY", "ALLOWED_HOSTS")

# What is filled in: %(name)s, %s, {name}; and markup, whose attributes a translation keeps.
_FILLED = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")
_MARKUP = re.compile(r"<[^>]+>")


def _name(path: Path) -> str:
    return f"{path.parent.parent.name}-{path.stem}"


def _said(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def _kept(text: str) -> tuple[list[str], list[str], bool]:
    """What a translation of a text has to keep."""
    return sorted(_FILLED.findall(text)), sorted(_MARKUP.findall(text)), text.endswith("\n")


def test_every_language_but_english_has_every_catalogue() -> None:
    assert [_name(path) for path in CATALOGUES] == [f"{code}-{domain}" for code in LANGUAGES for domain in DOMAINS]


@pytest.mark.parametrize("path", CATALOGUES, ids=_name)
def test_nothing_is_left_untranslated_or_doubtful(path: Path) -> None:
    catalogue = polib.pofile(str(path))
    assert len(catalogue) > 100
    assert [entry.msgid for entry in catalogue if not all(_said(entry))] == []
    assert [entry.msgid for entry in catalogue if entry.fuzzy or entry.obsolete] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=_name)
def test_a_translation_has_the_placeholders_and_the_markup_of_its_english(path: Path) -> None:
    wrong = [
        (entry.msgid, said)
        for entry in polib.pofile(str(path))
        for said in _said(entry)
        if _kept(said) not in [_kept(english) for english in (entry.msgid, entry.msgid_plural) if english]
    ]
    assert wrong == []


@pytest.mark.parametrize("path", CATALOGUES, ids=_name)
def test_german_quotes_as_german_does(path: Path) -> None:
    wrong = [said for entry in polib.pofile(str(path)) for said in _said(entry) if re.search(r"”|“\w|\w„", said)]
    assert wrong == []


@pytest.mark.parametrize("path", CATALOGUES, ids=_name)
def test_what_is_compiled_is_what_is_written(path: Path) -> None:
    written, compiled = (
        {(entry.msgctxt or "", entry.msgid): _said(entry) for entry in catalogue}
        for catalogue in (polib.pofile(str(path)), polib.mofile(str(path.with_suffix(".mo"))))
    )
    assert compiled == written, "make messages compiles them."


def test_no_message_stands_within_a_formatted_string_where_xgettext_does_not_see_it() -> None:
    base = Path(settings.BASE_DIR)
    sources = [path for folder in ("articles", "authors", "newsroom") for path in (base / folder).rglob("*.py")]
    hidden = [
        f"{path.relative_to(base)}:{call.lineno}"
        for path in sources
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in CALLS
    ]
    assert hidden == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_catalogues_have_what_the_code_says_and_nothing_else(domain: str, tmp_path: Path) -> None:
    wanted(present=shutil.which("xgettext") is not None, reason="xgettext is missing: apt install gettext.")
    base = Path(settings.BASE_DIR)
    for folder in ("articles", "authors", "newsroom", "static/js", "templates"):
        shutil.copytree(base / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(base / "manage.py", tmp_path)
    command = (
        "makemessages",
        "--all",
        "--domain",
        domain,
        "--no-wrap",
        "--no-obsolete",
        "--ignore",
        "static/js/vendor/*",
        *(("--extension", "html,txt,py,xml") if domain == "django" else ()),
    )
    given = {name: os.environ[name] for name in os.environ if name.startswith("NEWSROOM_") or name in _NEEDED}
    subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], **given},
        check=True,
        capture_output=True,
    )
    for code in LANGUAGES:
        fresh, kept = (
            {(entry.msgctxt or "", entry.msgid, entry.msgid_plural) for entry in polib.pofile(str(path))}
            for path in (
                each / code / "LC_MESSAGES" / f"{domain}.po" for each in (tmp_path / "newsroom/locale", LOCALE)
            )
        )
        assert fresh - kept == set(), "make messages gathers them; then translate them."
        assert kept - fresh == set(), "make messages drops what nobody says any more."
