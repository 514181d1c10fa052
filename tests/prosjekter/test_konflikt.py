"""Two editors at once: one wins, the other sees the difference, and nothing typed is lost."""

import pytest
from django.urls import reverse

from missions.models import Mission
from partnerskap.felles import versjon
from partnerskap.felles.versjon import Bit
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.kodeverk import Status
from prosjekter.models import Prosjekt, Prosjekttekst
from tests.fabrikker import lag_mission
from tests.prosjekter.test_registrering import kladd, seksjon, svar_i


@pytest.mark.parametrize(
    ("start", "deres", "mine", "ventet", "flettet", "konflikt"),
    [
        ("a", "a", "a", "a", [], False),
        ("a", "a", "b", "b", [], False),  # only I changed it
        ("a", "b", "a", "b", ["felt"], False),  # only they did
        ("a", "b", "b", "b", [], False),  # both, the same
        ("a", "b", "c", "c", [], True),
        ("a", "", "b", "b", [], True),  # they emptied it
        (None, None, "b", "b", [], False),
        ("x\r\ny", "x\ny", "z", "z", [], False),  # line breaks are no change
        (["2", "1"], ["1", "2"], ["3"], ["3"], [], False),  # nor is the order of codes
        (["1"], ["1", "2"], ["1", "3"], ["1", "3"], [], True),
    ],
)
def test_flett(start, deres, mine, ventet, flettet, konflikt):
    svar = versjon.flett({"felt": start}, {"felt": deres}, {"felt": mine})

    assert svar.verdier["felt"] == ventet
    assert svar.flettet == flettet
    assert bool(svar.konflikter) is konflikt


def test_uten_kjent_utgangspunkt_er_all_ulikhet_en_konflikt():
    svar = versjon.flett(None, {"a": "1", "b": "2"}, {"a": "1", "b": "3"})

    assert [k.navn for k in svar.konflikter] == ["b"]


