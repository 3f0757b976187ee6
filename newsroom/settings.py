"""Every setting, read from the environment; docs/operators.md has the table.

What is missing stops the start with a message that names the variable and says what to put. `make run` writes what
a demonstration needs into var/newsroom.env, which is read here and which the environment overrides.
"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import django_stubs_ext
import environs
from django.core.exceptions import ImproperlyConfigured
from marshmallow.validate import Range

from newsroom.database import embedded
from newsroom.desk_theme import UNFOLD as UNFOLD
from newsroom.security import READER_POLICY

# Lets Django's generic classes be written with their model (ModelForm[Article]) at run time as for the type checker.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent

env = environs.Env()
VAR = Path(env.str("NEWSROOM_VAR", str(BASE_DIR / "var"))).absolute()
env.read_env(str(VAR / "newsroom.env"), recurse=False)


def _required(name: str, what: str) -> str:
    value: str = env.str(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"The environment variable {name} is missing. {what}")
    return value


def _list(value: str) -> list[str]:
    return [entry.strip() for entry in value.split(",") if entry.strip()]


DEBUG = env.bool("DEBUG", False)
SECRET_KEY = _required(
    "SECRET_KEY",
    "Put 50 or more random characters and keep them to yourself; this makes some: "
    "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'",
)
ALLOWED_HOSTS = _list(
    _required("ALLOWED_HOSTS", "Put the site's host names, separated by commas: www.example.org,example.org")
)

# The newsroom itself.
NEWSROOM_NAME = _required("NEWSROOM_NAME", "Put the publication's name, as readers should see it.")
NEWSROOM_STRAP = env.str("NEWSROOM_STRAP", "")
NEWSROOM_URL = _required("NEWSROOM_URL", "Put the address that readers use: https://www.example.org").rstrip("/")
# What search engines are told of it besides.
NEWSROOM_LOGO = env.str("NEWSROOM_LOGO", "").strip()
NEWSROOM_CONTACT = env.str("NEWSROOM_CONTACT", "").strip()
NEWSROOM_PROFILES = _list(env.str("NEWSROOM_PROFILES", ""))
for _address in (*filter(None, [NEWSROOM_LOGO]), *NEWSROOM_PROFILES):
    if urlsplit(_address).scheme not in ("http", "https"):
        raise ImproperlyConfigured(f"“{_address}” is no full address. Put one that begins with https://")
# Only where the logins of the demo newsroom, whose passwords are public, may exist.
NEWSROOM_DEMO = env.bool("NEWSROOM_DEMO", False)
NEWSROOM_TIME_ZONE = _required(
    "NEWSROOM_TIME_ZONE", "Put the newsroom's time zone, for example Europe/London: it dates stories and addresses."
)
if urlsplit(NEWSROOM_URL).scheme not in ("http", "https") or urlsplit(NEWSROOM_URL).path:
    raise ImproperlyConfigured(f"NEWSROOM_URL is “{NEWSROOM_URL}”. Put scheme and host only: https://www.example.org")
try:
    ZoneInfo(NEWSROOM_TIME_ZONE)
except (ZoneInfoNotFoundError, ValueError) as error:
    raise ImproperlyConfigured(
        f"NEWSROOM_TIME_ZONE is “{NEWSROOM_TIME_ZONE}”, which is no time zone. Put one like Europe/London."
    ) from error

# WebSub: a hub to which subscribers of the feeds may turn. It looks for what is new by itself.
NEWSROOM_WEBSUB_HUB = env.str("NEWSROOM_WEBSUB_HUB", "").strip()
if NEWSROOM_WEBSUB_HUB and not re.fullmatch(r"https://[!#-;=?-~]+", NEWSROOM_WEBSUB_HUB):
    raise ImproperlyConfigured(
        f"NEWSROOM_WEBSUB_HUB is “{NEWSROOM_WEBSUB_HUB}”. Put the hub’s address: https://hub.example.org/"
    )

# Whom security.txt names; without it there is none.
NEWSROOM_SECURITY_CONTACT = _list(env.str("NEWSROOM_SECURITY_CONTACT", ""))
for _contact in NEWSROOM_SECURITY_CONTACT:
    if not re.fullmatch(r"(mailto:[^\s@]+@[^\s@]+|https://\S+|tel:\S+)", _contact):
        raise ImproperlyConfigured(
            f"NEWSROOM_SECURITY_CONTACT has “{_contact}”. Put mailto:security@example.org or a page’s address."
        )

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "taggit",
    "ckeditor",
    "axes",
    "csp",
    "newsroom",
    "authors",
    "articles",
]

MIDDLEWARE = [
    "newsroom.requests.ProxyMiddleware",
    "newsroom.requests.RequestMiddleware",
    "newsroom.requests.CompressingMiddleware",
    "newsroom.security.HeadersMiddleware",
    "newsroom.security.PolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.sessions.DeskSessionMiddleware",
    "newsroom.redirects.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.newspaper.context",
            ]
        },
    },
    {
        "NAME": "readers",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "readers"],
        "OPTIONS": {
            "environment": "articles.templating.environment",
            "context_processors": ["newsroom.newspaper.context", "articles.navigation.context"],
        },
    },
]

# The database: DATABASE_URL, or the embedded server, which starts when something first connects to it.
_database: dict[str, Any]
if env.str("DATABASE_URL", ""):
    _database = dict(env.dj_db_url("DATABASE_URL"))
    if _database["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database: postgresql://user:password@host/name")
    _database["ENGINE"] = "newsroom.database"
else:
    _database = embedded.settings(VAR / "postgres")
# Web processes set these limits (newsroom/wsgi.py); commands, which may have to migrate an archive, have none.
_limits = {
    "statement_timeout": env.int("STATEMENT_TIMEOUT_MS", 0),
    "lock_timeout": env.int("LOCK_TIMEOUT_MS", 0),
    "idle_in_transaction_session_timeout": env.int("IDLE_TRANSACTION_TIMEOUT_MS", 0),
}
_session = {**_limits, "plan_cache_mode": env.str("PLAN_CACHE_MODE", ""), "work_mem": env.str("WORK_MEM", "")}
DATABASES = {
    "default": _database
    | {
        "CONN_MAX_AGE": 60,  # also how long a measurement of the database's time is trusted
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **_database.get("OPTIONS", {}),
            "connect_timeout": 2,
            "options": " ".join(f"-c {name}={value}" for name, value in _session.items() if value),
        },
    }
}
# Readers' queries are prepared in the database, once for each connection; a pooler of transactions cannot have that.
PREPARED_STATEMENTS = env.bool("PREPARED_STATEMENTS", True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The language of the pages and of the desk, and of every story that does not say otherwise.
LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]
LANGUAGE_CODE = env.str("NEWSROOM_LANGUAGE", "en-gb").strip().lower()
if LANGUAGE_CODE not in dict(LANGUAGES):
    raise ImproperlyConfigured(
        f"NEWSROOM_LANGUAGE is “{LANGUAGE_CODE}”. Put one of these: {', '.join(dict(LANGUAGES))}."
    )
LOCALE_PATHS = [BASE_DIR / "newsroom" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = NEWSROOM_TIME_ZONE

# The page cache (docs/architecture.md): for each worker, off by 0. What is planned is told by a function of the app.
PAGECACHE_PLAN = "articles.cache_keys.planned"
PAGECACHE_MB = env.int("PAGECACHE_MB", 0 if DEBUG else 64, validate=Range(min=0))
PAGECACHE_SECONDS = env.int("PAGECACHE_SECONDS", 6 * 3600, validate=Range(min=1))
PAGECACHE_BEHIND_SECONDS = env.int("PAGECACHE_BEHIND_SECONDS", 3600, validate=Range(min=1))
PAGECACHE_AWAY_SECONDS = env.int("PAGECACHE_AWAY_SECONDS", 24 * 3600, validate=Range(min=0))
PAGECACHE_CDN = env.bool("PAGECACHE_CDN", False)
PAGECACHE_LOG = env.bool("PAGECACHE_LOG", False)
METRICS_TOKEN = env.str("METRICS_TOKEN", "").strip()
if METRICS_TOKEN and len(METRICS_TOKEN) < 16:
    raise ImproperlyConfigured("METRICS_TOKEN is too short to be a secret. Put 16 or more random characters.")

# Files. Renditions are public and named by their content; originals are never served.
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(VAR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "newsroom.staticfiles.AppDirectoriesFinder",
]
# What browsers look for at the root without being told.
WHITENOISE_ROOT = BASE_DIR / "static" / "icons" / "root"
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(VAR / "media")))
ORIGINALS_ROOT = Path(env.str("ORIGINALS_ROOT", str(VAR / "originals")))
STORAGES = {
    "default": {"BACKEND": "newsroom.storage.WholeFileStorage"},
    "originals": {
        "BACKEND": "newsroom.storage.WholeFileStorage",
        "OPTIONS": {"location": str(ORIGINALS_ROOT), "base_url": None, "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "newsroom.stylesheets.StaticFilesStorage"},
}

# Sign-in: to the desk only, throttled for each pair of account and address.
AUTH_USER_MODEL = "authors.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "authors.backends.DeskBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AXES_ONLY_ADMIN_SITE = True
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# What browsers are told. PLAIN_HTTP is for a demonstration on this machine and nothing else.
PLAIN_HTTP = env.bool("PLAIN_HTTP", False)
TRUSTED_PROXIES = _list(env.str("TRUSTED_PROXIES", ""))
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # removed unless a trusted proxy sent it
SECURE_SSL_REDIRECT = not PLAIN_HTTP
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else env.int("HSTS_SECONDS", 365 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = not PLAIN_HTTP
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": READER_POLICY}
# Cookies exist below the desk's address only: a reader's request never carries one.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = LANGUAGE_COOKIE_PATH = "/admin/"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not PLAIN_HTTP
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [NEWSROOM_URL]
CSRF_FAILURE_VIEW = "newsroom.errors.form_refused"

# What a request may weigh. Pictures are the one thing larger than a form.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
REQUEST_MAX_BYTES = env.int("REQUEST_MAX_MB", 48, validate=Range(min=1)) * 1024 * 1024

# Mail tells colleagues of hand-overs and mentions. Without a server's name none is sent, and nothing else is missing.
EMAIL_HOST = env.str("EMAIL_HOST", "").strip()
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
EMAIL_SECURITY = env.str("EMAIL_SECURITY", "starttls").strip().lower()
if EMAIL_SECURITY not in ("starttls", "tls", "none"):
    raise ImproperlyConfigured(f"EMAIL_SECURITY is “{EMAIL_SECURITY}”. Put starttls, tls or none.")
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_SECURITY == "starttls", EMAIL_SECURITY == "tls"
EMAIL_PORT = env.int("EMAIL_PORT", {"starttls": 587, "tls": 465, "none": 25}[EMAIL_SECURITY])
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", 10, validate=Range(min=1))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"newsroom@{urlsplit(NEWSROOM_URL).hostname}")

TAGGIT_CASE_INSENSITIVE = True

SILENCED_SYSTEM_CHECKS = [
    # CKEditor 4.22.1 has advisories that no open release fixes: CVE-2024-24815, CVE-2024-24816, CVE-2024-43407,
    # CVE-2024-43411, CVE-2023-4771. newsroom/richtext/editor.py lists what closes each one here.
    "ckeditor.W001",
    # HSTS preloading is a promise for a whole domain, for years, which only the domain's owner can give.
    "security.W021",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "newsroom.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "INFO").upper()},
    "loggers": {
        "django": {"level": "INFO", "handlers": [], "propagate": True},
        "django.server": {"level": "INFO", "handlers": [], "propagate": True},
        "django.request": {"level": "ERROR"},  # newsroom.requests has a line for each request already
    },
}
