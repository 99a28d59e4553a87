from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template import TemplateDoesNotExist, TemplateSyntaxError, engines


def our_templates():
    """Every template file of this project, by the name that it is loaded with."""
    folders = [Path(folder) for folder in settings.TEMPLATES[0]["DIRS"]]
    folders += sorted(Path(settings.BASE_DIR).glob("*/templates"))
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                yield file.relative_to(folder).as_posix(), file


class Command(BaseCommand):
    help = "Compile every template of the project and name those that do not."
    requires_system_checks = ()

    def handle(self, **options):
        engine = engines["django"]
        broken = []
        count = 0
        for name, _file in our_templates():
            count += 1
            try:
                engine.get_template(name)
            except (TemplateSyntaxError, TemplateDoesNotExist, UnicodeDecodeError) as error:
                broken.append(f"{name}: {error!r}")
        if broken:
            raise CommandError("\n".join(broken))
        self.stdout.write(f"{count} templates compile.")
