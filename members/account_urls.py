"""The pages of allauth that the portal offers, at translated addresses; no others exist."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path
from django.utils.translation import gettext_lazy as _

from members.views import accounts, calendars, hints

urlpatterns = [
    path(_("sign-in/"), account.login, name="account_login"),
    path(_("sign-out/"), accounts.sign_out, name="account_logout"),
    path(_("language/"), accounts.letters_language, name="account_language"),
    path(_("confirm/"), account.reauthenticate, name="account_reauthenticate"),
    path(_("password/"), account.password_change, name="account_change_password"),
    path(_("forgotten-password/"), account.password_reset, name="account_reset_password"),
    path(
        _("forgotten-password/sent/"),
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        _("forgotten-password/done/"),
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path(
        _("forgotten-password/<slug:uidb36>/<slug:key>/"),
        accounts.new_password,
        name="account_reset_password_from_key",
    ),
    path(_("calendars/"), calendars.calendars, name="calendars"),
    path(_("calendars/make/"), calendars.make, name="make_calendar"),
    path(_("calendars/revoke/"), calendars.revoke, name="revoke_calendar"),
    path(_("security/"), mfa.index, name="mfa_index"),
    path(_("security/hints/"), hints.show_again, name="show_hints"),
    path(_("security/hints/<slug:name>/"), hints.put_away, name="put_away_hint"),
    path(_("security/code/"), mfa.authenticate, name="mfa_authenticate"),
    path(_("security/confirm/"), mfa.reauthenticate, name="mfa_reauthenticate"),
    path(_("security/app/"), totp.activate_totp, name="mfa_activate_totp"),
    path(_("security/app/remove/"), totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(_("security/codes/"), codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        _("security/codes/new/"),
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        _("security/codes/download/"),
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
