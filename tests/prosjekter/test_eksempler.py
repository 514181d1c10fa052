"""The example data: varied enough to show the portal, invented throughout, marked everywhere, and easy to remove."""

import csv
import re
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kommuner.models import Bruker, Fylke, Nettdomene, Organisasjon
from missions.models import Hovedprosjekt, Mission, Samfunnsutfordring
from prosjekter.eksempler import bygger, innhold, mengde
from prosjekter.kodeverk import KODELISTER, Fase, Partnerrolle, Status, Stoppgrunn, Utfall
from prosjekter.models import Deltakelse, Klassifisering, Modereringssak, Prosjekt, Prosjekttekst
from tests.fabrikker import lag_bruker, lag_fylke, lag_organisasjon, lag_prosjekt

REGISTER = Path(__file__).resolve().parents[2] / "kommuner" / "data"
PROSJEKTER = innhold.prosjekter()
SKREVET_FERDIG = [p for p in PROSJEKTER if p.get("moderering") != "kladd"]
FYLKER = {o["fylke"] for o in innhold.organisasjoner() if "fylke" in o}


@pytest.fixture
def fylker(db):
    return [lag_fylke(f"Fylke {nummer}", nummer) for nummer in sorted(FYLKER)]


@pytest.fixture
def lastet(fylker):
    return bygger.last()


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


# The content itself ---------------------------------------------------------------------------------------------


def test_det_er_omtrent_seksti_prosjekter_i_alle_faser_og_utfall():
    assert 60 <= len(PROSJEKTER) <= 75
    assert {p["fase"] for p in PROSJEKTER} == set(Fase.values)
    assert {p["utfall"] for p in PROSJEKTER} == set(Utfall.values)


def test_minst_tolv_virket_ikke_eller_stoppet_og_alle_de_sier_hva_vi_laerte():
    gikk_ikke = [p for p in PROSJEKTER if p["utfall"] in ("virket_ikke", "stoppet")]

    assert len(gikk_ikke) >= 12
    assert [p["nokkel"] for p in gikk_ikke if not (p["resultat"].strip() and p["laering"].strip())] == []


def test_stoppgrunn_staar_naar_det_stoppet_og_bare_da():
    grunner = {p["nokkel"]: (p["utfall"], p.get("stoppgrunn")) for p in PROSJEKTER}

    assert all((grunn in Stoppgrunn.values) == (utfall == "stoppet") for utfall, grunn in grunner.values())


def test_omtrent_en_fjerdedel_er_paa_nynorsk():
    malform = Counter(p.get("malform", "nb") for p in PROSJEKTER)

    assert 0.2 <= malform["nn"] / len(PROSJEKTER) <= 0.3
    assert malform["en"] == 2


def test_nynorsktekstene_har_ikke_bokmaalsord():
    bokmaal = re.compile(
        r"\b(ikke|jeg|hva|hvem|hvor|noe|noen|fra|bare hvis|eller ikke|mye|kommer fra)\b", re.IGNORECASE
    )
    tekster = {
        p["nokkel"]: " ".join(str(p.get(f, "")) for f in ("tittel", "ingress", *bygger.TEKSTFELT))
        for p in PROSJEKTER
        if p.get("malform") == "nn"
    }

    assert {nokkel: funn for nokkel, tekst in tekster.items() if (funn := bokmaal.findall(tekst))} == {}


def test_ingress_og_tittel_er_korte_nok():
    assert [p["nokkel"] for p in PROSJEKTER if len(p["ingress"]) > 300 or len(p["tittel"]) > 140] == []


def test_det_som_er_sendt_inn_er_fylt_ut():
    maa_ha = ("ingress", "utfordring", "losning", "tjenesteomrader", "kontaktrolle", "opphav", "startet")

    assert [(p["nokkel"], felt) for p in SKREVET_FERDIG for felt in maa_ha if not p.get(felt)] == []


def test_kodene_finnes():
    ukjente = [
        (p["nokkel"], felt, verdi)
        for p in PROSJEKTER
        for felt, liste in bygger.KODEFELT.items()
        for verdi in p[felt]
        if verdi not in KODELISTER[liste].values
    ]

    assert ukjente == []
    assert {rolle for p in PROSJEKTER for rolle in p.get("partnere", {}).values()} <= set(Partnerrolle.values)


