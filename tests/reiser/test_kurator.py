"""A curator's day: a mission comes to be, is worked on by two, is published, and takes in its first project."""

import re
import uuid

import pytest
from django.urls import reverse

from missions.handlinger import lagre_mission
from missions.models import Mission
from prosjekter.handlinger import mission as mission_handlinger
from prosjekter.models import Missiontilknytning
from tests.fabrikker import lag_bruker, lag_ks, lag_mission, lag_prosjekt
from utboks.models import Epost

pytestmark = pytest.mark.django_db


def tekst(svar):
    return " ".join(svar.content.decode().split())


def skjemaverdier(svar):
    """What the page's form would post."""
    skjema = svar.context["skjema"]
    return {navn: "" if (verdi := skjema[navn].value()) is None else str(verdi) for navn in skjema.fields}


def test_fra_tom_side_til_forste_prosjekt(som, roller):
    kurator, besokende = som("missionkurator"), som("anonym")

    # She writes the challenge, with a figure that has its source.
    kurator.post(
        reverse("missions:ny_utfordring"),
        {
            "nokkel": str(uuid.uuid4()), "navn": "Ungt utenforskap", "ingress": "For mange står utenfor.",
            "rekkefolge": "0", "er_prioritert": "on", "tall-TOTAL_FORMS": "1", "tall-INITIAL_FORMS": "0",
            "tall-0-verdi": "11 %", "tall-0-tekst": "av dem under 30", "tall-0-aar": "2022", "tall-0-kilde": "KS",
        },
    )  # fmt: skip
    assert "11 %" in tekst(besokende.get(reverse("missions:liste")))

    # She begins a mission, looks at it, and saves.
    ny = kurator.get(reverse("missions:ny"))
    data = skjemaverdier(ny) | {
        "samfunnsutfordring": ny.context["skjema"].fields["samfunnsutfordring"].queryset.get().pk,
        "tittel": "Alle unge med",
        "retningsmal": "Ingen skal stå utenfor i 2035.",
        "hvorfor_haster": "Hvert år kommer et **nytt kull**.",
    }
    sett = kurator.post(reverse("missions:ny"), data | {"forhandsvis": "1"})
    assert "<strong>nytt kull</strong>" in tekst(sett)
    assert not Mission.objects.exists()
    kurator.post(reverse("missions:ny"), skjemaverdier(sett))
    mission = Mission.objects.get()
    assert besokende.get(mission.get_absolute_url()).status_code == 404

    # It needs a deadline before everyone can see it.
    kurator.post(reverse("missions:publiser", args=[mission.slug]))
    rediger = reverse("missions:rediger", args=[mission.slug])
    mitt = skjemaverdier(kurator.get(rediger)) | {"frist": "2035-12-31", "retningsmal": "Min retning."}

    # A colleague saves first; she sees both texts, and keeps what is best.
    administrator = som("administrator")
    deres = skjemaverdier(administrator.get(rediger)) | {"retningsmal": "Kollegaens retning."}
    assert administrator.post(rediger, deres).status_code == 302
    konflikt = kurator.post(rediger, mitt)
    assert konflikt.status_code == 409
    assert "Kollegaens" in tekst(konflikt)
    assert skjemaverdier(konflikt)["retningsmal"] == "Min retning."
    begges = skjemaverdier(konflikt) | {"retningsmal": "Vår felles retning."}
    assert kurator.post(rediger, begges).status_code == 302

    kurator.post(reverse("missions:publiser", args=[mission.slug]))
    side = tekst(besokende.get(mission.get_absolute_url()))
    assert "Vår felles retning." in side
    assert "31. desember 2035" in side

    # A municipality proposes its project; the curator takes it in, and the municipality is told.
    prosjekt = lag_prosjekt("Naustet", eier=roller.kommunen, ansvarlig=roller["eier"])
    mission.refresh_from_db()
    mission_handlinger.foresla_mission(prosjekt, mission=mission, av=roller["eier"])
    ko = kurator.get(reverse("prosjekter:ko"))
    assert "Naustet" in tekst(ko)
    lenke = re.search(r'href="(/prosjekter/ko/forslag/\d+/)"', ko.content.decode())[1]
    kurator.post(lenke, {"svar": "godtatt", "sett": "foreslatt"})

    assert Missiontilknytning.objects.godtatte().count() == 1
    assert "Naustet" in tekst(besokende.get(mission.get_absolute_url()))
    assert "Alle unge med" in tekst(besokende.get(prosjekt.get_absolute_url()))
    assert Epost.objects.filter(til=roller["eier"].email, emne="Med i missionen: Naustet").exists()

    # And who did what stands in the history.
    historikk = tekst(kurator.get(reverse("missions:historikk", args=[mission.slug])))
    assert "Administrator i KS" in historikk
    assert "viste missionen for alle" in historikk


def test_ny_kurator_overtar_forslagene(som, roller):
    ny = lag_bruker("Nina Ny", i=lag_ks(), rolle="missionkurator")
    mission = lag_mission("Alle unge med", kurator=roller["missionkurator"])
    prosjekt = lag_prosjekt("Naustet", eier=roller.kommunen)
    mission_handlinger.foresla_mission(prosjekt, mission=mission, av=roller["eier"])

    lagre_mission(mission, versjon=1, verdier={"kurator": ny}, av=roller["administrator"])

    assert "Naustet" not in tekst(som("missionkurator").get(reverse("prosjekter:ko")))
    assert Missiontilknytning.objects.ventende_for(ny).count() == 1
    assert Epost.objects.filter(til=ny.email, emne="Du er kurator for «Alle unge med»").exists()
