"""The draft case paper: open facts only, a source for everything, nothing invented, in both written forms."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils.html import strip_tags
from docx import Document
from docx.oxml.ns import qn

from kommuner.models import Stedsnavn
from prosjekter import kodeverk
from prosjekter.kodeverk import Status
from prosjekter.models import Avvikling, Faktor, Gevinst, Prosjekt
from prosjekter.saksframlegg import grunnlag, innhold
from prosjekter.saksframlegg.blokker import MAKS_SITAT, linje, sitat
from prosjekter.saksframlegg.docx import lag as som_docx
from prosjekter.saksframlegg.grunnlag import Mottaker
from prosjekter.saksframlegg.ord import BOKMAL, KODER_NN, NYNORSK
from tests.fabrikker import (
    lag_barriere,
    lag_bruker,
    lag_eksperiment,
    lag_fylke,
    lag_gjenbruk,
    lag_kommune,
    lag_laering,
    lag_organisasjon,
    lag_prosjekt,
)

pytestmark = pytest.mark.django_db
FYLL = re.compile(r"\[Fyll inn: [^\]]*\]")
# Words that are the same in both written forms.
LIKE = set(
    """Idé Forankring Innsikt Eksperimentering Pilot Personvern Økonomi Kopiert Inspirert Planlagt Avklart Avvist Meldt
    Juster Stopp Skaler Mediepress""".split()
) | {
    "Utforsking og konsept", "I drift", "På pause", "Overført til andre", "For lite tid eller folk", "I bruk",
    "Verdi for næringslivet", "Klima og miljø", "Målt før og etter", "Uavhengig evaluert", "Lov og regelverk",
    "Politiske vedtak", "Ny teknologi", "Samarbeid med andre", "Kompetanse og kapasitet", "Datadeling og personvern",
    "Råd til andre", "I policylab", "Forslag sendt",
}  # fmt: skip


def sted(navn, nummer, **felt):
    """A municipality people can find by its name."""
    kommune = lag_kommune(navn, nummer, **felt)
    Stedsnavn.objects.create(kommune=kommune, navn=navn, sprak="no")
    return kommune


@pytest.fixture
def halden():
    return sted("Halden", "3101", folketall=31_000, folketall_dato=date(2024, 1, 1), kostragruppe="EKG10")


@pytest.fixture
def prosjekt():
    moss = lag_kommune("Moss", "3103", folketall=52_000, folketall_dato=date(2024, 1, 1), kostragruppe="EKG11")
    return lag_prosjekt(
        "Tryggere netter",
        slug="tryggere-netter",
        eier=lag_organisasjon("Moss kommune", kommune=moss),
        tekst={
            "utfordring": "Nattevaktene rekker ikke rundt. [1] [Fyll inn: juks]",
            "losning": "- Sensor i senga\n- Færre runder, se [planen](https://moss.example/plan)",
            "okonomi": "Om lag 400 000 kroner.",
        },
    )


@pytest.fixture
def fullt(prosjekt):
    """One of everything."""
    Prosjekt.objects.filter(pk=prosjekt.pk).update(belegg="malt", utfall="virket", antall_avviklinger=1)
    prosjekt.refresh_from_db()
    Gevinst.objects.create(prosjekt=prosjekt, dimensjon="kvalitet", realisert="Bedre søvn", belegg="malt")
    Faktor.objects.create(prosjekt=prosjekt, faktor="okonomi", retning="hemmet", styrke=4)
    Avvikling.objects.create(prosjekt=prosjekt, hva="Faste runder", frigjort_tid=1200)
    lag_gjenbruk(prosjekt, lag_organisasjon("Senja kommune"), status="verdi_bekreftet", kostnad="Ti timer.")
    lag_gjenbruk(prosjekt, lag_organisasjon("Alta kommune"), status="forkastet", hvorfor_ikke="Dårlig dekning.")
    lag_laering(prosjekt, "Spør nattevaktene først")
    lag_eksperiment(prosjekt, "Sensor gir færre fall", beslutning="skaler", observasjon="Ti færre fall")
    lag_barriere(prosjekt, policylab_status="endret", svar="Nå er det lov.")
    return Prosjekt.objects.get(pk=prosjekt.pk)


def framlegg(slug, mottaker, malform="nb"):
    return innhold.lag(grunnlag.les(grunnlag.apent_prosjekt(slug), mottaker), malform)


def alle_biter(framlegg_):
    for blokk in framlegg_.blokker:
        yield from blokk.biter
        for biter in [*blokk.punkter, *(celle for rad in blokk.rader for celle in rad)]:
            yield from biter


def tekst(framlegg_):
    return "\n".join(bit.tekst for bit in alle_biter(framlegg_))


def side(klient, **valg):
    return klient.get(reverse("prosjekter:saksframlegg", args=["tryggere-netter"]), valg)


def html(klient, **valg):
    return side(klient, **valg).content.decode()


def word(klient, **valg):
    return klient.get(reverse("prosjekter:saksframlegg_docx", args=["tryggere-netter"]), valg)


# ---- The words -----------------------------------------------------------------------------------------------------


def plassholdere(verdi):
    return [sorted(re.findall(r"\{(\w+)\}", mal)) for mal in ([verdi] if isinstance(verdi, str) else verdi)]


def test_de_to_tabellene_sier_det_samme():
    assert BOKMAL.keys() == NYNORSK.keys()
    for nokkel in BOKMAL:
        assert plassholdere(BOKMAL[nokkel]) == plassholdere(NYNORSK[nokkel]), nokkel
        assert str(BOKMAL[nokkel]).count("[Fyll inn: ") == str(NYNORSK[nokkel]).count("[Fyll inn: "), nokkel


def test_nynorsk_har_ikke_bokmaalsord():
    ordene = " ".join(str(verdi) for verdi in NYNORSK.values()).lower()
    ordene = set(re.findall(r"[a-zæøå]+", re.sub(r"\{\w+\}", "", ordene)))
    bokmaal = (
        "ikke hva hvem hvordan hvorfor fra jeg dere noe noen saken kommunen_ skriver vært ble blitt også mer kilde "
    )
    bokmaal += "gjelder hvis eller_ andres utfordringen prosjektet_ læringen kostnaden videre selv"

    assert ordene & set(bokmaal.split()) == set()


def test_alle_kodene_paperet_bruker_har_nynorsk():
    lister = (
        "Fase", "Utfall", "Stoppgrunn", "Verdidimensjon", "Belegg", "Gjenbrukstype", "Gjenbrukstatus", "Drivkraft",
        "Laeringstype", "Beslutning", "Policylabstatus",
    )  # fmt: skip
    alle = {str(etikett) for liste in lister for etikett in getattr(kodeverk, liste).labels}

    assert alle - KODER_NN.keys() - LIKE == set()


# ---- What stands in it ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("malform", ["nb", "nn"])
def test_alt_som_er_kjent_er_med_med_kilde(fullt, halden, malform):
    ferdig = framlegg(fullt.slug, Mottaker.av(halden), malform)
    alt = tekst(ferdig)

    for ord_ in (
        "Nattevaktene rekker ikke rundt", "Sensor i senga", "400 000 kroner", "Bedre søvn", "Senja kommune",
        "Dårlig dekning.", "Ti timer.", "Spør nattevaktene først.", "Sensor gir færre fall.", "Ti færre fall.",
        "Vi får ikke delt journalen.", "Nå er det lov.", "Faste runder", "31\xa0000", "52\xa0000",
        "planen (https://moss.example/plan)",
    ):  # fmt: skip
        assert ord_ in alt, ord_
    assert ferdig.tittel == "Utprøving av «Tryggere netter» i Halden kommune"
    brukt = {int(bit.nummer) for bit in alle_biter(ferdig) if bit.slag == "kilde"}
    assert brukt == {kilde.nummer for kilde in ferdig.kilder}
    assert all(kilde.adresse.startswith("http") for kilde in ferdig.kilder)
    hentet = "Hentet" if malform == "nb" else "Henta"
    assert all(hentet in kilde.om for kilde in ferdig.kilder)


def test_hvert_tall_av_vaart_eget_har_en_kilde_i_samme_avsnitt(fullt, halden):
    ferdig = framlegg(fullt.slug, Mottaker.av(halden))
    for blokk in ferdig.blokker:
        deler = [blokk.biter, *blokk.punkter] if not blokk.sitat and blokk.slag != "overskrift" else []
        for biter in deler:
            if any(re.search(r"\d", b.tekst) for b in biter if b.slag == "tekst" and not b.sprak):
                forrige = ferdig.blokker[ferdig.blokker.index(blokk) - 1].biter
                assert any(b.slag == "kilde" for b in [*biter, *forrige]), biter


def test_det_som_mangler_skal_fylles_inn_og_diktes_ikke(prosjekt):
    ukjent = lag_prosjekt("Tomt", slug="tomt", eier=lag_organisasjon("Lillevik"))
    ferdig = framlegg(ukjent.slug, Mottaker("Prøvevik"))
    fyll = [bit.tekst for bit in alle_biter(ferdig) if bit.slag == "fyll"]

    assert len(fyll) > 20
    assert all(FYLL.fullmatch(t) for t in fyll)
    assert "har ikke oppgitt gevinster" in tekst(ferdig)
    assert "kan ikke brukes som kommunens egne" not in tekst(ferdig)
    assert len(ferdig.kilder) == 1


def test_andres_tekst_blir_verken_kilde_eller_plassholder(prosjekt, halden):
    biter = list(alle_biter(framlegg(prosjekt.slug, Mottaker.av(halden))))

    deres = next(b for b in biter if "[Fyll inn: juks]" in b.tekst)
    assert (deres.slag, deres.sprak) == ("tekst", "nb")
    assert [b.slag for b in linje("{a} [Fyll inn: b]", a="[Fyll inn: {c}]")] == ["tekst", "tekst", "fyll"]


def test_det_som_ikke_virket_gir_et_annet_forslag(prosjekt, halden):
    Prosjekt.objects.filter(pk=prosjekt.pk).update(utfall="virket_ikke", stoppgrunn="kapasitet")

    ferdig = framlegg(prosjekt.slug, Mottaker.av(halden))

    assert ferdig.tittel == "Erfaringer fra «Tryggere netter» og hva Halden kommune kan lære"
    assert "Kommunen prøver ikke det samme på samme måte." in tekst(ferdig)
    assert "prøver ut erfaringene" not in tekst(ferdig)


def test_kommunens_eget_prosjekt_er_en_annen_sak(prosjekt):
    ferdig = framlegg(prosjekt.slug, Mottaker.av(prosjekt.eier.kommune))

    assert ferdig.tittel == "Videre arbeid med «Tryggere netter» i Moss kommune"
    assert "Kommunene side om side" not in tekst(ferdig)


def test_lange_tekster_kortes_ned_og_sier_fra():
    blokker, er_kappet = sitat("Ord. " * 2000, "nb")

    assert er_kappet
    assert MAKS_SITAT - 20 < len(blokker[-1].tekst) <= MAKS_SITAT + 2
    assert sitat("<script>alert(1)</script>\n\n![b](https://x.example/b.png)", "nb")[0][0].tekst.startswith("<script>")


# ---- Only what anyone may see --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "felt", [{"synlighet": "sektor"}, {"synlighet": "prosjekt"}, {"status": Status.KLADD}, {"status": Status.ARKIVERT}]
)
@pytest.mark.parametrize("rolle", ["anonym", "eier", "moderator"])
def test_det_som_ikke_er_aapent_har_ikke_saksframlegg_for_noen(som, roller, halden, rolle, felt):
    roller["eier"]
    lag_prosjekt("Tryggere netter", slug="tryggere-netter", eier=roller.kommunen, **felt)

    assert side(som(rolle), kommune="Halden").status_code == 404
    assert word(som(rolle), kommune="Halden").status_code == 404


def test_eieren_faar_bare_det_alle_ser(som, roller, halden):
    roller["eier"]
    prosjekt = lag_prosjekt("Tryggere netter", slug="tryggere-netter", eier=roller.kommunen)
    lag_laering(prosjekt, "Hemmelig for sektoren", synlighet="sektor")
    lag_laering(prosjekt, "Hemmelig for prosjektet", synlighet="prosjekt")
    lag_barriere(prosjekt, hva_stopper="Hemmelig og trukket.", trukket_tid="2026-01-01T00:00Z")
    lag_eksperiment(prosjekt, "Hemmelig forsøk", trukket_tid="2026-01-01T00:00Z")
    lag_gjenbruk(
        prosjekt, lag_organisasjon("Hemmelig taker"), tatt_ned_tid="2026-01-01T00:00Z", tatt_ned_grunn="reklame"
    )
    lag_gjenbruk(prosjekt, taker_navn="Hemmelig påstand")

    assert "Hemmelig" not in html(som("eier"), kommune="Halden")
    assert "hemmelig" not in html(som("eier"), kommune="Halden").lower()


# ---- Whose municipality --------------------------------------------------------------------------------------------


def test_uten_innlogging_velges_kommunen_med_navn_eller_nummer(client, prosjekt, halden):
    assert "Hvilken kommune skal saken til?" in html(client)
    for valg in ("Halden", "halden kommune", "3101"):
        assert "Utkast for Halden kommune" in html(client, kommune=valg), valg
    assert "Vi fant ingen kommune som heter «Atlantis»" in html(client, kommune="Atlantis")
    assert word(client, kommune="Atlantis").status_code == 302


def test_et_navn_to_har_gir_et_valg(client, prosjekt):
    sted("Våler", "3419", er_homonym=True, fylke=lag_fylke("Innlandet", "34"))
    sted("Våler", "3114", er_homonym=True)

    siden = html(client, kommune="Våler")

    assert "Flere kan være «Våler»" in siden
    assert "?kommune=3419" in siden
    assert "Utkast for" not in siden
    assert "Utkast for Våler kommune" in html(client, kommune="3114")


def test_den_innloggede_faar_sin_egen(client, prosjekt, halden):
    client.force_login(lag_bruker(i=lag_organisasjon("Halden kommune", kommune=halden)))
    assert "Utkast for Halden kommune" in html(client)

    client.force_login(lag_bruker(i=lag_organisasjon("Fjordvik")))
    assert "Utkast for Fjordvik" in html(client)
    assert "Utkast for Fjordvik" in html(client, kommune="Fjordvik", malform="nn")
    assert "Utkast for Halden kommune" in html(client, kommune="Halden")


def test_maalformen_er_kommunens_til_leseren_velger(client, prosjekt, halden):
    lag_kommune("Voss", "4621", malform="nynorsk")

    assert "UTKAST – laga av opne data" in html(client, kommune="4621")
    assert "i Voss herad" in html(client, kommune="4621")
    assert "UTKAST – laget av åpne data" in html(client, kommune="4621", malform="nb")
    assert "UTKAST – laget av åpne data" in html(client, kommune="Halden")
    assert "Vi kjenner ikke målformen «kl»" in html(client, kommune="Halden", malform="kl")


@pytest.mark.parametrize("kommune", ["x" * 5000, "'; DROP TABLE--", "<script>", "١٢٣", "0", " ", "\u202e", "🙂"])
def test_rare_kommuner_gir_et_rolig_svar(client, prosjekt, kommune):
    svar = side(client, kommune=kommune)

    assert svar.status_code == 200
    assert "<script>alert" not in svar.content.decode()


# ---- The page and the file -----------------------------------------------------------------------------------------


def test_siden_er_ikke_for_soekemotorer_og_beholdes_ikke(client, prosjekt, halden):
    svar = side(client, kommune="Halden")

    assert '<meta name="robots" content="noindex">' in svar.content.decode()
    assert "private" in svar["Cache-Control"]
    assert word(client, kommune="Halden")["X-Robots-Tag"] == "noindex"
    assert "Disallow: /prosjekter/*/saksframlegg" in client.get("/robots.txt").content.decode()


def test_gammel_adresse_leder_videre(client, prosjekt):
    prosjekt.gamle_slugger.create(slug="gammelt-navn")

    svar = client.get(reverse("prosjekter:saksframlegg", args=["gammelt-navn"]))

    assert (svar.status_code, svar["Location"]) == (301, "/prosjekter/tryggere-netter/saksframlegg/")


def test_den_som_ber_om_svaert_mange_faar_vente(client, prosjekt, halden, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "saksframlegg": "2/m/ip"}

    koder = [word(client, kommune="Halden").status_code for _nr in range(3)]

    assert koder == [200, 200, 429]


def test_prosjektsiden_viser_vei_bare_naar_alle_kan_gaa_den(client, som, prosjekt):
    assert "/tryggere-netter/saksframlegg/" in html_av(client, prosjekt)
    lukket = lag_prosjekt(synlighet="sektor")
    assert "saksframlegg/" not in html_av(som("fremmed"), lukket)


def html_av(klient, prosjekt):
    return klient.get(prosjekt.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("malform", "sprak", "hode"), [("nb", "nb-NO", "Forslag til vedtak"), ("nn", "nn-NO", "Framlegg til vedtak")]
)
def test_wordfilen_er_et_ordentlig_dokument(client, fullt, halden, malform, sprak, hode):
    svar = word(client, kommune="Halden", malform=malform)

    assert svar["Content-Disposition"] == 'attachment; filename="saksframlegg-tryggere-netter.docx"'
    dokument = Document(BytesIO(svar.content))
    assert dokument.core_properties.title == "Utprøving av «Tryggere netter» i Halden kommune"
    assert dokument.core_properties.language == sprak
    assert dokument.styles.element.find(".//" + qn("w:docDefaults") + "//" + qn("w:lang")).get(qn("w:val")) == sprak
    avsnitt = {stil: [p.text for p in dokument.paragraphs if p.style.name == stil] for stil in STILER}
    assert hode in avsnitt["Heading 1"]
    assert len(avsnitt["Title"]) == 1
    assert avsnitt["Heading 2"]
    assert len(avsnitt["List Number"]) == 5
    assert any("Spør nattevaktene først." in p for p in avsnitt["List Bullet"])
    assert any("Nattevaktene rekker ikke rundt" in p for p in avsnitt["Quote"])
    nivaer = [int(p.style.name[-1]) for p in dokument.paragraphs if p.style.name.startswith("Heading")]
    assert nivaer[0] == 1
    assert all(b - a <= 1 for a, b in zip(nivaer, nivaer[1:], strict=False))
    for tabell in dokument.tables:
        assert tabell.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(celle.text for rad in tabell.rows for celle in rad.cells)
    del_ = dokument.sections[0]
    assert del_.header.paragraphs[0].text.startswith("UTKAST – ")
    assert {f.get(qn("w:instr")) for f in del_.footer._element.iter(qn("w:fldSimple"))} == {"PAGE", "NUMPAGES"}
    assert (round(del_.page_width.cm), round(del_.page_height.cm)) == (21, 30)


def test_i_wordfilens_tabeller_faar_den_som_sier_mest_mest_plass(client, prosjekt, halden):
    lag_gjenbruk(prosjekt, lag_organisasjon("Innlandsbygda"), tilpasning="Vi flyttet det til biblioteket. " * 6)
    tabeller = Document(BytesIO(word(client, kommune="Halden").content)).tables

    for tabell in tabeller:
        bredder = [celle.width.cm for celle in tabell.rows[0].cells]
        tekster = [max(len(celle.text) for celle in kolonne.cells) for kolonne in tabell.columns]
        assert sum(bredder) == pytest.approx(16, abs=0.1)
        assert bredder == [kolonne.width.cm for kolonne in tabell.columns]
        if max(tekster) > 100:
            assert max(bredder) == bredder[tekster.index(max(tekster))] > 2 * min(bredder)
        assert all(rad._tr.trPr.find(qn("w:cantSplit")) is not None for rad in tabell.rows[1:])
    assert any("biblioteket" in celle.text for tabell in tabeller for rad in tabell.rows for celle in rad.cells)


def test_en_kilde_som_er_en_setning_faar_ikke_to_punktum(client, fullt, halden):
    side = client.get(reverse("prosjekter:saksframlegg", args=["tryggere-netter"]), {"kommune": "Halden"})
    papir = "\n".join(p.text for p in Document(BytesIO(word(client, kommune="Halden").content)).paragraphs)

    for tekst in (strip_tags(side.content.decode()), papir):
        assert "Spør nattevaktene først. Læringskort." in tekst
        assert ".." not in tekst


STILER = ("Title", "Heading 1", "Heading 2", "List Bullet", "List Number", "Quote")


def test_lenkene_i_wordfilen_leder_til_kilder_og_kildene_til_portalen(client, fullt, halden):
    dokument = Document(BytesIO(word(client, kommune="Halden").content))
    kropp = dokument.element.body
    bokmerker = {b.get(qn("w:name")) for b in kropp.iter(qn("w:bookmarkStart"))}
    lenker = list(kropp.iter(qn("w:hyperlink")))
    ankre = {lenke.get(qn("w:anchor")) for lenke in lenker} - {None}
    adresser = {r.target_ref for r in dokument.part.rels.values() if r.is_external}

    assert ankre == bokmerker
    assert len(adresser) == len(bokmerker)
    assert any(a.endswith("/prosjekter/tryggere-netter/") for a in adresser)
    sprak = {t.get(qn("w:val")) for t in kropp.iter(qn("w:lang"))}
    assert sprak == {"nb-NO"}


def test_tegn_xml_ikke_taaler_velter_ikke_filen(client, prosjekt, halden):
    Prosjekt.objects.filter(pk=prosjekt.pk).update(tittel="Netter\x0b\x1f <&> \ufffe")
    prosjekt.tekst.losning = "Tekst\x08 med rusk & <b>"
    prosjekt.tekst.save()
    lag_gjenbruk(prosjekt, lag_organisasjon("A\x0bB"), tilpasning="Rusk\x0c her")

    dokument = Document(BytesIO(word(client, kommune="Halden").content))

    assert any("med rusk & <b>" in p.text for p in dokument.paragraphs)


@pytest.mark.parametrize("adresse", ["prosjekter:saksframlegg", "prosjekter:saksframlegg_docx"])
def test_like_mange_spoerringer_hvor_mye_det_enn_er(client, fullt, halden, adresse, django_assert_max_num_queries):
    def antall():
        with django_assert_max_num_queries(27) as sporringer:
            assert client.get(reverse(adresse, args=[fullt.slug]), {"kommune": "Halden"}).status_code == 200
        return len(sporringer)

    antall()  # names of places are remembered until something changes
    en = antall()
    for nr in range(3):
        lag_gjenbruk(fullt, lag_organisasjon())
        lag_laering(fullt, f"Læring {nr}")
        lag_eksperiment(fullt, f"Forsøk {nr}")
        lag_barriere(fullt, f"Lov {nr}")
    antall()
    assert antall() == en


def test_wordfilen_er_den_samme_som_siden(client, fullt, halden):
    ferdig = framlegg(fullt.slug, Mottaker.av(halden))
    dokument = Document(BytesIO(som_docx(ferdig)))
    i_word = " ".join(
        [*(p.text for p in dokument.paragraphs), *(c.text for t in dokument.tables for r in t.rows for c in r.cells)]
    )
    siden = " ".join(html(client, kommune="Halden").replace("&#x27;", "'").split())

    for bit in alle_biter(ferdig):
        assert bit.tekst.strip() in i_word
        if not re.search("[<>&\"'\xa0]", bit.tekst):
            assert " ".join(bit.tekst.split()) in siden, bit
