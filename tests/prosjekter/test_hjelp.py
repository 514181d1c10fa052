"""A person who helps with one project: asked, answering, writing, leaving; and what it never gives."""

import itertools
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommuner.models import Invitasjon, Medlemskap, Nettdomene
from partnerskap.sider import mine_data
from prosjekter import krav, tilgang
from prosjekter.handlinger import hjelp as handlinger
from prosjekter.handlinger import prosjekt as prosjekthandlinger
from prosjekter.kodeverk import Status, Synlighet
from prosjekter.models import Deltakelse, Hjelper, Prosjekt
from prosjekter.overganger import prosjekt as overganger
from tests.fabrikker import lag_bruker, lag_laering, lag_organisasjon, lag_prosjekt
from tests.prosjekter.test_registrering import kladd
from tests.rollebesetning import ROLLER
from utboks.models import Epost

pytestmark = pytest.mark.django_db

ADRESSE = "hilde@frivillig.example"


def inviter(roller, prosjekt, email=ADRESSE, **felt):
    return handlinger.inviter(prosjekt, email=email, av=roller["eier"], **felt)


def hjelper(roller, prosjekt, navn="Hilde Hjelper"):
    person = lag_bruker(navn, email=ADRESSE)
    handlinger.svar(inviter(roller, prosjekt), ja=True, av=person)
    prosjekt.refresh_from_db()
    return person


def inne(person):
    klient = Client()
    klient.force_login(person)
    return klient


def lenke(rad):
    return reverse("prosjekter:hjelp", args=[rad.nokkel])


def til(epost):
    return list(Epost.objects.filter(til=epost).values_list("emne", flat=True))


# ---- Asked, and answering ------------------------------------------------------------------------------------------


def test_fra_invitasjon_til_aa_skrive_og_slutte(som, roller):
    prosjekt = kladd(roller)
    be = reverse("prosjekter:inviter_person", args=[prosjekt.slug])
    for _klikk in range(2):
        svar = som("eier").post(be, {"email": ADRESSE.upper(), "hilsen": "Du kan dette."}, follow=True)

    rad = Hjelper.objects.get()
    assert f"Invitasjonen er sendt til {ADRESSE}" in svar.content.decode()
    assert til(ADRESSE) == [f"Vil du hjelpe til med «{prosjekt.tittel}»?"]
    assert lenke(rad) in Epost.objects.get(til=ADRESSE).tekst
    assert not Invitasjon.objects.exists()

    hilde = lag_bruker("Hilde Hjelper", email=ADRESSE)
    klient = inne(hilde)
    assert f"Vil du hjelpe til med {prosjekt.tittel}?" in klient.get(reverse("minside")).content.decode()
    side = klient.get(lenke(rad)).content.decode()
    assert "Du kan dette." in side
    assert prosjekt.tekst.utfordring not in side  # a draft, until she has said yes
    svar = klient.post(lenke(rad), {"svar": "ja"}, follow=True)
    assert svar.status_code == 200
    assert prosjekt.tekst.utfordring in klient.get(
        reverse("prosjekter:rediger_seksjon", args=[prosjekt.slug, "kort"])
    ).content.decode()  # fmt: skip
    assert "Hilde Hjelper hjelper til: " + prosjekt.tittel in til(roller["eier"].email)

    prosjekt.refresh_from_db()
    svar = klient.post(
        reverse("prosjekter:rediger_seksjon", args=[prosjekt.slug, "kort"]),
        {"tittel": prosjekt.tittel, "utfordring": "Hilde skrev dette.", "versjon": prosjekt.versjon},
    )
    assert svar.status_code == 302
    prosjekt.tekst.refresh_from_db()
    assert prosjekt.tekst.utfordring == "Hilde skrev dette."
    min_side = klient.get(reverse("minside")).content.decode()
    assert "Prosjekter du hjelper til med" in min_side
    assert "Du er ikke knyttet til en organisasjon" not in min_side

    rad = Hjelper.objects.get()
    slutt = reverse("prosjekter:avslutt_hjelp", args=[prosjekt.slug, rad.pk])
    assert "Det du har skrevet, står." in klient.get(slutt).content.decode()
    klient.post(slutt)
    assert klient.post(slutt).status_code == 404  # she sees the draft no more
    assert not Hjelper.objects.exists()
    assert f"Hilde Hjelper hjelper ikke til lenger: {prosjekt.tittel}" in til(roller["eier"].email)
    historikk = som("kollega").get(reverse("prosjekter:historikk", args=[prosjekt.slug])).content.decode()
    for deed in ("begynte å hjelpe til", "sluttet å hjelpe til", "Hilde Hjelper, invitert av Eier Prøve"):
        assert deed in historikk
    assert ADRESSE not in historikk


