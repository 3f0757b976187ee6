"""Who and what the demo newsroom consists of, before its first story: sections, authors, logins."""

from __future__ import annotations

from typing import NamedTuple

from articles.permissions import Role


class DemoSection(NamedTuple):
    """A section of the demo newspaper; `parent` is a slug."""

    slug: str
    name: str
    colour: str
    description: str
    parent: str = ""


class DemoAuthor(NamedTuple):
    """An author of the demo newspaper."""

    slug: str
    name: str
    role: str
    biography: str
    elsewhere: str = ""


class Login(NamedTuple):
    """A login of the demo newsroom. Its password is public, so it is made in a demonstration only."""

    username: str
    password: str
    role: Role
    first_name: str
    last_name: str
    author: str = ""

    def __str__(self) -> str:
        return f"{self.username:<9} {self.password}   ({self.role})"


SECTIONS = (
    DemoSection("world", "World", "#1f5f8b", "Averland’s neighbours, the Castine Union and everything beyond them."),
    DemoSection("politics", "Politics", "#8a1c1c", "The Assembly, the ministries and the people who run them."),
    DemoSection("business", "Business", "#1d6b4f", "Work, money and the companies of the coast and the counties."),
    DemoSection("trade", "Trade", "#0f6674", "Ports, tariffs and treaties: what crosses the border.", "business"),
    DemoSection("climate", "Climate", "#4d6b1e", "Weather, water, energy and the land under change."),
    DemoSection("culture", "Culture", "#7a2f73", "Stage, page, screen and everything worth an evening."),
    DemoSection("science", "Science", "#3d4ea1", "What the laboratories, ships and observatories have found."),
)

AUTHORS = (
    DemoAuthor(
        "ines-halloran",
        "Ines Halloran",
        "Trade correspondent",
        "Ines Halloran has covered ports, tariffs and treaties since she began on the shipping desk as a trainee.\n\n"
        "She reads annexes first.",
        "https://www.halloran.example/ports\nmailto:ines.halloran@courier.example",
    ),
    DemoAuthor(
        "tomas-aldergate",
        "Tomas Aldergate",
        "Political editor",
        "Tomas Aldergate leads the Courier’s reporting from the Assembly and has followed four governments in and out "
        "of office. He writes a column on Thursdays.",
    ),
    DemoAuthor(
        "priya-venn",
        "Priya Venn",
        "Climate reporter",
        "Priya Venn reports on water, weather and energy, mostly on foot. She trained as a hydrologist at the "
        "University of Northmere.",
    ),
    DemoAuthor(
        "marcus-oyelaran",
        "Marcus Oyelaran",
        "World affairs correspondent",
        "Marcus Oyelaran was the Courier’s man in Kessing for six years. He now writes from wherever the Castine Union "
        "is meeting.",
    ),
    DemoAuthor(
        "ruth-kessel",
        "Ruth Kessel",
        "Culture critic",
        "Ruth Kessel has reviewed theatre, books and music for the Courier since the old Harbour Theatre had a roof "
        "that leaked on the critics.",
    ),
    DemoAuthor(
        "daniel-okafor-wynne",
        "Daniel Okafor-Wynne",
        "Science editor",
        "Daniel Okafor-Wynne edits the science pages. He likes instruments, long data series and researchers who say "
        "what they do not know.",
    ),
    DemoAuthor(
        "lena-marchetti",
        "Lena Marchetti",
        "Business reporter",
        "Lena Marchetti writes about companies, wages and rents, and keeps a file of annual reports from 1961 on.",
    ),
    DemoAuthor(
        "samir-haddow",
        "Samir Haddow",
        "Photographer",
        "Samir Haddow photographs the coast and the counties for the Courier, usually before breakfast.",
    ),
)

LOGINS = (
    Login("writer", "quay-lantern-sextant", Role.WRITER, "Ines", "Halloran", "ines-halloran"),
    Login("editor", "anchor-ledger-plover", Role.EDITOR, "Tomas", "Aldergate", "tomas-aldergate"),
    Login("managing", "beacon-mortar-thistle", Role.MANAGING_EDITOR, "Helen", "Marsh"),
)
