import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.repository.tree import ROOT

PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", re.MULTILINE)
HOST = re.compile(r"://|--(?:extra-)?index-url|--find-links|\b[\w-]+\.(?:org|com|net|io|dev)\b")
LOCKS = ("requirements.lock", "requirements-dev.lock")


def pins(text):
    return {canonicalize_name(name): version for name, version in PIN.findall(text)}


def out_of_step(ranges, pinned):
    """The ranges that the lock does not fulfil."""
    wanted = [Requirement(text) for text in ranges]
    return [
        str(one)
        for one in wanted
        if (version := pinned.get(canonicalize_name(one.name))) is None
        or not one.specifier.contains(version, prereleases=True)
    ]


def unhashed(text):
    entries = re.split(r"\n(?=[A-Za-z0-9])", text)
    return [entry.split()[0] for entry in entries if PIN.match(entry) and "--hash=" not in entry]


def lock(name):
    return (ROOT / name).read_text()


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_a_range_without_its_pin_is_recognised():
    pinned = pins("django==5.2.1 \\\n    --hash=sha256:x\n")

    assert out_of_step(["Django>=5.2", "django>=5.3", "nh3"], pinned) == ["django>=5.3", "nh3"]


def test_the_locks_are_in_step_with_the_ranges(project):
    runtime = project["project"]["dependencies"]
    everything = [*runtime, *project["dependency-groups"]["dev"]]

    assert out_of_step(runtime, pins(lock("requirements.lock"))) == []
    assert out_of_step(everything, pins(lock("requirements-dev.lock"))) == []


def test_what_is_tested_is_what_is_served():
    served = pins(lock("requirements.lock"))
    tested = pins(lock("requirements-dev.lock"))

    assert {name: tested.get(name) for name in served} == served


def test_a_pin_without_a_hash_is_recognised():
    assert unhashed("a==1 \\\n    --hash=sha256:x\nb==2\n") == ["b==2"]


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_its_hashes(name):
    assert unhashed(lock(name)) == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_place_on_the_network(name):
    assert HOST.findall(lock(name)) == []


def test_a_place_on_the_network_is_recognised():
    assert HOST.search("--index-url https://registry.example.org/simple")