def test_nei_sletter_invitasjonen_og_sier_det_til_den_som_spurte(som, roller):
    prosjekt = kladd(roller)
    rad = inviter(roller, prosjekt)
    klient = inne(lag_bruker("Hilde Hjelper", email=ADRESSE))

    klient.post(lenke(rad), {"svar": "nei"})
    igjen = klient.post(lenke(rad), {"svar": "ja"})

    assert igjen.status_code == 404
    assert "virker ikke lenger" in igjen.content.decode()
    assert not Hjelper.objects.exists()
    assert til(roller["eier"].email) == [f"Nei til å hjelpe: {prosjekt.tittel}"]


def test_brukt_to_ganger_for_sent_arkivert_slettet_og_avsender_borte(som, roller):
    prosjekt = kladd(roller)
    rad = inviter(roller, prosjekt)
    hilde = lag_bruker("Hilde Hjelper", email=ADRESSE)
    klient = inne(hilde)

    def forsok():
        return klient.post(lenke(rad), {"svar": "ja"}, follow=True).content.decode()

    Hjelper.objects.update(utloper_tid=timezone.now() - timedelta(days=1))
    assert "Invitasjonen gikk ut" in forsok()
    assert "Vil du hjelpe til" not in klient.get(reverse("minside")).content.decode()
    rad = inviter(roller, prosjekt, hilsen="En gang til")  # the same row, with a new end
    assert Hjelper.objects.count() == 1

    Prosjekt.objects.update(status=Status.ARKIVERT)
    assert "Prosjektet er lagt bort" in forsok()
    Prosjekt.objects.update(status=Status.KLADD)

    Medlemskap.objects.filter(bruker=roller["eier"]).update(til_dato=timezone.localdate())
    assert "ikke med i prosjektet lenger" in forsok()
    Medlemskap.objects.filter(bruker=roller["eier"]).update(til_dato=None)

    klient.post(lenke(rad), {"svar": "ja"})
    igjen = klient.post(lenke(rad), {"svar": "ja"})
    assert igjen.url == reverse("prosjekter:rediger", args=[prosjekt.slug])
    assert Prosjekt.objects.get().antall_hjelpere == 1

    Prosjekt.objects.get().delete()
    assert "prosjektet er slettet" in forsok()


@pytest.mark.parametrize("rolle", ["fremmed", "folgeforsker", "moderator", "administrator", "partner"])
def test_en_annen_faar_ikke_vite_hva_det_gjelder(som, roller, rolle):
    prosjekt = kladd(roller, tittel="Hemmelig tittel")
    rad = inviter(roller, prosjekt, hilsen="Hemmelig hilsen")

    svar = som(rolle).post(lenke(rad), {"svar": "ja"})

    assert svar.status_code == 403
    assert "gjelder en annen adresse" in svar.content.decode()
    assert "Hemmelig" not in svar.content.decode()
    assert ADRESSE not in svar.content.decode()
    assert Hjelper.objects.get().er_invitasjon
    assert som("anonym").get(lenke(rad)).status_code == 302


def test_den_uten_navn_gir_det_foerst_saa_ingen_ser_adressen(roller):
    prosjekt = kladd(roller)
    rad = inviter(roller, prosjekt)
    navnlos = lag_bruker("", email=ADRESSE)

    svar = inne(navnlos).post(lenke(rad), {"svar": "ja"})

    assert svar.url == f"{reverse('profil:navn')}?next={lenke(rad)}"
    assert Hjelper.objects.get().er_invitasjon
    with pytest.raises(handlinger.Hindret):
        handlinger.svar(rad, ja=True, av=navnlos)


