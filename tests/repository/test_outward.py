"""The portal opens no address that somebody gave it."""

import ast

import pytest

from tests.repository.tree import parsed, place, python_files

CLIENTS = {
    *("aiohttp", "ftplib", "grequests", "http.client", "httplib2", "httpx", "pycurl", "requests"),
    *("socket", "telnetlib", "urllib.request", "urllib3", "websocket", "websockets"),
}
OPERATING = "iksz_portal/ops/"
"""No part of what answers requests: it asks the portal itself whether it lives, and how fast."""


def clients_in(tree):
    """The clients of the network that a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        for name in names:
            yield from (known for known in CLIENTS if f"{name}.".startswith(f"{known}."))


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import requests", ["requests"]),
        ("import urllib.request as ask", ["urllib.request"]),
        ("from urllib import request", ["urllib.request"]),
        ("from http.client import HTTPSConnection", ["http.client", "http.client"]),
        ("from urllib.parse import urlsplit", []),
        ("from members.models import requests", []),
    ],
)
def test_a_client_of_the_network_is_recognised(code, found):
    assert list(clients_in(ast.parse(code))) == found


def test_O_091_no_part_of_the_portal_can_open_an_address():
    found = [place(file) for file in python_files() if list(clients_in(parsed(file)))]

    assert [name for name in found if not name.startswith(OPERATING)] == []
