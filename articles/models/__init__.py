"""The nouns of the newsroom, one file each; imported from here."""

from articles.models.article import Article, Byline, Kind, RelatedArticle, Stage
from articles.models.edition import Change, Edition, EditionByline, EditionTag
from articles.models.photo import Photo
from articles.models.record import Correction, Event
from articles.models.revision import Revision
from articles.models.section import FormerSlug, Section

__all__ = [
    "Article",
    "Byline",
    "Change",
    "Correction",
    "Edition",
    "EditionByline",
    "EditionTag",
    "Event",
    "FormerSlug",
    "Kind",
    "Photo",
    "RelatedArticle",
    "Revision",
    "Section",
    "Stage",
]