def test_ingen_oppdiktet_kommune_heter_som_en_ekte():
    ekte = set()
    for fil in REGISTER.glob("*.csv"):
        for rad in csv.DictReader(fil.open(encoding="utf-8")):
            felt = [v for k, v in rad.items() if v and ("navn" in k or k == "administrasjonssenter")]
            ekte.update(navn.lower() for verdi in felt for navn in verdi.split(" - "))
    oppdiktet = {re.sub(r"^bydel | fylkeskommune$", "", o["navn"].lower()) for o in innhold.organisasjoner()}

    assert "halden" in ekte
    assert oppdiktet & ekte == set()


def test_ingen_tekst_nevner_en_ekte_kommune():
    rader = csv.DictReader((REGISTER / "kommuner.csv").open(encoding="utf-8"))
    vanlige_ord = {
        "Os",
        "Bø",
        "Ås",
        "Ål",
        "Vik",
        "Nes",
        "Flå",
        "Hol",
        "Eid",
        "Lund",
        "Lom",
        "Sel",
        "Time",
        "Alta",
        "Moss",
    }
    ekte = {rad["navn"] for rad in rader} - vanlige_ord
    tekster = " ".join(str(verdi) for p in PROSJEKTER for verdi in p.values())

    assert {navn for navn in ekte if re.search(rf"\b{re.escape(navn)}\b", tekster)} == set()


def test_alle_fylker_har_en_oppdiktet_kommune():
    kommuner = [o for o in innhold.organisasjoner() if o["sektor"] == "kommune" and o["niva"] == "kommune"]

    assert len({o["fylke"] for o in kommuner}) == 15
    assert all("kart" in o for o in kommuner)


def test_ingen_adresse_kan_naa_noen():
    adresser = [p["email"] for p in innhold.personer()]

    assert [a for a in adresser if not a.endswith(".example")] == []
    assert len(adresser) == len(set(adresser))


# The records ----------------------------------------------------------------------------------------------------


def test_alt_er_merket_som_eksempeldata(lastet):
    assert lastet["prosjekter"] == len(PROSJEKTER)
    assert not Prosjekt.objects.filter(er_eksempel=False).exists()
    assert not Bruker.objects.filter(er_eksempel=False).exists()
    assert not Mission.objects.filter(er_eksempel=False).exists()
    assert list(Organisasjon.objects.filter(er_eksempel=False).values_list("navn", flat=True)) == ["KS"]


def test_to_ganger_er_som_en_gang(lastet):
    foer = tall_i_basen()

    assert set(bygger.last().values()) == {0}
    assert tall_i_basen() == foer


def test_det_noen_har_endret_i_et_eksempel_faar_staa(lastet):
    Prosjekt.objects.filter(slug="hybelvert").update(tittel="Min nye tittel", slug="min-nye")

    bygger.last()

    assert Prosjekt.objects.get(slug="min-nye").tittel == "Min nye tittel"
    assert not Prosjekt.objects.filter(slug="hybelvert").exists()


def test_postene_holder_de_reglene_skjemaene_ellers_passer_paa(lastet):
    for modell in (Organisasjon, Nettdomene, Mission, Prosjekt, Prosjekttekst, Deltakelse, Modereringssak):
        for post in modell.objects.all():
            post.full_clean(exclude=["opprettet_av", "innsendt_av"])  # whoever it was may have been erased


def test_ingenting_er_publisert_foer_det_begynte_eller_endret_i_framtiden(lastet):
    for prosjekt in Prosjekt.objects.filter(status=Status.PUBLISERT):
        assert prosjekt.start_dato <= prosjekt.publisert_tid.date()
        assert prosjekt.opprettet_tid < prosjekt.publisert_tid <= prosjekt.endret_tid


def test_koen_har_saker_av_ulik_alder_og_en_til_ettersyn(lastet):
    apne = list(Modereringssak.objects.apne().values_list("prosjekt__slug", "er_etterkontroll"))

    assert apne == [
        ("vikarpool-for-sma-skular", False),
        ("flytterettleiar-for-eldre", False),
        ("familierad-for-vedtak", False),
        ("nabolagsmidler-pa-tirsdag", True),
        ("byggesak-pa-en-side", False),
    ]


