"""Taking part: asked and answering, leaving, handing over and taking over."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from kommuner.kodeverk import Rolle
from kommuner.models import Medlemskap
from prosjekter import krav, tilgang
from prosjekter.handlinger import deltakelse as handlinger
from prosjekter.kodeverk import Partnerrolle, Status
from prosjekter.models import Deltakelse, Overtakelse, Prosjekt, Prosjektinvitasjon
from prosjekter.models.samarbeid import Svar
from prosjekter.overganger import deltakelse as overganger
from tests.fabrikker import lag_bruker, lag_organisasjon, lag_prosjekt
from tests.prosjekter.test_registrering import kladd
from tests.rollebesetning import ROLLER
from utboks.models import Epost

pytestmark = pytest.mark.django_db


def inviter(roller, prosjekt, organisasjon=None, rolle="fagpartner", **felt):
    return handlinger.inviter(
        prosjekt, organisasjon=organisasjon or roller.partneren, rolle=rolle, av=roller["eier"], **felt
    )


def post(klient, prosjekt, invitasjon, svar, **felt):
    adresse = reverse("prosjekter:invitasjon", args=[prosjekt.slug])
    return klient.post(adresse, {"invitasjon": invitasjon.pk, "svar": svar, **felt}, follow=True)


def til(epost):
    return list(Epost.objects.filter(til=epost).values_list("emne", flat=True))


# ---- Asked, and answering ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rolle", [r for r in Partnerrolle.values if r != "eier"])
def test_den_som_legges_til_er_invitert_til_den_svarer(som, roller, rolle):
    prosjekt = kladd(roller)
    leder = lag_bruker("Lise Leder", i=roller.partneren, rolle=Rolle.ANSVARLIG)
    svar = som("eier").post(
        reverse("prosjekter:legg_til_deltaker", args=[prosjekt.slug]),
        {"organisasjon": roller.partneren.navn, "rolle": rolle, "hilsen": "Vi trenger dere."}, follow=True,
    )  # fmt: skip

    assert "Prøveforskning er invitert" in svar.content.decode()
    assert "Invitert, har ikke svart" in svar.content.decode()
    assert not prosjekt.deltakelser.exclude(rolle="eier").exists()
    assert prosjekt not in Prosjekt.objects.synlige_for(roller["partner"])
    assert til(leder.email) == [f"Bli med: {prosjekt.tittel}"]
    min_side = som("partner").get(reverse("minside")).content.decode()
    assert f"Bli med i {prosjekt.tittel}" in min_side

    invitasjon = Prosjektinvitasjon.objects.get()
    side = som("partner").get(reverse("prosjekter:invitasjon", args=[prosjekt.slug])).content.decode()
    assert "Vi trenger dere." in side
    assert prosjekt.tekst.utfordring not in side  # a draft, until they have said yes
    post(som("partner"), prosjekt, invitasjon, "ja", kommentar="Gjerne!")

    assert [(d.organisasjon, d.rolle) for d in prosjekt.deltakelser.exclude(rolle="eier")] == [
        (roller.partneren, rolle)
    ]
    assert prosjekt in Prosjekt.objects.synlige_for(roller["partner"])
    assert til(roller["eier"].email) == [f"Prøveforskning er med: {prosjekt.tittel}"]
    assert "Gjerne!" in Epost.objects.get(til=roller["eier"].email).tekst


def test_nei_med_kommentar_og_de_kan_spoerres_igjen(som, roller):
    prosjekt = kladd(roller)
    invitasjon = inviter(roller, prosjekt)

    post(som("partner"), prosjekt, invitasjon, "nei", kommentar="Ikke i år.")
    igjen = inviter(roller, prosjekt, rolle="observator")

    invitasjon.refresh_from_db()
    assert (invitasjon.svar, invitasjon.kommentar, igjen.svar) == ("nei", "Ikke i år.", "")
    assert igjen.pk != invitasjon.pk
    assert "Ikke i år." in Epost.objects.get(til=roller["eier"].email).tekst
    assert not prosjekt.deltakelser.exclude(rolle="eier").exists()


def test_to_klikk_er_en_invitasjon_og_ett_svar(som, roller):
    prosjekt = kladd(roller)
    invitasjon, igjen = inviter(roller, prosjekt), inviter(roller, prosjekt)
    klient = som("partner")

    forste, andre = (post(klient, prosjekt, invitasjon, "ja") for _klikk in range(2))
    tredje = post(klient, prosjekt, invitasjon, "nei")

    assert invitasjon == igjen
    assert prosjekt.deltakelser.count() == 2
    assert {forste.status_code, andre.status_code, tredje.status_code} == {200}
    assert "Besvart" in tredje.content.decode()
    invitasjon.refresh_from_db()
    assert invitasjon.svar == "ja"


def test_for_sent_trukket_og_lagt_bort_faar_hvert_sitt_klare_svar(som, roller):
    prosjekt = kladd(roller)
    invitasjon = inviter(roller, prosjekt)
    Prosjektinvitasjon.objects.update(utloper_tid=timezone.now() - timedelta(days=1))
    for_sent = post(som("partner"), prosjekt, invitasjon, "ja").content.decode()
    assert "Invitasjonen gikk ut" in for_sent
    assert f"Be {roller.kommunen} om en ny." in for_sent
    assert f"Bli med i {prosjekt.tittel}" not in som("partner").get(reverse("minside")).content.decode()

    fornyet = inviter(roller, prosjekt)  # asked again: the same row, with a new end
    assert fornyet.pk == invitasjon.pk
    assert not fornyet.er_utlopt

    trekk = reverse("prosjekter:trekk_invitasjon", args=[prosjekt.slug, fornyet.pk])
    som("eier").post(trekk)
    som("eier").post(trekk)
    assert "Trukket tilbake" in post(som("partner"), prosjekt, fornyet, "ja").content.decode()

    ny = inviter(roller, prosjekt)
    Prosjekt.objects.update(status=Status.ARKIVERT)
    assert "Prosjektet er lagt bort." in post(som("partner"), prosjekt, ny, "ja").content.decode()
    assert not prosjekt.deltakelser.exclude(rolle="eier").exists()


@pytest.mark.parametrize("rolle", ["fremmed", "folgeforsker", "kollega", "moderator"])
def test_en_annen_enn_den_inviterte_finner_den_ikke(som, roller, rolle):
    prosjekt = kladd(roller)
    roller["partner"]  # there is somebody to answer
    invitasjon = inviter(roller, prosjekt)

    assert post(som(rolle), prosjekt, invitasjon, "ja").status_code == 404
    invitasjon.refresh_from_db()
    assert invitasjon.svar == ""


def test_ks_svarer_for_dem_som_ikke_har_noen_i_portalen(som, roller):
    prosjekt = kladd(roller)
    stille = lag_organisasjon("Stille AS", sektor="naeringsliv", niva="ikke_offentlig")
    invitasjon = inviter(roller, prosjekt, stille, rolle="leverandor")

    assert f"Bli med i {prosjekt.tittel}" in som("moderator").get(reverse("minside")).content.decode()
    post(som("moderator"), prosjekt, invitasjon, "ja")

    assert prosjekt.deltakelser.filter(organisasjon=stille).exists()


def test_slaas_den_inviterte_sammen_med_en_annen_svarer_etterfoelgeren(som, roller):
    prosjekt = kladd(roller)
    gammel = lag_organisasjon("Gamlevik")
    invitasjon = inviter(roller, prosjekt, gammel, rolle="testarena")
    gammel.etterfolger, gammel.opphort_dato = roller.partneren, timezone.localdate()
    gammel.save()

    post(som("partner"), prosjekt, invitasjon, "ja")

    assert [d.organisasjon for d in prosjekt.deltakelser.exclude(rolle="eier")] == [roller.partneren]
    assert inviter(roller, prosjekt, gammel, rolle="observator").organisasjon == roller.partneren


def test_egen_organisasjon_og_ks_trenger_ingen_invitasjon(roller):
    prosjekt = kladd(roller)
    annen = lag_organisasjon("Fjordvik havn")
    Medlemskap.objects.create(bruker=roller["eier"], organisasjon=annen, fra_dato="2020-01-01")

    assert isinstance(inviter(roller, prosjekt, annen), Deltakelse)
    _rad, ny = handlinger.legg_til_deltaker(
        prosjekt, organisasjon=roller.partneren, rolle="fagpartner", av=roller["moderator"]
    )
    assert ny
    with pytest.raises(PermissionDenied):
        handlinger.legg_til_deltaker(prosjekt, organisasjon=lag_organisasjon(), rolle="fagpartner", av=roller["eier"])


def test_ks_legger_til_med_begrunnelse_og_de_kan_gaa_ut(som, roller):
    prosjekt = kladd(roller, status=Status.INNSENDT)
    leder = lag_bruker("Lise Leder", i=roller.partneren, rolle=Rolle.ANSVARLIG)
    invitasjon = inviter(roller, prosjekt, rolle="testarena")
    adresse = reverse("prosjekter:legg_til_som_ks", args=[prosjekt.slug])
    data = {"organisasjon": roller.partneren.navn, "rolle": "testarena", "begrunnelse": "De har stått for testingen."}
    assert adresse in som("moderator").get(reverse("prosjekter:deltakelse", args=[prosjekt.slug])).content.decode()
    assert adresse not in som("eier").get(reverse("prosjekter:deltakelse", args=[prosjekt.slug])).content.decode()

    tomt = som("moderator").post(adresse, data | {"begrunnelse": " "}).content.decode()
    assert "Skriv hvorfor" in tomt
    assert not prosjekt.deltakelser.exclude(rolle="eier").exists()
    for _klikk in range(2):
        som("moderator").post(adresse, data)

    rad = prosjekt.deltakelser.exclude(rolle="eier").get()
    invitasjon.refresh_from_db()
    assert (rad.organisasjon, rad.rolle, invitasjon.svar) == (roller.partneren, "testarena", "trukket")
    assert til(leder.email)[-1] == f"KS har lagt dere til i et prosjekt: {prosjekt.tittel}"
    ut = reverse("prosjekter:avslutt_deltakelse", args=[prosjekt.slug, rad.pk])
    brev = Epost.objects.filter(til=leder.email).latest("pk").tekst
    assert ut in brev
    assert "De har stått for testingen." in brev
    assert til(roller["eier"].email)[-1] == f"KS har lagt til en deltaker: {prosjekt.tittel}"
    historikk = som("eier").get(reverse("prosjekter:historikk", args=[prosjekt.slug])).content.decode()
    assert "Prøveforskning, testarena: «De har stått for testingen.»" in historikk
    assert "De har stått for testingen." not in som("anonym").get(prosjekt.get_absolute_url()).content.decode()

    som("partner").post(ut, {"til_dato": timezone.localdate()})
    assert prosjekt not in Prosjekt.objects.synlige_for(roller["partner"])


@pytest.mark.parametrize("status", Status.values)
def test_hvem_som_kan_legge_til_uten_aa_spoerre(som, roller, status):
    prosjekt = kladd(roller, status=status, publisert_tid=timezone.now())
    Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=roller.partneren, rolle="medeier")
    annen = lag_organisasjon("Stille AS")
    adresse = reverse("prosjekter:legg_til_som_ks", args=[prosjekt.slug])
    ser_ikke = {Status.KLADD: ("moderator", "administrator")}.get(status, ())

    for rolle in ROLLER:
        svar = som(rolle).post(
            adresse, {"organisasjon": annen.navn, "rolle": "leverandor", "begrunnelse": "De er med."}
        )
        la_til = bool(prosjekt.deltakelser.filter(organisasjon=annen).delete()[0])
        ks = rolle in ("moderator", "administrator") and rolle not in ser_ikke and status != Status.ARKIVERT
        assert la_til is ks, rolle
        assert svar.status_code in ((302,) if ks or rolle == "anonym" else (403, 404)), rolle


def test_ks_avslutter_det_ks_la_til_med_begrunnelse(som, roller):
    prosjekt = kladd(roller, status=Status.INNSENDT)
    leder = lag_bruker("Lise Leder", i=roller.partneren, rolle=Rolle.ANSVARLIG)
    felt = {"prosjekt": prosjekt, "organisasjon": roller.partneren}
    rad = Deltakelse.objects.create(**felt, rolle="testarena", begrunnelse="De har stått for testingen.")
    sa_ja = Deltakelse.objects.create(**felt | {"organisasjon": lag_organisasjon("Sa ja AS")}, rolle="leverandor")
    ut = reverse("prosjekter:avslutt_deltakelse", args=[prosjekt.slug, rad.pk])
    andres = reverse("prosjekter:avslutt_deltakelse", args=[prosjekt.slug, sa_ja.pk])
    data = {"til_dato": timezone.localdate(), "begrunnelse": "KS tok feil av to virksomheter."}
    side = som("moderator").get(reverse("prosjekter:deltakelse", args=[prosjekt.slug])).content.decode()
    assert ut in side
    assert andres not in side
    assert "Hvorfor avslutter KS det?" not in som("eier").get(ut).content.decode()

    tomt = som("moderator").post(ut, data | {"begrunnelse": " "}).content.decode()
    assert "Skriv hvorfor" in tomt
    nekta = {rolle: som(rolle).post(ut, data).status_code for rolle in ("anonym", "fremmed", "folgeforsker")}
    assert nekta == {"anonym": 302, "fremmed": 404, "folgeforsker": 404}
    assert som("moderator").post(andres, data).status_code == 403
    assert prosjekt.deltakelser.aktive().count() == 3
    som("moderator").post(ut, data)
    assert som("moderator").post(ut, data).status_code == 404  # a second click

    rad.refresh_from_db()
    assert (rad.til_dato, rad.begrunnelse) == (timezone.localdate(), data["begrunnelse"])
    assert prosjekt not in Prosjekt.objects.synlige_for(leder)
    assert til(leder.email) == [f"KS har avsluttet deltakelsen deres: {prosjekt.tittel}"]
    brev = Epost.objects.get(til=leder.email).tekst
    assert data["begrunnelse"] in brev
    assert prosjekt.get_absolute_url() not in brev
    assert til(roller["eier"].email) == [f"Prøveforskning er ikke med lenger: {prosjekt.tittel}"]
    historikk = som("eier").get(reverse("prosjekter:historikk", args=[prosjekt.slug])).content.decode()
    assert "KS tok feil av to virksomheter." in historikk
    assert "«De har stått for testingen.»" in historikk
    assert data["begrunnelse"] not in som("moderator").get(prosjekt.get_absolute_url()).content.decode()


def test_den_som_venter_paa_svar_er_ikke_alene(roller):
    prosjekt = kladd(roller)
    assert not krav.les(prosjekt)["partnere"]

    invitasjon = inviter(roller, prosjekt)
    assert krav.les(prosjekt)["partnere"]

    handlinger.svar_invitasjon(invitasjon, svar=Svar.NEI, av=roller["partner"])
    assert not krav.les(prosjekt)["partnere"]


# ---- The tables, walked --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fra", ["", *Svar.values])
@pytest.mark.parametrize("svar", Svar.values)
def test_hele_tabellen_for_invitasjoner(roller, fra, svar):
    prosjekt = kladd(roller)
    tid = timezone.now() if fra else None
    rad = Prosjektinvitasjon.objects.create(prosjekt=prosjekt, organisasjon=roller.partneren, svar=fra, svart_tid=tid)
    lov = {Svar.TRUKKET: ("eier", "kollega", "ansvarlig")}.get(svar, ("partner",))

    _hver_rolle_proever(roller, handlinger.svar_invitasjon, rad, svar, lov)


@pytest.mark.parametrize("fra", ["", *Svar.values])
@pytest.mark.parametrize("svar", Svar.values)
@pytest.mark.parametrize("forlatt", [False, True])
def test_hele_tabellen_for_overtakelser(roller, fra, svar, forlatt):
    prosjekt = kladd(roller, ansvarlig=None if forlatt else roller["eier"])
    rad = Overtakelse.objects.create(
        prosjekt=prosjekt, slag="ansvarlig", organisasjon=roller.kommunen, bedt_av=roller["kollega"],
        svar=fra, svart_tid=timezone.now() if fra else None,
    )  # fmt: skip
    bestemmer = ("ansvarlig", "moderator", "administrator") if forlatt else ("ansvarlig", "eier")
    lov = {Svar.TRUKKET: ("kollega",)}.get(svar, bestemmer)

    _hver_rolle_proever(roller, handlinger.svar_overtakelse, rad, svar, lov)


def _hver_rolle_proever(roller, gjor, rad, svar, lov):
    """On the same row in turn: what one did is undone before the next."""
    personer = {rolle: roller[rolle] for rolle in ROLLER}
    fra = rad.svar
    for rolle, person in personer.items():
        with transaction.atomic():
            rad = type(rad).objects.get(pk=rad.pk)
            if rolle not in lov:
                with pytest.raises(PermissionDenied):
                    gjor(rad, svar=svar, av=person)
            elif fra and fra != svar:
                with pytest.raises(overganger.UmuligSvar):
                    gjor(rad, svar=svar, av=person)
            else:
                assert gjor(rad, svar=svar, av=person) is (not fra)
            rad.refresh_from_db()
            assert rad.svar == (svar if rolle in lov and not fra else fra), rolle
            transaction.set_rollback(True)


# ---- Leaving -------------------------------------------------------------------------------------------------------


def test_en_deltaker_gaar_selv_og_eieren_faar_vite_det(som, roller):
    prosjekt = kladd(roller)
    Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=roller.partneren, rolle="fagpartner")
    rad = prosjekt.deltakelser.get(rolle="fagpartner")
    klient = som("partner")
    side = klient.get(reverse("prosjekter:deltakelse", args=[prosjekt.slug])).content.decode()
    adresse = reverse("prosjekter:avslutt_deltakelse", args=[prosjekt.slug, rad.pk])
    assert adresse in side

    svar = klient.post(adresse, {"til_dato": timezone.localdate()}, follow=True)

    rad.refresh_from_db()
    assert svar.status_code == 200
    assert rad.til_dato == timezone.localdate()
    assert til(roller["eier"].email) == [f"Prøveforskning er ikke med lenger: {prosjekt.tittel}"]
    assert prosjekt not in Prosjekt.objects.synlige_for(roller["partner"])


def test_en_deltaker_kan_ikke_sende_andre_ut(som, roller):
    prosjekt = kladd(roller)
    andre = lag_organisasjon()
    for organisasjon in (roller.partneren, andre):
        Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=organisasjon, rolle="fagpartner")
    rad = prosjekt.deltakelser.get(organisasjon=andre)

    assert som("partner").post(
        reverse("prosjekter:avslutt_deltakelse", args=[prosjekt.slug, rad.pk]), {"til_dato": "2026-01-01"}
    ).status_code == 403  # fmt: skip


def test_slutte_aa_passe_paa_det(som, roller):
    prosjekt = kladd(roller)
    leder = roller["ansvarlig"]
    adresse = reverse("prosjekter:gi_fra_seg", args=[prosjekt.slug])

    som("eier").get(adresse)
    som("eier").post(adresse)
    som("eier").post(adresse)

    prosjekt.refresh_from_db()
    assert prosjekt.ansvarlig is None
    assert til(leder.email) == [f"Ingen passer på «{prosjekt.tittel}» nå"]


# ---- Taking over ---------------------------------------------------------------------------------------------------


def test_en_kollega_ber_om_aa_passe_paa_det_og_faar_ja(som, roller):
    prosjekt = kladd(roller)
    adresse = reverse("prosjekter:be_om_overtakelse", args=[prosjekt.slug, "ansvarlig"])

    som("kollega").post(adresse, {"begrunnelse": "Jeg leder det nå."})
    som("kollega").post(adresse, {"begrunnelse": "Jeg leder det nå."})

    rad = Overtakelse.objects.get()
    assert til(roller["eier"].email) == [f"Kollega Prøve spør om å overta: {prosjekt.tittel}"]
    assert f"Svar om å overta {prosjekt.tittel}" in som("eier").get(reverse("minside")).content.decode()
    svar = reverse("prosjekter:overtakelse", args=[prosjekt.slug, rad.pk])
    assert "Jeg leder det nå." in som("eier").get(svar).content.decode()
    som("eier").post(svar, {"svar": "ja", "kommentar": "Lykke til!"})

    prosjekt.refresh_from_db()
    assert prosjekt.ansvarlig == roller["kollega"]
    assert "Lykke til!" in Epost.objects.get(til=roller["kollega"].email).tekst
    historikk = som("eier").get(reverse("prosjekter:historikk", args=[prosjekt.slug])).content.decode()
    assert "lot noen overta" in historikk
    assert "Lykke til!" in som("eier").get(reverse("prosjekter:deltakelse", args=[prosjekt.slug])).content.decode()


def test_en_deltaker_blir_eier_og_den_gamle_medeier(som, roller):
    prosjekt = kladd(roller)
    Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=roller.partneren, rolle="medeier")
    som("partner").post(
        reverse("prosjekter:be_om_overtakelse", args=[prosjekt.slug, "eier"]), {"organisasjon": roller.partneren.pk}
    )
    rad = Overtakelse.objects.get()

    handlinger.svar_overtakelse(rad, svar=Svar.JA, av=roller["eier"])

    prosjekt.refresh_from_db()
    na = {(d.organisasjon, d.rolle) for d in prosjekt.deltakelser.filter(til_dato=None)}
    assert (prosjekt.eier, prosjekt.ansvarlig) == (roller.partneren, roller["partner"])
    assert na == {(roller.partneren, "eier"), (roller.kommunen, "medeier")}
    assert tilgang.kan_redigere(roller["eier"], prosjekt)  # goes on as co-owner
    assert not tilgang.er_hovedeier(roller["eier"], prosjekt)


def test_har_den_som_spurte_sluttet_skjer_ingenting(som, roller):
    prosjekt = kladd(roller)
    rad = handlinger.be_om_overtakelse(prosjekt, slag="ansvarlig", organisasjon=None, av=roller["kollega"])
    Medlemskap.objects.filter(bruker=roller["kollega"]).update(til_dato=timezone.localdate())

    svar = som("eier").post(
        reverse("prosjekter:overtakelse", args=[prosjekt.slug, rad.pk]), {"svar": "ja"}, follow=True
    )

    prosjekt.refresh_from_db()
    rad.refresh_from_db()
    assert "jobber ikke der lenger" in svar.content.decode()
    assert (prosjekt.ansvarlig, rad.svar) == (roller["eier"], "")


def test_er_eieren_borte_svarer_leder_eller_ks(som, roller):
    prosjekt = kladd(roller)
    Medlemskap.objects.filter(bruker=roller["eier"]).update(til_dato=timezone.localdate())
    handlinger.be_om_overtakelse(prosjekt, slag="ansvarlig", organisasjon=None, av=roller["kollega"])
    rad = Overtakelse.objects.get()

    assert set(Overtakelse.objects.som_venter_paa(roller["moderator"])) == {rad}
    assert set(Overtakelse.objects.som_venter_paa(roller["ansvarlig"])) == {rad}
    assert not Overtakelse.objects.som_venter_paa(roller["eier"])
    svar = reverse("prosjekter:overtakelse", args=[prosjekt.slug, rad.pk])
    assert som("fremmed").get(svar).status_code == 404
    som("moderator").post(svar, {"svar": "ja"})
    prosjekt.refresh_from_db()
    assert prosjekt.ansvarlig == roller["kollega"]


def test_lederen_trenger_ikke_spoerre_seg_selv(roller):
    prosjekt = kladd(roller, ansvarlig=None)

    rad = handlinger.be_om_overtakelse(prosjekt, slag="ansvarlig", organisasjon=None, av=roller["ansvarlig"])

    prosjekt.refresh_from_db()
    assert (rad.svar, prosjekt.ansvarlig) == ("ja", roller["ansvarlig"])


def test_en_fremmed_kan_ikke_be_om_noe(som, roller):
    prosjekt = lag_prosjekt(eier=roller.kommunen)
    for slag in ("ansvarlig", "eier"):
        adresse = reverse("prosjekter:be_om_overtakelse", args=[prosjekt.slug, slag])
        assert som("fremmed").post(adresse, {"organisasjon": 1}).status_code == 403
    assert som("eier").get(reverse("prosjekter:be_om_overtakelse", args=[prosjekt.slug, "tull"])).status_code == 404


# ---- The page -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rolle", "kode"),
    [("eier", 200), ("partner", 200), ("moderator", 200), ("fremmed", 403), ("anonym", 302), ("folgeforsker", 403)],
)
def test_siden_er_for_dem_som_er_med_og_ks(som, roller, rolle, kode):
    prosjekt = lag_prosjekt(eier=roller.kommunen)
    Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=roller.partneren, rolle="fagpartner")

    assert som(rolle).get(reverse("prosjekter:deltakelse", args=[prosjekt.slug])).status_code == kode


@pytest.mark.parametrize("antall", [1, 3])
def test_siden_spoer_like_mange_ganger(som, roller, antall, django_assert_num_queries):
    prosjekt = kladd(roller)
    for _nr in range(antall):
        inviter(roller, prosjekt, lag_organisasjon())
        besvart = inviter(roller, prosjekt, lag_organisasjon())
        Prosjektinvitasjon.objects.filter(pk=besvart.pk).update(svar="nei", svart_tid=timezone.now())
        Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=lag_organisasjon(), rolle="fagpartner")
    klient = som("eier")

    with django_assert_num_queries(14):
        klient.get(reverse("prosjekter:deltakelse", args=[prosjekt.slug]))


def test_en_deltaker_ser_ikke_hva_andre_har_svart(som, roller):
    prosjekt = kladd(roller)
    Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=roller.partneren, rolle="fagpartner")
    annen = lag_organisasjon("Sagtnei")
    lag_bruker("Nora Nei", i=annen)
    invitasjon = inviter(roller, prosjekt, annen)
    Prosjektinvitasjon.objects.filter(pk=invitasjon.pk).update(
        svar="nei", kommentar="Vi har ikke råd.", svart_tid=timezone.now()
    )
    adresse = reverse("prosjekter:deltakelse", args=[prosjekt.slug])

    assert "Vi har ikke råd." in som("eier").get(adresse).content.decode()
    html = som("partner").get(adresse).content.decode()
    assert "Vi har ikke råd." not in html
    assert "Sagtnei" not in html
