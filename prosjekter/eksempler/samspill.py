"""Example initiatives elsewhere, and what example projects say about each other, with a past. Nobody gets mail."""

import uuid
from datetime import timedelta

from django.utils import timezone

from missions.handlinger import oppdater_initiativsok
from missions.models import EksterntInitiativ, Mission, Utfordring
from partnerskap.felles.versjon import merk
from prosjekter.eksempler import innhold
from prosjekter.kodeverk import Status
from prosjekter.models import Komplementaritet, Prosjekt

NAVNEROM = uuid.UUID("3d2b7c1e-9f44-4a0c-8a55-6c0f7e2b9d10")
MAAL = {
    "prosjekt": ("til_prosjekt", Prosjekt),
    "utfordring": ("utfordring", Utfordring),
    "mission": ("mission", Mission),
    "initiativ": ("initiativ", EksterntInitiativ),
}


def lag():
    """Make those that are missing. Returns how many."""
    return sum(map(_lag_initiativ, innhold.initiativer())) + sum(map(_lag_samspill, innhold.samspill()))


def _lag_initiativ(data):
    nokkel = uuid.uuid5(NAVNEROM, data["slug"])
    if EksterntInitiativ.objects.filter(nokkel=nokkel).exists():
        return 0
    initiativ = EksterntInitiativ(
        nokkel=nokkel,
        slug=data["slug"],
        navn=data["navn"],
        eier=data["eier"],
        beskrivelse=data["beskrivelse"],
        url=f"https://{data['slug']}.example/",
        periode_fra=data.get("fra"),
        periode_til=data.get("til"),
        er_eksempel=True,
    )
    merk(initiativ, av=None, handling="eksempeldata")
    initiativ.save()
    for mission in Mission.objects.filter(er_eksempel=True, slug__in=data["missions"]):
        initiativ.initiativmissions.create(mission=mission)
    oppdater_initiativsok([initiativ])
    return 1


def _lag_samspill(data):
    slag = next(navn for navn in MAAL if navn in data)
    felt, modell = MAAL[slag]
    fra = Prosjekt.objects.filter(er_eksempel=True, status=Status.PUBLISERT, slug=data["fra"]).first()
    maal = modell.objects.filter(er_eksempel=True, slug=data[slag]).first()
    if fra is None or maal is None or Komplementaritet.objects.filter(fra=fra, **{felt: maal}).exists():
        return 0
    tid = max(timezone.now() - timedelta(days=data["dager"]), fra.publisert_tid)
    rad = Komplementaritet(
        fra=fra,
        type=data["type"],
        begrunnelse=data["begrunnelse"],
        svar=data.get("svar", ""),
        kommentar=data.get("kommentar", ""),
        svart_tid=tid + timedelta(hours=20) if "svar" in data else None,
        opprettet_tid=tid,
        endret_tid=tid,
        varslet_tid=tid,
        er_eksempel=True,
        **{felt: maal},
    )
    merk(rad, av=None, handling="eksempeldata", tid=tid)
    rad.save()
    Komplementaritet.objects.tell([fra.pk, *([maal.pk] if slag == "prosjekt" else [])])
    return 1


def fjern():
    """Examples; what projects said about them goes with either end."""
    ider = list(EksterntInitiativ.objects.filter(er_eksempel=True).values_list("pk", flat=True))
    EksterntInitiativ.objects.filter(pk__in=ider).delete()
    EksterntInitiativ.historikk.filter(id__in=ider).delete()
    rort = list(Prosjekt.objects.filter(antall_samspill__gt=0).values_list("pk", flat=True))
    Komplementaritet.objects.tell(rort)