def test_en_kollega_faar_bare_lenken_en_gang_om_dagen(som, roller):
    prosjekt = kladd(roller)
    Nettdomene.objects.create(organisasjon=roller.kommunen, domene="fjordvik.example")
    be = reverse("prosjekter:inviter_person", args=[prosjekt.slug])

    for email in (roller["kollega"].email.upper(), "ny@fjordvik.example") * 2:
        som("eier").post(be, {"email": email})

    for email in (roller["kollega"].email, "ny@fjordvik.example"):
        assert til(email) == [f"Kan du hjelpe til med «{prosjekt.tittel}»?"]
    assert not Hjelper.objects.exists()
    assert "Skriv en hel e-postadresse" in som("eier").post(be, {"email": "tull"}).content.decode()


def test_adressen_er_for_den_som_skrev_den(som, roller):
    prosjekt = kladd(roller, status=Status.INNSENDT)
    Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=roller.partneren, rolle="medeier")
    annen = lag_organisasjon("Bare fagpartner")
    Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=annen, rolle="fagpartner")
    inviter(roller, prosjekt)
    side = reverse("prosjekter:deltakelse", args=[prosjekt.slug])

    assert ADRESSE in som("eier").get(side).content.decode()
    for rolle in ("kollega", "partner", "moderator"):
        html = som(rolle).get(side).content.decode()
        assert "Invitert hjelper" in html
        assert ADRESSE not in html
    assert "Invitert hjelper" not in inne(lag_bruker("Fag", i=annen)).get(side).content.decode()


# ---- What she may, and what not ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "synlighet"), list(itertools.product(Status.values, Synlighet.values)))
def test_hun_ser_dette_prosjektet_og_ingenting_annet(roller, status, synlighet):
    prosjekt = kladd(roller)
    hilde = hjelper(roller, prosjekt)
    Prosjekt.objects.update(status=status, synlighet=synlighet, publisert_tid=timezone.now())
    andre = [
        lag_prosjekt(f"annet {s} {t}", eier=roller.kommunen, status=s, synlighet=t)
        for s, t in ((Status.KLADD, "apen"), (Status.PUBLISERT, "sektor"), (Status.PUBLISERT, "prosjekt"))
    ]
    lag_laering(prosjekt, "Bare for deltakerne.", synlighet="prosjekt")

    assert list(Prosjekt.objects.synlige_for(hilde)) == [prosjekt]
    prosjekt.refresh_from_db()
    assert tilgang.kan_skrive(hilde, prosjekt) is (status != Status.ARKIVERT)
    assert not any(tilgang.kan_skrive(hilde, p) for p in andre)
    assert not prosjekt.laeringskort.model.objects.synlige_for(hilde).exists()
    assert not tilgang.deltar(hilde, prosjekt)
    assert hilde.aktive_medlemskap == []


def test_hun_kan_skrive_men_ikke_styre(roller):
    prosjekt = kladd(roller)
    hilde = hjelper(roller, prosjekt)
    klient = inne(hilde)
    navn = ("avslutt", "filer", "samspill", "legg_til_deltaker", "foresla_mission", "nytt_bilde", "ny_barriere")
    navn += ("nytt_eksperiment", "slett", "send_inn", "bekreft")

    for status in (Status.KLADD, Status.PUBLISERT):
        Prosjekt.objects.update(status=status, publisert_tid=timezone.now())
        prosjekt.refresh_from_db()
        assert overganger.mulige(prosjekt, hilde) == []
        for n in navn:
            assert klient.post(reverse(f"prosjekter:{n}", args=[prosjekt.slug]), {}).status_code == 403, n
        for slag in ("ansvarlig", "eier"):
            adresse = reverse("prosjekter:be_om_overtakelse", args=[prosjekt.slug, slag])
            assert klient.get(adresse).status_code == 403
        be = reverse("prosjekter:inviter_person", args=[prosjekt.slug])
        assert klient.post(be, {"email": "flere@prove.example"}).status_code == 403
        for seksjon in krav.SEKSJONER:
            side = klient.get(reverse("prosjekter:rediger_seksjon", args=[prosjekt.slug, seksjon]))
            assert side.status_code == 200, seksjon
            for ord_ in ("Avslutt: si", "Send inn", "Inviter en som er med", "Bilder, vedlegg", "Foreslå prosjektet"):
                assert ord_ not in side.content.decode(), (seksjon, ord_)


