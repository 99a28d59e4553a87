"""Whoever opens a page to strangers must say so here as well."""

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

PUBLIC = {
    "activities",
    "search:end",  # from a letter, by its signed token
    "search:page",
    "accessibility",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "admin:login",  # leads to the portal's own
    "calendar",
    "api:authorities",
    "api:authority",
    "api:counties",
    "api:county",
    "api:libraries",
    "api:library",
    "api:nothing",
    "api:openapi",
    "api:position",
    "api:positions",
    "api:resolution",
    "api:resolutions",
    "api:section",
    "api:sections",
    "api:topic",
    "api:topics",
    "api_nothing",
    "interface",
    "oai",
    "own_data_file",  # a stranger is told that there is nothing
    "open_data",
    "open_data_file",
    "design",
    "favicon",
    "glossary",
    "guide_board",
    "guide_library",
    "guide_section",
    "guide_staff",
    "guide_visitor",
    "healthz",
    "help",
    "home",
    "invitation",
    "leave",
    "mfa_authenticate",  # between the password and the code one is nobody yet
    "readyz",
    "report_barrier",
    "robots",
    "sitemap",
    "sitemap_part",
    "members:applied",
    "members:apply",
    "members:directory",
    "members:directory_csv",
    "members:directory_xlsx",
    "members:directory_geojson",
    "members:directory_vcf",
    "members:library",
    "members:library_vcf",
    "members:report",
    "positions:accountability",
    "positions:authority",
    "positions:consultation",
    "positions:consultation_attachment",
    "positions:consultations",
    "positions:consultations_calendar",
    "positions:data_file",
    "positions:endorsements",
    "positions:document",
    "positions:documents",
    "positions:open_data",
    "positions:participation",
    "positions:outcomes_feed",
    "positions:position",
    "positions:positions_feed",
    "positions:register",
    "positions:register_csv",
    "positions:resolution",
    "positions:resolutions",
    "positions:resolutions_csv",
    "positions:resolutions_feed",
    "positions:section_feed",
    "sections:list",
    "sections:section",
}


def routes(resolver, namespace=""):
    """Name and view of every address, through all included lists."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern, inner)
        else:
            yield f"{namespace}{pattern.name}", pattern.callback


def test_the_pages_open_to_strangers_are_exactly_these():
    opened = {
        name for name, view in routes(get_resolver()) if not getattr(view, "login_required", True)
    }

    assert opened == PUBLIC


@pytest.mark.django_db
def test_every_other_address_without_parts_leads_strangers_to_the_sign_in():
    closed = sorted(name for name, _view in routes(get_resolver()) if name not in PUBLIC)
    answers = {}
    for name in closed:
        try:
            address = reverse(name)
        except Exception:
            continue
        answers[name] = Client().get(address, follow=True)

    ends = {answer.request["PATH_INFO"] for answer in answers.values()}
    assert ends == {reverse("account_login")}
    assert len(answers) > 10
