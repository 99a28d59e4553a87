"""A PostgreSQL cluster made of the installed binaries for one run, and thrown away after it.

`python -m iksz_portal.ops.postgres COMMAND…` runs the command with DATABASE_URL set to it;
without a command it only says whether this machine could (exit code 69: it could not).
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

NOT_AVAILABLE = 69
SECONDS_TO_START = 60
MEMORY = Path("/dev/shm")  # noqa: S108 -- a folder of our own is made in it
ROOM_NEEDED = 2 * 1024**3
ATTEMPTS_AT_A_PORT = 3
PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")
SPEED_OVER_DURABILITY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
NO_STATISTICS = "autovacuum=off"
"""Taken between two tests, they would tell the planner of empty tables while the next one fills
them: a query of an instant then takes its limit of seconds."""


class Missing(Exception):
    """This machine has nothing to make a cluster of; the text says what to do."""


class Broken(Exception):
    """The installed server does not start; the text says what it said."""


def server_binaries() -> Path:
    """The folder that holds both initdb and postgres, the newest version first."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve().parent] if on_path else []
    for place in PLACES:
        found += sorted(Path("/").glob(place.lstrip("/")), key=_version, reverse=True)
    for folder in found:
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            return folder
    raise Missing(
        "no PostgreSQL server is installed (on Debian: apt-get install postgresql), "
        "and DATABASE_URL names none"
    )


@dataclass(frozen=True)
class Cluster:
    url: str
    pid: int


def _version(folder: Path) -> int:
    digits = "".join(filter(str.isdigit, folder.parent.name))
    return int(digits or 0)


def _quick_place() -> str | None:
    """Memory where there is plenty: emptying all tables after a test then costs no disk."""
    plenty = MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
    return str(MEMORY) if plenty and shutil.disk_usage(MEMORY).free > ROOM_NEEDED else None


def _as_somebody_else() -> dict:
    """PostgreSQL refuses to run as root; root lends it an account without rights."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            account = pwd.getpwnam(name)
            return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise Missing("PostgreSQL does not run as root, and there is no account to run it as")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def throwaway_cluster() -> Iterator[Cluster]:
    """A cluster on the loopback with an empty database; it and its files are gone afterwards."""
    folder = server_binaries()
    account = _as_somebody_else()
    home = Path(tempfile.mkdtemp(prefix="portal-pg-", dir=_quick_place()))
    try:
        if account:
            os.chown(home, account["user"], account["group"])
        password = secrets.token_urlsafe(16)
        _initialise(folder, home, password, account)
        server, port = _start(folder, home, account)
        try:
            url = f"postgres://portal:{password}@127.0.0.1:{port}"
            _wait_until_ready(f"{url}/postgres", server, home)
            yield Cluster(f"{url}/portal", server.pid)
        finally:
            _stop(server)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _initialise(folder: Path, home: Path, password: str, account: dict) -> None:
    secret = home / "password"
    secret.write_text(password)
    if account:
        os.chown(secret, account["user"], account["group"])
    command: list[str | Path] = [
        folder / "initdb",
        "--pgdata",
        home / "data",
        "--username=portal",
        "--no-sync",
    ]
    command += ["--auth=scram-sha-256", f"--pwfile={secret}", "--encoding=UTF8", "--locale=C"]
    answer = subprocess.run(  # noqa: S603 -- our own arguments
        command,
        check=False,
        cwd=home,
        env=_environment(home),
        capture_output=True,
        text=True,
        **account,
    )
    if answer.returncode:
        raise Broken(f"initdb failed: {answer.stderr.strip() or answer.stdout.strip()}")


def _start(folder: Path, home: Path, account: dict) -> tuple[subprocess.Popen, int]:
    for _attempt in range(ATTEMPTS_AT_A_PORT):
        port = _free_port()
        command: list[str | Path] = [folder / "postgres", "-D", home / "data", "-p", str(port)]
        options = (*SPEED_OVER_DURABILITY, NO_STATISTICS, "listen_addresses=127.0.0.1")
        for option in (*options, "unix_socket_directories="):
            command += ["-c", option]
        with (home / "log").open("a") as log:
            server = subprocess.Popen(  # noqa: S603 -- our own arguments
                command,
                cwd=home,
                env=_environment(home),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **account,
            )
        time.sleep(0.3)
        if server.poll() is None:
            return server, port
    raise Broken(f"the server did not start: {_last_lines(home / 'log')}")


def _environment(home: Path) -> dict[str, str]:
    return {"PATH": os.defpath, "HOME": str(home), "LC_ALL": "C"}


def _last_lines(log: Path) -> str:
    return " / ".join(log.read_text().splitlines()[-5:])


def _wait_until_ready(url: str, server: subprocess.Popen, home: Path) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and time.monotonic() < end:
        try:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute("CREATE DATABASE portal")
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise Broken(f"the server did not answer: {_last_lines(home / 'log')}")


def _stop(server: subprocess.Popen) -> None:
    server.send_signal(signal.SIGINT)  # PostgreSQL's "fast" shutdown
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def run_beside(url: str, command: Sequence[str]) -> int:
    """Run the command on the database and hand back its exit code."""
    with subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url}) as child:  # noqa: S603
        try:
            return child.wait()
        except (KeyboardInterrupt, SystemExit):
            child.terminate()
            with suppress(subprocess.TimeoutExpired):
                child.wait(20)
            raise


def _end_cleanly(signum: int, _frame: object) -> None:
    sys.exit(128 + signum)


def main(command: Sequence[str]) -> int:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end_cleanly)
    try:
        if not command:
            server_binaries()
            _as_somebody_else()
            return 0
        with throwaway_cluster() as cluster:
            return run_beside(cluster.url, command)
    except Missing as reason:
        print(reason, file=sys.stderr)
        return NOT_AVAILABLE
    except Broken as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
