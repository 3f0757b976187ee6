"""What word processors mean by their markup: it says in classes and styles what HTML has elements for.

Word's points of a list are paragraphs, Word on the web gives every point a list of its own, Google's bold is a
weight. All that is known about such things stands here, beside the weights in `reading`, which web pages have too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

Attributes = dict[str, str | None]

TITLE = "title of a document"
POINT = "point of a list"
SPACE = "white space"

# Styles are looked at in small letters.
_MARKER = re.compile(r"mso-list\s*:\s*ignore")
_LEFT_OUT = re.compile(
    r"display\s*:\s*none|mso-(?:hide\s*:\s*all|list\s*:\s*ignore|element\s*:\s*comment|special-character\s*:\s*comment)"
)
_REMARKS = frozenset({"msocomanchor", "msocomtxt", "msocomoff"})
_SPACER = re.compile(r"mso-spacerun\s*:\s*yes|mso-tab-count")
_SPACERS = frozenset({"apple-converted-space", "apple-tab-span"})

_LIST = re.compile(r"mso-list\s*:\s*(l[0-9]+)(?:\s+level([1-9]))?(?:\s+(lfo[0-9]+))?")
_OUTLINE = re.compile(r"mso-outline-level\s*:\s*([1-9])")
_LONGEST_HEADING = 120
_CLASSES = re.compile(r"mso(title|heading|intensequote|quote)([1-9]?)(?:cxsp\w+)?")
_STYLES = re.compile(r"(title|heading|intense quote|quote)\s*([1-9]?)", re.IGNORECASE)

# “3.”, “(b)”, “iv.”, “C”; small letters alone are what bullets of Wingdings and Courier are called.
_NUMBER = re.compile(r"\W*(?:([0-9]{1,4})\b|(?:[a-z]{1,2}|[ivxlcdm]{1,9})[.):\]]|(?-i:[A-Z])$)", re.IGNORECASE)
_FIRST = re.compile(r"\W*[1ai]\W*", re.IGNORECASE)
# Marks that only the document had: notes, tables of contents, bookmarks. Our own anchors begin with “h-”.
_BOOKMARK = re.compile(r"#(?:_|heading=|bookmark=|cmnt|ftn|edn|sdfootnote|sdendnote)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a point belongs: `key` names its list in the document, `level` counts from one."""

    key: str
    level: int


def is_left_out(attributes: Attributes, style: str) -> bool:
    """Whether an element is hidden, a remark in the margin, or the bullet before a point."""
    if "hidden" in attributes or (("mso-" in style or "display" in style) and _LEFT_OUT.search(style)):
        return True
    return "class" in attributes and not _REMARKS.isdisjoint(_classes(attributes))


def meant(node: LexborNode, tag: str, attributes: Attributes, style: str) -> str:
    """The element that is meant: TITLE, a heading, a quotation, POINT, SPACE; or `tag`, where it says so itself."""
    if tag == "span":
        is_space = ("mso-" in style and _SPACER.search(style)) or not _SPACERS.isdisjoint(_classes(attributes))
        return SPACE if is_space else tag
    if tag not in ("p", "div"):
        return tag
    if attributes.get("role") == "heading":
        return _heading(attributes.get("aria-level") or "")
    if named := _named(node, attributes):
        name = named[1].lower()
        return TITLE if name == "title" else _heading(named[2]) if name == "heading" else "blockquote"
    if tag == "p" and "mso-list" in style and _LIST.search(style):
        return POINT
    outline = _OUTLINE.search(style) if "mso-outline-level" in style else None
    return _heading(outline[1]) if outline and _may_be_heading(node.text().strip()) else tag


def word_list(style: str) -> Place:
    """Where Word says that a point belongs."""
    found = _LIST.search(style)
    return Place(f"{found[1]} {found[3]}", int(found[2] or 1)) if found else Place("", 1)


def web_list(attributes: Attributes) -> Place | None:
    """Where Word on the web says that a point belongs; None for a point of an ordinary list."""
    if "data-listid" not in attributes:
        return None
    level = attributes.get("data-aria-level") or attributes.get("aria-level") or ""
    return Place(attributes["data-listid"] or "", int(level) if re.fullmatch("[1-9]", level) else 1)


def marker(node: LexborNode) -> str:
    """The bullet or number that Word put before a paragraph's words, without the space around it."""
    for span in node.css("span[style]"):
        if _MARKER.search((span.attributes["style"] or "").lower()):
            return " ".join(span.text().split())
    return ""


def is_number(text: str) -> bool:
    """Whether a marker numbers its point."""
    return bool(_NUMBER.match(text))


def value(text: str) -> str:
    """The number that a marker shows, where it is one in digits; else nothing."""
    found = _NUMBER.match(text)
    return (found[1] or "").lstrip("0") if found else ""


def is_first(text: str) -> bool:
    """Whether a marker may begin a list."""
    return bool(_FIRST.fullmatch(text))


def is_bookmark(href: str) -> bool:
    """Whether a link leads to a place that only the document had."""
    return bool(_BOOKMARK.match(href))


def _named(node: LexborNode, attributes: Attributes) -> re.Match[str] | None:
    """The style of a paragraph, where it is one that has a meaning."""
    names = (attributes.get("class") or "").lower()
    if found := _CLASSES.search(names):
        return found
    if not names.startswith("paragraph"):
        return None
    # Word on the web says it of the words.
    words = node.css_first("[data-ccp-parastyle]")
    return _STYLES.fullmatch(words.attributes["data-ccp-parastyle"] or "") if words else None


def _may_be_heading(text: str) -> bool:
    """Programs that copy whole articles into Word have given paragraphs a rank, too."""
    return len(text) <= _LONGEST_HEADING and not text.endswith((".", ",", ";", ":"))


def _classes(attributes: Attributes) -> list[str]:
    return (attributes.get("class") or "").lower().split()


def _heading(level: str) -> str:
    return f"h{min(int(level), 6)}" if re.fullmatch("[1-9]", level) else "h2"
