"""Markdown: rendered, then read as a document. Front matter names the parts that it names."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from articles.importers.copy import Copy
from articles.importers.endmatter import ends_in_read_more, names_in
from articles.importers.markup import read_markup

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<lines>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_ENTRY = re.compile(r"(?P<name>\w+)\s*:\s*(?P<value>\S.*)")
_HEADLINE = frozenset({"headline", "title"})
_STANDFIRST = frozenset({"standfirst", "summary", "description"})
_AUTHOR = frozenset({"author", "authors", "byline"})


def read_markdown(text: str) -> Copy:
    """The parts of a piece of Markdown. Raises CopyError or RichTextError."""
    text = re.sub(r"\r\n?", "\n", text)
    front = _FRONT_MATTER.match(text)
    entries = _ENTRY.finditer(front["lines"]) if front else iter(())
    given = {entry["name"].lower(): entry["value"].strip().strip("\"'[]") for entry in entries}
    copy = read_markup(_rendered(text[front.end() :] if front else text))
    for name, value in given.items():
        if name in _HEADLINE and value != copy.headline:
            copy.body = f"<p>{copy.headline}</p>{copy.body}" if copy.headline else copy.body
            copy.headline = value
        elif name in _STANDFIRST:
            copy.standfirst = copy.standfirst or value
        elif name in _AUTHOR:
            copy.bylines = copy.bylines or names_in(f"by: {value}")
    return copy


def _rendered(text: str) -> str:
    parser = MarkdownIt("commonmark").enable("table")
    tokens = parser.parse(text)
    for token in tokens:
        if token.type == "inline" and token.children:
            _keep_line_ends(token, token.children)
    rendered: str = parser.renderer.render(tokens, parser.options, {})
    return rendered


def _keep_line_ends(paragraph: Token, children: list[Token]) -> None:
    """Line ends mean something in a byline and in a list of related stories, and nothing elsewhere."""
    lines = paragraph.content.split("\n")
    if any(ends_in_read_more(line) or names_in(line) for line in lines):
        for child in children:
            if child.type == "softbreak":
                child.type, child.tag = "hardbreak", "br"
