import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import path, reverse

from core import throttle
from core.workflow import NotAllowed
from iksz_portal.urls import (  # noqa: F401 - the pages for errors, as the portal has them
    handler400,
    handler403,
    handler404,
    handler429,
    handler500,
)
from iksz_portal.urls import urlpatterns as portal
from iksz_portal.wsgi import application
from tests.people import a_person, sign_in

pytestmark = pytest.mark.django_db

HIDDEN = ("/.git/HEAD", "/.env", "/static/", "/__debug__/", "/media/", "/manage.py")
INSIDE = str(settings.BASE_DIR)
TELLING = ("Django", "Traceback", INSIDE, "site-packages", "settings", "Python/")


def broken(request):
    raise RuntimeError("a secret of the inside")


def without_database(request):
    raise OperationalError("gone")


def limited(request):
    throttle.limit(request, scope="test", rate="1/h")
    return HttpResponse("ok")


def forbidden(request):
    raise PermissionDenied


def not_a_step_of_mine(request):
    raise NotAllowed("This step is not yours to take.")


urlpatterns = [
    path("test/broken/", broken),
    path("test/without-database/", without_database),
    path("test/limited/", limited),
    path("test/forbidden/", forbidden),
    path("test/not-mine/", not_a_step_of_mine),
    *portal,
]

HEADERS = {
    "Content-Security-Policy",
    "Cross-Origin-Embedder-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Cache-Control",
}


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


@pytest.fixture
def member(settings):
    """Signed in, on a portal that has some pages that fail."""
    settings.ROOT_URLCONF = "tests.core.test_middleware"
    client = Client(raise_request_exception=False)
    client.force_login(a_person())
    return client


def assert_safe(response):
    assert HEADERS - set(response.headers) == set()
    assert [word for word in TELLING if word in response.content.decode()] == []
    assert "Server" not in response.headers


# Pages for what goes wrong -------------------------------------------------------------------


@pytest.mark.parametrize("address", HIDDEN)
def test_O_080_what_is_hidden_is_not_found(visitor, address):
    response = visitor.get(address)

    assert response.status_code == 404
    assert_safe(response)


def test_a_visitor_who_finds_nothing_can_sign_in_and_come_back(visitor):
    page = visitor.get("/no/such/?page=2").content.decode().split("<main")[1]

    assert f"{reverse('account_login')}?next=/no/such/%3Fpage%3D2" in page


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "CONNECT"])
def test_O_080_methods_no_page_knows_are_refused(visitor, method):
    response = visitor.generic(method, "/")

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")
    assert_safe(response)


def test_O_080_a_wrong_method_gets_a_page_that_says_so(member):
    response = member.get(reverse("account_logout"))

    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert response.templates[0].name == "405.html"
    assert_safe(response)


def test_O_080_a_fault_gets_a_page_that_tells_nothing(member):
    response = member.get("/test/broken/")

    assert response.status_code == 500
    assert "a secret of the inside" not in response.content.decode()
    assert_safe(response)


def test_O_080_a_refusal_gets_a_page(member):
    response = member.get("/test/forbidden/")

    assert response.status_code == 403
    assert_safe(response)


def test_a_refusal_says_why_where_the_policy_does(member):
    response = member.get("/test/not-mine/")

    assert "This step is not yours to take." in response.content.decode()


def test_O_080_too_many_requests_get_a_page_that_says_when_to_come_back(member):
    member.get("/test/limited/")

    response = member.get("/test/limited/")

    assert (response.status_code, response["Retry-After"]) == (429, "3600")
    assert_safe(response)


def test_O_067_a_database_that_is_away_is_a_pause_and_not_a_fault(member):
    response = member.get("/test/without-database/")

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert_safe(response)


def test_O_067_a_database_that_is_away_before_the_page_is_reached_is_a_pause_too(
    member, monkeypatch
):
    def gone(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr(
        "django.contrib.sessions.backends.db.SessionStore._get_session_from_db", gone
    )

    response = member.get("/")

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert_safe(response)


@pytest.mark.parametrize("host", ["evil.test", "localhost@evil.test", "127.0.0.1:80:80"])
def test_O_057_an_unknown_host_is_a_bad_request(visitor, host):
    response = visitor.get("/", HTTP_HOST=host)

    assert response.status_code == 400
    assert_safe(response)


def test_O_057_a_forwarded_host_is_not_believed(visitor):
    response = visitor.get(reverse("mfa_index"), HTTP_X_FORWARDED_HOST="evil.test")

    assert response["Location"].startswith(reverse("account_login"))


def test_O_057_a_forwarded_scheme_is_not_believed(visitor):
    response = visitor.get("/", HTTP_X_FORWARDED_PROTO="https")

    assert not response.wsgi_request.is_secure()


# NUL -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.get("/%00"),
        lambda client: client.get("/", {"q": "a\0b"}),
        lambda client: client.get("/?%00=1"),
        lambda client: client.post(reverse("account_login"), {"login": "a\0b@example.org"}),
        lambda client: client.get("/", HTTP_COOKIE="session=a\0b"),
        lambda client: client.get("/", HTTP_COOKIE='session="a\\000b"'),
    ],
)
def test_O_027_nul_is_a_bad_request_wherever_it_hides(visitor, ask):
    response = ask(visitor)

    assert response.status_code in {400, 404}
    assert_safe(response)


