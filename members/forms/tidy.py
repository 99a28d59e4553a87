"""What was typed, before it is judged: one line stays one line, line ends are alike."""

from django import forms


class TidyMixin:
    def clean(self):
        super().clean()
        for name, value in self.cleaned_data.items():
            if isinstance(value, str):
                self.cleaned_data[name] = self._tidied(name, value)

    def _tidied(self, name, value):
        if isinstance(self.fields[name].widget, forms.Textarea):
            return value.replace("\r\n", "\n")
        return " ".join(value.split())
