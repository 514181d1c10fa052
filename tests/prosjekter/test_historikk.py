"""Who changed what, in words people use."""

import pytest
from django.urls import reverse

from partnerskap.felles import historikk
from prosjekter.handlinger import deltakelse as deltakelse_handlinger
from prosjekter.handlinger import mission as mission_handlinger
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.kodeverk import Grunn, Status
from prosjekter.models import Prosjekt
from prosjekter.sidedata import historikk as historikkdata
from tests.fabrikker import lag_mission, lag_organisasjon
from tests.prosjekter.test_registrering import kladd

pytestmark = pytest.mark.django_db


def nytt(roller):
    prosjekt, _ny = handlinger.opprett(
        tittel="Naustet", utfordring="Ingen plass til unge.", eier=roller.kommunen, nokkel="1", av=roller["eier"]
    )
    return prosjekt


def felter(endring):
    return {f.etikett: (f.fra, f.til) for f in endring.felter}


def test_opprettelsen_forteller_bare_det_som_ble_skrevet(roller):
    prosjekt = nytt(roller)

    (endring,) = historikkdata.endringer(prosjekt)

    assert (endring.hvem, endring.hva) == ("Eier Prøve", "opprettet prosjektet")
    assert felter(endring) == {
        "Tittel": ("", "Naustet"),
        "Ansvarlig": ("", "Eier Prøve"),
        "Utfordringen": ("", "Ingen plass til unge."),
        "Deltakelse": ("", "Fjordvik prøvekommune, eier"),
    }


def test_en_endring_samler_alt_fra_samme_lagring_med_etiketter(roller):
    prosjekt = nytt(roller)
    handlinger.lagre_seksjon(
        prosjekt, versjon=1, av=roller["kollega"],
        verdier={"fase": "pilot", "utfordring": "Liten plass til unge.", "malgruppe": ["ungdom"], "start_dato": None},
    )  # fmt: skip

    endring = historikkdata.endringer(prosjekt)[0]

    assert (endring.hvem, endring.hva) == ("Kollega Prøve", "endret prosjektet")
    assert felter(endring) == {
        "Fase": ("Idé", "Pilot"),
        "Utfordringen": ("Ingen plass til unge.", "Liten plass til unge."),
        "Målgruppe": ("", "Ungdom"),
    }
    tekst = next(f for f in endring.felter if f.etikett == "Utfordringen")
    assert [(b.slag, b.tekst) for b in tekst.diff][:2] == [("ut", "Ingen"), ("inn", "Liten")]


def test_hele_veien_kan_leses(roller):
    prosjekt = kladd(roller)
    eier, moderator = roller["eier"], roller["moderator"]
    mission = lag_mission("Alle med")
    mission_handlinger.foresla_mission(prosjekt, mission=mission, av=eier)
    handlinger.send_inn(prosjekt, av=eier)
    handlinger.send_til_retting(prosjekt, av=moderator, grunn=Grunn.UFULLSTENDIG, begrunnelse="Si hva som skjedde.")
    handlinger.send_inn(prosjekt, av=eier)
    handlinger.publiser(prosjekt, av=moderator)
    deltakelse, _ny = deltakelse_handlinger.legg_til_deltaker(
        prosjekt, organisasjon=lag_organisasjon("Nabovik"), rolle="testarena", av=moderator
    )
    deltakelse_handlinger.avslutt_deltakelse(deltakelse, til_dato="2026-01-01", av=eier)

    endringer = historikkdata.endringer(prosjekt)

    assert [e.hva for e in endringer][:7] == [
        "avsluttet en deltakelse", "la til en deltaker", "publiserte", "sendte inn", "sendte til retting",
        "sendte inn", "foreslo prosjektet til en mission",
    ]  # fmt: skip
    assert felter(endringer[0]) == {"Nabovik, testarena: til": ("", "1. januar 2026")}
    assert felter(endringer[1])["Deltakelse"] == ("", "Nabovik, testarena")
    assert felter(endringer[6]) == {"Forslag til mission": ("", "Alle med")}


def test_det_sies_hvilken_mission_som_svarte(roller):
    prosjekt = kladd(roller, status=Status.PUBLISERT)
    missions = lag_mission("Alle med"), lag_mission("Grønt skifte")
    forslag = [mission_handlinger.foresla_mission(prosjekt, mission=m, av=roller["eier"])[0] for m in missions]
    svar = {"sett": "foreslatt", "av": roller["missionkurator"]}
    mission_handlinger.avgjor_tilknytning(forslag[0], svar="godtatt", **svar)
    mission_handlinger.avgjor_tilknytning(forslag[1], svar="avslatt", begrunnelse="Handler om eldre.", **svar)

    nei, ja = historikkdata.endringer(prosjekt)[:2]

    assert felter(ja) == {"Alle med: svar": ("Foreslått", "Godtatt")}
    assert felter(nei) == {
        "Grønt skifte: svar": ("Foreslått", "Avslått"), "Grønt skifte: begrunnelse": ("", "Handler om eldre."),
    }  # fmt: skip


