"""Every URL × role, GET/POST with nothing in it; a pattern that no table names fails the run.

    ok   answered     in   sent to the sign-in     go   sent elsewhere     else the refusal's number

`library` represents a member library, `author` drafts for another one, `foreign` acts in another
section; `coord` leads the section; `board` votes on the board, `secr` is its secretary.
"""

import pytest
from django.contrib import admin
from django.contrib.admin.models import ADDITION, LogEntry
from django.urls import reverse

from core.models import Bucket
from members import actions, invitations
from members.choices import LibraryKind
from members.profiles import fingerprint, values_of
from positions.actions import comment
from positions.choices import ProfileKind, State
from positions.models import LawProfile
from sections.models import Goal
from tests.cast import make_person
from tests.portal.permissions import ROLES, as_text, observe, patterns, read

DOORS = """
                                      visitor  stranger foreign  library  author   coord    board    secr     staff    admin
healthz                               ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
readyz                                ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
robots                                ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
favicon                               go/405   go/405   go/405   go/405   go/405   go/405   go/405   go/405   go/405   go/405
home                                  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
account_login                         ok/ok    go/go    go/go    go/go    go/go    go/go    go/go    go/go    go/go    go/go
account_logout                        405/go   405/go   405/go   405/go   405/go   405/go   405/go   405/go   405/go   405/go
account_reauthenticate                in/in    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok
account_change_password               in/in    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok
account_reset_password                ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok
account_reset_password_done           ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
account_reset_password_from_key_done  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
account_reset_password_from_key       ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok
mfa_index                             in/in    ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
mfa_authenticate                      in/in    go/go    go/go    go/go    go/go    go/go    go/go    go/go    go/go    go/go
mfa_reauthenticate                    in/in    go/go    go/go    go/go    go/go    go/go    ok/ok    ok/ok    ok/ok    ok/ok
mfa_activate_totp                     in/in    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    go/go    go/go    go/go    go/go
mfa_deactivate_totp                   in/in    404/404  404/404  404/404  404/404  404/404  ok/ok    ok/ok    ok/ok    ok/ok
mfa_view_recovery_codes               in/in    404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405
mfa_generate_recovery_codes           in/in    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/go    ok/go    ok/go    ok/go
mfa_download_recovery_codes           in/in    404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
invitation                            404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
design                                ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok
"""  # noqa: E501 - a table

ROOMS = """
                         visitor  stranger foreign  library  author   coord    board    secr     staff    admin
members:directory        ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
members:directory_csv    ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
members:library          ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
members:report           ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok
members:edit             in/in    403/403  403/403  ok/ok    403/403  403/403  403/403  403/403  403/403  403/403
members:withdraw_change  in/in    405/403  405/403  405/go   405/403  405/403  405/403  405/403  405/403  405/403
members:apply            ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok
members:applied          ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
sections:list            ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
sections:section         ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:register       ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:register_csv   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:board_queue    in/in    403/405  403/405  403/405  403/405  403/405  ok/405   ok/405   ok/405   ok/405
positions:resolutions    ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:start          in/in    403/403  ok/ok    ok/ok    ok/ok    ok/ok    403/403  403/403  403/403  403/403
"""  # noqa: E501 - a table

