"""Why a file is not taken, each in a sentence that says what to do."""

from django.utils.translation import gettext_lazy as _

OTHER_CONTENT = _("What is in this file is not what its name says.")
DAMAGED = _("This file is damaged or incomplete; open it and save it anew.")
LOCKED = _("This file is protected by a password; save it without one.")
MACROS = _("This file holds macros; save it without them.")
UNPACKS_TO_TOO_MUCH = _("Unpacked, this file is far bigger than the portal takes.")
ODD = _("This file holds what no document needs; open it and save it anew.")
TOO_MANY_PIXELS = _("This picture has too many pixels; make it smaller.")
