"""The letters about one's own account."""

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.outbox import letter, link
from members import invitations
from members.models import DataExport, Invitation, Person

CHANGES = {
    "password_changed": _("Your password was changed."),
    "password_reset": _("Your password was set anew by the link we sent you."),
    "totp_activated": _("The second step of signing in was switched on."),
    "totp_deactivated": _("The second step of signing in was switched off."),
    "totp_taken_away": _("The second step of signing in was removed by the staff, as it was lost."),
    "recovery_codes_generated": _("New recovery codes were made; the old ones no longer work."),
}


def invitation(mail):
    sent = Invitation.objects.select_related("person", "invited_by").get(
        pk=mail.context["invitation"]
    )
    if not sent.is_open:
        return None
    return letter(
        "mail/invitation.txt",
        invitation=sent,
        url=link(reverse("invitation", args=[invitations.token_of(sent)])),
    )


def password_link(mail):
    """Only for an account that is open and has a password; to its own address, as it is written."""
    person = Person.objects.filter(email__iexact=mail.address, is_active=True).first()
    if person is None or person.email.lower() != mail.address or not person.has_usable_password():
        return None
    token = default_token_generator.make_token(person)
    path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), token])
    return letter("mail/password_link.txt", person=person, url=link(path))


def account_changed(mail):
    url = link(reverse("account_reset_password"))
    return letter(
        "mail/account_changed.txt", person=mail.to, change=CHANGES[mail.context["what"]], url=url
    )


def own_data_ready(mail):
    """Nothing once it has run out, or was asked for anew."""
    export = DataExport.objects.open_to(mail.to).filter(pk=mail.context["export"]).first()
    if export is None:
        return None
    url = link(reverse("own_data"))
    return letter("mail/own_data_ready.txt", person=mail.to, export=export, url=url)


RENDERERS = {
    "invitation": invitation,
    "password_link": password_link,
    "account_changed": account_changed,
    "own_data_ready": own_data_ready,
}
