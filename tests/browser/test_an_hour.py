"""An hour of drafting: three people at one text at once, one in the editor, two in the plain box.

Ten times all three open the text, write two sentences each, and save one after the other on top of
what the others have saved meanwhile. Every sentence carries a sign of its own.
"""

import re

import pytest

from positions.choices import Keep
from tests.browser.writing import EDITOR, add_paragraph, add_to, ask_for, ask_for_more, write

pytestmark = pytest.mark.browser

SIGN = re.compile(r"\bsign[0-9]+\b")
IN_THE_EDITOR = "coordinator"
WRITERS = [IN_THE_EDITOR, "section.chair", "representative1"]
ROUNDS = 10
KEEPS = {2: Keep.BOTH, 5: Keep.MINE, 8: Keep.THEIRS}
SAID = """(side) => {
  const said = side.cloneNode(true);
  for (const gone of said.querySelectorAll("del")) gone.remove();
  return said.textContent;
}"""


class Hour:
    """What was written, confirmed as saved, and decided against in the end."""

    def __init__(self, portal, page_of):
        self.portal = portal
        self.pages = {
            who: page_of(who, java_script_enabled=who == IN_THE_EDITOR) for who in WRITERS
        }
        self.sentences = self.saves = self.decisions = 0
        self.saved, self.given_up = set(), set()
        self.start()
        self.let_in("Minta Márta")

    def start(self):
        page = self.pages[IN_THE_EDITOR]
        page.goto(self.portal.address("positions:start", section="minta"))
        page.check("[name=kind][value=statement]")
        page.fill("[name=title]", "Minta: an hour of drafting")
        write(page, "\n\n".join(self.sentence(who) for who in WRITERS))
        ask_for(page, [self.sentence(IN_THE_EDITOR)])
        self.send(page, "Start the draft")
        self.reference = re.search(r"DEMO-[0-9]{4}/[0-9]{3,}", page.url).group()

    def let_in(self, name):
        page = self.pages[IN_THE_EDITOR]
        page.goto(self.portal.address("positions:authors", self.reference))
        page.select_option("[name=author]", label=name)
        self.send(page, "Add")

    def sentence(self, who):
        self.sentences += 1
        self.saved.add(f"sign{self.sentences}")
        return f"What {who} found is sign{self.sentences} of this text."

    def open(self, who):
        page = self.pages[who]
        page.goto(self.portal.address("positions:edit", self.reference))
        if who == IN_THE_EDITOR:
            page.wait_for_selector(EDITOR)

    def change(self, who, paragraph, *, point):
        """A sentence into a paragraph, and another one as a point or at the end of the text."""
        add_to(self.pages[who], paragraph, self.sentence(who))
        add = ask_for_more if point else add_paragraph
        add(self.pages[who], self.sentence(who))

    def save(self, who, keep):
        page = self.pages[who]
        self.send(page, "Save a version")
        if page.locator("#conflicts-title").count():
            self.decide(page, keep)
        assert f"Version {self.saves + 2} was saved" in page.locator("#messages").inner_text()
        self.saves += 1

    def decide(self, page, keep):
        form = page.locator("form:has([name=against])")
        (card,) = form.locator(".card").all()
        theirs, mine = (
            set(SIGN.findall(side.evaluate(SAID))) for side in card.locator(".halves > div").all()
        )
        self.given_up |= {Keep.BOTH: set(), Keep.MINE: theirs - mine, Keep.THEIRS: mine - theirs}[
            keep
        ]
        card.locator(f"input[value={keep}]").check()
        self.send(page, "Save what I have chosen")
        self.decisions += 1

    def send(self, page, label):
        with page.expect_navigation():
            page.locator("main form").get_by_role("button", name=label, exact=True).click()


def test_an_hour_of_drafting_loses_no_sentence(portal, page_of):
    hour = Hour(portal, page_of)

    for number in range(ROUNDS):
        order = [*WRITERS[number % 3 :], *WRITERS[: number % 3]]
        keep = KEEPS.get(number)
        for who in order:
            hour.open(who)
        for turn, who in enumerate(order):
            whose = order[0] if keep and turn == 1 else who
            hour.change(who, WRITERS.index(whose), point=(number + turn) % 2 == 1)
        for who in order:
            hour.save(who, keep)

    page = hour.pages["section.chair"]
    page.goto(portal.address("positions:position", hour.reference))
    shown = page.locator("#text").inner_text() + page.locator("#points").inner_text()
    signs = set(SIGN.findall(shown))
    assert (hour.sentences, hour.saves, hour.decisions) == (4 + 6 * ROUNDS, 3 * ROUNDS, len(KEEPS))
    assert hour.saved - signs == hour.given_up
    assert len(hour.given_up) == 2
    assert page.locator("#versions .entry").count() == 1 + hour.saves
