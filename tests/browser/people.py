"""Coming in, by hand, as each of the demo's cast."""

from django.utils.translation import gettext

from iksz_portal.demo.cast import PASSWORD

VISITOR = ""
PATIENCE = 15_000


class Doors:
    """Opens browsers of the cast's; whoever has signed in once is let in the next time."""

    def __init__(self, chromium, portal):
        self.chromium = chromium
        self.portal = portal
        self._kept = {}

    def open(self, who=VISITOR, **options):
        if who and who not in self._kept:
            self._kept[who] = self._sign_in(who)
        context = self._open(storage_state=self._kept.get(who), **options)
        return context

    def _open(self, **options):
        options = {"viewport": {"width": 1280, "height": 800}, **options}
        context = self.chromium.new_context(reduced_motion="reduce", **options)
        context.set_default_timeout(PATIENCE)
        return context

    def _sign_in(self, who):
        context = self._open(java_script_enabled=False)
        page = context.new_page()
        page.goto(self.portal.address("account_login"))
        sign_in(page, who)
        page.wait_for_url(self.portal.address("home"))
        state = context.storage_state()
        context.close()
        return state


def sign_in(page, who, password=PASSWORD):
    page.fill("[name=login]", f"{who}@example.org")
    page.fill("[name=password]", password)
    page.locator("main form button[type=submit]").click()


def button(page, msgid):
    """The button of this name in the main part of the page, in the language of the moment."""
    return page.locator("main").get_by_role("button", name=gettext(msgid), exact=True)
