"""What is for the municipal sector, or for those who take part, is seen by nobody else on any page, file or feed.

Every open address is fetched before and after the hidden things are made, and must be the same to the letter. Then each
kind of person asks for each secret in every way there is, and finds those she may see and no others.
"""

import re
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.urls import reverse

from prosjekter.handlinger.laering import merk_nyttig
from prosjekter.handlinger.nedtaking import ta_ned
from prosjekter.kodeverk import Status, Synlighet, Utfall
from prosjekter.models import Deltakelse, Laering
from tests.fabrikker import lag_eksperiment, lag_laering, lag_prosjekt
from tests.husregler.adresser import AAPNE, adresse_til
from tests.husregler.conftest import roller, verden  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
SVARER = sorted(navn for navn, status in AAPNE.items() if status == 200)
# Of each secret: a word to search for, and one that gives it away. Nonsense, so that nothing else has them.
SEKTORKORT, DELTAKERKORT, NEDTATT = ("knorvel", "svippeldrak"), ("trundel", "brakkefjams"), ("flirvik", "dompelstrev")
KLADDKORT, SEKTORPROSJEKT, SEKTORPROSJEKTETS_KORT = (
    ("snurpel", "vaddekrumm"),
    ("gnuffel", "plistervang"),
    ("dravel", "kvistelbom"),
)
ALLE = (SEKTORKORT, DELTAKERKORT, NEDTATT, KLADDKORT, SEKTORPROSJEKT, SEKTORPROSJEKTETS_KORT)
I_SEKTOREN = {SEKTORKORT, SEKTORPROSJEKT, SEKTORPROSJEKTETS_KORT}


def setning(hemmelighet):
    return f"Vi lærte av {hemmelighet[0]} at {hemmelighet[1]} hjelper."


@pytest.fixture
def hemmelig(verden, roller):  # noqa: F811
    """Makes the hidden things, when it is called: on a project that is open, on one for the sector, and on a draft."""

    def lag():
        prosjekt = verden.prosjekt
        felles = {"type": "dette_virket_ikke", "skrevet_av": roller["eier"]}
        lag_laering(prosjekt, setning(SEKTORKORT), synlighet=Synlighet.SEKTOR, **felles)
        lag_laering(prosjekt, setning(DELTAKERKORT), synlighet=Synlighet.PROSJEKT, **felles)
        ned = lag_laering(prosjekt, setning(NEDTATT), type="feilkilde")
        ta_ned(ned, grunn="reklame", begrunnelse="Nei.", av=roller["moderator"])
        kladd = lag_prosjekt("Kladden", eier=roller.kommunen, status=Status.KLADD)
        lag_laering(kladd, setning(KLADDKORT), **felles)
        sektor = lag_prosjekt(
            f"Om {SEKTORPROSJEKT[0]} og {SEKTORPROSJEKT[1]}",
            eier=roller.kommunen,
            synlighet=Synlighet.SEKTOR,
            utfall=Utfall.VIRKET_IKKE,
        )
        lag_laering(sektor, setning(SEKTORPROSJEKTETS_KORT), **felles)
        lag_eksperiment(sektor, setning(SEKTORPROSJEKT), beslutning="stopp")
        lag_eksperiment(kladd, setning(KLADDKORT), beslutning="stopp")
        call_command("bygg_sokeindeks", verbosity=0)  # the words of «mente du» too

    return lag


def adresser(verden):  # noqa: F811
    """Every open page, and the parts of the site map."""
    for navn in SVARER:
        yield adresse_til(navn, verden)
    for del_ in ("laering", "eksperimenter", "prosjekter", "sider"):
        yield reverse("nettkart_del", args=[del_])


def innhold(svar):
    tekst = (b"".join(svar.streaming_content) if svar.streaming else svar.content).decode(errors="replace")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|<updated>[^<]+</updated>', "", tekst)


# A stranger in an organisation outside the municipal sector is shown no more than a visitor.
@pytest.mark.parametrize("rolle", ["anonym", "partner"])
def test_ingen_aapen_side_endrer_seg_av_det_som_er_skjult(som, roller, verden, hemmelig, rolle):  # noqa: F811
    roller["eier"], roller["moderator"]
    Deltakelse.objects.filter(organisasjon=roller.partneren).delete()
    call_command("bygg_sokeindeks", verbosity=0)
    klient = som(rolle)
    klient.get("/")
    foer = {adresse: innhold(klient.get(adresse)) for adresse in adresser(verden)}
    assert any(verden.laering.tekst in tekst for tekst in foer.values())

    hemmelig()

    ulike = [adresse for adresse, tekst in foer.items() if innhold(klient.get(adresse)) != tekst]
    assert ulike == []


