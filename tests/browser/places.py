"""The places that are looked at: page × role × state, with errors where there are forms."""

from positions.choices import Action, AmendmentAction, State
from tests.browser.filing import document_asked, document_made, file_read
from tests.browser.people import VISITOR
from tests.browser.visits import Place

LIBRARY = "katona-jozsef-konyvtar"
SAMPLE_LIBRARY = "1-mintakonyvtar"
REPRESENTATIVE = "representative1"
ENDORSER = "representative4"
COORDINATOR = "coordinator"
SECRETARY = "secretary"
BOARD_MEMBER = "board2"
BOARD_VOTER = "board3"
BOARD_APART = "board5"
STAFF = "staff"


def sent_empty(page):
    """The form of the page, sent with nothing in it."""
    form = page.locator("main form:not([role=search])").last
    for box in form.locator(
        "input[required]:not([type=radio], [type=checkbox], [type=file]), textarea[required]"
    ).all():
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


def calendar_made(page):
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()


def unfolded(page):
    """With everything open that opens."""
    page.locator("main details").evaluate_all("all => all.forEach((one) => (one.open = true))")


def replying(page):
    follow_in_a_thread(page, "Reply")


def answering(page):
    follow_in_a_thread(page, "Answer and close")


def answering_nothing(page):
    answering(page)
    sent_empty(page)


def opening_again(page):
    follow_in_a_thread(page, "Open again")


def follow_in_a_thread(page, name):
    with page.expect_navigation():
        page.locator(".thread-acts").get_by_role("link", name=name).first.click()


def into_an_authority(page):
    with page.expect_navigation():
        page.locator("main table tbody a").first.click()


def of_visitor():
    yield Place("home")
    yield Place("home", then=menu_open)
    yield Place("home", path="/")
    yield Place("home", path="/sl/")
    yield Place("search:page", query={"q": "könyvtár"})
    yield Place("search:page", query={"q": "könyvtár", "kind": "library"})
    yield Place("search:page", query={"q": "Kecskmét"})
    yield Place("search:page", query={"q": "nothinglikethis"})
    yield Place("search:page", query={"q": "a", "kind": "nonsense"})
    yield Place("activities")
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
    yield Place("positions:participation", ("minta",))
    yield Place("positions:participation", ("megyei",))
    yield Place("positions:register")
    yield Place("positions:register", query={"q": "no such position"})
    yield Place("positions:register", query={"state": "nowhere"})
    yield Place("positions:resolutions")
    yield Place("positions:accountability")
    yield Place("positions:accountability", query={"year": "1900"})
    yield Place("positions:accountability", then=into_an_authority)
    yield Place("open_data")
    yield Place("interface", then=unfolded)
    for state in (State.SUBMITTED, State.ANSWERED, State.CLOSED):
        yield Place("positions:position", state=state)
    yield Place("positions:endorsements", state=State.CLOSED)
    yield Place("positions:documents", state=State.CLOSED)
    yield Place("positions:documents", state=State.CLOSED, then=document_made)
    yield Place("accessibility")
    yield Place("report_barrier", then=sent_empty)
    yield Place("help")
    yield Place("guide_section")
    yield Place("glossary")
    yield Place("account_login")
    yield Place("account_login", then=sent_wrong)
    yield Place("account_reset_password")
    yield Place("design")
    yield Place("", path="/en/nothing-is-here/", status=404)


