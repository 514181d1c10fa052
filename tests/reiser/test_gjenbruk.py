"""A municipality takes an idea into use; a year passes; it confirms the value; those who shared it see the tree."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommuner.kodeverk import Rolle
from prosjekter.models import Gjenbruk
from tests.fabrikker import lag_bruker, lag_kommune, lag_organisasjon, lag_prosjekt
from utboks import jobber
from utboks.models import Epost, Jobb

pytestmark = pytest.mark.django_db
PORTALEN = "https://portal.example"


@pytest.fixture(autouse=True)
def portalens_adresse(settings):
    settings.PORTAL_ADRESSE = PORTALEN


def innlogget(bruker):
    klient = Client()
    klient.force_login(bruker)
    return klient


def lenke_i_brev(til):
    """The last link in the last letter, above what stands below every letter, as a path."""
    brev = Epost.objects.filter(til=til).latest("pk")
    return re.findall(rf"{PORTALEN}(\S+)", brev.tekst.partition("\n---")[0])[-1]


def fyll_ut(klient, adresse, **svar):
    """What stands in the form already, and what she writes."""
    skjema = klient.get(adresse).context["skjema"]
    staar = {felt.name: felt.value() for felt in skjema if felt.value() is not None}
    return klient.post(adresse, {**staar, **svar}, follow=True)


def naar_aaret_er_gaatt():
    """Move the past a year back, which is the same as waiting."""
    Gjenbruk.objects.update(i_bruk_dato=timezone.localdate() - timedelta(days=366))
    Jobb.objects.update(neste_tid=timezone.now())
    jobber.kjor_forfalte()


def test_en_ide_reiser_videre_og_gir_verdi_et_aar_senere():
    halden = lag_organisasjon("Halden kommune", kommune=lag_kommune("Halden", "3101"))
    moss = lag_organisasjon("Moss kommune", kommune=lag_kommune("Moss", "3103"))
    senja = lag_organisasjon("Senja kommune", kommune=lag_kommune("Senja", "5530"))
    eier = lag_bruker("Eva Eier", i=halden, rolle=Rolle.ANSVARLIG)
    mona, sami = lag_bruker("Mona Moss", i=moss), lag_bruker("Sámi Senja", i=senja)
    ideen = lag_prosjekt("Tryggere netter", slug="tryggere-netter", eier=halden, ansvarlig=eier)
    hos_moss = lag_prosjekt("Tryggere netter i Moss", eier=moss, ansvarlig=mona)

    # Mona reads the page without being signed in, and says that Moss will use it: she is asked to sign in on the way.
    bruk = re.search(r'href="([^"]+)">Vi vil bruke dette', Client().get(ideen.get_absolute_url()).content.decode())[1]
    assert Client().get(bruk).url == f"{reverse('account_login')}?next={bruk}"
    moss_klient = innlogget(mona)
    side = fyll_ut(moss_klient, bruk, type="tilpasset", status="planlagt", kontaktrolle="Leder", til=hos_moss.pk)
    assert "Vi har sagt fra til Halden kommune" in side.content.decode()

    # Those who shared it are told, follow the link and say thank you. Mona hears of it.
    eier_klient = innlogget(eier)
    hos_eier = eier_klient.get(lenke_i_brev(eier.email)).content.decode()
    assert "Slik bruker Moss kommune ideen" in hos_eier
    takk = re.search(r'href="([^"]+/svar/)"', hos_eier)[1]
    fyll_ut(eier_klient, takk, svar="Så fint! Snakk med nattevaktene først.")
    assert "Snakk med nattevaktene først." in moss_klient.get(lenke_i_brev(mona.email)).content.decode()

    # Half a year later it is in use, and Senja builds on what Moss made of it.
    gjenbruk = Gjenbruk.objects.get()
    rediger = reverse("prosjekter:rediger_gjenbruk", args=["tryggere-netter", gjenbruk.pk])
    fyll_ut(moss_klient, rediger, status="i_bruk")
    fyll_ut(
        innlogget(sami), reverse("prosjekter:bruk", args=[hos_moss.slug]),
        type="kopiert", status="vurderes", kontaktrolle="Rådgiver",
    )  # fmt: skip

    # A year passes. Mona is asked whether it gave value, by mail and on Min side, and answers.
    naar_aaret_er_gaatt()
    assert Epost.objects.filter(til=mona.email).latest("pk").emne == "Ga det verdi? «Tryggere netter»"
    assert "Ga «Tryggere netter» verdi hos dere?" in moss_klient.get(reverse("minside")).content.decode()
    fyll_ut(
        moss_klient, lenke_i_brev(mona.email), status="verdi_bekreftet", verdi="Færre fall om natta.", belegg="malt"
    )

    # Those who shared it see how far it has travelled, and so does everyone else.
    assert Epost.objects.filter(til=eier.email).latest("pk").emne == "«Tryggere netter» ga verdi i Moss kommune"
    for klient in (eier_klient, Client()):
        prosjektside = klient.get(ideen.get_absolute_url()).content.decode()
        assert "Ga verdi ett sted til" in prosjektside
        assert "Færre fall om natta." in prosjektside
        tre = klient.get(reverse("prosjekter:gjenbrukstre", args=["tryggere-netter"])).content.decode()
        assert tre.index("Moss kommune</a>") < tre.index("Senja kommune</a>")
        assert "Ett sted vurderer, planlegger eller innfører det." in tre
