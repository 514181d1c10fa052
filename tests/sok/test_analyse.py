"""Words that mean the same give the same stem, and compounds are found by their parts."""

import pytest

from sok.analyse import analyser, les_liste, stamme, tokens
from sok.ordklasser import betydningsord
from sok.termer import naboord


@pytest.mark.parametrize(
    "former",
    [
        "ungdom ungdommer ungdommene ungdomar",
        "hjemmetjeneste hjemmetjenester heimeteneste heimetenester",
        "sykefravær sjukefråvær sykefraværet",
        "sykehjem sykehjemmene sjukeheim sjukeheimar",
        "utenforskap utanforskap utenforskapet",
        "saksbehandling sakshandsaming",
        "digitalisering digitalisere digitaliseringen",
        "klimatilpasning klimatilpassing",
        "innbygger innbyggere innbyggjar innbyggjarar",
        "bærekraft berekraft",
        "overvann overvatn",
        "samkjøring samkøyring",
        "skole skoler skular skulen",
        "vikar vikarer vikarar",
        "fosterhjem fosterheim fosterheimar",
        "medvirkning medverknad",
        "løsning løsninger løysing løysingar",
        "lærer lærere lærerne lærar lærarar lærarane",
        "undersøkelse undersøkelser undersøking undersøkinga undersøke",
        "trygghet tryggheten tryggleik tryggleiken",
        "sykkel sykler syklene",
        "bok bøker bøkene bøkenes",
        "museum museet museene",
        "kafé kafe kafeen",
        "lønnsom lønnsomt lønnsam lønsame",
        "vannledning vassleidning vannledninger vassleidningar",
        "høreapparat høyreapparat høyreapparata",
        "røykvarsler røykvarslere røykvarslarar",
        "bilen bilar bilane",
        "interkommunal interkommunalt interkommunale",
        "viktig viktigere viktigst viktigste viktigare viktigast",
        "vanlig vanligere vanleg vanlege vanlegare vanlegast",
        "løse løste løst løyse løyste løyst",
        "varm varmt varmere varmast",
        "arbeidsløs arbeidsløst arbeidslaus arbeidslause",
        "fremtidsrettet framtidsretta",
        "selvstyre sjølstyre sjølvstyre",
        "kursene kurset kurs",
        "grunneier grunneiere grunneigar grunneigarane",
        "voksen voksne vaksen vaksne",
    ],
)
def test_formene_gir_samme_stamme(former):
    assert len({stamme(o) for o in tokens(former)}) == 1, {o: stamme(o) for o in tokens(former)}


@pytest.mark.parametrize(
    ("sammensatt", "deler"),
    [
        ("folkehelsearbeid", {"folk", "helse", "arbeid", "folkhelse", "helsearbeid"}),
        ("ungdomslosene", {"ungdom", "los"}),
        ("velferdsteknologi", {"velferd", "teknologi"}),
        ("skulefråvær", {"skol", "fravær"}),
        ("byggesaksbehandling", {"bygg", "sak", "behandl", "byggsak", "sakbehandl"}),
        ("nattogene", {"natt", "tog"}),
        ("KI-assistenten", {"ki", "assistent"}),
        ("nettsidene", {"nett", "sid"}),
        ("tariffavtalene", {"tariff", "avtal"}),
        ("elsyklene", {"el", "sykkel"}),
        ("øysamfunn", {"øy", "samfunn"}),
        ("bulyst", {"bo", "lyst"}),
        ("bystyret", {"by", "styr"}),
        ("byrom", {"by", "rom"}),
        ("idrettslagene", {"idrett", "lag"}),
        ("parkeringsnorm", {"parkering", "norm"}),
        ("redningsvester", {"redn", "vest"}),
        ("barnebok", {"barn", "bok"}),
        ("skoleeleven", {"skol", "elev"}),
        ("brukertest", {"bruk", "test"}),
        ("dataangrep", {"dat", "angrep"}),
        ("fotterapeuten", {"fot", "terapeut"}),
        ("boligblokkene", {"bolig", "blokk"}),
        ("utleigebustad", {"utlei", "bolig"}),
    ],
)
def test_sammensatte_ord_deles(sammensatt, deler):
    assert set(analyser(*tokens(sammensatt)).deler) == deler


@pytest.mark.parametrize(
    "ord_",
    "barnehagen utenforskap anskaffelsen medvirkning bærekraft prøvetaking treslag planter arkivar "
    "elevene elever bygdene nyheter isolere teater tegne boligen øyne gåte "
    "transport leverandørene hjelpande behandlande effektivitet overholde ballett naturligvis bustaden".split(),
)
def test_disse_deles_ikke(ord_):
    assert analyser(ord_).deler == ()


@pytest.mark.parametrize(
    ("ett", "annet"),
    [
        ("ungdom", "ungdomslos"),
        ("vik", "vikar"),
        ("hage", "barnehage"),
        ("stille", "stilling"),
        ("tale", "tal"),
        ("bil", "billig"),
        ("trene", "tre"),
        ("besøkende", "besøk"),
        ("salt", "salg"),
        ("barnehageloven", "barnehage"),
        ("tidlig", "tid"),
        ("jeger", "jeg"),
        ("krefter", "kreft"),
        ("aldersvennlig", "aldersvenn"),
        ("byggesøkand", "byggesøk"),
    ],
)
def test_ulike_ord_faar_ulik_stamme(ett, annet):
    assert stamme(ett) != stamme(annet)


def test_bindestrek_binder_sammen():
    assert tokens("KI-verktøy og e‑post") == ["ki-verktøy", "og", "e-post"]
    assert stamme("e-post") == stamme("epost")


@pytest.mark.parametrize(
    ("tekst", "ord_"),
    [
        ("kor mange er med", []),
        ("kor lenge varer det", ["lenge", "varer"]),
        ("eit kor for eldre", ["kor", "eldre"]),
        ("kor og korps", ["kor", "korps"]),
    ],
)
def test_kor_er_et_smaaord_bare_naar_det_spoer(tekst, ord_):
    assert betydningsord(tokens(tekst)) == ord_


@pytest.mark.parametrize("tekst", ["helsestasjon for ungdom", "Ungdoms helsestasjon"])
def test_naboord_finnes_av_sammensetningen_begge_veier(tekst):
    assert stamme("ungdomshelsestasjon") in set(naboord(tekst))


def test_ukjente_naboer_blir_ikke_ett_ord():
    assert list(naboord("snarfel ungdom")) == []


@pytest.mark.parametrize(("liste", "ord_per_linje"), [("nynorsk", {2}), ("unntak", {1, 2})])
def test_listene_har_rett_form_og_ingen_dubletter(liste, ord_per_linje):
    linjer = [linje.split() for linje in les_liste(liste)]

    assert {len(linje) for linje in linjer} == ord_per_linje
    forste = [linje[0] for linje in linjer]
    assert sorted(forste) == sorted(set(forste))
