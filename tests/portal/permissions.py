"""What a request of each role comes to, observed without leaving anything behind."""

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests.cast import signed_in

ROLES = {
    "visitor": "visitor",
    "stranger": "stranger",
    "foreign": "foreign_representative",
    "library": "representative",
    "author": "drafter",
    "coord": "coordinator",
    "board": "board_member",
    "secr": "board_secretary",
    "staff": "staff",
    "admin": "admin",
}
WORDS = {200: "ok", 201: "ok", 204: "ok"}


def patterns(resolver=None, namespace=""):
    """The names of all URL patterns of the portal; one without a name is an error."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from patterns(pattern, inner)


def answer(client, method, url):
    """`in`: to the sign-in; `go`: elsewhere; `ok`; else the number. All of it is taken back."""
    cookies = client.cookies.output()
    with transaction.atomic():
        response = getattr(client, method)(url)
        transaction.set_rollback(True)
    if response.streaming:
        b"".join(response.streaming_content)  # a file that is read to its end is closed
    if client.cookies.output() != cookies:
        client.cookies.clear()
        client.cookies.load(cookies.replace("Set-Cookie: ", ""))
    if response.status_code in {301, 302}:
        return "in" if response["Location"].startswith(reverse("account_login")) else "go"
    return WORDS.get(response.status_code, str(response.status_code))


def observe(people, addresses):
    """{name: {role: "GET/POST"}} for each address."""
    clients = {role: signed_in(person) for role, person in people.items() if person.pk}
    found = {}
    for name, url in addresses.items():
        found[name] = {}
        for role in people:
            client = clients.get(role) or Client()
            cell = f"{answer(client, 'get', url)}/{answer(client, 'post', url)}"
            found[name][role] = cell
    return found


def as_text(found, roles):
    """The observed table in the form of the expected one, to be read and judged."""
    width = max(map(len, found), default=0) + 2
    lines = ["".ljust(width) + "".join(role.ljust(9) for role in roles)]
    for name, cells in found.items():
        lines.append(name.ljust(width) + "".join(cells[role].ljust(9) for role in roles))
    return "\n".join(line.rstrip() for line in lines)


def read(table):
    heading, *lines = [line for line in table.splitlines() if line.strip()]
    roles = heading.split()
    expected = {}
    for line in lines:
        cells = line.split()[-len(roles) :]
        name = " ".join(line.split()[: -len(roles)])
        expected[name] = dict(zip(roles, cells, strict=True))
    return expected
