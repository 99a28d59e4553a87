from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.archives import opened
from core.files import DOCX, ODT
from core.uploads import UploadField
from positions.forms.drafting import OnceForm

LARGEST = 10 * 1024 * 1024
LARGEST_PART = 10 * 1024 * 1024
"""Of what the file says in words: some thousand pages."""


class BringForm(OnceForm):
    file = UploadField(label=_("File"), kinds=(DOCX, ODT), largest=LARGEST)

    def clean_file(self):
        upload = self.cleaned_data["file"]
        with opened(upload) as archive:
            words = [part for part in archive.infolist() if part.filename.endswith(".xml")]
        if any(part.file_size > LARGEST_PART for part in words):
            raise ValidationError(_("The text of this file is longer than a position can be."))
        upload.seek(0)
        return upload


class BringToForm(BringForm):
    """For a text that is there: which of its versions was taken away to be worked on."""

    base = forms.TypedChoiceField(
        label=_("It was written on top of"),
        coerce=int,
        help_text=_("What others saved after that version is joined with the file."),
    )

    field_order = ["file", "base"]

    def __init__(self, *args, versions, **kwargs):
        super().__init__(*args, **kwargs)
        self.versions = {version.number: version for version in versions}
        said = _("version %(number)d by %(author)s")
        self.fields["base"].choices = [
            (number, said % {"number": number, "author": version.author})
            for number, version in self.versions.items()
        ]

    def clean_base(self):
        return self.versions[self.cleaned_data["base"]]