POSITIONS = """
                                        visitor  stranger foreign  library  author   coord    board    secr     staff    admin
positions:position @ draft              404/405  404/405  404/405  404/405  ok/405   ok/405   404/405  404/405  ok/405   ok/405
positions:version @ draft               in/in    404/405  404/405  404/405  ok/405   ok/405   404/405  404/405  ok/405   ok/405
positions:compare @ draft               in/in    404/405  404/405  404/405  ok/405   ok/405   404/405  404/405  ok/405   ok/405
positions:edit @ draft                  in/in    404/404  404/404  404/404  ok/ok    ok/ok    404/404  404/404  403/403  403/403
positions:restore @ draft               in/in    405/404  405/404  405/404  405/go   405/go   405/404  405/404  405/403  405/403
positions:authors @ draft               in/in    404/404  404/404  404/404  ok/ok    ok/ok    404/404  404/404  403/403  403/403
positions:comment @ draft               in/in    404/404  404/404  404/404  ok/ok    ok/ok    404/404  404/404  403/403  403/403
positions:outcomes @ draft              in/in    404/404  404/404  404/404  403/403  409/409  404/404  404/404  403/403  403/403
positions:move withdraw @ draft         in/in    404/404  404/404  404/404  ok/ok    ok/ok    404/404  404/404  403/403  403/403
positions:move return @ draft           in/in    404/404  404/404  404/404  403/403  403/403  404/404  404/404  403/403  403/403
positions:move nonsense @ draft         in/in    404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
positions:position @ consultation       404/405  404/405  404/405  ok/405   ok/405   ok/405   404/405  404/405  ok/405   ok/405
positions:version @ consultation        in/in    404/405  404/405  ok/405   ok/405   ok/405   404/405  404/405  ok/405   ok/405
positions:compare @ consultation        in/in    404/405  404/405  ok/405   ok/405   ok/405   404/405  404/405  ok/405   ok/405
positions:edit @ consultation           in/in    404/404  404/404  403/403  409/409  409/409  404/404  404/404  403/403  403/403
positions:restore @ consultation        in/in    405/404  405/404  405/403  405/409  405/409  405/404  405/404  405/403  405/403
positions:authors @ consultation        in/in    404/404  404/404  403/403  409/409  409/409  404/404  404/404  403/403  403/403
positions:comment @ consultation        in/in    404/404  404/404  ok/ok    ok/ok    ok/ok    404/404  404/404  403/403  403/403
positions:outcomes @ consultation       in/in    404/404  404/404  403/403  403/403  409/409  404/404  404/404  403/403  403/403
positions:move withdraw @ consultation  in/in    404/404  404/404  403/403  403/403  ok/ok    404/404  404/404  403/403  403/403
positions:move return @ consultation    in/in    404/404  404/404  403/403  403/403  403/403  404/404  404/404  403/403  403/403
positions:position @ forwarded          404/405  404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:version @ forwarded           in/in    404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:compare @ forwarded           in/in    404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:edit @ forwarded              in/in    404/404  404/404  403/403  409/409  409/409  403/403  403/403  403/403  403/403
positions:restore @ forwarded           in/in    405/404  405/404  405/403  405/409  405/409  405/403  405/403  405/403  405/403
positions:authors @ forwarded           in/in    404/404  404/404  403/403  409/409  409/409  403/403  403/403  403/403  403/403
positions:comment @ forwarded           in/in    404/404  404/404  409/409  409/409  409/409  403/403  403/403  403/403  403/403
positions:outcomes @ forwarded          in/in    404/404  404/404  403/403  403/403  409/409  403/403  403/403  403/403  403/403
positions:move withdraw @ forwarded     in/in    404/404  404/404  403/403  403/403  ok/ok    403/403  403/403  403/403  403/403
positions:move return @ forwarded       in/in    404/404  404/404  403/403  403/403  403/403  403/403  ok/ok    403/403  403/403
positions:position @ answered           ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:version @ answered            in/in    404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:compare @ answered            in/in    404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:edit @ answered               in/in    403/403  403/403  403/403  409/409  409/409  403/403  403/403  403/403  403/403
positions:restore @ answered            in/in    405/403  405/403  405/403  405/409  405/409  405/403  405/403  405/403  405/403
positions:authors @ answered            in/in    403/403  403/403  403/403  409/409  409/409  403/403  403/403  403/403  403/403
positions:comment @ answered            in/in    403/403  403/403  409/409  409/409  409/409  403/403  403/403  403/403  403/403
positions:outcomes @ answered           in/in    403/403  403/403  403/403  403/403  ok/go    403/403  403/403  403/403  403/403
positions:move withdraw @ answered      in/in    403/403  403/403  403/403  403/403  409/409  403/403  403/403  403/403  403/403
positions:move return @ answered        in/in    403/403  403/403  403/403  403/403  403/403  403/403  409/409  403/403  403/403
positions:move nonsense @ answered      in/in    404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
positions:vote @ section_vote           in/in    404/404  404/404  ok/ok    ok/ok    403/403  404/404  404/404  403/403  403/403
positions:vote @ board_review           in/in    404/404  404/404  403/403  403/403  403/403  ok/ok    403/403  403/403  403/403
"""  # noqa: E501 - a table