def test_anonym_ser_bare_det_som_er_publisert(lastet, client):
    from django.contrib.auth.models import AnonymousUser

    synlige = Prosjekt.objects.synlige_for(AnonymousUser())

    assert set(synlige.values_list("status", "synlighet")) == {("publisert", "apen")}
    assert not synlige.filter(slug__in=["ovingsrom-i-tomt-fjos", "folk-i-jobb-gjennom-vintersesongen"]).exists()


def test_en_ny_adresse_hos_en_eksempelkommune_hoerer_til_der(lastet):
    assert Nettdomene.objects.get(domene="granli.example").organisasjon.navn == "Granli"


# The command ----------------------------------------------------------------------------------------------------


def test_uten_register_sier_kommandoen_hva_som_mangler(db, settings):
    settings.DEBUG = True

    with pytest.raises(CommandError, match="last_register"):
        call_command("last_eksempler", verbosity=0)


def test_kommandoen_nekter_i_produksjon(fylker, settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="--tving"):
        call_command("last_eksempler", verbosity=0)
    assert not Prosjekt.objects.exists()


def test_kommandoen_skriver_hvem_man_kan_logge_inn_som(fylker, settings):
    settings.DEBUG = True
    ut = StringIO()

    call_command("last_eksempler", stdout=ut)

    assert "runa.haugset@fjordvik.example" in ut.getvalue()
    assert "gunnvor.lien.aarsheim" not in ut.getvalue()


def test_en_ekte_organisasjon_paa_samme_adresse_stopper_lastingen(fylker, settings):
    settings.DEBUG = True
    lag_organisasjon("Granli", slug="granli")

    with pytest.raises(CommandError, match="ikke eksempeldata"):
        call_command("last_eksempler", verbosity=0)
    assert not Prosjekt.objects.exists()


def test_fjern_tar_bort_eksemplene_og_bare_dem(lastet):
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


def test_etter_fjern_kan_de_lastes_paa_nytt(lastet):
    call_command("last_eksempler", fjern=True, verbosity=0)

    assert bygger.last()["prosjekter"] == len(PROSJEKTER)


# Volume ---------------------------------------------------------------------------------------------------------


def test_mengde_lager_like_mange_som_det_blir_bedt_om_og_bare_de_som_mangler(lastet):
    assert mengde.lag(12) == 12
    assert mengde.lag(15) == 3
    assert mengde.lag(15) == 0
    assert Prosjekt.objects.filter(slug__startswith="mengde-").count() == 15
    assert not Prosjekt.objects.filter(er_eksempel=False).exists()


def test_mengdetekst_er_lang_nok_og_lik_hver_gang(lastet):
    mengde.lag(3)
    foerste = list(Prosjekt.objects.filter(slug__startswith="mengde-").values_list("tittel", "tekst__utfordring"))
    call_command("last_eksempler", fjern=True, verbosity=0)
    bygger.last()
    mengde.lag(3)

    tekst = Prosjekttekst.objects.get(prosjekt__slug="mengde-1")
    antall_ord = sum(len(getattr(tekst, felt).split()) for felt in bygger.TEKSTFELT)
    assert 180 <= antall_ord <= 400
    assert (
        list(Prosjekt.objects.filter(slug__startswith="mengde-").values_list("tittel", "tekst__utfordring")) == foerste
    )


def test_mengden_spres_paa_fylker_eiere_faser_og_utfall(lastet):
    mengde.lag(300)
    prosjekter = Prosjekt.objects.filter(slug__startswith="mengde-")

    assert prosjekter.values("eier").distinct().count() > 60
    assert prosjekter.values("eier__fylke").distinct().count() == Fylke.objects.count()
    assert set(prosjekter.values_list("fase", flat=True)) == set(Fase.values)
    assert set(prosjekter.values_list("utfall", flat=True)) == set(Utfall.values)
    assert 0.05 < prosjekter.filter(malform="nn").count() / 300 < 0.2
