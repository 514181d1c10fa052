"""Pictures, attachments and links on a project: who may do what, mending and deleting, what is left over, and KS who takes one down."""

import os
import re
import time
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from prosjekter import fillager
from prosjekter.eksempler import filer as eksempelfiler
from prosjekter.handlinger import fil as handlinger
from prosjekter.handlinger import nedtaking as nedtaking_handlinger
from prosjekter.handlinger import prosjekt as prosjekthandlinger
from prosjekter.kodeverk import Status, Synlighet
from prosjekter.models import (
    Bilde,
    Innholdsmelding,
    Lenke,
    Modereringssak,
    Prosjekt,
    Prosjektsok,
    Prosjekttekst,
    Vedlegg,
)
from tests.fabrikker import lag_prosjekt
from tests.felles import filer
from tests.prosjekter.filer.hjelpere import OM_BILDET, adresse, ny_lenke, nytt_bilde, nytt_vedlegg, paa_disk, side
from utboks.models import Epost

pytestmark = pytest.mark.django_db


# ---- Who -----------------------------------------------------------------------------------------------------------

EIERE = ("eier", "kollega", "ansvarlig")


@pytest.mark.parametrize("rolle", ["fremmed", "eier", "kollega", "ansvarlig", "partner", "folgeforsker", "moderator"])
@pytest.mark.parametrize("navn", ["nytt_bilde", "nytt_vedlegg", "ny_lenke"])
def test_bare_eierne_legger_til(som, prosjekt, rolle, navn):
    assert som(rolle).get(adresse(navn)).status_code == (200 if rolle in EIERE else 403)


@pytest.mark.parametrize("rolle", ["fremmed", "partner", "folgeforsker", "moderator"])
def test_andre_kan_ikke_endre_flytte_eller_slette(som, roller, prosjekt, rolle):
    rad = ny_lenke(prosjekt, roller["eier"])
    klient = som(rolle)

    for navn in ("rediger_fil", "flytt_fil", "slett_fil"):
        svar = klient.post(
            adresse(navn, "lenke", rad.pk), {"fra": 0, "til": 0, "tittel": "Kapret", "url": "https://x.example"}
        )
        assert svar.status_code == 403, navn
    with pytest.raises(PermissionDenied):
        handlinger.slett(rad, av=roller[rolle])
    assert Lenke.objects.get().tittel == "Rapport"


def test_i_et_arkivert_prosjekt_endres_ingenting(som, roller, prosjekt):
    rad = ny_lenke(prosjekt, roller["eier"])
    Prosjekt.objects.update(status=Status.ARKIVERT)

    assert som("eier").post(adresse("slett_fil", "lenke", rad.pk)).status_code == 403
    assert som("eier").get(adresse("nytt_bilde")).status_code == 403


def test_ks_ser_filsiden_men_legger_ikke_til(som, roller, prosjekt):
    ny_lenke(prosjekt, roller["eier"])

    html = som("moderator").get(adresse("filer")).content.decode()

    assert "Ta ned" in html
    assert "Legg til lenke" not in html
    assert som("fremmed").get(adresse("filer")).status_code == 403


@pytest.mark.parametrize("slag", ["bilde", "vedlegg", "lenke"])
def test_en_kladds_filer_finnes_ikke_for_andre(som, roller, slag):
    kladd = lag_prosjekt("Hemmelig", slug="samtalen", eier=roller.kommunen, status=Status.KLADD)
    rad = {"bilde": nytt_bilde, "vedlegg": nytt_vedlegg, "lenke": ny_lenke}[slag](kladd, roller["eier"])

    for rolle in ("anonym", "fremmed", "moderator", "folgeforsker"):
        klient = som(rolle)
        assert klient.get(adresse("filer")).status_code == (302 if rolle == "anonym" else 404)
        assert klient.get(adresse("rediger_fil", slag, rad.pk)).status_code == (302 if rolle == "anonym" else 404)
        assert klient.get(adresse("meld_fil")).status_code == (302 if rolle == "anonym" else 404)
    assert som("eier").get(adresse("rediger_fil", slag, rad.pk)).status_code == 200


# ---- Mending, moving, deleting -------------------------------------------------------------------------------------


