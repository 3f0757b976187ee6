"""HTML: a fragment, or a page saved from the web with all that stands around its story."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from selectolax.lexbor import LexborHTMLParser

from articles.importers.copy import Copy
from articles.importers.endmatter import names_in
from articles.importers.markup import read_markup
from newsroom import plaintext
from newsroom.richtext.limits import tame

_AROUND = "nav, aside, form, dialog, footer, header"
_DATA_ADDRESS = re.compile(r"""(["'])data:[^"']*\1""", re.IGNORECASE)


def read_html(html: str) -> Copy:
    """The parts of an HTML document. Raises CopyError or RichTextError."""
    for name in ("script", "style", "svg", "noscript", "template"):
        html = _without(html, name)
    html = _DATA_ADDRESS.sub('""', html)
    tree = LexborHTMLParser(tame(html))
    title = _title(html)
    author = tree.css_first("meta[name=author]")
    content = tree.css_first("main") or tree.css_first("[role=main]") or tree.body
    left_out = []
    if content is not None:
        for node in content.css(_AROUND):
            # An article's own header holds its headline, and its footer often its byline.
            if node.tag in ("header", "footer") and _is_inside_article(node):
                continue
            if text := plaintext.from_html(node.html or ""):
                left_out.append(text)
            node.decompose()
    copy = read_markup(content.inner_html or "" if content is not None else "", title=title, is_page=True)
    if not copy.bylines and author is not None:
        copy.bylines = names_in(f"by: {author.attributes.get('content') or ''}")
    if left_out:
        copy.notes.append(
            _("What stood around the story was left out: “%(words)s”")
            % {"words": plaintext.shorten(" / ".join(left_out), 100)}
        )
    return copy


def _is_inside_article(node: object) -> bool:
    parent = getattr(node, "parent", None)
    while parent is not None:
        if parent.tag == "article":
            return True
        parent = parent.parent
    return False


def _title(html: str) -> str:
    """What the page calls itself, without the name of its site."""
    found = re.search(r"<title[^>]*>([^<]*)</title", html, re.IGNORECASE)
    whole = plaintext.from_html(found[1]) if found else ""
    return re.split(r"\s+[|–—·]\s+|\s+-\s+(?=[A-Z])", whole)[0].strip()


def _without(html: str, name: str) -> str:
    """`html` without the elements called `name` and what is in them. Linear, whatever is left open."""
    lower = html.lower()
    kept: list[str] = []
    position = 0
    while (start := lower.find(f"<{name}", position)) >= 0:
        kept.append(html[position:start])
        end = lower.find(f"</{name}", start)
        if end < 0:
            return "".join(kept)
        position = lower.find(">", end) + 1 or len(html)
    return "".join([*kept, html[position:]])
