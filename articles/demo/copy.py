"""The stories' files: TOML between two lines of `+++`, then the body in Markdown. Reading them touches no database."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

FOLDER = Path(__file__).resolve().parent / "stories"

TEXTS = ("headline", "kicker", "kind", "standfirst", "teaser", "dateline", "disclosure", "language")


@dataclass(frozen=True)
class DemoStory:
    """One story of the demo newspaper.

    `age` is how long ago it was first published, negative for one that is yet to come; `state` is what it shall be
    then; `bylines` are (author's slug, role) pairs; `related` are numbers of other stories; `body` is HTML.
    """

    number: str
    texts: dict[str, str]
    body: str
    section: str
    bylines: tuple[tuple[str, str], ...]
    tags: tuple[str, ...]
    age: timedelta
    state: str
    related: tuple[str, ...]
    correction: dict[str, str]
    photo: dict[str, str] | None


def stories() -> list[DemoStory]:
    """Every story of the demo newspaper, the oldest first."""
    found = [_read(file) for file in sorted(FOLDER.glob("*.md"))]
    return sorted(found, key=lambda story: story.age, reverse=True)


def _read(file: Path) -> DemoStory:
    _, front, markdown = file.read_text(encoding="utf-8").split("+++\n", 2)
    given: dict[str, Any] = tomllib.loads(front)
    signed = {"by": "authors", "additional_reporting": "additional_reporting", "photographs": "photographs"}
    return DemoStory(
        number=file.name.split("-")[0],
        texts={name: given[name] for name in TEXTS if name in given},
        body=MarkdownIt("commonmark").enable("table").render(markdown),
        section=given["section"],
        bylines=tuple((author, role) for role, key in signed.items() for author in given.get(key, ())),
        tags=tuple(given["tags"]),
        age=timedelta(hours=given["age_hours"]),
        state=given["state"],
        related=tuple(given.get("related", ())),
        correction=given.get("correction", {}),
        photo=given.get("photo"),
    )