def test_teksten_om_et_bilde_kan_rettes(som, roller, prosjekt):
    bilde = nytt_bilde(prosjekt, roller["eier"])

    som("kollega").post(
        adresse("rediger_fil", "bilde", bilde.pk), {**OM_BILDET, "alt_tekst": "To nye stoler.", "versjon": 1}
    )

    assert 'alt="To nye stoler."' in side()


def test_to_som_retter_samtidig_ser_hverandres_tekst(som, roller, prosjekt):
    rad = ny_lenke(prosjekt, roller["eier"])
    rediger = adresse("rediger_fil", "lenke", rad.pk)
    som("eier").post(rediger, {"url": rad.url, "tittel": "Eiers tittel", "versjon": 1})

    svar = som("kollega").post(rediger, {"url": rad.url, "tittel": "Kollegas tittel", "versjon": 1})

    html = svar.content.decode()
    assert svar.status_code == 409
    assert "Eiers" in html
    assert "Kollegas" in html
    assert Lenke.objects.get().tittel == "Eiers tittel"


def test_en_lenke_kan_ikke_rettes_til_en_som_finnes(som, roller, prosjekt):
    ny_lenke(prosjekt, roller["eier"])
    rad = ny_lenke(prosjekt, roller["eier"], "https://b.example/")

    svar = som("eier").post(
        adresse("rediger_fil", "lenke", rad.pk), {"url": "https://a.example/x", "tittel": "Ny", "versjon": 1}
    )

    assert "Lenken ligger her fra før" in svar.content.decode()


def test_rekkefoelgen_endres_med_knapper_og_med_et_dra(som, roller, prosjekt):
    a, b, c = (ny_lenke(prosjekt, roller["eier"], f"https://{n}.example", n) for n in "abc")
    klient = som("eier")

    def rekkefolge():
        return "".join(Lenke.objects.values_list("tittel", flat=True))

    html = klient.get(adresse("filer")).content.decode()
    assert len(re.findall(r'name="til" value="0"', html)) == 2  # «Opp» on the second, «Øverst» on the third
    svar = klient.post(adresse("flytt_fil", "lenke", c.pk), {"fra": 2, "til": 1})
    assert svar["Location"].endswith(f"#lenke-{c.pk}")
    assert rekkefolge() == "acb"
    assert klient.post(adresse("flytt_fil", "lenke", a.pk), {"fra": 0, "til": 2, "stille": 1}).status_code == 204
    assert rekkefolge() == "cba"
    for tull in ({"fra": 0, "til": 1}, {"fra": "x", "til": "-1"}, {}, {"fra": 99, "til": 0}, {"fra": "²", "til": 0}):
        klient.post(adresse("flytt_fil", "lenke", b.pk), tull)  # not where it says it is: a second click
    assert rekkefolge() == "cba"
    klient.post(adresse("flytt_fil", "lenke", b.pk), {"fra": 1, "til": 999})
    assert rekkefolge() == "cab"


def test_det_foerste_bildet_staar_oeverst_og_resten_lenger_nede(roller, prosjekt):
    for farge in ("red", "blue"):
        nytt_bilde(prosjekt, roller["eier"], innhold=filer.bildefil(farge=farge), alt_tekst=f"Bilde {farge}")
    handlinger.flytt(Bilde.objects.last(), fra=1, til=0, av=roller["eier"])

    html = side()

    assert (
        html.index("Bilde blue") < html.index('id="utfordring"') < html.index('id="bilder"') < html.rindex("Bilde red")
    )
    assert 'loading="lazy"' in html[html.index('id="bilder"') :]
    assert 'loading="lazy"' not in html[: html.index('id="utfordring"')]


def test_mange_bilder_foldes_bort_etter_de_fem_foerste(roller, prosjekt):
    for nummer in range(7):
        nytt_bilde(prosjekt, roller["eier"], innhold=filer.bildefil(100 + nummer, 90), alt_tekst=f"Bilde {nummer}.")

    html = side()

    assert html.index("Bilde 4.") < html.index("Vis 2 bilder til") < html.index("Bilde 5.")


