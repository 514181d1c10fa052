"""The portal's main job, through its pages: from three fields to published and found."""

import pytest
from django.urls import reverse

from prosjekter.kodeverk import Status
from prosjekter.models import Prosjekt
from tests.fabrikker import lag_mission
from utboks.models import Epost

pytestmark = pytest.mark.django_db


def fyll_ut(side, **svar):
    """What a browser would send from the form on the page: all that stands in it, and what was typed."""
    data = {}
    for felt in side.context["skjema"]:
        verdi = felt.value()
        data[felt.html_name] = "" if verdi is None else getattr(verdi, "pk", verdi)
    return {**data, **svar}


def test_den_ansatte_fra_tre_felt_til_publisert_og_funnet(som, client, roller):
    ansatt, partner, ks = som("eier"), som("partner"), som("moderator")
    mission = lag_mission("Alle unge hører til", kurator=roller["missionkurator"])

    # Three fields on a Friday.
    side = ansatt.get(reverse("prosjekter:ny"))
    svar = ansatt.post(
        side.wsgi_request.path,
        fyll_ut(side, tittel="Naustet", utfordring="Fjorten unge står uten plass."),
        follow=True,
    )
    prosjekt = Prosjekt.objects.get()
    assert "Kladd. Bare dere i Fjordvik prøvekommune kan se den." in svar.content.decode()

    # The portal asks one thing at a time; she follows where it leads until nothing is missing.
    svarene = {
        "ingress": "Lønn fra første dag, i båtverkstedet.",
        "tjenesteomrade": ["oppvekst_utdanning"],
        "kontaktrolle": "Prosjektleder i oppvekst",
        "losning": "Vi gir lønn fra første dag.\n\n- Verksted\n- Mekanikere",
        "malgruppe": ["ungdom"],
    }
    for _nr in range(len(svarene)):
        side = ansatt.get(reverse("prosjekter:rediger", args=[prosjekt.slug]), follow=True)
        neste = side.context["skjema"].neste.felt
        ansatt.post(side.wsgi_request.path, fyll_ut(side, **{neste: svarene[neste]}))

    # The phase moves on, and so do the questions.
    side = ansatt.get(reverse("prosjekter:rediger_seksjon", args=[prosjekt.slug, "forsoket"]))
    ansatt.post(side.wsgi_request.path, fyll_ut(side, fase="pilot"))
    send_inn = reverse("prosjekter:send_inn", args=[prosjekt.slug])
    html = ansatt.get(send_inn).content.decode()
    assert "3 svar mangler" in html
    side = ansatt.get(reverse("prosjekter:rediger_seksjon", args=[prosjekt.slug, "forsoket"]))
    ansatt.post(side.wsgi_request.path, fyll_ut(side, innovasjonstype=["tjeneste"], opphav="tilpasset"))
    ansatt.post(
        reverse("prosjekter:legg_til_deltaker", args=[prosjekt.slug]),
        {"organisasjon": roller.partneren.navn.upper(), "rolle": "forskningspartner"},
    )
    invitasjon = partner.get(reverse("prosjekter:invitasjon", args=[prosjekt.slug])).context["apne"][0]
    partner.post(reverse("prosjekter:invitasjon", args=[prosjekt.slug]), {"invitasjon": invitasjon.pk, "svar": "ja"})
    ansatt.post(reverse("prosjekter:foresla_mission", args=[prosjekt.slug]), {"mission": mission.pk})

    # She looks at it as others will see it, and sends it in.
    forhand = ansatt.get(reverse("prosjekter:forhandsvis", args=[prosjekt.slug])).content.decode()
    assert "<li>Verksted</li>" in forhand
    assert client.get(prosjekt.get_absolute_url()).status_code == 404
    assert ks.get(prosjekt.get_absolute_url()).status_code == 404
    ansatt.post(send_inn)
    fikk_epost = Epost.objects.order_by("pk").values_list("til", flat=True)
    assert list(fikk_epost) == [roller[rolle].email for rolle in ("partner", "eier", "moderator")]

    # KS reads it, asks for something, gets it, and publishes.
    from prosjekter.handlinger import prosjekt as handlinger

    assert ks.get(prosjekt.get_absolute_url()).status_code == 200
    prosjekt.refresh_from_db()
    handlinger.send_til_retting(
        prosjekt, av=roller["moderator"], grunn="ufullstendig", begrunnelse="Skriv hva dere har lært så langt."
    )
    side = ansatt.get(reverse("prosjekter:rediger_seksjon", args=[prosjekt.slug, "skjedde"]))
    assert "Skriv hva dere har lært så langt." in side.content.decode()
    ansatt.post(side.wsgi_request.path, fyll_ut(side, laering="Lønn betyr mer enn kurs."))
    ansatt.post(send_inn)
    prosjekt.refresh_from_db()
    handlinger.publiser(prosjekt, av=roller["moderator"], versjon=prosjekt.versjon)

    # A visitor finds it and reads it; the employee is told; the curator has something to answer.
    prosjekt.refresh_from_db()
    assert prosjekt.status == Status.PUBLISERT
    assert "Naustet" in client.get(reverse("prosjekter:liste"), {"q": "båtverksted"}).content.decode()
    html = client.get(prosjekt.get_absolute_url()).content.decode()
    assert "Lønn betyr mer enn kurs." in html
    assert "Prøveforskning" in html
    emner = set(Epost.objects.filter(til=roller["eier"].email).values_list("emne", flat=True))
    assert emner == {"Prøveforskning er med: Naustet", "Litt mer før vi kan publisere: Naustet", "Publisert: Naustet"}
    assert Epost.objects.filter(til=roller["missionkurator"].email).count() == 1

    # What she corrects afterwards is public at once, and the history tells who did what.
    side = ansatt.get(reverse("prosjekter:rediger_seksjon", args=[prosjekt.slug, "kort"]))
    ansatt.post(side.wsgi_request.path, fyll_ut(side, ingress="Lønn fra dag én."))
    assert "Lønn fra dag én." in client.get(prosjekt.get_absolute_url()).content.decode()
    historikk = ks.get(reverse("prosjekter:historikk", args=[prosjekt.slug])).content.decode()
    for hva in ("opprettet prosjektet", "sendte inn", "sendte til retting", "publiserte", "endret prosjektet"):
        assert hva in historikk
