"""What schema.org allows: tests/data/schema_org.json has its types with their parents, properties and values' types."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

VOCABULARY: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "schema_org.json").read_text())

# What stands in JSON as something other than an object.
TEXTS = {"Text", "URL", "Date", "DateTime", "Time", "Duration", "Distance", "CssSelectorType", "XPathType"}
NUMBERS = {"Integer", "Float", "Number"}


@cache
def kinds(name: str) -> frozenset[str]:
    """A type and everything that it is a kind of. Raises KeyError for one that is not known."""
    return frozenset({name}.union(*(kinds(parent) for parent in VOCABULARY[name]["parents"])))


@cache
def properties(name: str) -> dict[str, frozenset[str]]:
    """What may be said of a type, its parents' included, with the types of the values."""
    own = {known: frozenset(values) for known, values in VOCABULARY[name]["properties"].items()}
    for parent in VOCABULARY[name]["parents"]:
        own = {**properties(parent), **own}
    return own


def faults(block: dict[str, Any]) -> list[str]:
    """Everything that schema.org would not take in one block of structured data, with the way to it."""
    found = [] if block.get("@context") == "https://schema.org" else ["no context"]
    return found + list(_of_object(block, str(block.get("@type"))))


def _of_object(thing: dict[str, Any], way: str) -> Iterator[str]:
    name = thing.get("@type")
    if name is None:
        # Stands for what is told elsewhere.
        if set(thing) != {"@id"} or not _is_address(thing["@id"]):
            yield f"{way}: has no type"
        return
    if name not in VOCABULARY:
        yield f"{way}: no type {name}"
        return
    for key, value in thing.items():
        if key not in ("@type", "@context"):
            yield from _of_property(name, key, value, f"{way}.{key}")


def _of_property(name: str, key: str, value: Any, way: str) -> Iterator[str]:
    allowed = properties(name)
    if key == "@id":
        if not _is_address(value):
            yield f"{way}: no full address"
    elif key.endswith("-input") and "Action" in kinds(name):
        # How an action is asked for what it needs.
        if not isinstance(value, str):
            yield f"{way}: no text"
    elif key not in allowed:
        yield f"{way}: no property of {name}"
    elif value in ("", [], None):
        yield f"{way}: empty"
    else:
        for one in value if isinstance(value, list) else [value]:
            yield from _of_value(one, allowed[key], way)


def _of_value(value: Any, expected: frozenset[str], way: str) -> Iterator[str]:
    if isinstance(value, dict):
        name = value.get("@type")
        if name in VOCABULARY and not kinds(name) & expected:
            yield f"{way}: {name} where {sorted(expected)} is wanted"
        yield from _of_object(value, way)
    elif isinstance(value, bool):
        if "Boolean" not in expected:
            yield f"{way}: a truth where {sorted(expected)} is wanted"
    elif isinstance(value, int | float):
        if not NUMBERS & expected:
            yield f"{way}: a number where {sorted(expected)} is wanted"
    elif not isinstance(value, str):
        yield f"{way}: {value!r}"
    else:
        yield from _of_text(value, expected, way)


def _of_text(value: str, expected: frozenset[str], way: str) -> Iterator[str]:
    if value.startswith(("/", "./", "../")):
        yield f"{way}: {value} is no full address"
    if "DateTime" in expected:
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            yield f"{way}: {value} is no instant"
        else:
            if instant.tzinfo is None:
                yield f"{way}: {value} has no offset"
    elif not expected & (TEXTS - {"URL"}) and not _is_address(value):
        # Where schema.org wants a thing, JSON-LD reads a text as the thing's address.
        yield f"{way}: “{value}” where {sorted(expected)} is wanted"


def _is_address(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("https://", "http://")) and " " not in value
