"""Who signed a piece of copy, and the list of related stories below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.importers.copy import RelatedCopy

LONGEST_NAME = 120

_LABELLED = re.compile(r"(?:authors?|written by|by-?line|by)\s*:\s*(?P<names>\S.*)", re.IGNORECASE)
_BY = re.compile(r"(?:written )?by\s+(?P<names>\S.*)", re.IGNORECASE)
_LABEL_ALONE = re.compile(r"(?:authors?|written by|by)\s*:?", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*[,;&]\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)
_PLACE = re.compile(r"\s+in\s+[A-Z].*$")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){0,5}")
_PARTICLES = frozenset(
    {"al", "bin", "da", "de", "del", "della", "den", "der", "di", "du", "el", "la", "le", "van", "von"}
)
_READ_MORE = re.compile(
    r"(?:\s*(?:\.{3,}|…|\[\s*(?:\.{3,}|…)\s*\]))?\s*[\[(]?\bread more\b[\])]?[\s.…»›→>]*$", re.IGNORECASE
)
_ELLIPSIS = re.compile(r"\s*(?:\.{3,}|…|\[\s*(?:\.{3,}|…)\s*\])$")
_LIST_TITLE = re.compile(
    r"(?:related(?: (?:stories|articles|content|posts|news|reading|coverage))?|read (?:also|next)|see also|"
    r"more (?:on this(?: story)?|stories|news|like this)|you (?:may|might) also like|further reading)\s*:?",
    re.IGNORECASE,
)

# So many lines after a byline may fit nowhere; more of them, and it was no byline but a line of the story.
_STRAYS = 3
_NEAR_THE_TOP = 3
_LONGEST_TAIL = 200


@dataclass
class Endmatter:
    """What was found. `body` are the positions of the units that stay, `unplaced` of those that fitted nowhere."""

    bylines: list[str] = field(default_factory=list)
    related: list[RelatedCopy] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    unplaced: list[int] = field(default_factory=list)


def names_in(text: str, *, labelled_only: bool = False) -> list[str]:
    """The names in a byline such as "Author: NAME" or "By NAME and NAME"; none where `text` is no byline."""
    labelled = _LABELLED.fullmatch(text)
    found = labelled or (None if labelled_only else _BY.fullmatch(text))
    if not found or len(text) > 2 * LONGEST_NAME:
        return []
    parts = _SEPARATOR.split(_PLACE.sub("", found["names"]).rstrip(" ."))
    names = [_cased(part) for part in parts if _is_name(part, single=bool(labelled))]
    # "By all accounts, Averland won" begins like a byline; "By Ada Lunt, trade correspondent" is one.
    return names if names and _is_name(parts[0], single=bool(labelled)) else []


def _is_name(text: str, *, single: bool) -> bool:
    words = text.split()
    if not words or len(text) > LONGEST_NAME or not _NAME.fullmatch(text) or (len(words) < 2 and not single):
        return False
    proper = [word for word in words if word.lower() not in _PARTICLES]
    return bool(proper) and all(word[0].isupper() or "-" in word for word in proper)


def _cased(name: str) -> str:
    """Names that a page shows in capitals, as they are written otherwise."""
    return name.title().replace("’S ", "’s ") if name.isupper() else name


def ends_in_read_more(text: str) -> bool:
    """Whether `text` is a teaser with its link, or the link alone."""
    return bool(_READ_MORE.search(text))


def find(texts: Sequence[str]) -> Endmatter:
    """Look for the byline at the end or below the headline, and for related stories at the end."""
    found = Endmatter()
    signed: set[int] = set()
    tail = len(texts)
    for position, names in _bylines(texts):
        names = [name for name in names if name not in found.bylines]
        found.bylines += names
        signed |= {position} if names_in(texts[position]) else {position, position + 1}
        tail = position + 1
    if not signed or tail <= _NEAR_THE_TOP or len(_strays(texts, tail)) > _STRAYS:
        tail = _first_related(texts)
    found.related, strays = _related(texts, tail)
    listed = set(range(tail, len(texts))) - set(strays)
    found.body = [position for position in range(len(texts)) if position not in listed and position not in signed]
    found.unplaced = [position for position in strays if position not in signed]
    return found


def _bylines(texts: Sequence[str]) -> list[tuple[int, list[str]]]:
    """Bylines with a label wherever they are, else the first "By NAME" at the top or the last at the end."""
    labelled = [
        (position, names) for position, text in enumerate(texts) if (names := names_in(text, labelled_only=True))
    ]
    for position, text in enumerate(texts[:-1]):
        if _LABEL_ALONE.fullmatch(text) and (names := names_in(f"by: {texts[position + 1]}")):
            labelled.append((position, names))
    if labelled:
        return sorted(labelled)
    signed = [(position, names) for position, text in enumerate(texts) if (names := names_in(text))]
    last = signed[-1:]
    if last and len(texts) - last[0][0] < _LONGEST_TAIL and len(_strays(texts, last[0][0] + 1)) <= _STRAYS:
        return last
    return [(position, names) for position, names in signed[:1] if position < _NEAR_THE_TOP]


def _first_related(texts: Sequence[str]) -> int:
    """Where the list of related stories begins if no byline stands before it; past the end if there is none."""
    for position in range(max(len(texts) - _LONGEST_TAIL, 0), len(texts)):
        if not ends_in_read_more(texts[position]):
            continue
        alone = not _READ_MORE.sub("", texts[position]).strip()
        start = max(position - (2 if alone else 1), 0)
        if start and _LIST_TITLE.fullmatch(texts[start - 1]):
            start -= 1
        if len(_strays(texts, start)) <= _STRAYS:
            return start
    return len(texts)


def _strays(texts: Sequence[str], start: int) -> list[int]:
    return _related(texts, start)[1]


def _related(texts: Sequence[str], start: int) -> tuple[list[RelatedCopy], list[int]]:
    """The related stories from `start` on, and the positions of what is none of them."""
    related: list[RelatedCopy] = []
    strays: list[int] = []
    waiting: list[int] = []
    for position in range(start, len(texts)):
        text = texts[position]
        if _LIST_TITLE.fullmatch(text):
            continue
        if not ends_in_read_more(text):
            waiting.append(position)
            continue
        teaser = _READ_MORE.sub("", text).strip()
        if not teaser and len(waiting) > 1:
            teaser = _ELLIPSIS.sub("", texts[waiting.pop()])
        headline = texts[waiting.pop()] if waiting else ""
        if not headline:
            headline, teaser = teaser, ""
        if headline and headline.casefold() not in {story.headline.casefold() for story in related}:
            related.append(RelatedCopy(headline, teaser))
        strays += waiting
        waiting = []
    return related, strays + waiting
