"""Where text becomes markup that templates do not escape. `mark_safe` stands in this file and in no other."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from newsroom.richtext.allowed import sanitiser

# A stored body is cleaned once more: the list may have tightened since, and a database can be written by
# others.
_SANITISER = sanitiser(with_anchors=True)
_COMPARING = sanitiser(with_traces=True)
_FIGURE = re.compile(r'<figure data-photo="([0-9]+)">.*?</figure>|<figure>.*?</figure>', re.DOTALL)
_OWN_LINK = re.compile(r'<a data-article="([0-9]+)">(.*?)</a>', re.DOTALL)
_PATH = re.compile(r'(<a (?:[a-z-]+="[^"]*" )*href=")(?=/(?!/))')
_SUBHEAD = re.compile(r'(<h[23] id="([^"]+)">)(.*?)(</h[23]>)', re.DOTALL)
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)

# Characters that no text for readers has, around what is to be marked in a plain text.
OPENS, CLOSES = "\ue000", "\ue001"
_MARKED = re.compile(f"{OPENS}([^{CLOSES}]*){CLOSES}")

_JSON_ESCAPES = {character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def render(
    html: str,
    *,
    photos: Mapping[int, str],
    links: Mapping[int, str | None],
    place: str = "",
    anchors: bool = False,
    site: str = "",
) -> SafeString:
    """A stored body as it stands on the page.

    `photos` gives the markup that takes each photo's place; a photo that is not in it leaves nothing. `links`
    gives the address of each of our own stories; one without leaves the words without a link. A wide table
    scrolls inside `<div class="table-scroll">`. `place` is the dateline, with which the first paragraph begins.
    With `anchors` each subhead carries a link to itself, which has no words: it is for pointers, and copies as nothing.
    For those who read it elsewhere, links to paths become links to paths of `site`.
    """

    def link(found: re.Match[str]) -> str:
        address = links.get(int(found[1]))
        return f'<a href="{escape(address)}">{found[2]}</a>' if address else found[2]

    page = _OWN_LINK.sub(link, _SANITISER.clean(html))
    page = _TABLE.sub(_scrolling, page)
    if anchors:
        page = _SUBHEAD.sub(_anchored, page)
    if place:
        page = _placed(page, place)
    if site:
        page = _PATH.sub(lambda found: f"{found[1]}{escape(site)}", page)
    return mark_safe(_FIGURE.sub(lambda figure: _photo(figure, photos), page))  # cleaned above


def compared(html: str, *, photos: Mapping[int, SafeString]) -> SafeString:
    """One side of a comparison's row, as `comparing.compare` gives it, for the desk.

    `photos` gives the markup that stands for each photo; one that is not in it leaves nothing. Links to our own
    stories stay words.
    """
    clean = _TABLE.sub(_scrolling, _COMPARING.clean(html))
    return mark_safe(_FIGURE.sub(lambda figure: _photo(figure, photos), clean))  # cleaned above


def marked(text: str) -> SafeString:
    """A plain text in which what stands between OPENS and CLOSES is marked, all of it escaped."""
    pieces = (
        f"<mark>{escape(piece)}</mark>" if place % 2 else escape(piece)
        for place, piece in enumerate(_MARKED.split(text))
    )
    return mark_safe("".join(pieces))  # escaped above


def json_ld(data: Mapping[str, Any]) -> SafeString:
    """A JSON-LD data block for a page's head, in which no value can end the element. Dates are written as ISO
    8601.
    """
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)
    for character, written in _JSON_ESCAPES.items():  # str.translate takes forty times as long
        text = text.replace(character, written)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # escaped above


def _anchored(subhead: re.Match[str]) -> str:
    opening, anchor, words, closing = subhead.groups()
    return f'{opening}{words}<a class="body__anchor" href="#{anchor}" tabindex="-1" aria-hidden="true"></a>{closing}'


def _placed(page: str, place: str) -> str:
    """The page with the dateline before its first words, or in a paragraph of its own where it begins otherwise."""
    dateline = f'<span class="body__dateline">{escape(place)}</span>'
    return page.replace("<p>", f"<p>{dateline} – ", 1) if page.startswith("<p>") else f"<p>{dateline}</p>{page}"


def _scrolling(table: re.Match[str]) -> str:
    return f'<div class="table-scroll" tabindex="0">{table[0]}</div>'


def _photo(figure: re.Match[str], photos: Mapping[int, str]) -> str:
    return photos.get(int(figure[1]), "") if figure[1] else ""
