"""Write the mail with new hits in saved searches, for those who run no worker but cron."""

from django.core.management.base import BaseCommand

from abonnement.handlinger import rydd
from abonnement.utsending import send_forfalte


class Command(BaseCommand):
    help = (
        "Skriv e-post om nye treff i lagrede søk til dem som står for tur, og slett det som er avsluttet. "
        "Arbeideren gjør det selv; bruk denne når «arbeider --en-gang» går fra cron."
    )

    def handle(self, **_valg):
        while send_forfalte():
            pass
        rydd()
        self.stdout.write("Ferdig. E-posten ligger i utboksen.")
