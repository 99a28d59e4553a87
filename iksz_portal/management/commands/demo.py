from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from iksz_portal import searching
from iksz_portal.demo import loading, signins
from iksz_portal.demo.cast import PASSWORD
from iksz_portal.demo.following import save_searches
from positions.models import Position

PAGES = {
    "in Hungarian": "/",
    "in English": "/en/",
    "in Slovenian": "/sl/",
    "back office": "/admin/",
    "components": "/design/",
}


class Command(BaseCommand):
    help = "Load a fictional cast and its positions; run again it only prints the sign-ins."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("The demo is for trying out: set DEMO=1 on a machine of your own.")
        if loading.is_loaded():
            self.stdout.write("The demo data is there already and stays as it is.")
        else:
            self._load()
        self._print_doors()

    def _load(self):
        if loading.in_real_use():
            raise CommandError(
                "This database is in real use: it holds people who are not fictional. "
                "Nothing was changed; give the demo a data folder of its own (DATA_DIR)."
            )
        if not loading.is_seeded():
            raise CommandError("The published data is missing: run the seed command first.")
        cast = loading.load()
        self.stdout.write(searching.reindex())
        save_searches(cast)
        made = Position.objects.count()
        self.stdout.write(f"A fictional section with {made} positions, in every state, was added.")

    def _print_doors(self):
        self.stdout.write("\nAddresses:")
        for name, path in PAGES.items():
            self.stdout.write(f"  {name:<13} {settings.SITE_URL}{path}")
        self.stdout.write(f"\nSign-ins, all with the password {PASSWORD} :")
        for sign_in in signins.table():
            self.stdout.write(f"  {sign_in.email:<28} {sign_in.name:<20} {sign_in.role}")
        self.stdout.write("")