@pytest.mark.parametrize("felt", sorted(tilgang.BARE_EIERNE))
def test_hun_avgjoer_ikke_hvem_som_ser_det_eller_hvordan_det_gikk(roller, felt):
    prosjekt = kladd(roller)
    hilde = hjelper(roller, prosjekt)
    nytt = {"synlighet": "prosjekt", "lisens": "cc0", "utfall": "virket"}[felt]
    foer = getattr(prosjekt, felt)
    seksjon = "forsoket" if felt == "utfall" else "kontakt"
    klient = inne(hilde)
    adresse = reverse("prosjekter:rediger_seksjon", args=[prosjekt.slug, seksjon])
    data = {felt: nytt, "versjon": prosjekt.versjon, "malform": "nn", "fase": "pilot", "kontaktrolle": "Leder"}

    assert f'name="{felt}"' not in klient.get(adresse).content.decode()
    klient.post(adresse, data)
    klient.post(reverse("prosjekter:autolagre", args=[prosjekt.slug, seksjon]), data | {"felt": felt})
    with pytest.raises(PermissionDenied):
        prosjekthandlinger.lagre_seksjon(
            prosjekt, verdier={felt: nytt}, versjon=Prosjekt.objects.get().versjon, av=hilde
        )

    prosjekt.refresh_from_db()
    assert getattr(prosjekt, felt) == foer
    assert (prosjekt.malform, prosjekt.fase) in (("nn", "ide"), ("nb", "pilot"))  # the rest was saved


def test_hun_lagrer_mens_hun_skriver(roller):
    prosjekt = kladd(roller)
    klient = inne(hjelper(roller, prosjekt))

    svar = klient.post(
        reverse("prosjekter:autolagre", args=[prosjekt.slug, "kort"]),
        {"felt": "ingress", "ingress": "Kort sagt.", "versjon": prosjekt.versjon},
    )

    prosjekt.refresh_from_db()
    assert svar.json()["melding"].startswith("Sist lagret")
    assert prosjekt.ingress == "Kort sagt."


def test_eieren_ser_hvem_som_hjelper_og_kan_avslutte(som, roller):
    prosjekt = kladd(roller)
    hilde = hjelper(roller, prosjekt)
    side = som("kollega").get(reverse("prosjekter:deltakelse", args=[prosjekt.slug])).content.decode()
    rediger = som("kollega").get(reverse("prosjekter:rediger_seksjon", args=[prosjekt.slug, "kort"])).content.decode()
    assert "Hilde Hjelper" in side
    assert ADRESSE not in side
    assert "én som hjelper til" in rediger

    slutt = reverse("prosjekter:avslutt_hjelp", args=[prosjekt.slug, Hjelper.objects.get().pk])
    for _klikk in range(2):
        assert som("kollega").post(slutt, follow=True).status_code == 200

    assert til(ADRESSE)[-1] == f"Du hjelper ikke til lenger: {prosjekt.tittel}"
    assert not Prosjekt.objects.synlige_for(hilde).exists()
    assert inne(hilde).get(reverse("prosjekter:rediger", args=[prosjekt.slug])).status_code == 404
    assert Prosjekt.objects.get().antall_hjelpere == 0


