"""The articles app: stories, from the first draft to what readers see."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class ArticlesConfig(AppConfig):
    """Stories."""

    name = "articles"
    verbose_name = gettext_lazy("Stories")

    def ready(self) -> None:
        """Register the system checks, guard what revisions refer to, and watch what pages show that has no verbs."""
        from articles import checks, protection, purging  # noqa: F401 - models can be imported only now

        protection.connect()
        purging.connect()
