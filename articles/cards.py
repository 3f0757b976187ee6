"""The pictures that are made for pages without one: what each says, and the address at which it lies for good.

A story's card shows what everybody reads in its edition, and is drawn of the edition that is live and of no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from articles import tones
from articles.models import Edition
from newsroom import cards
from newsroom.addresses import address
from newsroom.cards import Card
from newsroom.newspaper import absolute, newspaper
from newsroom.seo import SocialImage

if TYPE_CHECKING:
    from authors.models import Author

# The shades of static/css/tones.css on a light page: a card is one.
SHADES = {
    "red": "#98342e",
    "rust": "#923e02",
    "amber": "#7b5100",
    "olive": "#5d6005",
    "green": "#016e30",
    "teal": "#076961",
    "sea": "#0a657c",
    "blue": "#1d5aa4",
    "indigo": "#504da4",
    "violet": "#6d4396",
    "plum": "#863878",
    "rose": "#953251",
    "slate": "#4a4f57",
}


def of_newspaper() -> Card:
    """The newspaper's own, for every page that is no story."""
    paper = newspaper()
    return Card(newspaper=paper.name, label=paper.strap)


def of_story(edition: Edition, *, writers: Sequence[Author]) -> Card:
    """A story's, whose section and root section are loaded."""
    colour = edition.section.colour or edition.root_section.colour
    return Card(
        newspaper=newspaper().name,
        label=" · ".join(filter(None, [edition.section.name, edition.kicker])),
        colour=SHADES[tones.tone(colour)],
        headline=edition.headline,
        people=", ".join(author.name for author in writers),
    )


def newspaper_image() -> SocialImage | None:
    """The newspaper's card for a page's head; None where its name cannot be drawn."""
    card = of_newspaper()
    return _image(card, address("newspaper_card", card.digest), alt=card.newspaper)


def story_image(edition: Edition, *, writers: Sequence[Author]) -> SocialImage | None:
    """A story's card for its page's head; None where the newspaper's name cannot be drawn."""
    if not edition.article_id:
        return newspaper_image()  # a preview of a story that was never saved has no address for its card
    card = of_story(edition, writers=writers)
    path = address("story_card", edition.article_id, card.digest)
    return _image(card, path, alt=f"{card.newspaper}: {card.headline}")


def _image(card: Card, path: str, *, alt: str) -> SocialImage | None:
    if not card.is_writable:
        return None
    return SocialImage(url=absolute(path), width=cards.WIDTH, height=cards.HEIGHT, alt=alt)
