"""How a file comes in: streamed to the disk, and only where a view takes files."""

from collections.abc import Callable, Sequence

from django import forms
from django.core.exceptions import RequestDataTooBig
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from core.files import KINDS, LARGEST, FileKind, kind_of, tidy_name

MOST_AT_ONCE = 4 * LARGEST
TOO_LARGE = "too_large"


def takes_files(*, up_to: int) -> Callable:
    """Marks a view whose form brings files of at most so many bytes each."""

    def mark(view):
        view.largest_file = up_to
        return view

    return mark


class Oversized(UploadedFile):
    """What is left of a file that was too large: its name and how large it was."""


class UploadHandler(TemporaryFileUploadHandler):
    """Keeps a file only for somebody signed in, where the view takes files, up to its limit.

    Everything else is read and thrown away, so that the browser comes to hear the answer.
    """

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        if content_length > MOST_AT_ONCE:
            raise RequestDataTooBig
        match = self.request.resolver_match
        self.limit = getattr(match.func, "largest_file", 0) if match else 0
        if self.limit and not self.request.user.is_authenticated:
            self.limit = 0

    def new_file(self, *args, **kwargs):
        if not self.limit:
            raise SkipFile
        super().new_file(*args, **kwargs)
        self.came = 0

    def receive_data_chunk(self, raw_data, start):
        self.came += len(raw_data)
        if self.came <= self.limit:
            self.file.write(raw_data)

    def file_complete(self, file_size):
        if file_size <= self.limit:
            return super().file_complete(file_size)
        self.file.close()
        return Oversized(ContentFile(b""), self.file_name, self.content_type, file_size)


def _taken(kinds: Sequence[FileKind], largest: int) -> str:
    listed = ", ".join(str(kind.label) for kind in kinds)
    told = {"kinds": listed, "size": filesizeformat(largest)}
    return _("%(kinds)s; at most %(size)s.") % told


_taken_lazily = lazy(_taken, str)


class UploadField(forms.FileField):
    """A file of one of the kinds; it comes out with its `kind` and a name fit to be kept."""

    def __init__(self, *, largest: int = LARGEST, kinds: Sequence[FileKind] = KINDS, **kwargs):
        self.largest, self.kinds = largest, kinds
        endings = ",".join(ending for kind in kinds for ending in kind.endings)
        widget = forms.FileInput(attrs={"accept": endings})
        super().__init__(**{"widget": widget, "help_text": _taken_lazily(kinds, largest), **kwargs})

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if not upload:
            return None
        if isinstance(upload, Oversized) or upload.size > self.largest:
            told = _("This file is larger than %s.") % filesizeformat(self.largest)
            raise forms.ValidationError(told, code=TOO_LARGE)
        upload.name = tidy_name(upload.name)
        upload.kind = kind_of(upload, upload.name, self.kinds)
        return upload


def status_of(form: forms.Form) -> int:
    """What the page with this form is answered with: 413 where a file was too large."""
    found = form.errors.as_data().values() if form.is_bound else ()
    return 413 if any(error.code == TOO_LARGE for errors in found for error in errors) else 200
