from django.utils.translation import gettext_lazy as _

from core.uploads import UploadField
from positions.forms.drafting import OnceForm
from positions.forms.fields import LineField


class AttachmentForm(OnceForm):
    file = UploadField(label=_("File"))
    title = LineField(
        label=_("What it is"),
        max_length=200,
        required=False,
        help_text=_("A few words; without them the name of the file is shown."),
    )

    field_order = ["file", "title"]
