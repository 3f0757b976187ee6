"""The authors app: users who sign in, authors who sign."""

from django.apps import AppConfig


class AuthorsConfig(AppConfig):
    """People."""

    name = "authors"
    verbose_name = "People"