def test_orddiff_viser_ord_og_tar_vare_paa_linjeskift():
    biter = versjon.orddiff("Vi har seks unge.\nDe får lønn.", "Vi har åtte unge.\nDe får lønn.")

    assert biter == [
        Bit("lik", "Vi har "), Bit("ut", "seks"), Bit("inn", "åtte"), Bit("lik", " unge.\nDe får lønn."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fra", "til", "biter"),
    [
        ("seks unge her", "åtte voksne her", [("ut", "seks unge"), ("inn", "åtte voksne"), ("lik", " her")]),
        ("en", "en to", [("lik", "en"), ("inn", " to")]),
        ("", "ny", [("inn", "ny")]),
        ("bort", "", [("ut", "bort")]),
        ("likt", "likt", [("lik", "likt")]),
    ],
)
def test_orddiff_samler_det_som_henger_sammen(fra, til, biter):
    assert [(b.slag, b.tekst) for b in versjon.orddiff(fra, til)] == biter


@pytest.mark.django_db
def test_konflikt_med_seg_selv_i_et_annet_vindu_sier_det(som, roller):
    prosjekt = kladd(roller)
    mitt = svar_i(prosjekt, "kort", ingress="Her")
    handlinger.lagre_seksjon(prosjekt, verdier={"ingress": "Der"}, versjon=1, av=roller["eier"])

    html = som("eier").post(seksjon(prosjekt, "kort"), mitt).content.decode()

    assert "Du lagret i et annet vindu" in html


@pytest.mark.django_db
def test_to_som_endrer_ulike_felt_faar_begge_med_seg(som, roller):
    prosjekt = kladd(roller)
    mitt = svar_i(prosjekt, "kort", ingress="Min ingress")
    handlinger.lagre_seksjon(prosjekt, verdier={"utfordring": "Deres."}, versjon=1, av=roller["kollega"])

    svar = som("eier").post(seksjon(prosjekt, "kort"), mitt)

    assert svar.status_code == 302
    prosjekt.refresh_from_db()
    assert (prosjekt.ingress, Prosjekttekst.objects.get().utfordring, prosjekt.versjon) == ("Min ingress", "Deres.", 3)


@pytest.mark.django_db
def test_to_som_endrer_det_samme_den_andre_ser_tre_tekster_og_mister_ingenting(som, roller):
    prosjekt = kladd(roller, tekst={"utfordring": "Vi har seks unge."})
    mitt = svar_i(prosjekt, "kort", utfordring="Vi har syv unge.", tjenesteomrade=["demokrati"])
    handlinger.lagre_seksjon(
        prosjekt, verdier={"utfordring": "Vi har åtte unge.", "ingress": "Deres ingress"}, versjon=1,
        av=roller["kollega"],
    )  # fmt: skip
    klient = som("eier")

    svar = klient.post(seksjon(prosjekt, "kort"), mitt)

    html = svar.content.decode()
    assert svar.status_code == 409
    assert "Kollega Prøve lagret mens du skrev" in html
    assert "Vi har syv unge.</textarea>" in html  # mine stands in the field
    assert "åtte</ins>" in html  # theirs against what both began with
    assert "seks</del>" in html
    assert "syv</ins>" in html
    assert "Deres ingress" in html  # merged by itself
    assert Prosjekttekst.objects.get().utfordring == "Vi har åtte unge."

    igjen = klient.post(
        seksjon(prosjekt, "kort"),
        {**mitt, "versjon": svar.context["skjema"]["versjon"].value(), "ingress": "Deres ingress"},
    )

    assert igjen.status_code == 302
    prosjekt.refresh_from_db()
    assert Prosjekttekst.objects.get().utfordring == "Vi har syv unge."
    assert prosjekt.ingress == "Deres ingress"
    assert prosjekt.koder("tjenesteomrade") == ["Demokrati"]


@pytest.mark.django_db
def test_konflikt_om_koder_og_valg_vises_med_ord(som, roller):
    prosjekt = kladd(roller, fase="pilot")
    mitt = svar_i(prosjekt, "forsoket", utfall="virket", metode=["samskaping"])
    handlinger.lagre_seksjon(
        prosjekt, verdier={"utfall": "virket_ikke", "metode": ["gigakart"]}, versjon=1, av=roller["kollega"]
    )

    html = som("eier").post(seksjon(prosjekt, "forsoket"), mitt).content.decode()

    assert "Gigakart</ins>" in html
    assert "Samskaping</ins>" in html
    assert "virket_ikke</ins>" not in html


@pytest.mark.django_db
def test_gammel_eller_ukjent_versjon_skriver_aldri_over(som, roller):
    prosjekt = kladd(roller)
    Prosjekt.objects.filter(pk=prosjekt.pk).update(versjon=9)

    svar = som("eier").post(seksjon(prosjekt, "kort"), {**svar_i(prosjekt, "kort", ingress="Min"), "versjon": "4"})

    assert svar.status_code == 409
    prosjekt.refresh_from_db()
    assert prosjekt.ingress != "Min"


@pytest.mark.django_db
def test_ks_publiserer_det_de_leste_og_ikke_noe_annet(roller):
    prosjekt = kladd(roller, status=Status.INNSENDT)
    handlinger.lagre_seksjon(prosjekt, verdier={"ingress": "Noe helt annet"}, versjon=1, av=roller["eier"])

    with pytest.raises(versjon.Konflikt):
        handlinger.publiser(prosjekt, av=roller["moderator"], versjon=1)

    assert handlinger.publiser(prosjekt, av=roller["moderator"], versjon=2)


@pytest.mark.django_db
def test_samme_laas_for_en_mission(roller):
    mission = lag_mission("Alle med")
    versjon.lagre(mission, versjon=1, verdier={"retningsmal": "Deres mål"}, av=roller["missionkurator"])
    versjon.lagre(mission, versjon=1, verdier={"beskrivelse": "Min beskrivelse"}, av=roller["administrator"])

    with pytest.raises(versjon.Konflikt) as feil:
        versjon.lagre(
            mission, versjon=1, verdier={"retningsmal": "Mitt mål", "beskrivelse": ""}, av=roller["administrator"]
        )

    fersk = Mission.objects.get()
    assert (fersk.retningsmal, fersk.beskrivelse, fersk.versjon) == ("Deres mål", "Min beskrivelse", 3)
    konflikt = feil.value.felter[0]
    assert (konflikt.navn, konflikt.utgangspunkt, konflikt.deres, konflikt.mine) == (
        "retningsmal", "Alle hører til.", "Deres mål", "Mitt mål",
    )  # fmt: skip
    assert feil.value.verdier == {"retningsmal": "Mitt mål", "beskrivelse": "Min beskrivelse", "versjon": 3}


@pytest.mark.django_db
def test_lagre_uten_endring_skriver_ingenting(roller):
    mission = lag_mission()

    versjon.lagre(mission, versjon=1, verdier={"tittel": mission.tittel}, av=roller["missionkurator"])

    mission.refresh_from_db()
    assert mission.versjon == 1
    assert mission.historikk.count() == 1


@pytest.mark.django_db
def test_utloept_innlogging_i_en_seksjon_tar_vare_paa_teksten(client, roller):
    prosjekt = kladd(roller)
    client.force_login(roller["eier"])
    merke = client.get(seksjon(prosjekt, "kort")).context["skjemaeier"]
    mitt = {**svar_i(prosjekt, "kort", utfordring="Lang tekst jeg skrev."), "skjemaeier": merke}
    client.logout()
    assert client.post(seksjon(prosjekt, "kort"), mitt)["Location"].startswith(reverse("account_login"))

    client.force_login(roller["eier"])
    side = client.get(seksjon(prosjekt, "kort"))
    assert "Lang tekst jeg skrev." in side.content.decode()
    assert client.post(seksjon(prosjekt, "kort"), mitt).status_code == 302
    assert "gjenopptak" not in client.session
    assert Prosjekttekst.objects.get().utfordring == "Lang tekst jeg skrev."