@pytest.mark.parametrize("status", [Status.INNSENDT, Status.PUBLISERT])
def test_hvem_som_ikke_er_med_lenger_er_bare_for_dem_som_leser_historikken(som, roller, status):
    prosjekt = kladd(roller, status=status)
    deltakelse, _ny = deltakelse_handlinger.legg_til_deltaker(
        prosjekt, organisasjon=roller.partneren, rolle="testarena", av=roller["moderator"]
    )
    deltakelse_handlinger.avslutt_deltakelse(deltakelse, til_dato="2026-01-01", av=roller["eier"])
    adresse = reverse("prosjekter:historikk", args=[prosjekt.slug])
    hvem = f"{roller.partneren}, testarena: til"

    svar = {rolle: som(rolle).get(adresse) for rolle in ("eier", "kollega", "partner", "fremmed", "anonym")}

    assert {rolle for rolle, s in svar.items() if hvem in s.content.decode()} == {"eier", "kollega"}
    nektet = 404 if status == Status.INNSENDT else 403
    assert {rolle: s.status_code for rolle, s in svar.items() if s.status_code != 200} == {
        "partner": nektet, "fremmed": nektet, "anonym": 302,
    }  # fmt: skip


def test_slettet_person_blir_tidligere_bruker(roller):
    prosjekt = nytt(roller)
    kollega = roller["kollega"]
    handlinger.lagre_seksjon(prosjekt, verdier={"ingress": "Kort"}, versjon=1, av=kollega)

    kollega.medlemskap.all().delete()
    kollega.delete()

    assert historikkdata.endringer(prosjekt)[0].hvem == "Tidligere bruker"


def test_siden_leses_av_deltakere_ks_og_foelgeforsker(som, roller):
    prosjekt = kladd(roller, status=Status.PUBLISERT)
    handlinger.lagre_seksjon(prosjekt, verdier={"ingress": "Ny ingress her"}, versjon=1, av=roller["eier"])

    html = som("folgeforsker").get(reverse("prosjekter:historikk", args=[prosjekt.slug])).content.decode()

    assert "<strong>Eier Prøve</strong> endret prosjektet" in html
    assert "Ny ingress her</ins>" in html


@pytest.mark.parametrize("antall", [1, 3, 40])
def test_like_mange_spoerringer_for_kort_og_lang_historie(roller, antall, django_assert_num_queries):
    prosjekt = nytt(roller)
    for nummer in range(antall):
        prosjekt = handlinger.lagre_seksjon(
            prosjekt, verdier={"ingress": f"{nummer}", "malgruppe": ["barn"] if nummer % 2 else ["eldre"]},
            versjon=prosjekt.versjon, av=roller["eier" if nummer % 2 else "kollega"],
        )  # fmt: skip

    with django_assert_num_queries(14):
        endringer = historikkdata.endringer(prosjekt)

    assert len(endringer) == antall + 1


def test_lang_historie_kommer_paa_flere_sider(som, roller):
    prosjekt = nytt(roller)
    for nummer in range(35):
        av = roller["eier" if nummer % 2 else "kollega"]
        prosjekt = handlinger.lagre_seksjon(
            prosjekt, verdier={"ingress": f"Nr {nummer}"}, versjon=prosjekt.versjon, av=av
        )
    adresse = reverse("prosjekter:historikk", args=[prosjekt.slug])
    klient = som("eier")

    assert klient.get(adresse).content.decode().count('class="hendelse"') == 30
    assert klient.get(f"{adresse}?side=2").content.decode().count('class="hendelse"') == 6
    assert klient.get(f"{adresse}?side=tull").status_code == 200


def test_kilde_uten_forgjenger_gjetter_ikke(roller):
    """A row that says «changed» with nothing before it: what it changed is not known."""
    prosjekt = nytt(roller)
    Prosjekt.historikk.update(history_type="~")

    endringer = historikk.les([historikk.Kilde(Prosjekt.historikk.filter(id=prosjekt.pk))])

    assert endringer[0].felter == []


def test_lagring_paa_lagring_mens_en_skriver_leses_som_en_endring(roller):
    prosjekt = nytt(roller)
    for ingress, malgruppe in (("V", ["barn"]), ("Vi", ["barn", "eldre"]), ("Vi prøver", ["eldre"])):
        prosjekt = handlinger.lagre_seksjon(
            prosjekt, verdier={"ingress": ingress, "malgruppe": malgruppe}, versjon=prosjekt.versjon, av=roller["eier"]
        )
    handlinger.lagre_seksjon(
        prosjekt, verdier={"ingress": "Vi prøver nå"}, versjon=prosjekt.versjon, av=roller["kollega"]
    )

    siste, nest_siste, _foerst = historikkdata.endringer(prosjekt)

    assert felter(siste) == {"Ingress": ("Vi prøver", "Vi prøver nå")}
    assert felter(nest_siste) == {"Ingress": ("", "Vi prøver"), "Målgruppe": ("", "Eldre")}


def test_flere_koder_staar_paa_en_linje(roller):
    prosjekt = nytt(roller)
    prosjekt = handlinger.lagre_seksjon(
        prosjekt, verdier={"malgruppe": ["barn", "eldre"]}, versjon=1, av=roller["eier"]
    )
    handlinger.lagre_seksjon(prosjekt, verdier={"malgruppe": ["eldre", "alle"]}, versjon=2, av=roller["kollega"])

    siste, forste, _opprettet = historikkdata.endringer(prosjekt)

    assert felter(forste) == {"Målgruppe": ("", "Barn, Eldre")}
    assert felter(siste) == {"Målgruppe": ("Barn", "Alle innbyggere")}


def test_lang_pause_er_en_ny_endring(roller):
    prosjekt = nytt(roller)
    for ingress in ("En", "To"):
        prosjekt = handlinger.lagre_seksjon(
            prosjekt, verdier={"ingress": ingress}, versjon=prosjekt.versjon, av=roller["eier"]
        )
    tidlig = Prosjekt.historikk.get(versjon=2)
    tidlig.history_date -= historikk.PAUSE
    tidlig.save()

    assert len(historikkdata.endringer(prosjekt)) == 3
