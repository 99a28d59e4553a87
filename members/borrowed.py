"""Sentences of packages that people may meet here, said politely and alike by our own catalogue.

What Django and allauth bring along in Hungarian is informal in places. What Django lacks in
Slovenian would be said in Hungarian, the language everything falls back to. A sentence named here
is collected into the portal's catalogue, which is asked before theirs.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

SENTENCES = (
    _("Enter a number."),
    _("Please select only one."),
    _("Please type your current password."),
    _("Too many failed login attempts. Try again later."),
    _("Incorrect code."),
    _("You cannot deactivate two-factor authentication."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
    _("You cannot activate two-factor authentication until you have verified your email address."),
    _("Please reauthenticate to safeguard your account."),
    _("Are you sure?"),
)
LACKING = (
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        12,
    ),
    _("“%(pk)s” is not a valid value."),
    _("Constraint “%(name)s” is violated."),
    _("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
    _(
        "%(datetime)s couldn’t be interpreted in time zone %(current_timezone)s; it may be "
        "ambiguous or it may not exist."
    ),
    _(
        "ManagementForm data is missing or has been tampered with. Missing fields: "
        "%(field_names)s. You may need to file a bug report if the issue persists."
    ),
)
BACK_OFFICE = (
    ngettext_lazy("%(counter)s result", "%(counter)s results", 12),
    _(" By %(filter_title)s "),
    _("Select %s"),
    _("Select %s to change"),
    _("Select %s to view"),
    _("Model name"),
    _("Add link"),
    _("Change or view list link"),
    _("Hide counts"),
    _("Show counts"),
    _("Select this object for an action - {}"),
    _("Select all objects on this page for an action"),
    _("Hold down “Control”, or “Command” on a Mac, to select more than one."),
    _("The {name} “{obj}” was added successfully."),
    _("The {name} “{obj}” was added successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully."),
    _("The {name} “{obj}” was changed successfully. You may edit it again below."),
    _("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    _("The %(name)s “%(obj)s” was deleted successfully."),
    _("You may edit it again below."),
    _("%(name)s with ID “%(key)s” doesn’t exist. Perhaps it was deleted?"),
    _("This object doesn’t have a change history. It probably wasn’t added via this admin site."),
    _("Popup closing…"),
)
