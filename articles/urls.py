"""The readers' addresses. The first segment of each is reserved: no section may have it as its slug."""

from django.urls import URLPattern, URLResolver, path, register_converter

from articles import oembed, sitemaps
from articles.feeds import views as feeds
from articles.feeds.formats import FormatConverter
from articles.views import archive, authors, cards, corrections, front, previews, search, sections, stories, tags


class FourDigits:
    """A year in an address."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        """The number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Four digits."""
        return f"{value:04}"


class TwoDigits(FourDigits):
    """A month or a day in an address."""

    regex = "[0-9]{2}"

    def to_url(self, value: int) -> str:
        """Two digits."""
        return f"{value:02}"


register_converter(FourDigits, "yyyy")
register_converter(TwoDigits, "mm")
register_converter(FormatConverter, "feed_format")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front.front, name="front"),
    path("feed/", feeds.everything, name="feed"),
    path("feed/<feed_format:file_format>/", feeds.everything, name="feed"),
    path("authors/", authors.authors, name="authors"),
    path("authors/<slug:slug>/", authors.author, name="author"),
    path("authors/<slug:slug>/feed/", feeds.author, name="author_feed"),
    path("authors/<slug:slug>/feed/<feed_format:file_format>/", feeds.author, name="author_feed"),
    path("tags/<slug:slug>/", tags.tag, name="tag"),
    path("tags/<slug:slug>/feed/", feeds.tag, name="tag_feed"),
    path("tags/<slug:slug>/feed/<feed_format:file_format>/", feeds.tag, name="tag_feed"),
    path("archive/", archive.archive, name="archive"),
    path("archive/<yyyy:year>/<mm:month>/", archive.month, name="archive_month"),
    path("corrections/", corrections.log, name="corrections"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="search_suggest"),
    path("search/feed/", search.feed, name="search_feed"),
    path("search/feed/<feed_format:file_format>/", search.feed, name="search_feed"),
    path("preview/<str:token>/", previews.shared, name="shared_preview"),
    path("social/newspaper-<slug:digest>.png", cards.newspaper, name="newspaper_card"),
    path("social/<int:story>-<slug:digest>.png", cards.story, name="story_card"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<yyyy:year>-<mm:month>.xml", sitemaps.month, name="sitemap_month"),
    path("sitemap-pages.xml", sitemaps.pages, name="sitemap_pages"),
    path("sitemap-authors-<int:number>.xml", sitemaps.authors, name="sitemap_authors"),
    path("sitemap-tags-<int:number>.xml", sitemaps.tags, name="sitemap_tags"),
    path("news-sitemap.xml", sitemaps.news, name="news_sitemap"),
    path("oembed", oembed.oembed, name="oembed"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("<slug:slug>/", sections.section, name="section"),
    path("<slug:slug>/feed/", feeds.section, name="section_feed"),
    path("<slug:slug>/feed/<feed_format:file_format>/", feeds.section, name="section_feed"),
    path("<slug:section>/<yyyy:year>/<mm:month>/<mm:day>/<slug:slug>/", stories.story, name="story"),
]
