"""A reader of the site at an instant of the test's choosing, who remembers what a page cost."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import NOON


@dataclass
class Reader:
    """A browser without cookies. `queries` holds the SQL of the last page."""

    at: datetime = NOON
    client: Client = field(default_factory=Client)
    queries: list[str] = field(default_factory=list)

    def get(self, path: str, **headers: str) -> HttpResponse:
        """Ask for an address, as over TLS."""
        with CaptureQueriesContext(connection) as captured:
            response: Any = self.client.get(path, secure=True, headers=headers or None)
        self.queries = [query["sql"] for query in captured.captured_queries]
        return response  # type: ignore[no-any-return]  # Django's test client has a response class of its own

    def status(self, path: str) -> int:
        """What an address answers."""
        return self.get(path).status_code

    def text(self, path: str) -> str:
        """The body of a page that must be there."""
        response = self.get(path)
        assert response.status_code == 200, f"{path} answered {response.status_code}"
        # A picture is no text, and nothing is found in it.
        return response.content.decode(errors="replace")

    def page(self, path: str) -> Page:
        """A page that must be there, read."""
        return Page(self.text(path))


class Page(HTMLParser):
    """An HTML page: its elements with their attributes in order, and the text of each."""

    VOID = frozenset(("area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.unclosed: list[str] = []
        self._open: list[int] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self.texts.append("")
        if tag not in self.VOID:
            self._open.append(len(self.elements) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that closes itself."""
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element, which must be this one."""
        if not self._open or self.elements[self._open[-1]][0] != tag:
            self.unclosed.append(tag)
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Give text to everything it stands in."""
        for place in self._open:
            self.texts[place] += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        """The attributes of every such element; `class_` must be among the classes."""
        return [attributes for name, attributes, _ in self._found(tag, wanted)]

    def one(self, tag: str, **wanted: str) -> dict[str, str]:
        """The attributes of the only such element."""
        [found] = self.all(tag, **wanted)
        return found

    def text_of(self, tag: str, **wanted: str) -> list[str]:
        """The text of every such element, white space collapsed."""
        return [" ".join(text.split()) for _, _, text in self._found(tag, wanted)]

    def meta(self, name: str) -> str | None:
        """The content of a meta element by name or property."""
        for attributes in self.all("meta"):
            if name in (attributes.get("name"), attributes.get("property")):
                return attributes["content"]
        return None

    @property
    def json_ld(self) -> list[Any]:
        """Every structured data block."""
        blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', self.html, re.DOTALL)
        return [json.loads(block) for block in blocks]

    def _found(self, tag: str, wanted: dict[str, str]) -> list[tuple[str, dict[str, str], str]]:
        found = []
        for (name, attributes), text in zip(self.elements, self.texts, strict=True):
            if name == tag and all(_matches(attributes, key, value) for key, value in wanted.items()):
                found.append((name, attributes, text))
        return found


def _matches(attributes: dict[str, str], key: str, value: str) -> bool:
    if key == "class_":
        return value in attributes.get("class", "").split()
    return attributes.get(key.replace("_", "-")) == value
