"""The desk: stories, pictures, sections and tags in the admin, one file a noun. Imported for its registrations."""

from articles.admin.article import ArticleAdmin
from articles.admin.photo import PhotoAdmin
from articles.admin.section import SectionAdmin
from articles.admin.tag import TagAdmin

__all__ = ["ArticleAdmin", "PhotoAdmin", "SectionAdmin", "TagAdmin"]