def of_representative():
    yield Place("home", who=REPRESENTATIVE)
    yield Place("search:page", who=REPRESENTATIVE, query={"q": "minta"})
    yield Place("search:saved", who=REPRESENTATIVE)
    yield Place("search:save", who=REPRESENTATIVE, query={"q": "minta"})
    yield Place("members:edit", (SAMPLE_LIBRARY,), who=REPRESENTATIVE)
    yield Place("sections:section", ("minta",), who=REPRESENTATIVE)
    yield Place("positions:participation", ("minta",), who=REPRESENTATIVE)
    yield Place("positions:start", who=REPRESENTATIVE)
    yield Place("positions:start", who=REPRESENTATIVE, then=sent_empty)
    yield Place("positions:bring_new", who=REPRESENTATIVE)
    yield Place("positions:bring_new", who=REPRESENTATIVE, then=sent_empty)
    yield Place("positions:lookup", who=REPRESENTATIVE)
    for asked in ("postaköltség", "1997. évi CXL. törvény", "nothing of this name", ""):
        yield Place("positions:lookup", who=REPRESENTATIVE, query={"q": asked})
    yield Place("positions:register", who=REPRESENTATIVE)
    for state in (State.CONSULTATION, State.SECTION_VOTE, State.NOT_ADOPTED):
        yield Place("positions:position", who=REPRESENTATIVE, state=state)
    yield Place("positions:comment", who=REPRESENTATIVE, state=State.CONSULTATION)
    yield Place("positions:comment", who=REPRESENTATIVE, state=State.CONSULTATION, then=sent_empty)
    for state in (State.CONSOLIDATION, State.SECTION_VOTE):
        yield Place("positions:endorsements", who=ENDORSER, state=state, then=unfolded)
    place = {"paragraph": 1, "kind": "wording"}
    yield amendments("propose_amendment", who=REPRESENTATIVE)
    yield amendments("propose_amendment", who=REPRESENTATIVE, query=place)
    yield amendments("propose_amendment", who=REPRESENTATIVE, query=place, then=sent_empty)
    yield amendments("amendment", 6, who=REPRESENTATIVE)
    yield Place("positions:board_queue", who=REPRESENTATIVE, status=403)
    yield Place("mfa_index", who=REPRESENTATIVE)
    yield Place("notices", who=REPRESENTATIVE)
    yield Place("own_data", who=REPRESENTATIVE)
    yield Place("calendars", who=REPRESENTATIVE)
    yield Place("calendars", who=REPRESENTATIVE, then=calendar_made)


