"""Settings of the tests: a newsroom of their own, whatever this machine is set up as.

pytest-django reads settings before any conftest.py, so that the environment must be laid here. A second round at the
same time wants a place of its own: NEWSROOM_TEST_VAR.
"""

import os
from pathlib import Path

VAR_OF_TESTS = Path(__file__).resolve().parent.parent / "var" / "tests"

os.environ.update(
    {
        "NEWSROOM_VAR": os.environ.get("NEWSROOM_TEST_VAR", str(VAR_OF_TESTS)),
        "SECRET_KEY": "only-for-tests-" + "0" * 50,
        "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
        "NEWSROOM_NAME": "The Northmere Courier",
        "NEWSROOM_STRAP": "Independent reporting from the coast and the counties",
        "NEWSROOM_URL": "https://www.example.org",
        "NEWSROOM_TIME_ZONE": "Europe/London",
        "NEWSROOM_SECURITY_CONTACT": "mailto:security@example.org",
    }
)

from newsroom.settings import *  # noqa: E402, F403 - after the environment
from newsroom.settings import STATIC_ROOT, STORAGES  # noqa: E402

# Nothing is collected for tests: files go by their plain names and are found where they lie.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

# Tests read what is asked of the database.
PREPARED_STATEMENTS = False

# Passwords of tests are no secrets, and a good hash takes its time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
