"""The articles app: stories, from the first draft to what readers see."""

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """Stories."""

    name = "articles"
    verbose_name = "Stories"