def of_coordinator():
    yield Place("home", who=COORDINATOR)
    yield Place("positions:endorsements", who=COORDINATOR, state=State.DRAFT)
    for state in State:
        yield Place("positions:position", who=COORDINATOR, state=state)
    for state in (State.CONSOLIDATION, State.CLOSED):
        yield Place("positions:position", who=COORDINATOR, state=state, then=unfolded)
    for state in (State.DRAFT, State.CONSOLIDATION):
        yield Place("positions:edit", who=COORDINATOR, state=state)
    yield Place("positions:edit", who=COORDINATOR, state=State.DRAFT, then=sent_empty)
    for act in (replying, answering, answering_nothing, opening_again):
        yield Place("positions:position", who=COORDINATOR, state=State.CONSOLIDATION, then=act)
    yield Place("positions:authors", who=COORDINATOR, state=State.DRAFT)
    yield Place("positions:bring_to", who=COORDINATOR, state=State.DRAFT)
    for state in (State.DRAFT, State.CONSULTATION, State.CLOSED):
        yield Place("positions:attachments", who=COORDINATOR, state=state)
    yield Place("positions:attachments", who=COORDINATOR, state=State.CONSULTATION, then=sent_empty)
    yield from of_files()
    for view in ("inline", "sides"):
        yield amendments("compare", who=COORDINATOR, query={"old": 1, "view": view})
    yield Place("positions:earlier", who=COORDINATOR, state=State.DRAFT)
    for state in (State.CONSULTATION, State.DRAFT):
        yield Place("positions:schedule", who=COORDINATOR, state=state)
    yield Place("positions:version", (1,), who=COORDINATOR, state=State.CLOSED)
    for action, state in (
        (Action.CLOSE_CONSULTATION, State.CONSULTATION),
        (Action.OPEN_VOTE, State.CONSOLIDATION),
        (Action.ANNUL_VOTE, State.SECTION_VOTE),
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
    yield amendments("amendments", who=COORDINATOR)
    for number in (2, 6):
        yield amendments("amendment", number, who=COORDINATOR)
    for action in (AmendmentAction.ACCEPT, AmendmentAction.ACCEPT_CHANGED):
        yield amendments("amendment_step", 6, action, who=COORDINATOR)
    reject = AmendmentAction.REJECT
    yield amendments("amendment_step", 6, reject, who=COORDINATOR, then=sent_empty)


def of_files():
    for then in (None, document_asked, document_made):
        yield Place("positions:documents", who=COORDINATOR, state=State.CONSOLIDATION, then=then)
    yield Place("positions:bring_to", who=COORDINATOR, state=State.DRAFT, then=file_read)


def outcomes_without_reasons(page):
    """What became of the points, without what a refusal or a new law needs to be said with it."""
    for result in page.locator("[name$=-result]").all():
        result.select_option("rejected")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()


def publishing(page):
    follow(page, "Publish without personal data")


def publishing_nothing(page):
    publishing(page)
    sent_empty(page)


def judging(page):
    follow(page, "Was it kept?")


def of_letters():
    yield step(Action.PREPARE_SUBMISSION, State.ACCEPTED, COORDINATOR, then=sent_empty)
    yield Place("positions:correspondence", who=COORDINATOR, state=State.SUBMITTED, then=unfolded)
    yield Place("positions:correspondence", who=REPRESENTATIVE, state=State.CLOSED)
    yield Place("positions:log_message", who=COORDINATOR, state=State.SUBMITTED, then=sent_empty)
    yield Place("positions:write_letter", ("request",), who=COORDINATOR, state=State.SUBMITTED)
    for then in (publishing, publishing_nothing):
        yield Place("positions:correspondence", who=COORDINATOR, state=State.ANSWERED, then=then)
    yield Place("positions:promise", who=COORDINATOR, state=State.ANSWERED, then=sent_empty)
    yield Place("positions:correspondence", who=COORDINATOR, state=State.EVALUATED, then=judging)
    outcomes = {"who": COORDINATOR, "state": State.ANSWERED, "then": outcomes_without_reasons}
    yield Place("positions:outcomes", **outcomes)


def a_secret_ballot(page):
    follow(page, "szakértői testületbe")
    with page.expect_navigation():
        page.locator("main .ball").get_by_role("link", name="Vote", exact=True).click()


def of_ballots():
    under_vote = {"query": {"state": State.SECTION_VOTE.value}, "then": a_secret_ballot}
    yield Place("positions:register", who=REPRESENTATIVE, **under_vote)


def of_board():
    for who in (SECRETARY, BOARD_MEMBER):
        yield Place("home", who=who)
        yield Place("positions:board_queue", who=who)
        yield Place("positions:position", who=who, state=State.BOARD_REVIEW)
    for who in (BOARD_VOTER, BOARD_APART):
        yield Place("positions:board_queue", who=who)
        yield Place("positions:conflict", who=who, state=State.BOARD_REVIEW)
    yield Place("positions:conflict", who=SECRETARY, state=State.BOARD_REVIEW)
    yield Place("positions:conflict", who=SECRETARY, state=State.BOARD_REVIEW, then=sent_empty)
    yield Place("positions:position", who=SECRETARY, state=State.FORWARDED)
    yield Place("positions:resolutions", who=SECRETARY)
    yield from of_meetings()
    yield step(Action.TAKE_UP, State.FORWARDED, SECRETARY)
    for action in (Action.ACCEPT, Action.ACCEPT_WITH_CHANGES, Action.RETURN):
        yield step(action, State.BOARD_REVIEW, SECRETARY)
    yield step(Action.RETURN, State.BOARD_REVIEW, SECRETARY, then=sent_empty)


def follow(page, name, *, nth=0):
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name).nth(nth).click()


def opened(page, nth):
    """A meeting of the list, the newest first."""
    with page.expect_navigation():
        page.locator("main .entries a").nth(nth).click()