# In the back office the answers are for staff and superuser alike; nobody else gets past the door.
OFFICE = """
                       changelist add      change   history  delete
position               ok/ok    403/403  ok/403   ok/ok    403/403
version                ok/ok    403/403  ok/403   ok/ok    403/403
comment                ok/ok    403/403  ok/403   ok/ok    403/403
ballot                 ok/ok    403/403  ok/403   ok/ok    403/403
elector                ok/ok    403/403  ok/403   ok/ok    403/403
vote                   ok/ok    403/403  ok/403   ok/ok    403/403
boarddecision          ok/ok    403/403  ok/403   ok/ok    403/403
submission             ok/ok    403/403  ok/403   ok/ok    403/403
message                ok/ok    403/403  ok/403   ok/ok    403/403
pointoutcome           ok/ok    403/403  ok/403   ok/ok    403/403
lawprofile             ok/ok    ok/ok    ok/ok    ok/ok    403/403
county                 ok/ok    403/403  ok/ok    ok/ok    403/403
membership             ok/ok    ok/ok    ok/ok    ok/ok    403/403
authority              ok/ok    ok/ok    ok/ok    ok/ok    403/403
mandate                ok/ok    ok/ok    ok/ok    ok/ok    403/403
invitation             ok/ok    403/403  ok/403   ok/ok    403/403
section                ok/ok    ok/ok    ok/ok    ok/ok    403/403
goal                   ok/ok    ok/ok    ok/ok    ok/ok    403/403
sectionmembership      ok/ok    ok/ok    ok/ok    ok/ok    403/403
office                 ok/ok    ok/ok    ok/ok    ok/ok    403/403
library                ok/ok    ok/ok    ok/ok    ok/ok    403/403
person                 ok/ok    ok/ok    ok/ok    ok/ok    403/403
membershipapplication  ok/ok    403/403  ok/403   ok/ok    403/403
profilechange          ok/ok    403/403  ok/403   ok/ok    403/403
mistakereport          ok/ok    403/403  ok/403   ok/ok    403/403
auditentry             ok/ok    403/403  ok/403   ok/ok    403/403
mail                   ok/ok    403/403  ok/403   ok/ok    403/403
counter                ok/ok    403/403  ok/403   ok/ok    403/403
bucket                 ok/ok    403/403  ok/403   ok/ok    ok/ok
logentry               ok/ok    403/403  ok/403   ok/ok    403/403
"""

OFFICE_DOORS = """
                    visitor  stranger foreign  library  author   coord    board    secr     staff    admin
admin:index         go/go    403/403  403/403  403/403  403/403  403/403  403/403  403/403  ok/ok    ok/ok
admin:login         in/in    403/403  403/403  403/403  403/403  403/403  403/403  403/403  go/go    go/go
admin:autocomplete  go/go    403/403  403/403  403/403  403/403  403/403  403/403  403/403  403/405  403/405
admin:jsi18n        go/go    403/403  403/403  403/403  403/403  403/403  403/403  403/403  ok/405   ok/405
admin:view_on_site  go/go    403/403  403/403  403/403  403/403  403/403  403/403  403/403  404/404  404/404
admin:app_list      go/go    403/403  403/403  403/403  403/403  403/403  403/403  403/403  ok/ok    ok/ok
"""  # noqa: E501 - a table

OFFICE_ACTS = """
                                  secr     staff    admin
position move                     403/403  403/403  403/403
lawprofile simple_history         403/403  ok/403   ok/403
membership simple_history         403/403  ok/403   ok/403
authority simple_history          403/403  ok/403   ok/403
mandate simple_history            403/403  ok/403   ok/403
section simple_history            403/403  ok/403   ok/403
sectionmembership simple_history  403/403  ok/403   ok/403
office simple_history             403/403  ok/403   ok/403
library simple_history            403/403  ok/403   ok/403
person invite                     403/403  405/go   405/go
person simple_history             403/403  ok/403   ok/403
membershipapplication move        403/403  ok/ok    ok/ok
profilechange move                403/403  ok/ok    ok/ok
mistakereport move                403/403  ok/ok    ok/ok
"""

