"""Quotation marks, apostrophes, dashes, ellipses and no-break spaces, as a compositor sets them in a text’s language.

English is British: “double” outside and ‘single’ inside or the other way round, as it was typed; `--` and a hyphen
between spaces are a spaced en dash – like this –, between figures an unspaced one (1939–45); `---` is an unspaced em
dash for who insists. Feet and inches (5'10") stay as they are. What other languages have instead stands in marks.py:
„Deutsch“, « français », —raya—. In bodies a no-break space holds a number to its unit, a title to its name and a dash
to the word before it.

Nothing but these characters and the spaces around dashes, and in French those inside of marks and before ; : ! and ?,
ever changes, never in addresses, options (`--help`) or code, and setting twice changes nothing more. Marks that were
typed curly are left, of whatever language they are. static/js/desk-typography.js has the same rules for what is being
typed; tests/data/typography.json holds the cases that both must pass.

No library does this: smartypants (and what is built on it) turns the apostrophes of '90s and 'em the wrong way round,
writes entities, and has no counterpart for an editor that decides in the same way.
"""

from __future__ import annotations

from newsroom.typography import bodies, setter
from newsroom.typography.marks import marks_of
from newsroom.typography.setter import Edit

__all__ = ["Edit", "edits", "spellings", "typeset", "typeset_html"]

_STRAIGHT = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'", setter.NO_BREAK: " ", "\u202f": " "}
)


def typeset(text: str, language: str = "") -> str:
    """Plain text with its marks set, those of the newsroom’s language where none is named. Spaces stay spaces, as
    fields of one line collapse them anyway.
    """
    return setter.apply(text, edits(text, language))


def spellings(words: str) -> tuple[str, ...]:
    """`words` as they may stand in a text: as given, set, and with straight marks. For looking something up by name."""
    straight = words.translate(_STRAIGHT)
    return tuple(dict.fromkeys((words, typeset(straight), straight)))


def typeset_html(html: str, language: str = "", *, holds: bool = True) -> str:
    """A stored body with its marks set; with `holds`, no-break spaces too.

    Only text changes, and text in which nothing changes stays as it is, to the byte. What stands in a paragraph is one
    text, whatever is emphasised or linked in it; what stands in `code` or `pre` is left alone.
    """
    return bodies.set_body(html, marks_of(language), holds=holds)


def edits(text: str, language: str = "", *, holds: bool = False) -> list[Edit]:
    """Where `text` is to be changed and how, in order; with `holds`, no-break spaces too."""
    return setter.edits(text, marks_of(language), holds=holds)
