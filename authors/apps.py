"""The authors app: users who sign in, authors who sign."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class AuthorsConfig(AppConfig):
    """People."""

    name = "authors"
    verbose_name = gettext_lazy("People")