OFFICE_VIEWS = ("changelist", "add", "change", "history", "delete")
ACTS = {"membershipapplication": "approve", "profilechange": "approve", "mistakereport": "settle"}


def addresses_of_doors(ask):
    args = {
        "account_reset_password_from_key": {"uidb36": "a", "key": "b-c"},
        "invitation": {"token": "x" * 43},
    }
    return {name: reverse(name, kwargs=args.get(name)) for name in read(DOORS)}


def addresses_of_rooms(ask):
    slug, section = {"slug": ask("library").slug}, {"slug": ask("section").slug}
    change = propose(ask)
    args = {
        "members:library": slug,
        "members:report": slug,
        "members:edit": slug,
        "members:withdraw_change": {**slug, "pk": change.pk},
        "sections:section": section,
    }
    return {name: reverse(name, kwargs=args.get(name)) for name in read(ROOMS)}


def addresses_of_positions(ask):
    """A row names its pattern, perhaps a move, and the state of the position."""
    way, positions, addresses = ask("way"), {}, {}
    for row in read(POSITIONS):
        front, state = row.split(" @ ")
        name, *move = front.split()
        position = positions.setdefault(state, way.to(State(state)))
        kwargs = {"reference": position.reference}
        if name in {"positions:version", "positions:restore"}:
            kwargs["number"] = 1
        if name == "positions:vote":
            kwargs["ballot"] = position.ballots.get(closed_at=None).pk
        if move:
            kwargs["action"] = move[0]
        addresses[row] = reverse(name, kwargs=kwargs)
    return addresses


def propose(ask):
    library = ask("library")
    return actions.propose_change(
        library=library,
        by=ask("representative"),
        values=values_of(library) | {"city": "Elsewhere"},
        seen=fingerprint(library),
    )


@pytest.mark.parametrize(
    ("table", "addresses"),
    [
        (DOORS, addresses_of_doors),
        (ROOMS, addresses_of_rooms),
        (POSITIONS, addresses_of_positions),
    ],
    ids=["doors", "rooms", "positions"],
)
def test_O_036_each_role_gets_the_answer_of_the_table(request, table, addresses):
    ask = request.getfixturevalue
    people = {role: ask(name) for role, name in ROLES.items()}

    found = observe(people, addresses(ask))

    assert found == read(table), as_text(found, ROLES)


# The back office -------------------------------------------------------------------------------


@pytest.fixture
def full_office(request, way, section, library, county, staff, admin, representative):
    """One row at least in every list."""
    position = way.to(State.CONSULTATION)
    comment(version=position.current, by=representative, library=library, text="Yes.")
    way.to(State.CLOSED, position)
    Goal.objects.create(section=section, number=1, title_hu="Goal")
    LawProfile.objects.create(kind=ProfileKind.ANSWER, name_hu="Notice", days=30, source="Act")
    propose(request.getfixturevalue)
    actions.apply_for_membership(
        library_name="Applicant",
        county=county,
        city="City",
        kind=LibraryKind.CITY,
        applicant_name="Applicant",
        applicant_email="applicant@example.org",
        statement="Please.",
    )
    actions.report_mistake(library=library, text="Wrong.")
    Bucket.objects.get_or_create(key="key", defaults={"scope": "s", "tokens": 1, "filled_at": 0})
    LogEntry.objects.create(user=admin, action_flag=ADDITION, object_repr="Something")
    newcomer = make_person("newcomer")
    invitations.invite(person=newcomer, by=staff)
    return {"person": newcomer}


def row_of(model, rows):
    return rows.get(model._meta.model_name) or model._base_manager.first()


def addresses_in_the_office(rows):
    """{(model, view): url} of the five views of every list."""
    addresses = {}
    for model in admin.site._registry:
        name, label = model._meta.model_name, model._meta.app_label
        pk = row_of(model, rows).pk
        for view in OFFICE_VIEWS:
            args = [] if view in {"changelist", "add"} else [pk]
            addresses[f"{name} {view}"] = reverse(f"admin:{label}_{name}_{view}", args=args)
    return addresses


