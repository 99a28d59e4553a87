"""allauth's forms in the portal's words, and the form of an invitation."""

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clients, logs, outbox, throttle
from members.models.people import account_of

PASSWORD = _("Password")
CODE = _("Six-digit code")
CODE_HELP = _("From the authenticator app; one of your recovery codes is accepted too.")
NOT_SIGNED_IN = _("You could not be signed in")
LENGTH_HELP = _("At least 12 characters. A few words you can remember are best.")


def _plain(field, label, help_text="", **attrs):
    """The field in our words, without a placeholder that vanishes when one starts to type."""
    field.label = label
    field.help_text = help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


class SignInForm(account.LoginForm):
    refused = NOT_SIGNED_IN

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(self.fields["login"], _("E-mail"), autocomplete="username")
        _plain(self.fields["password"], PASSWORD)


class ConfirmPasswordForm(account.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(self.fields["password"], PASSWORD)


class ChangePasswordForm(account.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(self.fields["oldpassword"], _("Current password"))
        _plain(self.fields["password1"], _("New password"), LENGTH_HELP)
        _plain(self.fields["password2"], _("New password once more"))


class ForgottenPasswordForm(account.ResetPasswordForm):
    """The same work and the same answer whether or not there is such an account.

    Only the address is queued: the worker looks for the account and makes the link.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(self.fields["email"], _("E-mail"))

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def save(self, request, **kwargs):
        email = self.cleaned_data["email"]
        throttle.take(
            scope="password link by account", who=account_of(email), rate="3/h", request=request
        )
        throttle.take(
            scope="password link by address",
            who=clients.neighbourhood_of(request),
            rate="10/h",
            request=request,
        )
        outbox.queue(kind="password_link", address=email)
        return email


class ResetTokenForm(account.UserTokenForm):
    def _get_user(self, uidb36):
        person = super()._get_user(uidb36)
        return person if person and person.is_active and person.has_usable_password() else None


class NewPasswordForm(account.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(self.fields["password1"], _("New password"), LENGTH_HELP)
        _plain(self.fields["password2"], _("New password once more"))


class WritesRefusalsDown:
    def clean_code(self):
        try:
            return super().clean_code()
        except ValidationError:
            logs.security("code_refused", context.request, account=self.user.pk)
            raise


class CodeForm(WritesRefusalsDown, mfa.AuthenticateForm):
    refused = NOT_SIGNED_IN

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(self.fields["code"], CODE, CODE_HELP, inputmode="numeric")


class ConfirmCodeForm(WritesRefusalsDown, mfa.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(self.fields["code"], CODE, CODE_HELP, inputmode="numeric")


class ActivateAppForm(totp.ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(self.fields["code"], CODE, _("From the authenticator app."), inputmode="numeric")


class InvitationForm(forms.Form):
    """The first password of somebody who was invited."""

    password1 = forms.CharField(
        label=_("Password"),
        help_text=LENGTH_HELP,
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Password once more"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password1(self):
        password = self.cleaned_data["password1"]
        password_validation.validate_password(password, self.person)
        return password

    def clean(self):
        first, second = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords are not the same."))
