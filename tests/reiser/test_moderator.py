"""From a municipality to KS and back, until a visitor can read the project."""

import re

import pytest
from django.urls import reverse

from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.kodeverk import Status
from prosjekter.models import Prosjekt
from tests.fabrikker import lag_bruker, lag_organisasjon, lag_prosjekt
from utboks.models import Epost

pytestmark = pytest.mark.django_db
KO = "/prosjekter/ko/"


def tekst(svar):
    return " ".join(svar.content.decode().split())


def forste_sak(klient, vis="venter"):
    """The address of the first case in a part of the queue."""
    return re.search(r'href="(/prosjekter/ko/\d+/)"', klient.get(KO, {"vis": vis}).content.decode())[1]


def test_retur_med_grunn_rettet_publisert_og_lest(som, roller):
    moderator, besokende = som("moderator"), som("anonym")
    prosjekt = lag_prosjekt(
        "Naustet", eier=roller.kommunen, status=Status.KLADD, ansvarlig=roller["eier"],
        tekst={"utfordring": "Per Hansen i Storgata mangler plass."},
    )  # fmt: skip
    handlinger.send_inn(prosjekt, av=roller["eier"])
    assert besokende.get(prosjekt.get_absolute_url()).status_code == 404

    # KS reads it, and sends it back with a reason.
    sak = forste_sak(moderator)
    assert "Per Hansen" in tekst(moderator.get(sak))
    moderator.post(f"{sak}retting/", {"grunn": "personopplysninger", "begrunnelse": "Ta ut navnet på den unge."})
    assert "Køen er tom." in tekst(moderator.get(KO))
    assert "Naustet" in tekst(moderator.get(KO, {"vis": "hos_eieren"}))

    # The reason reaches the one who sent it in, by mail and on the page where it is mended.
    brev = Epost.objects.get(til=roller["eier"].email)
    assert "Ta ut navnet på den unge." in brev.tekst
    eier = som("eier")
    seksjon = eier.get(reverse("prosjekter:rediger", args=[prosjekt.slug]), follow=True)
    assert "Ta ut navnet på den unge." in tekst(seksjon)

    prosjekt.refresh_from_db()
    handlinger.lagre_seksjon(
        prosjekt, verdier={"utfordring": "Unge mangler plass."}, versjon=prosjekt.versjon, av=roller["eier"]
    )
    handlinger.send_inn(prosjekt, av=roller["eier"])

    # KS sees what has changed, and publishes.
    sak = forste_sak(moderator)
    side = moderator.get(sak)
    assert "Endret siden sist" in tekst(side)
    assert "Per Hansen" in tekst(side)  # struck out
    assert [f.etikett for f in side.context["forskjeller"]] == ["Utfordringen"]
    moderator.post(f"{sak}publiser/", {"versjon": side.context["prosjekt"].versjon})

    lest = tekst(besokende.get(prosjekt.get_absolute_url()))
    assert "Unge mangler plass." in lest
    assert "Per Hansen" not in lest
    assert Epost.objects.filter(til=roller["eier"].email, emne="Publisert: Naustet").count() == 1
    assert "Publisert" in tekst(moderator.get(KO, {"vis": "avgjort"}))


def test_betrodd_kommune_er_ute_med_en_gang_og_ks_ser_etterpaa(som, roller):
    moderator = som("moderator")
    betrodd = lag_organisasjon("Betrodd kommune", er_betrodd=True)
    eier = lag_bruker("Bente Betrodd", i=betrodd)
    prosjekt = lag_prosjekt("Skolemat", eier=betrodd, status=Status.KLADD)
    handlinger.send_inn(prosjekt, av=eier)
    assert som("anonym").get(prosjekt.get_absolute_url()).status_code == 200
    assert "Køen er tom." in tekst(moderator.get(KO))

    sak = forste_sak(moderator, "etterkontroll")
    versjon = moderator.get(sak).context["prosjekt"].versjon
    moderator.post(f"{sak}sett/", {"versjon": versjon})

    assert Prosjekt.objects.get().status == Status.PUBLISERT
    assert "Alt som er publisert uten forhåndskontroll, er sett." in tekst(moderator.get(KO, {"vis": "etterkontroll"}))

    # A change in public comes back to be looked at, with the difference.
    prosjekt.refresh_from_db()
    handlinger.lagre_seksjon(prosjekt, verdier={"ingress": "Nytt om maten."}, versjon=prosjekt.versjon, av=eier)
    side = moderator.get(forste_sak(moderator, "etterkontroll"))
    assert "Endret etter publisering" in tekst(moderator.get(KO, {"vis": "etterkontroll"}))
    assert [f.etikett for f in side.context["forskjeller"]] == ["Ingress"]
