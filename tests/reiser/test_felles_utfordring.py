"""Three municipalities have the same need, KS sees it, and they start a project together."""

import pytest
from django.test import Client

from missions.models import Utfordring, Utfordringsoppsett
from prosjekter.models import Prosjekt
from tests.fabrikker import lag_bruker, lag_organisasjon
from utboks.models import Epost

pytestmark = pytest.mark.django_db


def person(sted):
    klient = Client()
    bruker = lag_bruker(f"Ansatt i {sted}", i=lag_organisasjon(sted), email=f"ansatt@{sted.lower()}.example")
    klient.force_login(bruker)
    return klient


def test_tre_kommuner_gaar_sammen(roller):
    Utfordringsoppsett.objects.create(pk=1, terskel=3)
    forst, andre, tredje, utenfor = (person(sted) for sted in ("Forstvik", "Andrevik", "Tredjevik", "Utenforvik"))

    svar = forst.post(
        "/utfordringer/ny/",
        {
            "tittel": "Vi får ikke tak i nattevakter",
            "beskrivelse": "Ingen søker.",
            "hvem": "Alle som trenger hjelp om natta.",
            "mangler": "Noen å prøve sammen med.",
            "eier": forst.get("/utfordringer/ny/").context["skjema"]["eier"].value(),
            "nokkel": "0b6e7e34-6a3b-4c0e-9a55-5f7a4f8f1f02",
        },
    )
    adresse = svar["Location"]
    forst.post(f"{adresse}publiser/")
    for klient in (andre, tredje):
        organisasjon = klient.get(f"{adresse}skriv-under/").context["skjema"].egne[0]
        klient.post(f"{adresse}skriv-under/", {"organisasjon": organisasjon.pk, "begrunnelse": "Vi også."})
    assert Utfordring.objects.venter_pa_kurator().exists()

    start = forst.get(f"{adresse}start/")
    assert "De 2 andre som har utfordringen, blir invitert" in start.content.decode()
    skjema = start.context["skjema"]
    data = {"tittel": "Natt uten grenser", "eier": skjema.egne[0].pk, "nokkel": skjema["nokkel"].value()}
    for _klikk in range(2):
        forst.post(f"{adresse}start/", data)
    prosjekt = Prosjekt.objects.get()
    invitert = {e.til for e in Epost.objects.filter(emne="Bli med: Natt uten grenser")}
    assert invitert == {"ansatt@andrevik.example", "ansatt@tredjevik.example"}

    invitasjon = f"/prosjekter/{prosjekt.slug}/invitasjon/"
    assert utenfor.get(invitasjon).status_code == 404
    assert andre.get(prosjekt.get_absolute_url()).status_code == 404  # a draft, until they say yes
    pk = andre.get(invitasjon).context["apne"][0].pk
    assert utenfor.post(invitasjon, {"invitasjon": pk, "svar": "ja"}).status_code == 404
    assert "Bli med i Natt uten grenser" in andre.get("/min-side/").content.decode()
    for _klikk in range(2):
        andre.post(invitasjon, {"invitasjon": pk, "svar": "ja"})
    tredje.post(invitasjon, {"invitasjon": tredje.get(invitasjon).context["apne"][0].pk, "svar": "nei"})

    assert [d.organisasjon.navn for d in prosjekt.deltakelser.all()] == ["Forstvik", "Andrevik"]
    assert andre.get(f"/prosjekter/{prosjekt.slug}/rediger/", follow=True).status_code == 200
    assert tredje.get(prosjekt.get_absolute_url()).status_code == 404
    assert "Natt uten grenser" in andre.get(adresse).content.decode()
    assert "Natt uten grenser" not in utenfor.get(adresse).content.decode()
    assert "Bli med i Natt uten grenser" not in andre.get("/min-side/").content.decode()
