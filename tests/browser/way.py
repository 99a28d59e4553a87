"""A position's whole way by hand: every page opened, every form filled in as its person would."""

import re
from datetime import timedelta

from django.utils import translation
from django.utils.translation import gettext

from core import clock
from tests.browser.people import VISITOR, sign_in
from tests.browser.writing import ask_for, write

COORDINATOR = "coordinator"


class Way:
    """Speaks one language; `new_page` opens one in a browser of its own."""

    def __init__(self, portal, new_page, language):
        self.portal = portal
        self.language = language
        self.reference = ""
        self._new_page = new_page
        self._pages = {}

    # What people do

    def start(self, *, section, title, body, points):
        page = self.page(COORDINATOR)
        page.goto(self.address("positions:start", section=section))
        page.check("[name=kind][value=proposal]")
        page.fill("[name=title]", title)
        write(page, body)
        ask_for(page, points)
        self.send(page, "Start the draft")
        self.reference = re.search(r"[A-Z]+-\d{4}/\d{3,}", page.url).group()

    def name_addressee(self):
        page = self.open(COORDINATOR)
        self.follow(page, "Edit the text")
        page.select_option("[name=addressee]", index=1)
        self.send(page, "Save a version")

    def comment(self, who, text, *, paragraph):
        page = self.open(who)
        self.follow(page, "Write a comment")
        page.select_option("[name=library]", index=0)
        page.select_option("[name=paragraph]", str(paragraph))
        page.fill("[name=text]", text)
        with page.expect_navigation():
            page.locator("main form button[type=submit]").click()

    def answer_the_first_comment(self, who, text):
        page = self.open(who)
        acts = page.locator(".thread-acts")
        acts.get_by_role("link", name=self.said("Answer and close")).first.click()
        page.fill("[name=answer]", text)
        self.send(page, "Answer and close")

    def endorse(self, who, reservation=""):
        """For the first of the person's libraries."""
        page = self.open(who)
        self.follow(page, "Endorse for my library")
        form = page.locator("#mine form").filter(has=page.locator("[name=reservation]")).first
        form.locator("[name=reservation]").fill(reservation)
        form.get_by_role("button").click()

    def vote(self, who, **choices):
        """`yes=["1. …"]`: for these libraries, or on the board where none is named."""
        page = self.open(who)
        self.follow(page, "Vote")
        for choice, libraries in choices.items():
            for library in libraries or [""]:
                place = page.locator("main fieldset").filter(has_text=library).first
                place.locator(f"input[value={choice}]").check()
        self.send(page, "Cast the vote")

    def step(self, who, action, **details):
        """By the button on the position's page to the form of the step, and on."""
        page = self.open(who)
        label = self.said(action.label)
        page.locator("main .ball").get_by_role("link", name=label, exact=True).click()
        for name, value in details.items():
            box = page.locator(f"main form [name={name}]")
            if box.evaluate("box => box.tagName") == "SELECT":
                box.select_option(value)
            else:
                box.fill(value)
        with page.expect_navigation():
            page.locator("main form").get_by_role("button", name=label, exact=True).click()

    def wait_for_the_package(self):
        """Until the worker has made what the second person confirms."""
        page = self.open(COORDINATOR)
        for _look in range(60):
            page.goto(self.address("positions:correspondence", self.reference))
            if page.locator("#package a[href]").filter(has_text=".zip").count():
                return
            page.wait_for_timeout(500)
        raise AssertionError("the worker has not made the package")

    def publish_the_answer(self):
        page = self.open(COORDINATOR)
        page.goto(self.address("positions:correspondence", self.reference))
        publish = self.said("Publish without personal data")
        page.locator("main").get_by_role("link", name=publish).first.click()
        page.check("[name=is_clean]")
        self.send(page, "Publish")

    def record_outcomes(self, results):
        page = self.open(COORDINATOR)
        self.follow(page, "Record the outcomes")
        for number, (result, reason) in enumerate(results, start=1):
            page.select_option(f"[name=point{number}-result]", result)
            page.fill(f"[name=point{number}-reason]", reason)
        self.send(page, "Save the outcomes")

    # Where they are and what they read

    def page(self, who):
        """One for each person; a new one each time for the visitor, who may keep pages a minute."""
        if who == VISITOR or who not in self._pages:
            page = self._pages[who] = self._new_page()
            if who != VISITOR:
                page.goto(self.address("account_login"))
                sign_in(page, who)
                page.wait_for_url(self.address("home"))
        return self._pages[who]

    def open(self, who):
        page = self.page(who)
        page.goto(self.address("positions:position", self.reference))
        return page

    def is_found_by(self, who):
        answer = self.page(who).goto(self.address("positions:position", self.reference))
        return answer.status == 200

    def state_for(self, who):
        """The word of the state on the position's page."""
        badges = self.open(who).locator("main .position-facts .badge-status")
        return badges.first.inner_text().strip()

    def word(self, state):
        return self.said(state.label)

    def address(self, name, *args, **query):
        return self.portal.address(name, *args, language=self.language, **query)

    def said(self, words):
        """A text of the portal in the language of the way."""
        with translation.override(self.language):
            return gettext(words) if isinstance(words, str) else str(words)

    def follow(self, page, words):
        ball = page.locator("main .ball")
        ball.get_by_role("link", name=self.said(words), exact=True).click()

    def send(self, page, words):
        form = page.locator("main form")
        with page.expect_navigation():
            form.get_by_role("button", name=self.said(words), exact=True).click()


def in_days(count):
    return (clock.today() + timedelta(days=count)).isoformat()
