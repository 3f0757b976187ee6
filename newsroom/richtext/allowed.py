"""The one allow-list: what a body may hold. The sanitiser's and the editor's settings both derive from this
table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import nh3

REL = "noopener noreferrer"

_TRIMMED = "".join(map(chr, range(0x21))) + "\xa0\u200b\ufeff"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_QUOTED = re.compile(r"[ \"<>`\xa0]")
_WEB = re.compile(r"(https?)://([^\s/?#@:\[\]%]+(?::[0-9]{1,5})?)([/?#].*)?", re.IGNORECASE | re.DOTALL)
_MAIL = re.compile(r"mailto:([^\s@?/]+@[^\s@?/]+(?:\?.*)?)", re.IGNORECASE | re.DOTALL)
_ANCHOR = re.compile(r"h-[a-z0-9-]+")
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
_LONGEST_LINK = 2000


def link_target(value: str) -> str | None:
    """A link's address as stored: http, https, mailto, a path of our own or a fragment. None for anything
    else.
    """
    url = re.sub(r"[\t\n\r]", "", value).strip(_TRIMMED)
    # Browsers read a backslash as a slash, so that /\host would leave the site.
    if len(url) > _LONGEST_LINK or "\\" in url or _CONTROL.search(url):
        return None
    url = _QUOTED.sub(lambda found: quote(found[0]), url)
    if url.startswith("/"):
        return None if url.startswith("//") else url
    if url.startswith("#"):
        return url if len(url) > 1 else None
    if url.lower().startswith("www."):
        url = f"https://{url}"
    if web := _WEB.fullmatch(url):
        return f"{web[1].lower()}://{web[2]}{web[3] or ''}"
    if mail := _MAIL.fullmatch(url):
        return f"mailto:{mail[1]}"
    return None


def is_external(url: str) -> bool:
    """Whether a stored address leads to another site."""
    return url.startswith(("http://", "https://"))


def number(value: str) -> str | None:
    """An identity: digits that fit the database's biggest integer."""
    return value if _NUMBER.fullmatch(value) else None


def span(value: str) -> str | None:
    """How many columns or rows a cell takes, where more than one."""
    return value if re.fullmatch(r"[2-9]|[1-9][0-9]", value) else None


def start(value: str) -> str | None:
    """The number at which an ordered list begins, where not at one."""
    return value if re.fullmatch(r"[2-9]|[1-9][0-9]{1,3}", value) else None


def one_of(*values: str) -> Callable[[str], str | None]:
    """A check that lets only `values` pass."""
    return lambda value: value if value in values else None


@dataclass(frozen=True)
class Element:
    """What may be said of one element: its attributes with their checks, and how the editor makes it.

    `button` is the toolbar's name for it, `group` the buttons it stands with; `needs` names attributes of
    which it must have one. An element without a button is part of another one, or has no button yet.
    """

    attributes: Mapping[str, Callable[[str], str | None]] = field(default_factory=dict)
    button: str = ""
    group: str = ""
    needs: tuple[str, ...] = ()


_CELL = {"scope": one_of("col", "row", "colgroup", "rowgroup"), "colspan": span, "rowspan": span}

ALLOWED: Mapping[str, Element] = {
    "p": Element(button="Format", group="blocks"),
    "h2": Element(button="Format", group="blocks"),
    "h3": Element(button="Format", group="blocks"),
    "strong": Element(button="Bold", group="marks"),
    "em": Element(button="Italic", group="marks"),
    "a": Element(
        {"href": link_target, "rel": one_of(REL), "data-article": number},
        button="Link",
        group="links",
        needs=("href", "data-article"),
    ),
    "ul": Element(button="BulletedList", group="lists"),
    "ol": Element({"start": start}, button="NumberedList", group="lists"),
    "li": Element(),
    "blockquote": Element({"data-kind": one_of("pull")}, button="Blockquote", group="lists"),
    "table": Element(button="Table", group="table"),
    "caption": Element(),
    "thead": Element(),
    "tbody": Element(),
    "tr": Element(),
    "th": Element(_CELL),
    "td": Element({"colspan": span, "rowspan": span}),
    "br": Element(),
    "figure": Element({"data-photo": number}, needs=("data-photo",)),
}


# What a comparison of two bodies has beside: traces of the change, and what a screen reader says of them.
_TRACES = ("ins", "del", "mark", "small", "span")
_HIDDEN = one_of("desk-hidden")


def sanitiser(*, with_anchors: bool = False, with_traces: bool = False) -> nh3.Cleaner:
    """A sanitiser that knows this table and nothing else; `with_anchors` lets the ids of anchored headings
    pass, `with_traces` what shows a comparison.
    """
    attributes: dict[str, set[str]] = {tag: set(element.attributes) for tag, element in ALLOWED.items()}
    if with_anchors:
        attributes["h2"] = attributes["h3"] = {"id"}
    if with_traces:
        attributes |= {name: {"class"} if name == "span" else set() for name in _TRACES}

    def check(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "id":
            return value if _ANCHOR.fullmatch(value) else None
        if tag == "span":
            return _HIDDEN(value)
        # Asked about every attribute there is, also of elements that are not allowed.
        allowed = ALLOWED[tag].attributes.get(attribute) if tag in ALLOWED else None
        return allowed(value) if allowed else None

    settings: dict[str, Any] = {
        "tags": set(attributes),
        "attributes": {tag: names for tag, names in attributes.items() if names},
        "attribute_filter": check,
        "url_schemes": {"http", "https", "mailto"},
        "link_rel": None,  # set only on links that leave the site, when a body is written
    }
    return nh3.Cleaner(**settings)