@pytest.mark.django_db(transaction=True)
def test_det_som_slettes_er_borte_med_filene_sine_naar_det_er_sikkert(som, roller, prosjekt, lager):
    bilde = nytt_bilde(prosjekt, roller["eier"])
    bevart = nytt_vedlegg(prosjekt, roller["eier"])
    sporsmal = som("eier").get(adresse("slett_fil", "bilde", bilde.pk))
    assert "Slette «To stoler.»?" in sporsmal.content.decode()
    assert Bilde.objects.exists()

    with pytest.raises(RuntimeError), transaction.atomic():
        handlinger.slett(bilde, av=roller["eier"])
        raise RuntimeError
    assert len(paa_disk(lager)) == 5

    som("eier").post(adresse("slett_fil", "bilde", bilde.pk))
    assert som("eier").post(adresse("slett_fil", "bilde", bilde.pk)).status_code == 302
    assert paa_disk(lager) == [fillager.sti(bevart, handlinger.VEDLEGGSNAVN)]
    assert Prosjekt.objects.get().antall_bilder == 0


@pytest.mark.django_db(transaction=True)
def test_en_kladd_som_slettes_tar_filene_med_seg(roller, lager):
    kladd = lag_prosjekt(eier=roller.kommunen, status=Status.KLADD, opprettet_av=roller["eier"])
    nytt_bilde(kladd, roller["eier"])
    nytt_vedlegg(kladd, roller["eier"])

    prosjekthandlinger.slett(kladd, av=roller["eier"])

    assert paa_disk(lager) == []
    assert not Bilde.historikk.exists()


def test_det_som_er_slettet_mens_noen_retter_det_er_ikke_funnet(som, roller, prosjekt):
    rad = ny_lenke(prosjekt, roller["eier"])
    for navn in ("rediger_fil", "flytt_fil", "ta_ned_fil", "legg_tilbake_fil"):
        Lenke.objects.all().delete()
        svar = som("eier").post(adresse(navn, "lenke", rad.pk), {"fra": 0, "til": 1, "versjon": 1})
        assert svar.status_code == 404, navn
    assert som("eier").get(adresse("rediger_fil", "noe", 1)).status_code == 404


# ---- What is left over ---------------------------------------------------------------------------------------------


def gammel(lager, sti):
    (lager / sti).parent.mkdir(parents=True, exist_ok=True)
    (lager / sti).write_bytes(b"x")
    to_dager_siden = time.time() - 2 * 24 * 3600
    os.utime(lager / sti, (to_dager_siden, to_dager_siden))


def test_rester_ryddes_men_ikke_det_som_er_paa_vei_eller_i_bruk(roller, prosjekt, lager):
    i_bruk = [fillager.sti(nytt_vedlegg(prosjekt, roller["eier"]), handlinger.VEDLEGGSNAVN)]
    for sti in i_bruk:
        os.utime(lager / sti, (0, 0))
    rest = uuid.uuid4()
    gammel(lager, f"bilder/{rest.hex[:2]}/{rest}/a-480.webp")
    gammel(lager, f"vedlegg/{rest.hex[:2]}/{rest}/innhold")
    gammel(lager, "vedlegg/LESMEG/noe.txt")  # not ours
    paa_vei = f"vedlegg/{rest.hex[:2]}/{uuid.uuid4()}/innhold"
    (lager / paa_vei).parent.mkdir(parents=True)
    (lager / paa_vei).write_bytes(b"x")

    fillager.rydd()

    assert paa_disk(lager) == sorted([*i_bruk, paa_vei, "vedlegg/LESMEG/noe.txt"])


def test_et_tomt_lager_er_greit_aa_rydde():
    fillager.rydd()


