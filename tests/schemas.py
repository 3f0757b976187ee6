"""Schemas of what machines are sent: RelaxNG and XSD in tests/data/schemas, and JSON Feed's list of properties."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

FOLDER = Path(__file__).resolve().parent / "data" / "schemas"

# JSON Feed 1.1: each property with its type, an asterisk before those that must be there. A list holds one kind of
# thing; of ours, nothing may be there that is not listed.
PERSON = {"name": str, "url": "url", "avatar": "url"}
ATTACHMENT = {"*url": "url", "*mime_type": str, "title": str, "size_in_bytes": int, "duration_in_seconds": int}
ITEM = {
    "*id": str,
    "url": "url",
    "external_url": "url",
    "title": str,
    "content_html": str,
    "content_text": str,
    "summary": str,
    "image": "url",
    "banner_image": "url",
    "date_published": "instant",
    "date_modified": "instant",
    "authors": [PERSON],
    "tags": [str],
    "language": str,
    "attachments": [ATTACHMENT],
}
JSON_FEED = {
    "*version": "url",
    "*title": str,
    "home_page_url": "url",
    "feed_url": "url",
    "description": str,
    "user_comment": str,
    "next_url": "url",
    "icon": "url",
    "favicon": "url",
    "authors": [PERSON],
    "language": str,
    "expired": bool,
    "hubs": [{"*type": str, "*url": "url"}],
    "*items": [ITEM],
}


def assert_valid(document: bytes, schema: str) -> None:
    """Fail with what is wrong unless the XML document is valid; `schema` is a file's name in FOLDER."""
    read = _schema(schema)
    assert read.validate(etree.fromstring(document)), str(read.error_log)


def assert_valid_json_feed(document: bytes) -> dict[str, Any]:
    """Fail with what is wrong unless this is a JSON Feed 1.1; returns it."""
    feed: dict[str, Any] = json.loads(document)
    _check(feed, JSON_FEED, "feed")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    for item in feed["items"]:
        assert "content_html" in item or "content_text" in item
    ids = [item["id"] for item in feed["items"]]
    assert len(ids) == len(set(ids))
    return feed


@cache
def _schema(name: str) -> Any:
    tree = etree.parse(FOLDER / name)
    return etree.RelaxNG(tree) if name.endswith(".rng") else etree.XMLSchema(tree)


def _check(value: Any, wanted: Any, where: str) -> None:
    if isinstance(wanted, dict):
        assert isinstance(value, dict), where
        known = {name.removeprefix("*"): each for name, each in wanted.items()}
        assert set(value) <= set(known), f"{where}: {set(value) - set(known)}"
        assert {name[1:] for name in wanted if name.startswith("*")} <= set(value), where
        for name, each in value.items():
            _check(each, known[name], f"{where}.{name}")
    elif isinstance(wanted, list):
        assert isinstance(value, list), where
        for number, each in enumerate(value):
            _check(each, wanted[0], f"{where}[{number}]")
    elif wanted == "url":
        assert isinstance(value, str), where
        assert value.startswith(("https://", "http://")), f"{where}: {value}"
    elif wanted == "instant":
        assert datetime.fromisoformat(value).tzinfo is not None, f"{where}: {value}"
    else:
        assert isinstance(value, wanted), f"{where}: {value!r}"