def acts_in_the_office(rows):
    """What some of the lists offer beyond the five views."""
    addresses = {}
    for model in admin.site._registry:
        name, label, row = model._meta.model_name, model._meta.app_label, row_of(model, rows)
        prefix = f"admin:{label}_{name}_"
        extra = {p.removeprefix(prefix) for p in patterns() if p.startswith(prefix)}
        for view in sorted(extra - set(OFFICE_VIEWS)):
            args = [row.pk]
            if view == "move":
                args.append(ACTS.get(name, "withdraw"))
            elif view == "simple_history":
                args.append(row.history.first().pk)
            addresses[f"{name} {view}"] = reverse(prefix + view, args=args)
    return addresses


def doors_of_the_office(rows):
    args = {"admin:app_list": ["members"], "admin:view_on_site": [1, 1]}
    return {name: reverse(name, args=args.get(name)) for name in read(OFFICE_DOORS)}


def one_row_a_model(found, role):
    models = dict.fromkeys(row.split()[0] for row in found)
    return {
        model: {view: found[f"{model} {view}"][role] for view in OFFICE_VIEWS} for model in models
    }


@pytest.mark.parametrize("role", ["staff", "admin"])
def test_O_036_the_back_office_answers_as_the_table_says(request, full_office, role):
    person = {role: request.getfixturevalue(role)}

    found = one_row_a_model(observe(person, addresses_in_the_office(full_office)), role)

    assert found == read(OFFICE), as_text(found, OFFICE_VIEWS)


@pytest.mark.parametrize("name", ["coordinator", "board_secretary"])
def test_O_036_nobody_else_gets_past_the_door_of_the_back_office(request, full_office, name):
    person = {name: request.getfixturevalue(name)}
    addresses = addresses_in_the_office(full_office) | acts_in_the_office(full_office)

    found = observe(person, addresses)

    assert {cells[name] for cells in found.values()} == {"403/403"}


def test_O_036_strangers_are_sent_to_the_sign_in(visitor, full_office):
    addresses = addresses_in_the_office(full_office) | acts_in_the_office(full_office)

    found = observe({"visitor": visitor}, addresses)

    assert {cells["visitor"] for cells in found.values()} == {"in/in"}


def test_O_036_what_the_back_office_does_beyond_its_lists(request, full_office):
    ask = request.getfixturevalue
    people = {role: ask(name) for role, name in ROLES.items() if role in {"secr", "staff", "admin"}}

    found = observe(people, acts_in_the_office(full_office))

    assert found == read(OFFICE_ACTS), as_text(found, people)


def test_O_036_the_doors_of_the_back_office(request, full_office):
    people = {role: request.getfixturevalue(name) for role, name in ROLES.items()}

    found = observe(people, doors_of_the_office(full_office))

    assert found == read(OFFICE_DOORS), as_text(found, ROLES)


# Nothing is left out ---------------------------------------------------------------------------


def test_O_036_every_pattern_is_in_a_table():
    rows = [*read(DOORS), *read(ROOMS), *read(POSITIONS), *read(OFFICE_DOORS)]
    listed = {row.split(" @ ")[0].split()[0] for row in rows}
    lists = {
        f"admin:{model._meta.app_label}_{model._meta.model_name}_": model._meta.model_name
        for model in admin.site._registry
    }
    acts = {tuple(row.split()) for row in read(OFFICE_ACTS)}
    for prefix, model in lists.items():
        assert model in read(OFFICE)
        listed |= {prefix + view for view in OFFICE_VIEWS}
        listed |= {prefix + act for name, act in acts if name == model}

    # Django's admin has patterns without a name: old addresses, and one that catches the rest.
    assert set(patterns()) - {"admin:None"} == listed


def test_O_036_what_the_back_office_does_not_know_is_not_found(staff, client_of):
    assert client_of(staff).get("/admin/no/such/list/").status_code == 404
