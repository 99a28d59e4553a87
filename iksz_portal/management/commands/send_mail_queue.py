from django.core.management.base import BaseCommand

from iksz_portal import tasks


class Command(BaseCommand):
    help = "Sends the letters that are due, once. The worker does the same all the time."

    def handle(self, *args, **options):
        sent = tasks.send_mail()
        self.stdout.write(f"{sent} sent.")
