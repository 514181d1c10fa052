"""The example data as records: loaded once for this file, and each test's own changes are rolled back."""

import uuid
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import transaction

from kommuner.handlinger import bekreft_adresse
from kommuner.models import Bruker, Fylke, Nettdomene, Organisasjon
from missions.models import Hovedprosjekt, Mission, Samfunnsutfordring
from prosjekter.eksempler import bygger, innhold, mengde
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.kodeverk import Fase, Partnerrolle, Status, Utfall
from prosjekter.models import Deltakelse, Klassifisering, Modereringssak, Prosjekt, Prosjekttekst
from tests.fabrikker import lag_bruker, lag_fylke, lag_prosjekt

pytestmark = pytest.mark.django_db
PROSJEKTER = innhold.prosjekter()
FYLKER = {o["fylke"] for o in innhold.organisasjoner() if "fylke" in o}


@pytest.fixture(scope="module", autouse=True)
def lastet(django_db_setup, django_db_blocker):
    """Loading takes a second, so the tests share it, inside a transaction that is rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        for nummer in sorted(FYLKER):
            lag_fylke(f"Fylke {nummer}", nummer)
        yield bygger.last()
        transaction.set_rollback(True)


def tall_i_basen():
    return [
        modell.objects.count()
        for modell in (
            Organisasjon,
            Bruker,
            Mission,
            Prosjekt,
            Prosjekttekst,
            Deltakelse,
            Klassifisering,
            Modereringssak,
        )
    ]


# The records ----------------------------------------------------------------------------------------------------


def test_alt_er_merket_som_eksempeldata(lastet):
    assert lastet["prosjekter"] == len(PROSJEKTER)
    assert not Prosjekt.objects.filter(er_eksempel=False).exists()
    assert not Bruker.objects.filter(er_eksempel=False).exists()
    assert not Mission.objects.filter(er_eksempel=False).exists()
    assert list(Organisasjon.objects.filter(er_eksempel=False).values_list("navn", flat=True)) == ["KS"]


def test_to_ganger_er_som_en_gang():
    foer = tall_i_basen()

    assert set(bygger.last().values()) == {0}
    assert tall_i_basen() == foer


def test_kommandoen_skriver_hvem_man_kan_logge_inn_som(settings):
    settings.DEBUG = True
    ut = StringIO()

    call_command("last_eksempler", stdout=ut)

    assert "runa.haugset@fjordvik.example" in ut.getvalue()
    assert "gunnvor.lien.aarsheim" not in ut.getvalue()


def test_det_noen_har_endret_i_et_eksempel_faar_staa():
    Prosjekt.objects.filter(slug="hybelvert").update(tittel="Min nye tittel", slug="min-nye")

    bygger.last()

    assert Prosjekt.objects.get(slug="min-nye").tittel == "Min nye tittel"
    assert not Prosjekt.objects.filter(slug="hybelvert").exists()


def test_postene_holder_de_reglene_skjemaene_ellers_passer_paa():
    for modell in (Organisasjon, Nettdomene, Mission, Prosjekt, Prosjekttekst, Deltakelse, Modereringssak):
        for post in modell.objects.all():
            post.full_clean(exclude=["opprettet_av", "innsendt_av"])  # whoever it was may have been erased


def test_ingenting_er_publisert_foer_det_begynte_eller_endret_i_framtiden():
    for prosjekt in Prosjekt.objects.filter(status=Status.PUBLISERT):
        assert prosjekt.start_dato <= prosjekt.publisert_tid.date()
        assert prosjekt.opprettet_tid < prosjekt.publisert_tid <= prosjekt.endret_tid


def test_koen_har_saker_av_ulik_alder_og_en_til_ettersyn():
    apne = list(Modereringssak.objects.apne().values_list("prosjekt__slug", "er_etterkontroll"))

    assert apne == [
        ("vikarpool-for-sma-skular", False),
        ("flytterettleiar-for-eldre", False),
        ("familierad-for-vedtak", False),
        ("nabolagsmidler-pa-tirsdag", True),
        ("byggesak-pa-en-side", False),
    ]


def test_anonym_ser_bare_det_som_er_publisert():
    synlige = Prosjekt.objects.synlige_for(AnonymousUser())

    assert set(synlige.values_list("status", "synlighet")) == {("publisert", "apen")}
    assert not synlige.filter(slug__in=["ovingsrom-i-tomt-fjos", "folk-i-jobb-gjennom-vintersesongen"]).exists()


def test_en_ny_adresse_hos_en_eksempelkommune_hoerer_til_der():
    assert Nettdomene.objects.get(domene="granli.example").organisasjon.navn == "Granli"


def test_den_som_kommer_inn_fra_en_eksempelkommune_og_det_hun_registrerer_er_ogsaa_eksempler():
    ny = bekreft_adresse("ny.person@granli.example")

    prosjekt, _er_ny = handlinger.opprett(
        tittel="På prøve", utfordring="Noe vi vil prøve.", eier=Organisasjon.objects.get(slug="granli"),
        nokkel=uuid.uuid4(), av=ny,
    )  # fmt: skip

    assert (Bruker.objects.get(pk=ny.pk).er_eksempel, prosjekt.er_eksempel) == (True, True)


def test_historien_sier_hvem_og_naar():
    familierad = Prosjekt.objects.get(slug="familierad-for-vedtak")

    forste = familierad.historikk.get()

    assert (forste.history_user.navn, forste.history_change_reason) == ("Runa Haugset", "opprett")
    assert forste.history_date == familierad.endret_tid
    assert Prosjekt.historikk.filter(history_change_reason="eksempeldata").exists()


def test_fjern_tar_bort_eksemplene_og_bare_dem():
    ekte = lag_prosjekt("Ekte prosjekt")
    ansatt = lag_bruker("Ekte Ansatt", i=ekte.eier)
    proving = lag_prosjekt("Registrert på prøve", eier=Organisasjon.objects.get(slug="fjordvik"))
    Deltakelse.objects.create(
        prosjekt=ekte, organisasjon=Organisasjon.objects.get(slug="nabohjelpa"), rolle=Partnerrolle.PADRIVER
    )

    call_command("last_eksempler", fjern=True, verbosity=0)

    assert list(Prosjekt.objects.all()) == [ekte]
    assert list(Bruker.objects.all()) == [ansatt]
    assert set(Organisasjon.objects.values_list("slug", flat=True)) == {"ks", ekte.eier.slug, "nabohjelpa"}
    assert not Mission.objects.exists()
    assert (Samfunnsutfordring.objects.count(), Hovedprosjekt.objects.count()) == (3, 6)
    assert set(Prosjekt.historikk.values_list("id", flat=True)) == {ekte.pk}
    assert not Prosjekttekst.historikk.filter(prosjekt_id=proving.pk).exists()


def test_etter_fjern_kan_de_lastes_paa_nytt():
    call_command("last_eksempler", fjern=True, verbosity=0)

    assert bygger.last()["prosjekter"] == len(PROSJEKTER)


# Volume ---------------------------------------------------------------------------------------------------------


def test_mengde_lager_like_mange_som_det_blir_bedt_om_og_bare_de_som_mangler():
    assert mengde.lag(12) == 12
    assert mengde.lag(15) == 3
    assert mengde.lag(15) == 0
    assert Prosjekt.objects.filter(slug__startswith="mengde-").count() == 15
    assert not Prosjekt.objects.filter(er_eksempel=False).exists()


def test_mengdetekst_er_lang_nok_og_lik_hver_gang():
    mengde.lag(3)
    foerste = list(Prosjekt.objects.filter(slug__startswith="mengde-").values_list("tittel", "tekst__utfordring"))
    Prosjekt.objects.filter(slug__startswith="mengde-").delete()
    mengde.lag(3)

    tekst = Prosjekttekst.objects.get(prosjekt__slug="mengde-1")
    antall_ord = sum(len(getattr(tekst, felt).split()) for felt in bygger.TEKSTFELT)
    assert 180 <= antall_ord <= 400
    assert (
        list(Prosjekt.objects.filter(slug__startswith="mengde-").values_list("tittel", "tekst__utfordring")) == foerste
    )


def test_mengden_spres_paa_fylker_eiere_faser_og_utfall():
    mengde.lag(300)
    prosjekter = Prosjekt.objects.filter(slug__startswith="mengde-")

    assert prosjekter.values("eier").distinct().count() > 60
    assert prosjekter.values("eier__fylke").distinct().count() == Fylke.objects.count()
    assert set(prosjekter.values_list("fase", flat=True)) == set(Fase.values)
    assert set(prosjekter.values_list("utfall", flat=True)) == set(Utfall.values)
    assert 0.05 < prosjekter.filter(malform="nn").count() / 300 < 0.2
