from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProsjekterConfig(AppConfig):
    name = "prosjekter"
    verbose_name = _("prosjekter")

    def ready(self):
        from kommuner.lesere import leser_av
        from prosjekter import arbeidskopier, ettersyn, fillager, henvendelser, historikksamling, nattarbeid
        from prosjekter.handlinger import eksperiment as eksperiment_handlinger
        from prosjekter.handlinger import gjenbruk as gjenbruk_handlinger
        from prosjekter.handlinger import hjelp as hjelp_handlinger
        from prosjekter.models import Henvendelse, Innholdsmelding, Overtakelse, Prosjekt, Prosjektinvitasjon
        from utboks import jobber, varsling

        for modell in (Prosjekt, Prosjektinvitasjon, Overtakelse, Innholdsmelding):
            varsling.registrer_leser(modell, leser_av(modell))
        varsling.registrer_leser(Henvendelse, henvendelser.fortsatt_til)
        jobber.registrer("ga-det-verdi", gjenbruk_handlinger.minn_om_verdi, hver=timedelta(days=1))
        jobber.registrer("arbeidskopier-rydding", arbeidskopier.rydd, hver=timedelta(days=1))
        jobber.registrer("historikk-samling", historikksamling.samle, hver=timedelta(days=1))
        jobber.registrer("henvendelser-videre", henvendelser.send_videre, hver=timedelta(hours=1))
        jobber.registrer("henvendelser-rydding", henvendelser.rydd, hver=timedelta(days=1))
        jobber.registrer("hjelp-rydding", hjelp_handlinger.rydd, hver=timedelta(days=1))
        jobber.registrer("filer-rydding", fillager.rydd, hver=timedelta(days=1))
        jobber.registrer("hva-skjedde", eksperiment_handlinger.minn_om_resultat, hver=timedelta(days=1))
        jobber.registrer("fortsatt-riktig", ettersyn.minn, hver=timedelta(days=1))
        jobber.registrer("natt-sokeindeks", nattarbeid.bygg_sokeindeks, hver=nattarbeid.HVER)
        jobber.registrer("natt-likheter", nattarbeid.bygg_likheter, hver=nattarbeid.HVER)
