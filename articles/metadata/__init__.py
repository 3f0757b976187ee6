"""What each page says of itself to machines: title, description, address, Open Graph, structured data."""

from articles.metadata.lists import archive, archive_month, corrections, front, notice, section, tag
from articles.metadata.people import author, authors
from articles.metadata.publisher import organisation
from articles.metadata.searches import search
from articles.metadata.stories import story
from articles.metadata.words import description, stamp, titled

__all__ = [
    "archive",
    "archive_month",
    "author",
    "authors",
    "corrections",
    "description",
    "front",
    "notice",
    "organisation",
    "search",
    "section",
    "stamp",
    "story",
    "tag",
    "titled",
]
