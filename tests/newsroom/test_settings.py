"""A start that lacks something stops with a message that names the variable and says what to put."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent.parent
COMPLETE = {
    "SECRET_KEY": "k" * 60 + "0123456789",
    "ALLOWED_HOSTS": "www.example.org",
    "NEWSROOM_NAME": "The Northmere Courier",
    "NEWSROOM_URL": "https://www.example.org",
    "NEWSROOM_TIME_ZONE": "Europe/London",
    "DATABASE_URL": "postgresql://desk:secret@db.example.org:5433/paper",
}


def start(tmp_path: Path, *command: str, without: str = "", **changed: str) -> subprocess.CompletedProcess[str]:
    """Run a command of manage.py, or Python code, as on a machine with nothing set but what is given."""
    environment = {"PATH": os.defpath, "NEWSROOM_VAR": str(tmp_path)} | COMPLETE | changed
    environment.pop(without, None)
    return subprocess.run(
        [sys.executable, *command], cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("SECRET_KEY", "secrets.token_urlsafe"),
        ("ALLOWED_HOSTS", "www.example.org,example.org"),
        ("NEWSROOM_NAME", "publication's name"),
        ("NEWSROOM_URL", "https://www.example.org"),
        ("NEWSROOM_TIME_ZONE", "Europe/London"),
    ],
)
def test_what_is_missing_is_named_with_what_to_put(tmp_path: Path, name: str, advice: str) -> None:
    stopped = start(tmp_path, "manage.py", "check", without=name)
    assert stopped.returncode != 0
    assert f"The environment variable {name} is missing." in stopped.stderr
    assert advice in stopped.stderr


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("NEWSROOM_URL", "www.example.org", "Put scheme and host only"),
        ("NEWSROOM_URL", "https://example.org/paper", "Put scheme and host only"),
        ("NEWSROOM_TIME_ZONE", "Europe/Northmere", "which is no time zone"),
        ("DATABASE_URL", "sqlite:///paper.db", "must name a PostgreSQL database"),
        ("EMAIL_SECURITY", "yes", "Put starttls, tls or none"),
        ("METRICS_TOKEN", "short", "Put 16 or more random characters"),
    ],
)
def test_what_cannot_be_right_is_refused(tmp_path: Path, name: str, value: str, advice: str) -> None:
    stopped = start(tmp_path, "manage.py", "check", **{name: value})
    assert stopped.returncode != 0
    assert advice in stopped.stderr


def test_a_deployment_passes_djangos_checks_without_a_warning(tmp_path: Path) -> None:
    checked = start(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "INFO")
    assert checked.returncode == 0, checked.stderr


def test_an_address_of_a_database_replaces_the_embedded_server_and_debug_is_off(tmp_path: Path) -> None:
    code = (
        "from newsroom import settings as s; d = s.DATABASES['default'];"
        "print(d['ENGINE'], d['HOST'], d['PORT'], d['NAME'], d['USER'], s.DEBUG)"
    )
    told = start(tmp_path, "-c", code)
    assert told.stdout.split() == ["newsroom.database", "db.example.org", "5433", "paper", "desk", "False"]


def test_the_environment_overrides_the_file_of_a_demonstration(tmp_path: Path) -> None:
    (tmp_path / "newsroom.env").write_text('NEWSROOM_STRAP="From the file"\nNEWSROOM_NAME="From the file"\n')
    told = start(tmp_path, "-c", "from newsroom import settings as s; print(s.NEWSROOM_NAME, '|', s.NEWSROOM_STRAP)")
    assert told.stdout.strip() == "The Northmere Courier | From the file"


def test_web_processes_give_up_on_slow_statements_and_commands_do_not(tmp_path: Path) -> None:
    show = "from newsroom import settings as s; print(s.DATABASES['default']['OPTIONS']['options'])"
    command = start(tmp_path, "-c", show)
    web = start(tmp_path, "-c", f"import newsroom.wsgi; {show}")
    assert command.stdout.strip() == ""
    assert "statement_timeout=4000" in web.stdout
    assert "lock_timeout=3000" in web.stdout


def test_operators_are_told_of_every_variable() -> None:
    source = (PROJECT / "newsroom" / "settings.py").read_text() + (PROJECT / "newsroom" / "wsgi.py").read_text()
    names = set(re.findall(r"(?:env\.\w+|_required|setdefault)\(\s*\"([A-Z_]+)\"", source)) - {"DJANGO_SETTINGS_MODULE"}
    told = set(re.findall(r"`([A-Z_]+)`", (PROJECT / "docs" / "operators.md").read_text()))
    assert len(names) > 15
    assert names <= told


@pytest.mark.parametrize(
    ("changed", "expected"),
    [({}, "PageCache"), ({"PAGECACHE_MB": "0"}, "Presses"), ({"DEBUG": "1"}, "Presses")],
)
def test_pages_are_held_unless_that_is_switched_off(tmp_path: Path, changed: dict[str, str], expected: str) -> None:
    code = "import newsroom.wsgi; print(type(newsroom.wsgi.application).__name__)"
    asked = start(tmp_path, "-c", code, **changed)
    assert asked.stdout.split() == [expected], asked.stderr
