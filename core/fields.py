from django.db import models


class DerivedTextField(models.TextField):
    """A column computed from the row at each save: what a query needs and SQL cannot do."""

    def __init__(self, *args, derive=None, **kwargs):
        self.derive = derive
        super().__init__(*args, **{"editable": False, "default": "", **kwargs})

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def pre_save(self, model_instance, add):
        value = self.derive(model_instance)
        setattr(model_instance, self.attname, value)
        return value
