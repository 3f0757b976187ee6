"""The nouns of the newsroom, one file each; imported from here."""

from articles.models import names
from articles.models.article import Article, Byline, Kind, RelatedArticle, Stage
from articles.models.block import Block, Withheld
from articles.models.conversation import Comment, Notice
from articles.models.edition import Change, Edition, EditionByline, EditionTag
from articles.models.links import PreviewLink, PreviewOpening
from articles.models.photo import Photo
from articles.models.record import Correction, Event
from articles.models.revision import Revision
from articles.models.section import FormerSlug, Section
from articles.models.working import Buffer, Presence

names.give()

__all__ = [
    "Article",
    "Block",
    "Buffer",
    "Byline",
    "Change",
    "Comment",
    "Correction",
    "Edition",
    "EditionByline",
    "EditionTag",
    "Event",
    "FormerSlug",
    "Kind",
    "Notice",
    "Photo",
    "Presence",
    "PreviewLink",
    "PreviewOpening",
    "RelatedArticle",
    "Revision",
    "Section",
    "Stage",
    "Withheld",
]
