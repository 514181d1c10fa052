"""Domains, asking to join, invitations, roles, leaving and being forgotten: the deeds."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from kommuner import handlinger
from kommuner.kodeverk import Rolle
from kommuner.models import Bruker, Invitasjon, Medlemskap, Medlemskapssoknad, Nettdomene
from kommuner.postdomener import FELLES, FOR_ALLE
from tests.fabrikker import lag_bruker, lag_ks, lag_organisasjon
from utboks.models import Epost

pytestmark = pytest.mark.django_db


def lag_domene(organisasjon, domene):
    return Nettdomene.objects.create(organisasjon=organisasjon, domene=domene)


def roller_i(bruker, organisasjon):
    return {m.rolle for m in Medlemskap.objects.aktive().filter(bruker=bruker, organisasjon=organisasjon)}


def mottakere():
    return set(Epost.objects.values_list("til", flat=True))


# Domain and membership


@pytest.mark.parametrize("adresse", ["kari@halden.kommune.no", "Kari@Skole.Halden.Kommune.NO"])
def test_jobbadressen_gjoer_eieren_til_bidragsyter(adresse):
    halden = lag_organisasjon("Halden kommune")
    lag_domene(halden, "halden.kommune.no")
    lag_domene(lag_organisasjon(), "alden.kommune.no")

    bruker = handlinger.bekreft_adresse(adresse)

    medlemskap = Medlemskap.objects.get()
    assert (medlemskap.bruker, medlemskap.organisasjon, medlemskap.rolle) == (bruker, halden, Rolle.BIDRAGSYTER)
    assert medlemskap.godkjent_av is None
    assert [m.organisasjon for m in bruker.aktive_medlemskap] == [halden]


def test_det_naermeste_domenet_vinner():
    kommunen, skolen = lag_organisasjon(), lag_organisasjon()
    lag_domene(kommunen, "halden.kommune.no")
    lag_domene(skolen, "skole.halden.kommune.no")

    bruker = handlinger.bekreft_adresse("kari@post.skole.halden.kommune.no")

    assert roller_i(bruker, skolen) == {Rolle.BIDRAGSYTER}
    assert roller_i(bruker, kommunen) == set()


@pytest.mark.parametrize(
    "adresse",
    [
        "kari@gmail.com",
        "kari@online.no",
        "kari@halden.kommune.no.ond.example",
        "kari@xhalden.kommune.no",
        "kari@kommune.no",
        "halden.kommune.no@ond.example",
        "kari@annen.kommune.no",
    ],
)
def test_andre_adresser_gir_ingenting(adresse):
    lag_domene(lag_organisasjon(), "halden.kommune.no")
    # Registered by mistake, past the form: it must still not match.
    for domene in ("gmail.com", "online.no", "kommune.no"):
        lag_domene(lag_organisasjon(), domene)

    handlinger.bekreft_adresse(adresse)

    assert not Medlemskap.objects.exists()
    assert not Medlemskapssoknad.objects.exists()


@pytest.mark.parametrize("domene", sorted(FELLES | FOR_ALLE)[::12] + ["a.gmail.com", "kommune.no", "gmail.com"])
def test_felles_domener_kan_ikke_registreres(domene):
    with pytest.raises(ValidationError, match="brukes av mange|Skriv domenet slik"):
        Nettdomene(organisasjon=lag_organisasjon(), domene=domene).full_clean()


def test_egne_domener_kan_registreres():
    Nettdomene(organisasjon=lag_organisasjon(), domene="halden.kommune.no").full_clean()


def test_etter_en_sammenslaaing_er_det_den_nye_kommunen_man_blir_med_i():
    ny = lag_organisasjon("Ny kommune")
    midten = lag_organisasjon("Midten", opphort_dato=timezone.localdate(), etterfolger=ny)
    gammel = lag_organisasjon("Gammel kommune", opphort_dato=timezone.localdate(), etterfolger=midten)
    lag_domene(gammel, "gammel.kommune.no")

    bruker = handlinger.bekreft_adresse("kari@gammel.kommune.no")

    assert roller_i(bruker, ny) == {Rolle.BIDRAGSYTER}


def test_en_nedlagt_uten_etterfoelger_eller_i_ring_gir_ingenting():
    alene = lag_organisasjon(opphort_dato=timezone.localdate())
    lag_domene(alene, "alene.kommune.no")
    a = lag_organisasjon(opphort_dato=timezone.localdate())
    b = lag_organisasjon(opphort_dato=timezone.localdate(), etterfolger=a)
    a.etterfolger = b
    a.save()
    lag_domene(a, "ring.kommune.no")

    handlinger.bekreft_adresse("kari@alene.kommune.no")
    handlinger.bekreft_adresse("kari@ring.kommune.no")

    assert not Medlemskap.objects.exists()


def test_en_organisasjon_kan_ville_godkjenne_selv():
    halden = lag_organisasjon(krever_godkjenning=True)
    lag_domene(halden, "halden.kommune.no")
    lag_bruker("Leif", i=halden, rolle=Rolle.ANSVARLIG, email="leif@halden.kommune.no")
    lag_bruker("Moderator", i=lag_ks(), rolle=Rolle.MODERATOR, email="mod@ks.no")

    bruker = handlinger.bekreft_adresse("kari@halden.kommune.no")
    handlinger.bekreft_adresse("kari@halden.kommune.no")

    assert roller_i(bruker, halden) == set()
    assert Medlemskapssoknad.objects.get().bruker == bruker
    assert mottakere() == {"leif@halden.kommune.no"}


def test_uten_ansvarlig_er_det_ks_som_faar_beskjed():
    halden = lag_organisasjon(krever_godkjenning=True)
    lag_domene(halden, "halden.kommune.no")
    sluttet = lag_bruker(i=halden, rolle=Rolle.ANSVARLIG, email="sluttet@halden.kommune.no")
    sluttet.medlemskap.update(til_dato=timezone.localdate())
    lag_bruker(i=halden, rolle=Rolle.ANSVARLIG, email="stengt@halden.kommune.no", is_active=False)
    lag_bruker(i=lag_ks(), rolle=Rolle.MODERATOR, email="mod@ks.no")
    lag_bruker(i=lag_ks(), rolle=Rolle.MISSIONKURATOR, email="kurator@ks.no")
    lag_bruker(i=lag_organisasjon(), rolle=Rolle.ANSVARLIG, email="annen@sted.no")

    handlinger.bekreft_adresse("kari@halden.kommune.no")

    assert mottakere() == {"mod@ks.no"}


def test_den_som_er_tatt_ut_kommer_ikke_inn_igjen_av_seg_selv(roller):
    halden = lag_organisasjon()
    lag_domene(halden, "halden.kommune.no")
    bruker = handlinger.bekreft_adresse("kari@halden.kommune.no")
    handlinger.avslutt_medlemskap(bruker.medlemskap.get(), av=roller["administrator"])

    handlinger.bekreft_adresse("kari@halden.kommune.no")

    assert roller_i(bruker, halden) == set()


# Asking to join


def test_aa_be_om_aa_bli_med_to_ganger_er_en_gang(roller):
    ansvarlig, fremmed = roller["ansvarlig"], roller["fremmed"]

    en = handlinger.sok_medlemskap(roller.kommunen, begrunnelse="Jeg leder et prosjekt.", av=fremmed)
    to = handlinger.sok_medlemskap(roller.kommunen, begrunnelse="Jeg leder et prosjekt.", av=fremmed)

    assert en == to
    epost = Epost.objects.get()
    assert epost.til == ansvarlig.email
    assert epost.emne == "Frida Fremmed vil bli med i Fjordvik prøvekommune"
    assert "«Jeg leder et prosjekt.»" in epost.tekst
    assert f"/organisasjoner/{roller.kommunen.slug}/" in epost.tekst


def test_den_som_er_med_kan_ikke_be_om_det(roller):
    for rolle in ("eier", "ansvarlig", "anonym"):
        with pytest.raises(PermissionDenied):
            handlinger.sok_medlemskap(roller.kommunen, begrunnelse="", av=roller[rolle])


def test_ingen_kan_be_om_aa_bli_med_i_en_nedlagt(roller):
    nedlagt = lag_organisasjon(opphort_dato=timezone.localdate())

    with pytest.raises(PermissionDenied):
        handlinger.sok_medlemskap(nedlagt, begrunnelse="", av=roller["fremmed"])


@pytest.mark.parametrize("hvem", ["ansvarlig", "moderator", "administrator"])
def test_godkjenning_gjoer_til_bidragsyter_og_sier_fra_en_gang(roller, hvem):
    fremmed = roller["fremmed"]
    soknad = handlinger.sok_medlemskap(roller.kommunen, begrunnelse="x", av=fremmed)
    Epost.objects.all().delete()

    assert handlinger.godkjenn_soknad(soknad, av=roller[hvem])
    assert not handlinger.godkjenn_soknad(soknad, av=roller[hvem])
    assert not handlinger.avsla_soknad(soknad, melding="", av=roller[hvem])

    assert roller_i(fremmed, roller.kommunen) == {Rolle.BIDRAGSYTER}
    assert Medlemskap.objects.get(bruker=fremmed, organisasjon=roller.kommunen).godkjent_av == roller[hvem]
    assert Epost.objects.get().til == fremmed.email
    assert (soknad.svar, soknad.avgjort_av) == (Medlemskapssoknad.Svar.GODKJENT, roller[hvem])


def test_et_nei_har_med_seg_grunnen_og_man_kan_spoerre_igjen(roller):
    fremmed = roller["fremmed"]
    soknad = handlinger.sok_medlemskap(roller.kommunen, begrunnelse="x", av=fremmed)
    Epost.objects.all().delete()

    assert handlinger.avsla_soknad(soknad, melding="Du hører til i Annenvik.", av=roller["ansvarlig"])

    assert roller_i(fremmed, roller.kommunen) == set()
    epost = Epost.objects.get()
    assert epost.til == fremmed.email
    assert "«Du hører til i Annenvik.»" in epost.tekst
    assert handlinger.sok_medlemskap(roller.kommunen, begrunnelse="y", av=fremmed) != soknad


@pytest.mark.parametrize("hvem", ["fremmed", "eier", "partner", "folgeforsker", "missionkurator", "anonym"])
def test_andre_kan_ikke_svare(roller, hvem):
    soknad = handlinger.sok_medlemskap(roller.kommunen, begrunnelse="x", av=roller["fremmed"])

    for handling in (
        lambda: handlinger.godkjenn_soknad(soknad, av=roller[hvem]),
        lambda: handlinger.avsla_soknad(soknad, melding="", av=roller[hvem]),
    ):
        with pytest.raises(PermissionDenied):
            handling()
    soknad.refresh_from_db()
    assert soknad.svar == ""


def test_man_kan_trekke_sitt_eget_spoersmaal(roller):
    soknad = handlinger.sok_medlemskap(roller.kommunen, begrunnelse="x", av=roller["fremmed"])

    with pytest.raises(PermissionDenied):
        handlinger.trekk_soknad(soknad, av=roller["ansvarlig"])
    assert handlinger.trekk_soknad(soknad, av=roller["fremmed"])
    assert not handlinger.godkjenn_soknad(soknad, av=roller["ansvarlig"])
    assert roller_i(roller["fremmed"], roller.kommunen) == set()


# Roles


def test_ny_rolle_avslutter_den_gamle_og_historien_viser_begge(roller):
    eier = roller["eier"]
    medlemskap = eier.medlemskap.get()

    assert handlinger.endre_rolle(medlemskap, rolle=Rolle.ANSVARLIG, av=roller["ansvarlig"])
    assert not handlinger.endre_rolle(medlemskap, rolle=Rolle.ANSVARLIG, av=roller["ansvarlig"])

    assert roller_i(eier, roller.kommunen) == {Rolle.ANSVARLIG}
    assert eier.medlemskap.count() == 2
    assert eier.medlemskap.get(rolle=Rolle.BIDRAGSYTER).til_dato == timezone.localdate()
    epost = Epost.objects.get()
    assert epost.til == eier.email
    assert "er nå ansvarlig. Før var den bidragsyter." in epost.tekst


KS_ROLLER = [Rolle.MODERATOR, Rolle.MISSIONKURATOR, Rolle.ADMINISTRATOR, Rolle.FOLGEFORSKER]


@pytest.mark.parametrize("rolle", KS_ROLLER)
def test_ks_roller_gis_bare_i_ks_og_bare_av_en_administrator(roller, rolle):
    i_kommunen, i_ks = roller["eier"].medlemskap.get(), lag_bruker(i=lag_ks()).medlemskap.get()
    leder_i_ks = lag_bruker(i=lag_ks(), rolle=Rolle.ANSVARLIG)

    for medlemskap, av in (
        (i_kommunen, roller["ansvarlig"]),
        (i_kommunen, roller["moderator"]),
        (i_kommunen, roller["administrator"]),
        (i_ks, roller["moderator"]),
        (i_ks, leder_i_ks),
    ):
        with pytest.raises(PermissionDenied):
            handlinger.endre_rolle(medlemskap, rolle=rolle, av=av)
        with pytest.raises(PermissionDenied):
            handlinger.inviter(medlemskap.organisasjon, email="x@y.no", rolle=rolle, av=av)

    assert handlinger.endre_rolle(i_ks, rolle=rolle, av=roller["administrator"])
    assert roller_i(i_ks.bruker, lag_ks()) == {rolle}


def test_en_moderator_kan_ikke_ta_rollen_fra_en_administrator(roller):
    medlemskap = roller["administrator"].medlemskap.get()

    with pytest.raises(PermissionDenied):
        handlinger.avslutt_medlemskap(medlemskap, av=roller["moderator"])
    with pytest.raises(PermissionDenied):
        handlinger.endre_rolle(medlemskap, rolle=Rolle.BIDRAGSYTER, av=roller["moderator"])


def test_den_som_avslutter_og_den_som_gaar(roller):
    eier, kollega = roller["eier"], roller["kollega"]

    assert handlinger.avslutt_medlemskap(eier.medlemskap.get(), av=roller["ansvarlig"])
    assert not handlinger.avslutt_medlemskap(eier.medlemskap.get(), av=roller["ansvarlig"])
    assert handlinger.avslutt_medlemskap(kollega.medlemskap.get(), av=kollega)

    assert mottakere() == {eier.email}  # nobody is told what they did themselves
    assert kollega.aktive_medlemskap == []
    with pytest.raises(PermissionDenied):
        handlinger.avslutt_medlemskap(roller["ansvarlig"].medlemskap.get(), av=roller["fremmed"])


def test_siste_ansvarlige_er_kjent(roller):
    eneste = roller["ansvarlig"].medlemskap.get()
    assert eneste.er_siste_med_rollen
    assert not roller["eier"].medlemskap.get().er_siste_med_rollen

    lag_bruker(i=roller.kommunen, rolle=Rolle.ANSVARLIG, is_active=False)
    assert eneste.er_siste_med_rollen
    lag_bruker(i=roller.kommunen, rolle=Rolle.ANSVARLIG)
    assert not eneste.er_siste_med_rollen


# Invitations


def hemmeligheten():
    return Epost.objects.latest("pk").tekst.split("/organisasjoner/invitasjon/")[1].split("/")[0]


def inviter(roller, email="Ny@Jobb.no", rolle=Rolle.BIDRAGSYTER):
    return handlinger.inviter(roller.kommunen, email=email, rolle=rolle, av=roller["ansvarlig"])


def test_en_invitasjon_gir_rollen_en_gang_til_den_den_er_sendt_til(roller):
    invitasjon = inviter(roller, rolle=Rolle.ANSVARLIG)
    ny = lag_bruker(email="ny@jobb.no")

    assert handlinger.finn_invitasjon(hemmeligheten()) == invitasjon
    with pytest.raises(PermissionDenied):
        handlinger.godta_invitasjon(invitasjon, av=roller["fremmed"])
    assert handlinger.godta_invitasjon(invitasjon, av=ny)
    assert not handlinger.godta_invitasjon(invitasjon, av=ny)

    assert roller_i(ny, roller.kommunen) == {Rolle.ANSVARLIG}
    assert ny.medlemskap.get().godkjent_av == roller["ansvarlig"]
    assert handlinger.finn_invitasjon(hemmeligheten()) is None


def test_bare_et_avtrykk_av_hemmeligheten_er_lagret(roller):
    invitasjon = inviter(roller)

    assert hemmeligheten() not in invitasjon.hemmelighet_hash
    assert Epost.objects.get().er_hemmelig
    assert not any(hemmeligheten() in str(v) for v in Invitasjon.objects.values_list().get())


def test_trykket_to_ganger_er_sendt_en_gang_og_senere_sendes_en_ny_lenke(roller):
    inviter(roller)
    inviter(roller)
    assert Epost.objects.count() == 1
    gammel = hemmeligheten()

    Invitasjon.objects.update(sendt_tid=timezone.now() - timedelta(minutes=5))
    invitasjon = inviter(roller)

    assert Epost.objects.count() == 2
    assert Invitasjon.objects.get() == invitasjon
    assert handlinger.finn_invitasjon(gammel) is None
    assert handlinger.finn_invitasjon(hemmeligheten()) == invitasjon


def test_en_utloept_invitasjon_kan_sendes_paa_nytt(roller):
    invitasjon = inviter(roller)
    Invitasjon.objects.update(
        sendt_tid=timezone.now() - timedelta(days=15), utloper_tid=timezone.now() - timedelta(days=1)
    )
    invitasjon.refresh_from_db()
    assert handlinger.finn_invitasjon(hemmeligheten()) is None
    assert not handlinger.godta_invitasjon(invitasjon, av=lag_bruker(email="ny@jobb.no"))

    assert handlinger.send_invitasjon_igjen(invitasjon, av=roller["ansvarlig"])

    assert handlinger.finn_invitasjon(hemmeligheten()) == invitasjon


def test_en_trukket_invitasjon_virker_ikke_og_kan_ikke_sendes_igjen(roller):
    invitasjon = inviter(roller)

    with pytest.raises(PermissionDenied):
        handlinger.trekk_invitasjon(invitasjon, av=roller["eier"])
    assert handlinger.trekk_invitasjon(invitasjon, av=roller["ansvarlig"])
    assert not handlinger.trekk_invitasjon(invitasjon, av=roller["ansvarlig"])

    assert handlinger.finn_invitasjon(hemmeligheten()) is None
    invitasjon.refresh_from_db()
    assert not handlinger.send_invitasjon_igjen(invitasjon, av=roller["ansvarlig"])
    assert not handlinger.godta_invitasjon(invitasjon, av=lag_bruker(email="ny@jobb.no"))


def test_invitasjoner_faller_med_den_som_sendte_dem(roller):
    inviter(roller)
    annen = lag_bruker(i=roller.kommunen, rolle=Rolle.ANSVARLIG)
    handlinger.inviter(roller.kommunen, email="annen@jobb.no", rolle=Rolle.BIDRAGSYTER, av=annen)

    handlinger.avslutt_medlemskap(roller["ansvarlig"].medlemskap.get(), av=roller["ansvarlig"])

    assert [i.email for i in Invitasjon.objects.ubesvarte()] == ["annen@jobb.no"]


@pytest.mark.parametrize(
    "tapt",
    [
        lambda leder: leder.medlemskap.update(til_dato=timezone.localdate()),  # as the rescue tool does it
        lambda leder: Bruker.objects.filter(pk=leder.pk).update(is_active=False),
    ],
)
def test_en_invitasjon_gjelder_ikke_naar_den_som_sendte_den_har_mistet_retten(roller, tapt):
    invitasjon = inviter(roller)
    assert handlinger.finn_invitasjon(hemmeligheten()) == invitasjon
    tapt(roller["ansvarlig"])

    assert handlinger.finn_invitasjon(hemmeligheten()) is None
    ny = lag_bruker(email=invitasjon.email)
    with pytest.raises(PermissionDenied):
        handlinger.godta_invitasjon(Invitasjon.objects.get(pk=invitasjon.pk), av=ny)
    assert roller_i(ny, roller.kommunen) == set()


def test_invitasjonen_er_lik_enten_adressen_har_konto_eller_ikke(roller):
    lag_bruker(email="kjent@jobb.no")

    inviter(roller, "kjent@jobb.no")
    inviter(roller, "ukjnt@jobb.no")

    en, to = Epost.objects.order_by("pk")
    assert en.emne == to.emne
    assert len(en.tekst) == len(to.tekst)


# Being forgotten


def test_den_som_vil_glemmes_blir_borte_og_det_hun_gjorde_blir_igjen(roller):
    eier = roller["eier"]
    adresse = eier.email
    soknad_av_andre = handlinger.sok_medlemskap(roller.kommunen, begrunnelse="x", av=roller["fremmed"])
    soknad_av_andre.avgjort_av = eier
    soknad_av_andre.save()
    handlinger.sok_medlemskap(roller.partneren, begrunnelse="hemmelig", av=eier)
    handlinger.inviter(roller.kommunen, email=adresse, rolle=Rolle.ANSVARLIG, av=roller["ansvarlig"])
    handlinger.endre_rolle(eier.medlemskap.get(), rolle=Rolle.ANSVARLIG, av=roller["ansvarlig"])

    assert handlinger.slett_bruker(eier, av=eier)
    assert not handlinger.slett_bruker(eier, av=roller["administrator"])

    igjen = Bruker.objects.get(pk=eier.pk)
    assert str(igjen) == "Tidligere bruker"
    assert not igjen.is_active
    assert igjen.navn == ""
    assert igjen.aktive_medlemskap == []
    assert igjen.medlemskap.count() == 2
    assert not igjen.soknader.exists()
    assert not Invitasjon.objects.filter(email=adresse).exists()
    assert not Epost.objects.filter(til=adresse).exists()
    soknad_av_andre.refresh_from_db()
    assert str(soknad_av_andre.avgjort_av) == "Tidligere bruker"


def test_adressen_kan_brukes_til_en_ny_konto_etterpaa(roller):
    eier = roller["eier"]
    adresse = eier.email
    handlinger.slett_bruker(eier, av=eier)

    ny = handlinger.bekreft_adresse(adresse)

    assert ny.pk != eier.pk
    assert ny.aktive_medlemskap == []


@pytest.mark.parametrize("hvem", ["kollega", "ansvarlig", "moderator", "fremmed"])
def test_ingen_kan_slette_andre(roller, hvem):
    with pytest.raises(PermissionDenied):
        handlinger.slett_bruker(roller["eier"], av=roller[hvem])
