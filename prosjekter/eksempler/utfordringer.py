"""The invented needs as records, with a past. Written directly: nobody shall get mail about what never happened."""

import uuid
from datetime import timedelta

from django.utils import timezone

from kommuner.models import Organisasjon
from missions.models import Medunderskrift, Mission, Utfordring, Utfordringsoppsett
from missions.utfordring_handlinger import TEKSTFELT, oppdater_sok
from partnerskap.felles.versjon import merk
from prosjekter.eksempler import innhold
from prosjekter.models import Prosjekt, Utfordringssvar

NAVNEROM = uuid.UUID("0c6f7f4e-7b0b-4c29-9d5f-3a1b5a2c7d21")


def lag():
    """Make those that are missing. Returns how many."""
    alle = innhold.utfordringer()
    finnes = set(Utfordring.objects.filter(nokkel__in=map(nokkel, alle)).values_list("nokkel", flat=True))
    nye = [data for data in alle if nokkel(data) not in finnes]
    organisasjoner = {o.slug: o for o in Organisasjon.objects.filter(er_eksempel=True)} if nye else {}
    missions = {m.slug: m for m in Mission.objects.filter(er_eksempel=True)} if nye else {}
    for data in nye:
        _lag(data, organisasjoner, missions)
    return len(nye)


def nokkel(data):
    return uuid.uuid5(NAVNEROM, data["nokkel"])


def _lag(data, organisasjoner, missions):
    def siden(dager):
        return timezone.now() - timedelta(days=dager, minutes=dager * 37 % 600)

    tid, eier, kladd = siden(data["dager"]), organisasjoner[data["eier"]], data.get("kladd", False)
    har = [] if kladd else [{"hvem": data["eier"], "dager": data["dager"], "slik": ""}, *data.get("har", [])]
    terskel = Utfordringsoppsett.gjeldende_terskel()
    utfordring = Utfordring(
        nokkel=nokkel(data),
        tittel=data["tittel"],
        slug=_ledig_slug(data),
        **{felt: data.get(felt, "").strip() for felt in TEKSTFELT},
        eier=eier,
        foreslatt_mission=missions.get(data.get("mission") or data.get("i_mission")),
        mission=missions.get(data.get("i_mission")),
        status="kladd" if kladd else "publisert",
        antall=len(har),
        terskel_tid=siden(har[terskel - 1]["dager"]) if len(har) >= terskel else None,
        sett_tid=tid if data["dager"] > 14 else None,
        svar=data.get("svar", "").strip(),
        svar_tid=siden(data["svar_dager"]) if "svar" in data else None,
        opprettet_tid=tid,
        endret_tid=siden(har[-1]["dager"]) if har else tid,
        publisert_tid=None if kladd else tid,
        er_eksempel=True,
    )
    merk(utfordring, av=None, handling="eksempeldata", tid=tid)
    utfordring.save()
    for rad in har:
        underskrift = Medunderskrift(
            utfordring=utfordring,
            organisasjon=organisasjoner[rad["hvem"]],
            begrunnelse=rad["slik"],
            tid=siden(rad["dager"]),
        )
        merk(underskrift, av=None, handling="eksempeldata", tid=underskrift.tid)
        underskrift.save()
    prosjekter = Prosjekt.objects.filter(er_eksempel=True, slug__in=data.get("prosjekter", []))
    Utfordringssvar.objects.bulk_create(Utfordringssvar(utfordring=utfordring, prosjekt=p) for p in prosjekter)
    oppdater_sok([utfordring.pk])


def _ledig_slug(data):
    """The key is the address, unless somebody real already has it."""
    tatt = Utfordring.objects.filter(slug=data["nokkel"]).exists()
    return f"{data['nokkel']}-{nokkel(data).hex[:6]}" if tatt else data["nokkel"]


def fjern():
    """Examples, and what was posted or signed for an example organisation while trying the portal."""
    eksempler = Utfordring.objects.filter(er_eksempel=True) | Utfordring.objects.filter(eier__er_eksempel=True)
    ider = list(eksempler.values_list("pk", flat=True))
    Utfordring.objects.filter(slatt_sammen_med__in=ider).update(status="publisert", slatt_sammen_med=None)
    Utfordring.objects.filter(pk__in=ider).delete()
    Utfordring.historikk.filter(id__in=ider).delete()
    Medunderskrift.historikk.filter(utfordring_id__in=ider).delete()
    signert = Medunderskrift.objects.filter(organisasjon__er_eksempel=True)
    rort = list(Utfordring.objects.filter(medunderskrifter__in=signert))
    signert.delete()
    for utfordring in rort:
        Utfordring.objects.filter(pk=utfordring.pk).update(antall=utfordring.medunderskrifter.gjeldende().count())
