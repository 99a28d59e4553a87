"""The places that are looked at: page × role × state, with errors where there are forms."""

from positions.choices import Action, State
from tests.browser.visits import Place

LIBRARY = "katona-jozsef-konyvtar"
SAMPLE_LIBRARY = "1-mintakonyvtar"
REPRESENTATIVE = "representative1"
COORDINATOR = "coordinator"
SECRETARY = "secretary"
BOARD_MEMBER = "board2"
STAFF = "staff"


def sent_empty(page):
    """The form of the page, sent with nothing in it."""
    form = page.locator("main form:not([role=search])").last
    for box in form.locator("input[required]:not([type=radio]), textarea[required]").all():
        box.fill("")
    with page.expect_navigation():
        form.locator("button[type=submit], input[type=submit]").last.click()


def sent_wrong(page):
    """A sign-in with a password that is not the right one."""
    page.fill("[name=login]", "nobody.at.all@example.org")
    page.fill("[name=password]", "not the password")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").click()


def menu_open(page):
    page.set_viewport_size({"width": 320, "height": 800})
    page.locator(".site-menu summary").click()


def of_visitor():
    yield Place("home")
    yield Place("home", then=menu_open)
    yield Place("home", path="/")
    yield Place("home", path="/sl/")
    yield Place("members:directory")
    yield Place("members:directory", query={"view": "table"})
    yield Place("members:directory", query={"q": "no such library"})
    yield Place("members:directory", query={"county": "HU-BZ"})
    yield Place("members:directory", query={"county": "nowhere"})
    yield Place("members:library", (LIBRARY,))
    yield Place("members:library", (SAMPLE_LIBRARY,))
    yield Place("members:report", (SAMPLE_LIBRARY,))
    yield Place("members:report", (SAMPLE_LIBRARY,), then=sent_empty)
    yield Place("members:apply")
    yield Place("members:apply", then=sent_empty)
    yield Place("sections:list")
    yield Place("sections:section", ("megyei",))
    yield Place("sections:section", ("minta",))
    yield Place("positions:register")
    yield Place("positions:register", query={"q": "no such position"})
    yield Place("positions:register", query={"state": "nowhere"})
    yield Place("positions:resolutions")
    for state in (State.SUBMITTED, State.ANSWERED, State.CLOSED):
        yield Place("positions:position", state=state)
    yield Place("account_login")
    yield Place("account_login", then=sent_wrong)
    yield Place("account_reset_password")
    yield Place("design")
    yield Place("", path="/en/nothing-is-here/", status=404)


def of_representative():
    yield Place("home", who=REPRESENTATIVE)
    yield Place("members:edit", (SAMPLE_LIBRARY,), who=REPRESENTATIVE)
    yield Place("sections:section", ("minta",), who=REPRESENTATIVE)
    yield Place("positions:start", who=REPRESENTATIVE)
    yield Place("positions:start", who=REPRESENTATIVE, then=sent_empty)
    yield Place("positions:register", who=REPRESENTATIVE)
    for state in (State.CONSULTATION, State.SECTION_VOTE, State.NOT_ADOPTED):
        yield Place("positions:position", who=REPRESENTATIVE, state=state)
    yield Place("positions:comment", who=REPRESENTATIVE, state=State.CONSULTATION)
    yield Place("positions:comment", who=REPRESENTATIVE, state=State.CONSULTATION, then=sent_empty)
    yield Place("positions:board_queue", who=REPRESENTATIVE, status=403)
    yield Place("mfa_index", who=REPRESENTATIVE)


def of_coordinator():
    yield Place("home", who=COORDINATOR)
    for state in State:
        yield Place("positions:position", who=COORDINATOR, state=state)
    for state in (State.DRAFT, State.CONSOLIDATION):
        yield Place("positions:edit", who=COORDINATOR, state=state)
    yield Place("positions:edit", who=COORDINATOR, state=State.DRAFT, then=sent_empty)
    yield Place("positions:authors", who=COORDINATOR, state=State.DRAFT)
    yield Place("positions:version", (1,), who=COORDINATOR, state=State.CLOSED)
    for action, state in (
        (Action.CLOSE_CONSULTATION, State.CONSULTATION),
        (Action.OPEN_VOTE, State.CONSOLIDATION),
        (Action.FORWARD, State.ADOPTED),
        (Action.PREPARE_SUBMISSION, State.ACCEPTED),
        (Action.RECORD_ANSWER, State.SUBMITTED),
        (Action.CLOSE, State.EVALUATED),
        (Action.AGREE_TO_CHANGES, State.CHANGES_PROPOSED),
        (Action.WITHDRAW, State.DRAFT),
    ):
        yield step(action, state, COORDINATOR)
    yield step(Action.FORWARD, State.ADOPTED, COORDINATOR, then=sent_empty)
    yield step(Action.WITHDRAW, State.CONSOLIDATION, COORDINATOR, then=sent_empty)
    yield step(Action.FORWARD, State.FORWARDED, COORDINATOR, status=409)
    yield Place("positions:outcomes", who=COORDINATOR, state=State.ANSWERED)


def of_board():
    for who in (SECRETARY, BOARD_MEMBER):
        yield Place("home", who=who)
        yield Place("positions:board_queue", who=who)
        yield Place("positions:position", who=who, state=State.BOARD_REVIEW)
    yield Place("positions:position", who=SECRETARY, state=State.FORWARDED)
    yield Place("positions:resolutions", who=SECRETARY)
    yield step(Action.TAKE_UP, State.FORWARDED, SECRETARY)
    for action in (Action.ACCEPT, Action.ACCEPT_WITH_CHANGES, Action.RETURN):
        yield step(action, State.BOARD_REVIEW, SECRETARY)
    yield step(Action.RETURN, State.BOARD_REVIEW, SECRETARY, then=sent_empty)


def of_staff():
    yield Place("home", who=STAFF)
    yield Place("admin:index", who=STAFF)
    for model in (
        "members_library",
        "members_person",
        "members_membershipapplication",
        "members_profilechange",
        "members_county",
        "positions_position",
        "sections_section",
    ):
        yield Place(f"admin:{model}_changelist", who=STAFF)
    yield Place("admin:members_library_changelist", who=STAFF, query={"q": "no such library"})
    for model, pk in (
        ("members_library", 1),
        ("members_person", 1),
        ("members_membershipapplication", 1),
        ("members_profilechange", 1),
        ("positions_position", 1),
        ("sections_section", 1),
    ):
        yield Place(f"admin:{model}_change", (pk,), who=STAFF)
    yield Place("admin:positions_position_history", (1,), who=STAFF)
    yield Place("admin:members_library_add", who=STAFF)
    yield Place("admin:members_library_add", who=STAFF, then=sent_empty)


def step(action, state, who, **more):
    return Place("positions:move", (action.value,), who=who, state=state, **more)


PLACES = [*of_visitor(), *of_representative(), *of_coordinator(), *of_board(), *of_staff()]
