"""Where allauth asks the portal: who may enter, how often one may try, what is written down."""

import base64
import hashlib

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from core import clients, logs, outbox, throttle
from members import sessions
from members.models import Person
from members.models.people import account_of
from members.policy import needs_second_factor

TRIES = {"sign-in by account": "10/h", "sign-in by address": "20/h"}


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: accounts come from invitations by staff."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "incorrect_code": _("This code is not right, or it has been used already."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("This is not your current password."),
        "invalid_password_reset": _("This link is no longer valid."),
        "rate_limited": _("Too many tries. Please wait a few minutes."),
        "too_many_login_attempts": _("Too many tries. Please wait a few minutes."),
    }

    def is_open_for_signup(self, request):
        return False

    def is_safe_url(self, url):
        """Only pages of the portal, written without a host."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_client_ip(self, request):
        return clients.neighbourhood_of(request)

    def get_password_change_redirect_url(self, request):
        return reverse("mfa_index")

    def is_reauthentication_required(self, *, app, **kwargs):
        return not sessions.is_fresh(self.request.session)

    # Tries: each one counts for the account and for the address; good ones are given back

    def pre_authenticate(self, request, **credentials):
        self._tries = {
            "sign-in by account": account_of(credentials["email"]),
            "sign-in by address": clients.neighbourhood_of(request),
        }
        for scope, who in self._tries.items():
            throttle.take(scope=scope, who=who, rate=TRIES[scope], request=request)

    def _rollback_login_failed_rl_usage(self):
        for scope, who in self._tries.items():
            throttle.give_back(scope=scope, who=who)

    def authentication_failed(self, request, **credentials):
        person = Person.objects.filter(email__iexact=credentials["email"]).first()
        logs.security("sign_in_failed", request, account=person and person.pk)

    def reauthenticate(self, user, password):
        found = self.authenticate(self.request, email=user.email, password=password)
        return found == user

    # Coming and going

    def pre_login(self, request, user, **kwargs):
        """The session gets a new name after the password too, not only after the code."""
        request.session.cycle_key()
        return super().pre_login(request, user, **kwargs)

    def login(self, request, user):
        super().login(request, user)
        sessions.begin(request.session)
        request.session.pop("ran_out", None)
        logs.security("signed_in", request)

    def logout(self, request):
        logs.security("signed_out", request)
        super().logout(request)

    def set_password(self, user, password):
        super().set_password(user, password)
        throttle.forget(scope="sign-in by account", who=account_of(user.email))
        logs.security("password_set", self.request, account=user.pk)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        what = template_prefix.rpartition("/")[2]
        logs.security("account_changed", self.request, account=user.pk, what=what)
        outbox.queue(kind="account_changed", to=user, what=what)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("Your role needs the second step: it cannot be removed."),
        "incorrect_code": _("This code is not right, or it has been used already."),
    }

    def build_totp_svg(self, url):
        """The square to scan, as an element of the page: images from data addresses are barred."""
        square = qrcode.make(url, image_factory=SvgPathFillImage)
        return mark_safe(square.to_string(encoding="unicode"))  # noqa: S308 - drawn here

    def can_delete_authenticator(self, authenticator):
        return not (settings.SECOND_FACTOR_REQUIRED and needs_second_factor(authenticator.user))

    def encrypt(self, text):
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher():
    """Secrets of second factors are of no use without the secret key, the present or a past one."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"members.second-factor:" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
