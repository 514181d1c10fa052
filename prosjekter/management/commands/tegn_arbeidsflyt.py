"""Draw the table of transitions into docs/arbeidsflyt.md."""

import re

from django.conf import settings
from django.core.management.base import BaseCommand

from prosjekter.overganger import prosjekt as overganger

FIL = settings.ROT / "docs" / "arbeidsflyt.md"


class Command(BaseCommand):
    requires_system_checks = []
    help = "Draw the table of publishing transitions into docs/arbeidsflyt.md."

    def handle(self, **valg):
        dokument = FIL.read_text()
        FIL.write_text(re.sub(r"(?ms)^\| Deed .*?(?=^\n|\Z)", overganger.som_tabell() + "\n", dokument))
        self.stdout.write(f"{FIL.relative_to(settings.ROT)} is up to date")