# Words in another writing ----------------------------------------------------------------------

CODECS = ["utf-7", "unicode_escape", "utf-16", "latin-1"]


@pytest.mark.parametrize("charset", CODECS)
def test_O_027_words_are_taken_in_utf_8_only(visitor, charset):
    """By others one could send half characters, or words that cannot be read at all."""
    form = b'--B\r\nContent-Disposition: form-data; name="login"\r\n\r\n\\ud800+2AA-\r\n--B--\r\n'
    plain, parts = (
        f"text/plain; charset={charset}",
        f"multipart/form-data; boundary=B; charset={charset}",
    )

    asked = visitor.generic("GET", "/?q=%5Cud800%2B2AA-", b"x", plain)
    sent = visitor.generic("POST", reverse("account_login"), form, parts)

    assert (asked.status_code, sent.status_code) == (400, 400)
    assert_safe(asked)
    assert_safe(sent)


@pytest.mark.parametrize("charset", [*CODECS, "hex", "idna", "undefined", "nobody-knows"])
def test_O_027_the_server_answers_whatever_writing_is_claimed(charset):
    """Some break a request while it is being made, before any middleware."""
    answered = []
    asked = {"CONTENT_TYPE": f"text/plain; charset={charset}"}
    environ = {**RequestFactory().get("/?q=a").environ, **asked}

    list(application(environ, lambda status, headers: answered.append(status)))

    assert answered == ["400 Bad Request"]


@pytest.mark.parametrize("charset", ["utf-8", "UTF8"])
def test_words_in_utf_8_are_read(visitor, charset):
    assert (
        visitor.generic("GET", "/?q=a", b"x", f"text/plain; charset={charset}").status_code == 200
    )


def test_O_013_a_form_with_thousands_of_fields_is_refused(visitor):
    response = visitor.post(reverse("account_login"), {f"field{n}": "x" for n in range(2000)})

    assert response.status_code == 413
    assert_safe(response)


# Cross-site requests -------------------------------------------------------------------------


def posting_routes():
    return [
        (reverse("account_login"), {"login": "anna@example.org", "password": "x"}),
        (reverse("account_logout"), {}),
        (reverse("account_reset_password"), {"email": "anna@example.org"}),
        (reverse("account_change_password"), {}),
        (reverse("invitation", args=["x" * 43]), {}),
        (reverse("mfa_generate_recovery_codes"), {}),
    ]


@pytest.mark.parametrize("number", range(6))
def test_O_040_a_form_without_its_token_is_refused(number):
    client = Client(enforce_csrf_checks=True)
    client.force_login(a_person())
    address, data = posting_routes()[number]

    response = client.post(address, data)

    assert (response.status_code, response.templates[0].name) == (403, "403_csrf.html")
    assert_safe(response)


def test_O_040_a_form_with_the_token_of_somebody_else_is_refused():
    mine, theirs = Client(enforce_csrf_checks=True), Client()
    mine.get(reverse("account_login"))
    token = theirs.get(reverse("account_login")).context["csrf_token"]
    a_person()

    response = sign_in(mine, csrfmiddlewaretoken=str(token))

    assert response.status_code == 403
    assert "_auth_user_id" not in mine.session


def test_a_refused_form_gives_back_what_was_typed_but_no_secret():
    client = Client(enforce_csrf_checks=True)

    response = client.post(
        reverse("account_login"), {"login": "a long text I wrote", "password": "my own secret"}
    )

    assert response.context["typed"] == ["a long text I wrote"]
    assert "my own secret" not in response.content.decode()


def test_codes_that_nobody_has_typed_are_not_given_back():
    client = Client(enforce_csrf_checks=True)
    codes = {"kind": "no_objection", "day": "2026-11-22", "seen": "12", "print": "ab12" * 16}

    response = client.post(reverse("account_login"), {**codes, "note": "Two words"})

    assert response.context["typed"] == ["Two words"]


# The log -------------------------------------------------------------------------------------


def test_O_002_a_refusal_is_written_down_with_person_and_page(member, security_log):
    member.get("/test/forbidden/")

    (line,) = security_log
    assert (line["message"], line["path"], line["status"]) == (
        "access_denied",
        "/test/forbidden/",
        403,
    )
    assert line["actor"] is not None
    assert len(line["request"]) == 12


def test_a_stranger_who_looks_for_what_is_not_there_is_no_refusal(visitor, security_log):
    visitor.get("/nothing/")

    assert security_log == []


def test_tokens_in_addresses_are_not_written_down(visitor, caplog):
    from core.logs import JsonFormatter

    visitor.get(reverse("invitation", args=["AMRgFgV-mb2ACBEwE-wjQ_CgcGAvHICps1Ysczpvtm0"]))
    written = [JsonFormatter().format(record) for record in caplog.records]

    assert [line for line in written if "AMRgFgV" in line] == []
    assert reverse("invitation", args=["x"]).replace("x", "…") in "".join(written)
