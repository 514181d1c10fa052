"""What is done with a project besides writing it: sent in, taken down, put away, deleted; and who comes in at its pages."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from prosjekter import krav
from prosjekter.handlinger import deltakelse as deltakelse_handlinger
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.kodeverk import Status
from prosjekter.models import Modereringssak, Prosjekt, Prosjekttekst
from tests.prosjekter.test_registrering import NY, kladd, kort, seksjon, tre_felt
from utboks.models import Epost

pytestmark = pytest.mark.django_db


# ---- Sending in ----------------------------------------------------------------------------------------------------


def test_innsendingssiden_sier_noeyaktig_hva_som_mangler(som, roller):
    prosjekt = kladd(roller, ingress="", kontaktrolle="", fase="drift", utfall="stoppet")

    html = som("eier").get(reverse("prosjekter:send_inn", args=[prosjekt.slug])).content.decode()

    for felt, sted in [
        ("ingress", "kort"), ("kontaktrolle", "kontakt"), ("innovasjonstype", "forsoket"), ("opphav", "forsoket"),
        ("alene_fordi", "hvem"), ("laering", "skjedde"), ("stoppgrunn", "skjedde"), ("forutsetninger", "skjedde"),
        ("avviklinger", "skjedde"), ("gevinster", "nytte"),
    ]:  # fmt: skip
        assert f'href="{seksjon(prosjekt, sted)}#id_{felt}"' in html
    assert "10 svar mangler" in html


def test_feltet_det_lenkes_til_finnes_paa_siden(som, roller):
    prosjekt = kladd(roller, ingress="", kontaktrolle="", fase="drift", utfall="stoppet")
    klient = som("eier")

    for sporsmal in krav.mangler(krav.les(prosjekt)):
        html = klient.get(seksjon(prosjekt, sporsmal.seksjon)).content.decode()
        assert f'id="id_{sporsmal.felt}"' in html or f'id="id_{sporsmal.felt}_0"' in html


def test_send_inn_uten_det_som_maa_til_blir_ikke_noe_av(som, roller):
    prosjekt = kladd(roller, ingress="")

    svar = som("eier").post(reverse("prosjekter:send_inn", args=[prosjekt.slug]))

    assert svar.status_code == 422
    assert "Skriv en ingress" in svar.content.decode()
    prosjekt.refresh_from_db()
    assert prosjekt.status == Status.KLADD


def test_to_klikk_paa_send_inn_gir_en_sak_og_en_epost(som, roller):
    moderator = roller["moderator"]
    prosjekt = kladd(roller)
    klient = som("eier")

    for _klikk in range(2):
        svar = klient.post(reverse("prosjekter:send_inn", args=[prosjekt.slug]))
        assert svar.status_code == 302

    assert Modereringssak.objects.filter(prosjekt=prosjekt).count() == 1
    assert list(Epost.objects.values_list("til", flat=True)) == [moderator.email]
    assert len(list(get_messages(svar.wsgi_request))) == 1


# ---- Everyone at every page ----------------------------------------------------------------------------------------

SIDER = {
    "rediger_seksjon": ("kort",),
    "send_inn": (),
    "legg_til_deltaker": (),
    "foresla_mission": (),
    "forhandsvis": (),
    "historikk": (),
    "slett": (),
}
DELTAKERE = ("eier", "kollega", "ansvarlig")


@pytest.mark.parametrize("navn", SIDER)
@pytest.mark.parametrize(
    "rolle", ["anonym", "fremmed", "eier", "kollega", "ansvarlig", "moderator", "missionkurator", "folgeforsker"]
)
def test_bare_deltakerne_kommer_inn_i_en_kladd(som, roller, navn, rolle):
    prosjekt = kladd(roller, tittel="Hemmelig tittel")

    svar = som(rolle).get(reverse(f"prosjekter:{navn}", args=[prosjekt.slug, *SIDER[navn]]))

    if rolle == "anonym":
        assert svar["Location"].startswith(reverse("account_login"))
    elif rolle not in DELTAKERE:
        assert svar.status_code == 404
    elif navn == "slett" and rolle == "kollega":
        assert svar.status_code == 403
    else:
        assert svar.status_code in (200, 302)
    assert rolle in DELTAKERE or "Hemmelig tittel" not in svar.content.decode()


@pytest.mark.parametrize(
    ("navn", "hvem"),
    [
        ("rediger_seksjon", DELTAKERE),
        ("send_inn", DELTAKERE),
        ("legg_til_deltaker", DELTAKERE),
        ("forhandsvis", (*DELTAKERE, "moderator", "administrator")),
        ("historikk", (*DELTAKERE, "moderator", "administrator", "folgeforsker")),
        ("slett", ()),
    ],
)
def test_av_et_publisert_prosjekt_faar_leseren_403_og_ikke_mer(som, roller, navn, hvem):
    prosjekt = kladd(roller, status=Status.PUBLISERT)
    adresse = reverse(f"prosjekter:{navn}", args=[prosjekt.slug, *SIDER[navn]])

    svar = {
        r: som(r).get(adresse).status_code
        for r in (*DELTAKERE, "fremmed", "partner", "moderator", "administrator", "folgeforsker", "missionkurator")
    }

    assert {r for r, kode in svar.items() if kode in (200, 302)} == set(hvem)
    assert {kode for r, kode in svar.items() if r not in hvem} <= {403}


def test_medeier_kan_redigere_men_ikke_ta_ned(som, roller):
    prosjekt = kladd(roller, status=Status.PUBLISERT)
    deltakelse_handlinger.legg_til_deltaker(
        prosjekt, organisasjon=roller.partneren, rolle="medeier", av=roller["moderator"]
    )
    klient = som("partner")

    assert klient.get(seksjon(prosjekt, "kort")).status_code == 200
    assert klient.get(reverse("prosjekter:gjor", args=[prosjekt.slug, "avpubliser"])).status_code == 403
    assert klient.get(reverse("prosjekter:gjor", args=[prosjekt.slug, "arkiver"])).status_code == 403


@pytest.mark.parametrize(
    ("navn", "fra", "til"),
    [("trekk", "innsendt", "kladd"), ("arkiver", "publisert", "arkivert"), ("gjenapne", "arkivert", "kladd")],
)
def test_get_spoer_og_post_gjoer(som, roller, navn, fra, til):
    prosjekt = kladd(roller, status=fra)
    adresse = reverse("prosjekter:gjor", args=[prosjekt.slug, navn])
    klient = som("eier")

    spor = klient.get(adresse)
    prosjekt.refresh_from_db()
    assert (spor.status_code, prosjekt.status) == (200, fra)

    for _klikk in range(2):
        assert klient.post(adresse).status_code == 302
    prosjekt.refresh_from_db()
    assert prosjekt.status == til


def test_aa_ta_ned_krever_at_man_sier_hvorfor(som, roller):
    prosjekt = kladd(roller, status=Status.PUBLISERT)
    adresse = reverse("prosjekter:gjor", args=[prosjekt.slug, "avpubliser"])
    klient = som("eier")

    assert "Skriv hvorfor" in klient.post(adresse, {"begrunnelse": " "}).content.decode()
    klient.post(adresse, {"begrunnelse": "Feil tall."})

    prosjekt.refresh_from_db()
    assert (prosjekt.status, prosjekt.statusbegrunnelse) == ("avpublisert", "Feil tall.")
    assert "Feil tall." in klient.get(seksjon(prosjekt, "kort")).content.decode()


def test_ks_handlinger_finnes_ikke_paa_eierens_adresse(som, roller):
    prosjekt = kladd(roller, status=Status.INNSENDT)

    assert som("moderator").post(reverse("prosjekter:gjor", args=[prosjekt.slug, "publiser"])).status_code == 404


def test_handling_fra_feil_status_sier_det_og_endrer_ingenting(som, roller):
    prosjekt = kladd(roller, status=Status.PUBLISERT)

    svar = som("eier").post(reverse("prosjekter:gjor", args=[prosjekt.slug, "trekk"]), follow=True)

    assert "Det går ikke an nå" in svar.content.decode()
    prosjekt.refresh_from_db()
    assert prosjekt.status == Status.PUBLISERT


def test_slettet_kladd_er_borte_for_godt_ogsaa_i_historikken(som, roller):
    klient = som("eier")
    klient.post(NY, tre_felt(roller))
    prosjekt = Prosjekt.objects.get()
    adresse = reverse("prosjekter:slett", args=[prosjekt.slug])

    assert klient.get(adresse).status_code == 200
    for _klikk in range(2):
        assert klient.post(adresse)["Location"] == reverse("minside")

    assert not Prosjekt.objects.exists()
    assert not Prosjekt.historikk.exists()
    assert not Prosjekttekst.historikk.exists()


def test_det_ks_har_hatt_kan_ikke_slettes(som, roller):
    prosjekt = kladd(roller)
    handlinger.send_inn(prosjekt, av=roller["eier"])
    handlinger.trekk(prosjekt, av=roller["eier"])

    assert som("eier").post(reverse("prosjekter:slett", args=[prosjekt.slug])).status_code == 403
    assert Prosjekt.objects.exists()


def test_arkivert_kan_ikke_redigeres(som, roller):
    prosjekt = kladd(roller, status=Status.ARKIVERT)

    assert som("eier").get(seksjon(prosjekt, "kort")).status_code == 403
    assert som("eier").post(seksjon(prosjekt, "kort"), kort(prosjekt, ingress="Nei")).status_code == 403


def test_bekreft_friskner_datoen_en_gang_om_dagen(som, roller):
    prosjekt = kladd(roller, status=Status.PUBLISERT)
    klient = som("eier")

    for _klikk in range(2):
        klient.post(reverse("prosjekter:bekreft", args=[prosjekt.slug]))

    prosjekt.refresh_from_db()
    assert prosjekt.sist_bekreftet is not None
    assert prosjekt.versjon == 2
    assert not Modereringssak.objects.exists()