def test_drept_mellom_fil_og_rad_etterlater_bare_en_rest(roller, prosjekt, monkeypatch, lager):
    def drept(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(handlinger, "_skriv_ny", drept)
    monkeypatch.setattr(handlinger, "_glem_filene", lambda rad: None)  # there was no time

    with pytest.raises(KeyboardInterrupt):
        nytt_vedlegg(prosjekt, roller["eier"])

    assert not Vedlegg.objects.exists()
    assert len(paa_disk(lager)) == 1


# ---- KS, reports, notices ------------------------------------------------------------------------------------------


def test_nytt_i_et_publisert_prosjekt_ser_ks_paa_etterpaa(som, roller, prosjekt):
    versjon = prosjekt.versjon
    nytt_bilde(prosjekt, roller["eier"])
    ny_lenke(prosjekt, roller["eier"])

    sak = Modereringssak.objects.get()
    assert sak.er_etterkontroll
    assert 'alt="To stoler."' in som("moderator").get(reverse("prosjekter:sak", args=[sak.pk])).content.decode()
    assert Prosjekt.objects.get().versjon == versjon


def test_ks_ser_hva_som_er_nytt_siden_sist(som, roller, prosjekt):
    gammel = ny_lenke(prosjekt, roller["eier"], tittel="Sett før")
    prosjekthandlinger.merk_sett(Modereringssak.objects.get(), av=roller["moderator"], versjon=prosjekt.versjon)
    ny_lenke(prosjekt, roller["eier"], "https://ny.example", tittel="Helt ny")
    handlinger.slett(gammel, av=roller["eier"])

    sak = Modereringssak.objects.get(avgjort_tid=None)
    html = som("moderator").get(reverse("prosjekter:sak", args=[sak.pk])).content.decode()

    assert "lenke: Helt ny </ins>" in html
    assert "lenke: Sett før </del>" in html


def test_enhver_innlogget_kan_melde_fra_og_ks_tar_ned_bare_det(som, roller, prosjekt):
    bilde = nytt_bilde(prosjekt, roller["eier"])
    lenke = ny_lenke(prosjekt, roller["eier"])
    assert "Meld fra om et bilde eller en fil" in side()

    for _klikk in range(2):
        som("fremmed").post(
            adresse("meld_fil"), {"hva": f"bilde-{bilde.pk}", "grunn": "personopplysninger", "tekst": "Ansikt"}
        )
    assert Innholdsmelding.objects.get().om == bilde
    koen = som("moderator").get(reverse("prosjekter:innholdsmeldinger")).content.decode()
    assert "Bilde «To stoler.», Samtalen" in koen
    assert bilde.get_absolute_url() in koen

    svar = som("moderator").post(
        adresse("ta_ned_fil", "bilde", bilde.pk),
        {"grunn": "personopplysninger", "begrunnelse": "Et ansikt kan kjennes igjen."},
    )
    assert svar.status_code == 302
    assert "To stoler." not in side()
    assert lenke.tittel in side()
    assert Client().get(bilde.adresse(bilde.bredde, "jpg")).status_code == 404
    assert som("fremmed").get(bilde.adresse(bilde.bredde, "jpg")).status_code == 404
    assert som("eier").get(bilde.adresse(bilde.bredde, "jpg")).status_code == 200
    brev = Epost.objects.get(til=roller["eier"].email)
    assert "Et ansikt kan kjennes igjen." in brev.tekst
    assert "Tatt ned av KS" in som("eier").get(adresse("filer")).content.decode()

    assert "KS har tatt ned noe i Samtalen" in som("eier").get(reverse("minside")).content.decode()

    som("moderator").post(adresse("legg_tilbake_fil", "bilde", bilde.pk))
    assert "To stoler." in side()
    assert "KS har tatt ned noe" not in som("eier").get(reverse("minside")).content.decode()


def test_meld_om_noe_i_et_annet_prosjekt_gaar_ikke(som, roller, prosjekt):
    annet = lag_prosjekt(eier=roller.kommunen, status=Status.KLADD)
    hemmelig = ny_lenke(annet, roller["eier"], tittel="Hemmelig")
    ny_lenke(prosjekt, roller["eier"])

    svar = som("fremmed").post(adresse("meld_fil"), {"hva": f"lenke-{hemmelig.pk}", "grunn": "reklame"})

    assert svar.status_code == 200
    assert "Hemmelig" not in svar.content.decode()
    assert not Innholdsmelding.objects.exists()


def test_historikken_forteller_hvem_som_la_til_og_slettet(som, roller, prosjekt):
    rad = ny_lenke(prosjekt, roller["eier"])
    handlinger.slett(rad, av=roller["kollega"])

    html = som("eier").get(reverse("prosjekter:historikk", args=["samtalen"])).content.decode()

    assert "la til en lenke" in html
    assert "slettet en lenke" in html


def test_det_jeg_har_lagt_til_staar_i_mine_data(som, roller, prosjekt):
    ny_lenke(prosjekt, roller["eier"])

    assert som("eier").get(reverse("mine_data")).json()["har_lagt_til"][0]["navn"] == "Rapport"


# ---- Queries -------------------------------------------------------------------------------------------------------


def test_uten_filer_koster_de_ingenting_og_med_foerti_like_mye_som_med_en(roller, prosjekt, django_assert_num_queries):
    uten = len(_sporringer(lambda: Client().get("/prosjekter/samtalen/")))
    for nummer in range(3):
        nytt_bilde(prosjekt, roller["eier"], innhold=filer.bildefil(100 + nummer, 100))
        nytt_vedlegg(prosjekt, roller["eier"])
        ny_lenke(prosjekt, roller["eier"], f"https://{nummer}.example")
    tre = len(_sporringer(lambda: Client().get("/prosjekter/samtalen/")))
    Bilde.objects.bulk_create(_kopier(Bilde.objects.first(), 17))
    Vedlegg.objects.bulk_create(_kopier(Vedlegg.objects.first(), 37))

    mange = _sporringer(lambda: Client().get("/prosjekter/samtalen/"))

    assert tre == uten + 3
    assert len(mange) == tre


def test_filsiden_har_like_mange_spoerringer(som, roller, prosjekt):
    klient, antall = som("eier"), []
    for nummer in range(3):
        nytt_bilde(prosjekt, roller["eier"], innhold=filer.bildefil(100 + nummer, 100))
        nytt_vedlegg(prosjekt, roller["eier"])
        ny_lenke(prosjekt, roller["eier"], f"https://{nummer}.example")
        antall.append(len(_sporringer(lambda: klient.get(adresse("filer")))))

    assert len(set(antall)) == 1


def _kopier(rad, antall):
    for _nr in range(antall):
        rad.pk, rad.nokkel, rad.mappe, rad.sjekksum = None, uuid.uuid4(), uuid.uuid4(), uuid.uuid4().hex
        yield type(rad)(**{f.attname: getattr(rad, f.attname) for f in rad._meta.concrete_fields})


def _sporringer(gjor):
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as sporringer:
        assert gjor().status_code == 200
    return sporringer


def test_sektorens_filer_er_ikke_for_alle(som, roller):
    lag_prosjekt("Sektor", slug="samtalen", eier=roller.kommunen, synlighet=Synlighet.SEKTOR)
    vedlegg = nytt_vedlegg(Prosjekt.objects.get(), roller["eier"])

    assert Client().get(vedlegg.adresse).status_code == 404
    assert som("fremmed").get(vedlegg.adresse)["Cache-Control"] == "private, no-store"


def test_det_spoerres_bare_om_den_gamle_teksten_der_den_finnes(som, prosjekt):
    skjema = adresse("rediger_seksjon", "deling")
    assert "i egne ord" not in som("eier").get(skjema).content.decode()

    Prosjekttekst.objects.update(lenker="Ring oss.")
    assert "i egne ord" in som("eier").get(skjema).content.decode()

    som("eier").post(skjema, {"versjon": prosjekt.versjon, "lenker": ""})
    assert Prosjekttekst.objects.get().lenker == ""


def test_det_et_vedlegg_heter_kan_soekes_opp_til_det_tas_ned(roller, prosjekt):
    vedlegg = nytt_vedlegg(prosjekt, roller["eier"], tittel="Risikovurdering av nattkamera")
    assert "Samtalen" in Client().get("/prosjekter/?q=risikovurdering").content.decode()

    nedtaking_handlinger.ta_ned(vedlegg, grunn="reklame", begrunnelse="Reklame.", av=roller["moderator"])

    assert Prosjekt.objects.get().antall_vedlegg == 0
    assert Prosjektsok.objects.filter(pk=prosjekt.pk).exists()
    assert "Samtalen" not in Client().get("/prosjekter/?q=risikovurdering").content.decode()


def test_samme_merke_i_to_prosjekter_blir_to_ting(roller, prosjekt):
    annet = lag_prosjekt(eier=roller.kommunen)

    for hvor in (prosjekt, annet):
        handlinger.legg_til_lenke(hvor, tittel="A", url="https://a.example", nokkel="tuklet", av=roller["eier"])

    assert Lenke.objects.count() == 2


def test_eksemplene_legger_ikke_til_en_lenke_som_sto_i_teksten_fra_for(db):
    slug, tittel, url = eksempelfiler.LENKER[0]
    prosjekt = lag_prosjekt(slug=slug, er_eksempel=True)
    Lenke.objects.create(prosjekt=prosjekt, tittel=tittel, url=url)

    eksempelfiler.lag()

    assert Lenke.objects.filter(prosjekt=prosjekt, url=url).count() == 1
    assert Lenke.objects.filter(prosjekt=prosjekt).count() == len(eksempelfiler.LENKER)
