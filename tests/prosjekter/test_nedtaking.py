"""Whatever hangs on a project, KS takes it down and puts it back in the same way."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.urls import reverse

from prosjekter.handlinger import nedtaking as handlinger
from prosjekter.handlinger.prosjekt import Mangler
from prosjekter.models import FILSLAG, Lenke
from prosjekter.models.nedtaking import KanTasNed
from tests.fabrikker import (
    lag_barriere,
    lag_bilde,
    lag_bruker,
    lag_eksperiment,
    lag_gjenbruk,
    lag_laering,
    lag_organisasjon,
    lag_prosjekt,
    lag_samspill,
    lag_vedlegg,
)
from utboks.models import Epost

HVORFOR = {"grunn": "personopplysninger", "begrunnelse": "Ta bort navnet."}
UTEN_GRUNN = (
    {},
    {"grunn": "personopplysninger"},
    {"grunn": "personopplysninger", "begrunnelse": " \n "},
    {"begrunnelse": "Ta bort navnet."},
    {"grunn": "tull", "begrunnelse": "Ta bort navnet."},
)


def lag_brukt(prosjekt):
    taker = lag_organisasjon()
    return lag_gjenbruk(prosjekt, taker, registrert_av=lag_bruker("Tale Taker", i=taker))


LAGET = {
    "barriere": (lag_barriere, "antall_barrierer"),
    "bilde": (lag_bilde, "antall_bilder"),
    "eksperiment": (lag_eksperiment, "antall_eksperimenter"),
    "gjenbruk": (lag_brukt, "antall_i_bruk"),
    "laering": (lag_laering, "antall_laering"),
    "lenke": (lambda p: Lenke.objects.create(prosjekt=p, tittel="Rapport", url="https://x.example/"), "antall_lenker"),
    "samspill": (lambda p: lag_samspill(p, lag_prosjekt("Naboen"), begrunnelse="Kari sier det."), "antall_samspill"),
    "vedlegg": (lag_vedlegg, "antall_vedlegg"),
}


@pytest.fixture
def prosjekt(roller):
    return lag_prosjekt("Samtalen", slug="samtalen", eier=roller.kommunen, ansvarlig=roller["eier"])


@pytest.fixture(params=LAGET)
def rad(request, prosjekt):
    """One thing of each kind on the project, in turn; another of the same kind stands there too."""
    lag, _teller = LAGET[request.param]
    if request.param not in ("bilde", "vedlegg", "lenke"):  # the same file is there once
        lag(prosjekt)
    rad = lag(prosjekt)
    rad.slag = request.param
    return rad


def adresse(rad, hva):
    if rad.slag == "laering":
        return reverse(f"laering:{hva}", args=[rad.pk])
    if rad.slag in FILSLAG:
        return reverse(f"prosjekter:{hva}_fil", args=["samtalen", rad.slag, rad.pk])
    return reverse(f"prosjekter:{hva}_{rad.slag}", args=["samtalen", rad.pk])


def er_nede(rad):
    return type(rad).objects.get(pk=rad.pk).tatt_ned_tid is not None


def talt(rad):
    rad.prosjekt.refresh_from_db()
    return getattr(rad.prosjekt, LAGET[rad.slag][1])


def ses_av(rad, bruker):
    return type(rad).objects.synlige_for(bruker).filter(pk=rad.pk).exists()


def test_alle_slag_er_med_her(roller):
    prosjekt = lag_prosjekt(eier=roller.kommunen)

    provd = {type(lag(prosjekt)) for lag, _teller in LAGET.values()}

    kan_tas_ned = {m for m in _alle_under(KanTasNed) if not m._meta.abstract}
    assert kan_tas_ned == provd == set(handlinger.SLAG)


def _alle_under(klasse):
    return {under for sub in klasse.__subclasses__() for under in (sub, *_alle_under(sub))}


@pytest.mark.parametrize("felt", [{"tatt_ned_tid": "2026-01-01T00:00Z"}, {"tatt_ned_grunn": "reklame"}])
def test_databasen_krever_grunn_og_tid_sammen(rad, felt):
    with pytest.raises(IntegrityError):
        type(rad).objects.filter(pk=rad.pk).update(**felt)


def test_uten_grunn_tas_ingenting_ned(som, roller, rad):
    klient = som("moderator")

    for sendt in UTEN_GRUNN:
        svar = klient.post(adresse(rad, "ta_ned"), sendt)

        assert svar.status_code == 200
        html = svar.content.decode()
        assert "Skriv hvorfor" in html if not sendt.get("begrunnelse", "").strip() else "grunn" in html.lower()
    assert not er_nede(rad)
    assert Epost.objects.count() == 0


def test_grunnen_kreves_ogsaa_forbi_skjemaet(roller, rad):
    for sagt, mangler in (
        ({"grunn": "", "begrunnelse": "Ta bort navnet."}, ["grunn"]),
        ({"grunn": "reklame", "begrunnelse": " \n"}, ["begrunnelse"]),
        ({"grunn": "", "begrunnelse": ""}, ["grunn", "begrunnelse"]),
    ):
        with pytest.raises(Mangler) as feil:
            handlinger.ta_ned(rad, **sagt, av=roller["moderator"])
        assert feil.value.felt == mangler
    assert not er_nede(rad)


def test_bare_ks_moderatorer_tar_ned_og_legger_tilbake(som, roller, rad):
    for rolle in ("fremmed", "eier", "kollega", "ansvarlig", "partner", "folgeforsker", "missionkurator"):
        for hva in ("ta_ned", "legg_tilbake"):
            # the project's own people put back an experiment they have withdrawn; here there is nothing to put back
            ventet = 302 if (rad.slag, hva) == ("eksperiment", "legg_tilbake") and er_husets(rolle) else 403
            assert som(rolle).post(adresse(rad, hva), HVORFOR).status_code == ventet, (rolle, hva)
        with pytest.raises(PermissionDenied):
            handlinger.ta_ned(rad, **HVORFOR, av=roller[rolle])
    assert som("anonym").post(adresse(rad, "ta_ned"), HVORFOR).status_code == 302
    assert not er_nede(rad)


def er_husets(rolle):
    return rolle in ("eier", "kollega", "ansvarlig")


def test_den_som_ikke_ser_prosjektet_faar_vite_at_det_ikke_finnes(som, rad):
    type(rad.prosjekt).objects.filter(pk=rad.prosjekt.pk).update(status="kladd", publisert_tid=None)

    for hva in ("ta_ned", "legg_tilbake"):
        assert som("fremmed").post(adresse(rad, hva), HVORFOR).status_code == 404
    assert not er_nede(rad)


def test_tatt_ned_er_borte_og_telles_ikke_og_kommer_tilbake(som, roller, rad):
    handlinger.SLAG[type(rad)].ferdig(rad.prosjekt, rad)
    for_ = talt(rad)
    klient = som("moderator")
    assert klient.get(adresse(rad, "ta_ned")).status_code == 200

    for _klikk in range(2):
        assert klient.post(adresse(rad, "ta_ned"), HVORFOR).status_code == 302

    assert not ses_av(rad, roller["fremmed"])
    assert not ses_av(rad, roller["anonym"])
    assert ses_av(rad, roller["moderator"])
    assert talt(rad) == for_ - 1
    fersk = type(rad).objects.get(pk=rad.pk)
    assert "Ta bort navnet." in fersk.tatt_ned_i_ord
    assert fersk.historikk.latest().history_change_reason == f"ta_ned_{rad.slag}"

    for _klikk in range(2):
        assert klient.post(adresse(rad, "legg_tilbake")).status_code == 302

    assert ses_av(rad, roller["fremmed"])
    assert talt(rad) == for_
    fersk = type(rad).objects.get(pk=rad.pk)
    assert (fersk.tatt_ned_grunn, fersk.tatt_ned_begrunnelse, fersk.tatt_ned_i_ord) == ("", "", "")


def test_de_som_skrev_det_faar_begrunnelsen_en_gang(roller, rad):
    for _klikk in range(2):
        handlinger.ta_ned(rad, **HVORFOR, av=roller["moderator"])
    [brev] = Epost.objects.filter(emne__startswith="Tatt ned")
    assert "Ta bort navnet." in brev.tekst
    assert "Røper noe om enkeltpersoner" in brev.tekst

    for _klikk in range(2):
        handlinger.legg_tilbake(rad, av=roller["moderator"])
    assert Epost.objects.filter(emne__startswith="Synlig igjen").count() == 1


def test_slettet_mens_ks_leste_finnes_ikke_lenger(som, rad):
    skjemaet = adresse(rad, "ta_ned")
    rad.delete()

    assert som("moderator").post(skjemaet, HVORFOR).status_code == 404