def sider_hun_ser(klient, verden):  # noqa: F811
    """Every page where such things stand, in one text."""
    steder = [
        *adresser(verden),
        *(reverse(navn) for navn in ("minside", "min_laering", "mine_data")),
        *(reverse("laering:kort", args=[pk]) for pk in Laering.objects.values_list("pk", flat=True)),
    ]
    return "\n".join(innhold(klient.get(adresse)) for adresse in steder)


def det_hun_finner(klient, ord_):
    """Everything that is answered to someone who looks for the word."""
    navn = ("sok", "sokeforslag", "laering:liste", "laering:feed", "laering:eksport", "prosjekter:liste")
    steder = [reverse(n) + f"?q={quote(ord_)}" for n in (*navn, "prosjekter:nye", "prosjekter:eksport")]
    return "\n".join(innhold(klient.get(a)) for a in (*steder, reverse("sokeforslag") + f"?q={ord_[:4]}"))


def funnet_av(klient, verden):  # noqa: F811
    """What she is shown anywhere, and what of it she finds by searching."""
    ved_sok = sokt_opp_av(klient)
    paa_sidene = sider_hun_ser(klient, verden)
    return ved_sok | {h for h in ALLE if h[1] in paa_sidene}, ved_sok


def sokt_opp_av(klient):
    return {h for h in ALLE if h[1] in det_hun_finner(klient, h[0])}


SER = {
    "missionkurator": I_SEKTOREN,
    "folgeforsker": I_SEKTOREN | {DELTAKERKORT},
    "moderator": set(ALLE) - {KLADDKORT},
    "eier": set(ALLE),
    "fremmed": I_SEKTOREN,
}


@pytest.mark.parametrize(("rolle", "ser"), SER.items(), ids=SER)
def test_hver_finner_det_hun_kan_se_og_ikke_noe_annet(som, roller, verden, hemmelig, rolle, ser):  # noqa: F811
    roller["eier"]
    hemmelig()
    klient = som(rolle)

    assert funnet_av(klient, verden) == (ser, ser - {NEDTATT, KLADDKORT})


@pytest.mark.parametrize("rolle", ["anonym", "partner"])
def test_den_som_ikke_ser_noe_av_det_finner_det_ikke_heller(som, roller, hemmelig, rolle):  # noqa: F811
    hemmelig()

    assert sokt_opp_av(som(rolle)) == set()


def test_en_partner_som_er_med_ser_kortene_i_sitt_prosjekt_men_ikke_sektorens_andre(som, roller, verden, hemmelig):  # noqa: F811
    roller["eier"]
    hemmelig()
    Deltakelse.objects.create(prosjekt=verden.prosjekt, organisasjon=roller.partneren, rolle="observator")

    assert funnet_av(som("partner"), verden)[0] == {SEKTORKORT, DELTAKERKORT}


def test_strommen_er_bare_det_aapne_ogsaa_for_den_som_er_innlogget(som, roller, verden, hemmelig):  # noqa: F811
    hemmelig()

    atom = innhold(som("eier").get(reverse("laering:feed")))

    assert verden.laering.tekst in atom
    assert not any(h[1] in atom for h in ALLE)


def test_tallene_ved_filtrene_teller_bare_det_leseren_ser(som, verden, hemmelig):  # noqa: F811
    hemmelig()
    adresse = reverse("laering:liste")

    for rolle, antall in (("anonym", "1 læringskort"), ("partner", "1 læringskort"), ("fremmed", "3 læringskort")):
        html = innhold(som(rolle).get(adresse))
        assert antall in html
        assert ('value="dette_virket_ikke"' in html) is (rolle == "fremmed")


def test_e_post_om_et_kort_gaar_bare_til_dem_som_ser_det(roller, verden, hemmelig):  # noqa: F811
    from utboks.models import Epost

    roller["eier"]
    hemmelig()
    kort = Laering.objects.get(tekst=setning(SEKTORKORT))
    merk_nyttig(kort, organisasjon=roller["fremmed"].aktive_medlemskap[0].organisasjon, av=roller["fremmed"])

    mottakere = set(Epost.objects.filter(tekst__contains=SEKTORKORT[1]).values_list("til", flat=True))
    assert mottakere <= {roller[r].email for r in ("eier", "kollega", "ansvarlig")}


def test_ingen_andre_ser_at_et_kort_er_lagret(som, roller, verden):  # noqa: F811
    adresser_ = [verden.laering.get_absolute_url(), reverse("laering:liste"), verden.prosjekt.get_absolute_url()]
    klient = som("anonym")
    foer = [innhold(klient.get(adresse)) for adresse in adresser_]

    fremmed = roller["fremmed"]
    merk_nyttig(verden.laering, organisasjon=fremmed.aktive_medlemskap[0].organisasjon, av=fremmed)

    assert [innhold(klient.get(adresse)) for adresse in adresser_] == foer
    assert "Annenvik" not in innhold(som("partner").get(adresser_[0]))
    assert "Annenvik" in innhold(som("eier").get(adresser_[0]))
