"""The articles app: stories, from the first draft to what readers see."""

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """Stories."""

    name = "articles"
    verbose_name = "Stories"

    def ready(self) -> None:
        """Register the system checks, and guard what revisions refer to."""
        from articles import checks, protection  # noqa: F401 - models can be imported only now

        protection.connect()
