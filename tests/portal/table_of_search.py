"""Who may do what with the search and with searches that are saved: URL × role."""

from django.urls import reverse
from django.utils.http import urlencode

from core.models import SavedSearch
from iksz_portal.saved_searches import token_of
from tests.portal.permissions import read

SEARCH = """
                visitor  stranger foreign  library  author   coord    board    secr     staff    admin
activities      ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
search:page     ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
search:saved    in/in    ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
search:save     in/in    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok
search:change   in/in    404/404  404/404  ok/ok    404/404  404/404  404/404  404/404  404/404  404/404
search:delete   in/in    405/404  405/404  405/go   405/404  405/404  405/404  405/404  405/404  405/404
search:end      ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok
"""  # noqa: E501 - a table


def addresses_of_search(ask):
    """The library's representative has saved a search; whoever saves one has asked for a word."""
    saved = SavedSearch.objects.create(
        person=ask("representative"), name="Opening hours", asked={"q": "opening"}
    )
    args = {
        "search:change": [saved.pk],
        "search:delete": [saved.pk],
        "search:end": [token_of(saved)],
    }
    found = {name: reverse(name, args=args.get(name)) for name in read(SEARCH)}
    for name in ("search:page", "search:save"):
        found[name] += "?" + urlencode({"q": "opening"})
    return found