@pytest.mark.parametrize("er_med", [False, True])
def test_hvem_som_kan_be_svare_og_avslutte(roller, er_med):
    prosjekt = kladd(roller, status=Status.INNSENDT)
    Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=roller.partneren, rolle="fagpartner")
    hilde = lag_bruker("Hilde Hjelper", email=ADRESSE)
    rad = inviter(roller, prosjekt)
    if er_med:
        handlinger.svar(rad, ja=True, av=hilde)
    personer = {rolle: roller[rolle] for rolle in ROLLER} | {"hjelper": hilde}
    eierne = {"eier", "kollega", "ansvarlig"}
    ventet = {
        "inviter": eierne,
        "avslutt": eierne | ({"hjelper"} if er_med else set()),
        "svar": set() if er_med else {"hjelper"},
    }
    deeds = {
        "inviter": lambda av: handlinger.inviter(prosjekt, email="ny@prove.example", av=av),
        "avslutt": lambda av: handlinger.avslutt(rad, av=av),
        "svar": lambda av: handlinger.svar(rad, ja=True, av=av),
    }
    for navn, gjor in deeds.items():
        kan = set()
        for rolle, person in personer.items():
            with transaction.atomic():
                try:
                    if gjor(person):
                        kan.add(rolle)
                except PermissionDenied:
                    pass
                transaction.set_rollback(True)
        assert kan == ventet[navn], navn


# ---- Her data ------------------------------------------------------------------------------------------------------


def test_det_vi_vet_om_henne_er_i_fila_og_blir_borte_med_henne(som, roller):
    prosjekt, annet = kladd(roller), kladd(roller, tittel="Det andre")
    hilde = hjelper(roller, prosjekt)
    inviter(roller, annet, hilsen="Også her?")

    data = inne(hilde).get(reverse("mine_data")).json()
    assert [h["prosjekt"] for h in data["hjelper_til_med"]] == [prosjekt.tittel]
    assert [h["hilsen"] for h in data["bedt_om_aa_hjelpe"]] == ["Også her?"]
    assert not Hjelper.objects.aktive().filter(email=ADRESSE).exists()

    mine_data.slett(hilde, [])

    assert not Hjelper.objects.exists()
    prosjekt.refresh_from_db()
    assert prosjekt.antall_hjelpere == 0
    historikk = som("eier").get(reverse("prosjekter:historikk", args=[prosjekt.slug])).content.decode()
    assert "Tidligere bruker, invitert av Eier Prøve" in historikk
    assert "Hilde" not in historikk


def test_adressen_til_den_som_aldri_svarte_slettes(roller):
    prosjekt = kladd(roller)
    inviter(roller, prosjekt)
    inviter(roller, prosjekt, "ny@prove.example")
    hjelper_som_er_med = lag_bruker("Berit", email="berit@prove.example")
    handlinger.svar(inviter(roller, prosjekt, "berit@prove.example"), ja=True, av=hjelper_som_er_med)
    Hjelper.objects.exclude(email="ny@prove.example").update(utloper_tid=timezone.now() - timedelta(days=31))

    handlinger.rydd()

    assert {h.email for h in Hjelper.objects.all()} == {"ny@prove.example", ""}


@pytest.mark.parametrize("antall", [1, 3])
def test_min_side_og_deltakelse_spoer_like_mange_ganger(som, roller, antall, django_assert_max_num_queries):
    prosjekt = kladd(roller)
    hilde = hjelper(roller, prosjekt)
    for nr in range(antall):
        handlinger.svar(inviter(roller, kladd(roller, tittel=f"Nr. {nr}")), ja=True, av=hilde)
        inviter(roller, kladd(roller, tittel=f"Ubesvart {nr}"))
        inviter(roller, prosjekt, f"h{nr}@prove.example")
        handlinger.svar(
            inviter(roller, prosjekt, f"m{nr}@prove.example"), ja=True,
            av=lag_bruker(f"Med {nr}", email=f"m{nr}@prove.example"),
        )  # fmt: skip
    klient, eier = inne(hilde), som("eier")

    with django_assert_max_num_queries(31):
        klient.get(reverse("minside"))
    with django_assert_max_num_queries(24):
        eier.get(reverse("prosjekter:deltakelse", args=[prosjekt.slug]))
