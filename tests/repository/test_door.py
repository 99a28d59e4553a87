"""What `./portal` says when it cannot do what it is asked, and what it is made of."""

import os
import socket
import subprocess
import sys

import pytest

from iksz_portal.ops import cpu, postgres
from iksz_portal.ops.load import load
from tests.repository.tree import APPS, ROOT


def portal(*arguments, folder=ROOT, **environment):
    return subprocess.run(
        [ROOT / "portal", *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHON": sys.executable, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as somebody:
        yield somebody.getsockname()[1]


@pytest.fixture
def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def test_help_names_every_command_and_works_from_anywhere(tmp_path):
    answer = portal("help", folder=tmp_path)

    named = [line.split()[1] for line in answer.stdout.splitlines() if line.startswith("./portal")]
    assert (answer.returncode, named) == (
        0,
        ["demo", "test", "check", "bench", "manage", "help"],
    )


def test_an_unknown_command_is_named():
    answer = portal("dmeo")

    assert answer.returncode == 1
    assert answer.stderr.endswith("portal: there is no 'dmeo'.\n")


def test_a_taken_port_is_named_with_what_to_do(taken_port):
    answer = portal("demo", PORT=str(taken_port))

    assert answer.returncode == 1
    assert answer.stderr == (
        f"portal: port {taken_port} is taken: something (perhaps this portal) already answers "
        f"there. Stop it, or choose another one: PORT={taken_port + 1} ./portal demo\n"
    )


@pytest.mark.parametrize("port", ["eighty", "0", "-1", "123456"])
def test_a_port_that_is_none_is_refused(port):
    answer = portal("demo", PORT=port)

    assert answer.returncode == 1
    assert answer.stderr == f"portal: PORT must be a number, not '{port}'.\n"


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path, free_port):
    (tmp_path / "file").write_text("")
    folder = tmp_path / "file" / "data"

    answer = portal("demo", DATA_DIR=str(folder), PORT=str(free_port))

    assert answer.returncode == 1
    assert answer.stderr.startswith(f"portal: cannot write to {folder}: choose another folder")


def test_a_machine_without_postgresql_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr(postgres.shutil, "which", lambda name: None)
    monkeypatch.setattr(postgres, "PLACES", ())

    with pytest.raises(postgres.Missing, match="apt-get install postgresql"):
        postgres.server_binaries()


def test_a_command_beside_the_cluster_hands_back_its_exit_code():
    code = "import os, sys; sys.exit(7 if os.environ['DATABASE_URL'] == 'postgres://x' else 1)"

    assert postgres.run_beside("postgres://x", [sys.executable, "-c", code]) == 7


@pytest.mark.skipif(not cpu.is_told(), reason="this system does not tell CPU time under /proc")
def test_cpu_time_counts_children_alive_and_ended():
    before = cpu.used_by_family(os.getpid())
    subprocess.run([sys.executable, "-c", "sum(range(10_000_000))"], check=True)

    assert cpu.used_by_family(os.getpid()) > before + 0.05


@pytest.mark.django_db
def test_the_load_counts_its_answers(live_server):
    port = int(live_server.url.rpartition(":")[2])

    result = load(port, "/healthz", count=6, clients=2)

    assert (result["answers"], result["count"]) == ({200: 6}, 6)


def test_every_room_goes_into_the_image():
    carried = (ROOT / ".dockerignore").read_text().splitlines()

    assert [app for app in APPS if f"!{app}" not in carried] == []
