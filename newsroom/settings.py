"""Every setting, read from the environment (docs/operators.md has the table).

What is missing stops the start with a message that names the variable and says what to put. `make run` writes what a
demonstration needs into var/newsroom.env, which is read here and which the environment overrides.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environs
from django.core.exceptions import ImproperlyConfigured

from newsroom.database import embedded

BASE_DIR = Path(__file__).resolve().parent.parent

env = environs.Env()
VAR = Path(env.str("NEWSROOM_VAR", str(BASE_DIR / "var"))).absolute()
env.read_env(str(VAR / "newsroom.env"), recurse=False)


def _required(name: str, what: str) -> str:
    value: str = env.str(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"The environment variable {name} is missing. {what}")
    return value


DEBUG = env.bool("DEBUG", False)
SECRET_KEY = _required(
    "SECRET_KEY",
    "Put 50 or more random characters and keep them secret; `python -c 'import secrets; print(secrets.token_urlsafe(50))'` makes some.",
)
ALLOWED_HOSTS = [
    host.strip()
    for host in _required(
        "ALLOWED_HOSTS", "Put the site's host names, separated by commas: www.example.org,example.org"
    ).split(",")
]

# The newsroom itself.
NEWSROOM_NAME = _required("NEWSROOM_NAME", "Put the name of the publication, as readers should see it.")
NEWSROOM_STRAP = env.str("NEWSROOM_STRAP", "")
NEWSROOM_URL = _required(
    "NEWSROOM_URL", "Put the address that readers use, without a path: https://www.example.org"
).rstrip("/")
NEWSROOM_TIME_ZONE = _required(
    "NEWSROOM_TIME_ZONE",
    "Put the newsroom's time zone, as in Europe/London: it dates stories and their addresses.",
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
    "django.contrib.sitemaps",
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
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
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
            ]
        },
    }
]

# The database: DATABASE_URL, or the embedded server, which starts at the first connection.
_database: dict[str, Any]
if env.str("DATABASE_URL", ""):
    _database = dict(env.dj_db_url("DATABASE_URL"))
    if _database["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured(
            "DATABASE_URL must name a PostgreSQL database: postgresql://user:password@host/name"
        )
else:
    _database = embedded.settings(VAR / "postgres")
DATABASES = {
    "default": _database
    | {
        "CONN_MAX_AGE": 60,  # also how long a measurement of the database's time is trusted
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "authors.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = NEWSROOM_TIME_ZONE

# Files. Renditions are public and named by their content; originals are never served.
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(VAR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"] if (BASE_DIR / "static").is_dir() else []
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(VAR / "media")))
ORIGINALS_ROOT = Path(env.str("ORIGINALS_ROOT", str(VAR / "originals")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "originals": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(ORIGINALS_ROOT), "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

TAGGIT_CASE_INSENSITIVE = True
SILENCED_SYSTEM_CHECKS = ["ckeditor.W001"]
