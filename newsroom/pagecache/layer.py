"""The page cache in front of Django: a WSGI application around another one.

What is held is answered without Django, so what its middlewares see to is seen to here. Only requests are answered
whose host is one of the site's, whose scheme is the site's, that have no body, no session of the desk's and no
authorisation, and that no proxy says were written in percent signs; security headers are held with the page, whose
policy has no nonce; every answer has a name. Everything else goes to Django as it came: the desk, files, addresses that
lead nowhere, and what is posted. Hits are counted, and not written into the log; PAGECACHE_LOG has a line for each.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from random import getrandbits
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import get_path_info
from django.http.request import split_domain_port, validate_host

from newsroom.pagecache.flights import Flight, Flights, Landing
from newsroom.pagecache.keys import EVERYBODY, Key, Route, Routes, elsewhere, is_canonical, key, only_asks
from newsroom.pagecache.line import Line
from newsroom.pagecache.numbers import Numbers
from newsroom.pagecache.page import PLAIN, Page, coding_for
from newsroom.pagecache.plan import NEVER
from newsroom.pagecache.rendering import Answer, Application, environ_for
from newsroom.pagecache.store import Store, Token
from newsroom.pagecache.trust import Trust
from newsroom.pagecache.warming import Warming
from newsroom.pagecache.worn import Worn

logger = logging.getLogger(__name__)
StartResponse = Callable[..., Any]

PATIENCE = 10.0  # seconds to wait for somebody else's rendering
MOST_KNOWN = 256  # hosts and Accept-Encodings that are remembered
OFTEN = 50  # answers in brotli after which it is made as small as can be


class PageCache:
    """Answers from what it holds, and asks `application` for the rest."""

    def __init__(self, application: Application, *, listen: bool = True) -> None:
        """In front of `application`, as settings say. Without `listen`, somebody else must see to `trust`."""
        self.numbers = Numbers()
        self.trust = Trust(patience=settings.PAGECACHE_AWAY_SECONDS)
        self.store = Store(
            settings.PAGECACHE_MB * 1024 * 1024, ceiling=settings.PAGECACHE_SECONDS, numbers=self.numbers
        )
        self.warming = Warming(self.render, self._tighten)
        self.line = Line(self.store, self.trust, self.numbers, ceiling=settings.PAGECACHE_SECONDS)
        self.line.let_go = self.warming.let_go
        self._listen = listen
        self._application = application
        self._pages = self.store.pages
        self._flights = Flights()
        self._routes = Routes()
        self._allowed = list(settings.ALLOWED_HOSTS)
        self._hosts: set[str] = set()
        self._codings: dict[str, str] = {"": PLAIN}
        self._secure = settings.SECURE_SSL_REDIRECT or settings.SECURE_HSTS_SECONDS > 0
        self._session = f"{settings.SESSION_COOKIE_NAME}="
        self._proxies = frozenset(settings.TRUSTED_PROXIES)
        self._elsewhere = elsewhere()
        self._for_cdn, self._log = settings.PAGECACHE_CDN, settings.PAGECACHE_LOG

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        page = self._pages.get((environ["PATH_INFO"], environ.get("QUERY_STRING", ""), EVERYBODY))
        if page is not None and self._is_ours(environ):
            moment = monotonic()
            trust = self.trust
            now = moment + trust.ahead
            if moment < trust.until and now < page.expires:
                page.used = moment
                if now > page.renew:
                    self._renew(page)
                return self._hit(page, environ, start_response)
        return self._look(environ, start_response)

    def render(self, key: Key) -> None:
        """Render a page that nobody asked for, unless that is being done, and keep it."""
        flight, leads = self._flights.join(key)
        if not leads:
            return
        try:
            site = urlsplit(settings.NEWSROOM_URL)
            environ = environ_for(key, host=site.netloc, scheme=site.scheme)
            route = self._routes.of(get_path_info(environ))
            if route is not None:
                self.numbers.warmed += 1
                answer = self._fly(flight, route, environ)
                if answer.page is None:
                    answer.close()
        finally:
            self._flights.over(flight)

    def _look(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request that is not answered at once: from elsewhere in memory, or by asking Django."""
        if self._listen:
            self.line.start()
        path = get_path_info(environ)
        route = None
        if not path.startswith(self._elsewhere) and self._is_ours(environ):
            route = self._routes.of(path)
        if route is None:
            self.numbers.passed += 1
            return self._application(environ, start_response)
        if route.wears is False:
            # So far: what wears nothing is rendered for each, and looked at in case that changes.
            return self._lead(Flight(key(environ, route)), route, environ, start_response)
        page = self._pages.get(key(environ, route))
        if page is not None and self._may_show(page):
            page.used = monotonic()
            if self.trust.listens and self.store.now() > page.renew:
                self._renew(page)
            return self._hit(page, environ, start_response)
        return self._wait_or_fly(route, environ, start_response)

    def _renew(self, page: Page) -> None:
        if self.warming.renew(page):
            page.renew = NEVER  # once

    def _wait_or_fly(self, route: Route, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        arrived = monotonic()
        deadline = arrived + PATIENCE
        while True:
            wanted = key(environ, route)
            flight, leads = self._flights.join(wanted)
            if leads:
                return self._lead(flight, route, environ, start_response)
            if not flight.wait(deadline) or flight.landing is Landing.OTHER:
                self.numbers.passed += 1
                return self._application(environ, start_response)
            page = flight.page_for(arrived)
            # What is known of the route by now may tell apart what was waited for together.
            if page is not None and page.key == key(environ, route):
                self.numbers.shared += 1
                return self._hit(page, environ, start_response)

    def _lead(
        self, flight: Flight, route: Route, environ: dict[str, Any], start_response: StartResponse
    ) -> Iterable[bytes]:
        """Render for oneself and for all who wait."""
        try:
            # Somebody may have kept it between our look and our turn.
            held = self._pages.get(key(environ, route))
            if held is not None and self._may_show(held):
                flight.land(Landing.KEPT, held)
                return self._hit(held, environ, start_response)
            self.numbers.misses += 1
            answer = self._fly(flight, route, environ)
            if answer.page is not None:
                return self._answer(answer.page, environ, start_response, name=answer.name)
            held = self._pages.get(key(environ, route))
            if answer.status.startswith("503 ") and held is not None and self._may_stand_in(held):
                answer.close()
                self.numbers.away += 1
                flight.land(Landing.KEPT, held)
                return self._hit(held, environ, start_response)
            return answer.passed_on(start_response, only_headers=environ["REQUEST_METHOD"] == "HEAD")
        finally:
            self._flights.over(flight)

    def _fly(self, flight: Flight, route: Route, environ: dict[str, Any]) -> Answer:
        """Ask Django, for what the page reads of the query and nothing else; if that is no page, as it was asked."""
        token = self.store.token() if self.trust.listens else None
        _, read, _ = flight.key
        asked = environ | {"QUERY_STRING": read}
        answer = self._ask(route, asked)
        is_less = read != environ.get("QUERY_STRING", "")
        # No page; or one that says only now that it reads more of the query than was known.
        if is_less and not answer.failed and not (answer.is_page and key(environ, route)[1] == read):
            answer.close()
            asked = environ
            answer = self._ask(route, asked)
        if not answer.is_page:
            flight.land(Landing.FAILED if answer.failed else Landing.OTHER)
            return answer
        if self.trust.is_away:
            self.trust.give_up()  # it could be reached after all; the line will say so in a moment
        worn = answer.worn
        page = answer.page = Page(
            key(asked, route),
            answer.headers,
            answer.body(),
            keys=worn.keys,
            loosely=worn.loosely,
            behind=settings.PAGECACHE_BEHIND_SECONDS,
            began=token.began if token else 0.0,
            shared=self._for_cdn,
        )
        if not is_canonical(asked.get("QUERY_STRING", ""), route.parameters):
            # Good for its own reader, whose query may show on it.
            flight.land(Landing.FAILED)
        elif self._keep(page, token, worn):
            flight.land(Landing.KEPT, page)
            self._routes.remember(get_path_info(environ), route)
        else:
            flight.land(Landing.NOT_KEPT, page)
        return answer

    def _ask(self, route: Route, asked: dict[str, Any]) -> Answer:
        answer = Answer(self._application, asked, conditionally=route.wears is False)
        if answer.status.startswith("200 "):
            worn = answer.worn
            route.learn(wears=bool(worn.keys), parameters=worn.parameters, by_accept=answer.varies_by_accept)
        return answer

    def _keep(self, page: Page, token: Token | None, worn: Worn) -> bool:
        if token is None or not self.trust.listens:
            self.numbers.refused += 1
            return False
        kept = self.store.put(page, token, not_after=worn.not_after.timestamp() if worn.not_after else NEVER)
        if kept and page.hits >= OFTEN:  # it begins with the fame of the one before, and will not come by this number
            self.warming.loose(page)
        return kept

    def _hit(self, page: Page, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        page.hits += 1
        self.numbers.hits += 1
        if page.hits == OFTEN:
            self.warming.loose(page)
        name = f"{getrandbits(64):016x}"  # to find the request by; no secret
        if self._log:
            # Like the line that newsroom.requests leaves of what Django answers.
            extra = {"method": environ["REQUEST_METHOD"], "route": page.key[0]}
            logger.info("held %s", name, extra=extra)
        return self._answer(page, environ, start_response, name=name)

    def _answer(
        self, page: Page, environ: dict[str, Any], start_response: StartResponse, *, name: str
    ) -> Iterable[bytes]:
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        coding = self._codings.get(accepted) or self._coding(accepted)
        more = [("X-Request-ID", name)]
        if self._for_cdn:
            more += page.for_shared_caches(self.store.now())
        if "HTTP_IF_NONE_MATCH" in environ and page.is_had(environ["HTTP_IF_NONE_MATCH"]):
            self.numbers.not_modified += 1
            start_response("304 Not Modified", page.short + more)
            return []
        made = page.codings.get(PLAIN if page.is_plain else coding)
        if made is None:
            made = page.coded(coding)
            self.store.recount(page)
        headers, body = made
        start_response("200 OK", headers + more)
        return body if environ["REQUEST_METHOD"] == "GET" else []

    def _coding(self, accepted: str) -> str:
        coding = coding_for(accepted)
        if len(self._codings) < MOST_KNOWN:
            self._codings[accepted] = coding
        return coding

    def _tighten(self, page: Page) -> None:
        page.tighten()
        self.store.recount(page)

    def _is_ours(self, environ: dict[str, Any]) -> bool:
        """Whether a held page is the answer, and this request's page may be held: see the module's first lines."""
        return (
            only_asks(environ)
            and (environ.get("HTTP_HOST") in self._hosts or self._is_host(environ.get("HTTP_HOST", "")))
            and (not self._secure or environ["wsgi.url_scheme"] == "https" or self._came_by_tls(environ))
            and ("HTTP_COOKIE" not in environ or self._session not in environ["HTTP_COOKIE"])
            and "HTTP_AUTHORIZATION" not in environ
            and not environ["SCRIPT_NAME"]
            and ("HTTP_X_ORIGINAL_URI" not in environ or not self._was_encoded(environ))
        )

    def _is_host(self, host: str) -> bool:
        domain, _ = split_domain_port(host)
        if not domain or not validate_host(domain, self._allowed):
            return False
        if len(self._hosts) < MOST_KNOWN:
            self._hosts.add(host)
        return True

    def _came_by_tls(self, environ: dict[str, Any]) -> bool:
        """Whether a trusted proxy says so, in the words that Django would believe."""
        header, value = settings.SECURE_PROXY_SSL_HEADER
        return environ["REMOTE_ADDR"] in self._proxies and environ.get(header, "").partition(",")[0].strip() == value

    def _was_encoded(self, environ: dict[str, Any]) -> bool:
        """Whether a trusted proxy says that the path was written in percent signs: newsroom.redirects sees to those."""
        return "%" in environ["HTTP_X_ORIGINAL_URI"].partition("?")[0] and environ["REMOTE_ADDR"] in self._proxies

    def _may_show(self, page: Page) -> bool:
        """Whether a held page may be shown now."""
        if self.trust.listens:
            return self.store.now() < page.expires
        if self.trust.is_away and self.store.now() < page.lasts:
            self.numbers.away += 1
            return True
        return False

    def _may_stand_in(self, page: Page) -> bool:
        return self.trust.may_stand_in and self.store.now() < page.lasts
