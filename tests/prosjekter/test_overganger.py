"""Who may move a project where: every role, every state, every deed; and the document drawn from the table."""

import itertools

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.kodeverk import Grunn, Partnerrolle, Status
from prosjekter.models import Deltakelse, Modereringssak, Prosjekt
from prosjekter.overganger import prosjekt as overganger
from tests.fabrikker import lag_prosjekt
from tests.rollebesetning import ROLLER
from utboks.models import Epost

pytestmark = pytest.mark.django_db

EIERNE = {"eier", "kollega", "ansvarlig"}
KS = {"moderator", "administrator"}
# The whole truth, written by hand and apart from the table: (deed, from) -> (to, who).
FASIT = {
    ("send_inn", "kladd"): ("innsendt", EIERNE | {"medeier"}),
    ("send_inn", "til_retting"): ("innsendt", EIERNE | {"medeier"}),
    ("send_inn", "avpublisert"): ("innsendt", EIERNE | {"medeier"}),
    ("trekk", "innsendt"): ("kladd", EIERNE | {"medeier"}),
    ("publiser", "innsendt"): ("publisert", KS),
    ("send_til_retting", "innsendt"): ("til_retting", KS),
    ("avpubliser", "publisert"): ("avpublisert", EIERNE | KS),
    ("publiser_igjen", "avpublisert"): ("publisert", KS),
    ("arkiver", "til_retting"): ("arkivert", EIERNE),
    ("arkiver", "publisert"): ("arkivert", EIERNE),
    ("arkiver", "avpublisert"): ("arkivert", EIERNE),
    ("gjenapne", "arkivert"): ("kladd", EIERNE),
}
ALLE_ROLLER = (*ROLLER, "medeier")


def gjor(navn, prosjekt, bruker):
    sagt = {}
    if any("begrunnelse" in o.ma_gis for o in overganger.OVERGANGER if o.navn == navn):
        sagt = {"grunn": Grunn.UFULLSTENDIG, "begrunnelse": "Skriv hva dere lærte."}
    return getattr(handlinger, navn)(prosjekt, av=bruker, **sagt)


def personen(roller, rolle):
    return roller["fremmed"] if rolle == "medeier" else roller[rolle]


def prosjekt_i(status, roller, rolle="eier"):
    prosjekt = lag_prosjekt(eier=roller.kommunen, status=status, ansvarlig=roller["eier"])
    Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=roller.partneren, rolle=Partnerrolle.FAGPARTNER)
    if rolle == "medeier":
        organisasjon = roller["fremmed"].aktive_medlemskap[0].organisasjon
        Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=organisasjon, rolle=Partnerrolle.MEDEIER)
    return prosjekt


@pytest.mark.parametrize("status", Status.values)
def test_hele_matrisen(roller, status):
    feil = []
    for rolle in ALLE_ROLLER:
        pk, person = prosjekt_i(status, roller, rolle).pk, personen(roller, rolle)
        for navn in overganger.NAVN:
            til, hvem = FASIT.get((navn, status), (None, set()))
            with transaction.atomic():
                prosjekt = Prosjekt.objects.get(pk=pk)
                try:
                    utfall = gjor(navn, prosjekt, person)
                except (PermissionDenied, overganger.UmuligOvergang):
                    utfall = False
                funnet = (utfall, Prosjekt.objects.get(pk=pk).status)
                transaction.set_rollback(True)
            if funnet != ((True, til) if rolle in hvem else (False, status)):
                feil.append((rolle, navn, *funnet))

    assert feil == []


def test_knappene_er_de_handlingene_som_virker(roller):
    prosjekter = {rolle: prosjekt_i(Status.KLADD, roller, rolle) for rolle in ("eier", "medeier")}
    for status, rolle in itertools.product(Status.values, ALLE_ROLLER):
        prosjekt = prosjekter.get(rolle, prosjekter["eier"])
        prosjekt.status = status

        knapper = {o.navn for o in overganger.mulige(prosjekt, personen(roller, rolle))}

        assert knapper == {navn for (navn, fra), (_til, hvem) in FASIT.items() if fra == status and rolle in hvem}


def test_ingen_handling_uten_rad_og_ingen_rad_uten_handling():
    assert set(overganger.NAVN) == {navn for navn, _fra in FASIT}
    assert all(callable(getattr(handlinger, navn)) for navn in overganger.NAVN)


def test_betrodd_publiserer_med_en_gang_og_ks_ser_det_etterpaa(roller):
    roller.kommunen.er_betrodd = True
    roller.kommunen.save()
    prosjekt = prosjekt_i(Status.KLADD, roller)

    handlinger.send_inn(prosjekt, av=roller["eier"])

    assert prosjekt.status == Status.PUBLISERT
    sak = Modereringssak.objects.get(prosjekt=prosjekt)
    assert (sak.er_etterkontroll, sak.avgjort_tid) == (True, None)


def test_betrodd_som_er_tatt_ned_maa_innom_ks_igjen(roller):
    roller.kommunen.er_betrodd = True
    roller.kommunen.save()
    prosjekt = prosjekt_i(Status.PUBLISERT, roller)
    gjor("avpubliser", prosjekt, roller["moderator"])

    handlinger.send_inn(prosjekt, av=roller["eier"])

    assert prosjekt.status == Status.INNSENDT


def test_trekk_av_noe_som_har_vaert_publisert_gjoer_det_ikke_til_kladd(roller):
    prosjekt = prosjekt_i(Status.PUBLISERT, roller)
    gjor("avpubliser", prosjekt, roller["moderator"])
    handlinger.send_inn(prosjekt, av=roller["eier"])

    handlinger.trekk(prosjekt, av=roller["eier"])

    assert prosjekt.status == Status.AVPUBLISERT
    assert prosjekt in Prosjekt.objects.synlige_for(roller["moderator"])


def test_sendt_inn_uten_det_som_kreves_sier_hva(roller):
    prosjekt = prosjekt_i(Status.KLADD, roller)
    Prosjekt.objects.filter(pk=prosjekt.pk).update(ingress="", kontaktrolle="", fase="pilot")

    with pytest.raises(handlinger.Mangler) as feil:
        handlinger.send_inn(prosjekt, av=roller["eier"])

    assert [s.felt for s in feil.value.sporsmal] == ["ingress", "kontaktrolle", "innovasjonstype", "opphav"]
    assert not Epost.objects.exists()


@pytest.mark.parametrize("sagt", [{"grunn": "", "begrunnelse": "x"}, {"grunn": Grunn.REKLAME, "begrunnelse": " "}])
def test_retting_uten_grunn_og_begrunnelse_blir_ikke_noe_av(roller, sagt):
    prosjekt = prosjekt_i(Status.INNSENDT, roller)

    with pytest.raises(handlinger.Mangler):
        handlinger.send_til_retting(prosjekt, av=roller["moderator"], **sagt)

    prosjekt.refresh_from_db()
    assert prosjekt.status == Status.INNSENDT


def test_dokumentet_er_tegnet_fra_tabellen():
    dokument = (settings.ROT / "docs" / "arbeidsflyt.md").read_text()

    assert overganger.som_tabell() in dokument, "kjør manage.py tegn_arbeidsflyt"