def meeting_ahead(page):
    opened(page, 0)


def meeting_repeated(page):
    opened(page, 1)


def meeting_not_quorate(page):
    opened(page, 2)


def meeting_held(page):
    opened(page, 3)


def minutes_of_it(page):
    meeting_held(page)
    follow(page, "Read the minutes")


def its_agenda(page):
    meeting_ahead(page)
    follow(page, "Put together the agenda")


def its_change(page):
    meeting_ahead(page)
    follow(page, "Change the time or the place")


def authenticating(page):
    meeting_repeated(page)
    follow(page, "Authenticate the minutes")


def a_resolution(page):
    with page.expect_navigation():
        page.locator("main tbody th a").first.click()


def of_meetings():
    yield Place("positions:meetings", who=SECRETARY)
    yield Place("positions:plan_meeting", who=SECRETARY)
    yield Place("positions:plan_meeting", who=SECRETARY, then=sent_empty)
    for then in (meeting_ahead, meeting_repeated, meeting_not_quorate, minutes_of_it, its_agenda):
        yield Place("positions:meetings", who=SECRETARY, then=then)
    yield Place("positions:meetings", who=SECRETARY, then=its_change)
    yield Place("positions:meetings", who=BOARD_MEMBER, then=meeting_held)
    yield Place("positions:meetings", who=BOARD_MEMBER, then=authenticating)
    for who in (SECRETARY, REPRESENTATIVE):
        yield Place("positions:resolutions", who=who, then=a_resolution)
    yield Place("positions:resolutions", query={"q": "no such resolution"})


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


def amendments(name, *args, **more):
    """Of the text that is being finalised: the sixth waits for a decision, the others have one."""
    return Place(f"positions:{name}", args, state=State.CONSOLIDATION, **more)


def step(action, state, who, **more):
    return Place("positions:move", (action.value,), who=who, state=state, **more)


def of_consultations():
    """By their numbers in the demo, in the order in which they came in."""
    answered, let_go, confidential, short, received = range(1, 6)
    one, step = "positions:consultation", "positions:consultation_step"
    for who in (VISITOR, REPRESENTATIVE, COORDINATOR, BOARD_MEMBER):
        yield Place("positions:consultations", who=who)
    yield Place("positions:consultations", query={"q": "no such consultation"})
    yield Place("positions:consultations", query={"state": "nowhere"})
    for number in (answered, short):
        yield Place(one, (number,))
    yield Place(one, (confidential,), status=404)
    for number in (answered, let_go, confidential, short, received):
        yield Place(one, (number,), who=COORDINATOR)
    yield Place(step, (short, "pass"), who=COORDINATOR)
    yield Place(step, (short, "pass"), who=COORDINATOR, then=sent_empty)
    yield Place(step, (let_go, "take_up"), who=COORDINATOR)
    yield Place("positions:start", who=COORDINATOR, query={"answers": short})
    for action in ("assign", "correct", "change_due", "record_summary", "let_go"):
        yield Place(step, (received, action), who=STAFF)
    yield Place(step, (received, "correct"), who=STAFF, then=sent_empty)
    yield Place("positions:consultation_attachments", (received,), who=STAFF, then=sent_empty)
    yield Place("admin:positions_consultation_changelist", who=STAFF)
    yield Place("admin:positions_consultation_add", who=STAFF)
    yield Place("admin:positions_consultation_add", who=STAFF, then=sent_empty)
    yield Place("admin:positions_consultation_change", (short,), who=STAFF)
    yield Place("admin:positions_consultation_move", (received, "assign"), who=STAFF)
    yield Place(
        "admin:positions_consultation_move", (received, "let_go"), who=STAFF, then=sent_empty
    )


PLACES = [
    *of_visitor(),
    *of_representative(),
    *of_coordinator(),
    *of_letters(),
    *of_ballots(),
    *of_board(),
    *of_staff(),
    *of_consultations(),
]
