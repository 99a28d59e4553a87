from django import forms

from core import clock
from positions.forms.fields import DeadlineField


class DeadlineForm(forms.Form):
    due_on = DeadlineField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["due_on"].offer(earliest=clock.today())
