"""KS' queue: who sees what, what a moderator is shown, and deciding with a reason."""

import itertools
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from prosjekter.handlinger import deltakelse as deltakelse_handlinger
from prosjekter.handlinger import mission as mission_handlinger
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.kodeverk import Status, Synlighet
from prosjekter.models import Missiontilknytning, Modereringssak, Prosjekt
from tests.fabrikker import lag_bruker, lag_ks, lag_mission, lag_organisasjon, lag_sokbart
from utboks.models import Epost

pytestmark = pytest.mark.django_db
Svar = Missiontilknytning.Svar
KO = "/prosjekter/ko/"
GRUNN = {"grunn": "ufullstendig", "begrunnelse": "Skriv hva dere prøver."}
UTEN_KO = ("fremmed", "eier", "kollega", "ansvarlig", "partner", "folgeforsker")


def tekst(svar):
    return " ".join(svar.content.decode().split())


def lag_innsendt(tittel="Til vurdering", *, dager=0, **felt):
    prosjekt = lag_sokbart(tittel, status=Status.INNSENDT, **felt)
    sak = prosjekt.modereringssaker.get()
    Modereringssak.objects.filter(pk=sak.pk).update(innsendt_tid=timezone.now() - timedelta(days=dager))
    return Modereringssak.objects.get(pk=sak.pk)


def lag_etterkontroll(tittel="Alt publisert", **felt):
    prosjekt = lag_sokbart(tittel, **felt)
    return Modereringssak.objects.create(prosjekt=prosjekt, versjon=prosjekt.versjon, er_etterkontroll=True)


def foresla(mission, tittel="Foreslått", **felt):
    return Missiontilknytning.objects.create(prosjekt=lag_sokbart(tittel, **felt), mission=mission)


def avgjor(klient, sak, handling, **data):
    return klient.post(reverse("prosjekter:avgjor", args=[sak.pk, handling]), data)


# ---- Who -----------------------------------------------------------------------------------------------------------


def test_koen_er_for_ks(som):
    assert som("anonym").get(KO).status_code == 302
    assert {som(rolle).get(KO).status_code for rolle in UTEN_KO} == {403}
    assert {som(rolle).get(KO).status_code for rolle in ("moderator", "missionkurator", "administrator")} == {200}


def test_en_sak_er_for_moderatorer(som, roller):
    sak = lag_innsendt(eier=roller.kommunen)
    adresse = sak.get_absolute_url()

    assert som("anonym").get(adresse).status_code == 302
    assert {som(rolle).get(adresse).status_code for rolle in ("fremmed", "partner", "missionkurator")} == {404}
    assert {som(rolle).get(adresse).status_code for rolle in ("eier", "kollega", "ansvarlig")} == {403}
    assert {som(rolle).get(adresse).status_code for rolle in ("moderator", "administrator")} == {200}


@pytest.mark.parametrize("rolle", ["anonym", *UTEN_KO, "missionkurator"])
def test_ingen_andre_avgjor(som, roller, rolle):
    saker = lag_innsendt(eier=roller.kommunen), lag_etterkontroll(eier=roller.kommunen)
    klient = som(rolle)

    svar = {
        avgjor(klient, sak, handling, versjon=1, **GRUNN).status_code
        for sak, handling in itertools.product(saker, ("publiser", "retting", "sett", "ta-ned", "publiser-igjen"))
    }

    assert svar <= {302, 403, 404}
    assert not Modereringssak.objects.exclude(avgjort_tid=None).exists()
    assert list(Prosjekt.objects.order_by("pk").values_list("status", flat=True)) == ["innsendt", "publisert"]


def test_get_avgjor_ingenting(som):
    sak = lag_innsendt()

    assert som("moderator").get(reverse("prosjekter:avgjor", args=[sak.pk, "publiser"])).status_code == 200
    assert Modereringssak.objects.get().avgjort_tid is None


@pytest.mark.parametrize("sted", ["sak", "ta_ned", "forslag"])
def test_innlogging_som_gaar_ut_tar_ikke_begrunnelsen(som, roller, sted):
    adresse = {
        "sak": lambda: reverse("prosjekter:avgjor", args=[lag_innsendt().pk, "retting"]),
        "ta_ned": lambda: reverse("prosjekter:ta_ned", args=[lag_sokbart().slug]),
        "forslag": lambda: reverse("prosjekter:forslag", args=[foresla(lag_mission()).pk]),
    }[sted]()
    klient = som("administrator")
    merke = klient.get(adresse).context["skjemaeier"]
    klient.logout()

    til_innlogging = klient.post(adresse, {**GRUNN, "svar": "avslatt", "sett": "foreslatt", "skjemaeier": merke})
    klient.force_login(roller["administrator"])
    innhold = tekst(klient.get(adresse))

    assert til_innlogging["Location"].startswith(reverse("account_login"))
    assert "Skriv hva dere prøver.</textarea>" in innhold
    assert "Innloggingen var gått ut." in innhold
    assert not Modereringssak.objects.exclude(avgjort_tid=None).exists()


def test_ukjent_sak_og_handling_gir_404(som):
    klient = som("moderator")

    assert klient.get("/prosjekter/ko/999999/").status_code == 404
    assert klient.get("/prosjekter/ko/forslag/999999/").status_code == 404
    assert avgjor(klient, lag_innsendt(), "slett").status_code == 404


def test_kuratoren_ser_bare_forslag_til_sine_missions(som, roller):
    lag_innsendt("Hemmelig innsendt")
    foresla(lag_mission(kurator=roller["missionkurator"]), "Til min")
    foresla(lag_mission(), "Til en uten kurator")
    foresla(lag_mission(kurator=roller["administrator"]), "Til en annens")
    foresla(lag_mission(), "Ikke publisert ennå", status=Status.INNSENDT)

    svar = som("missionkurator").get(KO)

    assert [d.kode for d in svar.context["deler"]] == ["missions"]
    assert "Til min" in tekst(svar)
    assert "Til en uten kurator" in tekst(svar)
    for skjult in ("Til en annens", "Ikke publisert ennå", "Hemmelig innsendt"):
        assert skjult not in tekst(svar)


# ---- The list ------------------------------------------------------------------------------------------------------


def test_eldste_staar_foerst_med_alder(som):
    lag_innsendt("Ny i dag")
    lag_innsendt("Ventet lengst", dager=6)
    lag_innsendt("Ventet en dag", dager=1)

    svar = som("moderator").get(KO)

    assert [sak.prosjekt.tittel for sak in svar.context["side"]] == ["Ventet lengst", "Ventet en dag", "Ny i dag"]
    assert "Den eldste har ventet 6 dager." in tekst(svar)
    assert ">1 dag</td>" in tekst(svar).replace(" </td>", "</td>").replace("> 1", ">1")


def test_etterkontroll_er_en_egen_del(som):
    lag_innsendt("Venter på svar")
    lag_etterkontroll("Allerede ute")
    klient = som("moderator")

    forst, etterpa = tekst(klient.get(KO)), tekst(klient.get(KO, {"vis": "etterkontroll"}))

    assert "Venter på svar" in forst
    assert "Allerede ute" not in forst
    assert "Allerede ute" in etterpa
    assert "Venter på KS (1)" in etterpa
    assert "Se etterpå (1)" in etterpa


def test_tom_ko_er_en_liten_glede(som):
    assert "Køen er tom. Ingen venter på svar fra KS." in tekst(som("moderator").get(KO))


@pytest.mark.parametrize(
    "sporring", ["?vis=tull", "?vis=%00", "?side=abc", "?side=-1", "?q=%25", "?q=" + "x" * 500, "?vis[]=1"]
)
def test_rar_sporring_gir_aldri_500(som, sporring):
    lag_innsendt()

    assert som("moderator").get(KO + sporring).status_code in (200, 400)


def test_soek_i_koen(som):
    lag_innsendt("Nattbuss på bestilling")
    lag_innsendt("Skolemat", eier=lag_organisasjon("Øyvik"))
    klient = som("moderator")

    assert [s.prosjekt.tittel for s in klient.get(KO, {"q": "nattbuss"}).context["side"]] == ["Nattbuss på bestilling"]
    assert [s.prosjekt.tittel for s in klient.get(KO, {"q": "ØYVIK"}).context["side"]] == ["Skolemat"]
    assert "Ingen treff på «romfart»" in tekst(klient.get(KO, {"q": "romfart"}))


def test_soeket_i_koen_spoer_bare_det_som_staar_der(som):
    """A draft with the very words neither hides what is nearest nor tells by it that it is there."""
    lag_innsendt("Nattbuss på bestilling")
    lag_sokbart("Romfart og nattbuss på bestilling", status=Status.KLADD)

    svar = som("moderator").get(KO, {"q": "nattbuss bestilling romfart"})

    assert [s.prosjekt.tittel for s in svar.context["side"]] == ["Nattbuss på bestilling"]


def test_koen_er_delt_i_sider(som):
    for nr in range(26):
        lag_innsendt(f"Sak {nr}")
    klient = som("moderator")

    assert len(klient.get(KO).context["side"]) == 25
    assert len(klient.get(KO, {"side": 2}).context["side"]) == 1


@pytest.mark.parametrize("del_", ["venter", "etterkontroll", "missions", "hos_eieren", "avgjort"])
@pytest.mark.parametrize("antall", [1, 3])
def test_koen_bruker_like_mange_spoerringer(som, roller, django_assert_num_queries, antall, del_):
    mission = lag_mission()
    for _nr in range(antall):
        lag_innsendt()
        lag_etterkontroll()
        foresla(mission)
        handlinger.send_til_retting(lag_innsendt().prosjekt, av=roller["moderator"], **GRUNN)
    klient = som("administrator")
    klient.get(KO)  # the session's own first writes

    with django_assert_num_queries(13 if del_ in ("venter", "etterkontroll", "missions") else 12):
        svar = klient.get(KO, {"vis": del_})

    assert len(svar.context["side"]) == antall


# ---- One case ------------------------------------------------------------------------------------------------------


def test_saken_viser_prosjektet_slik_det_er_sendt_inn(som, roller):
    sak = lag_innsendt("Naustet", dager=6, tekst={"utfordring": "Unge **uten** plass."}, eier=roller.kommunen)
    Modereringssak.objects.filter(pk=sak.pk).update(innsendt_av=roller["eier"])

    innhold = tekst(som("moderator").get(sak.get_absolute_url()))

    assert "<strong>uten</strong>" in innhold
    assert "Eier Prøve sendte inn" in innhold
    assert "Har ventet 6 dager." in innhold
    assert "Send til retting" in innhold
    assert "Endret siden sist" not in innhold


@pytest.mark.parametrize("antall", [1, 3])
def test_saken_bruker_like_mange_spoerringer(som, roller, django_assert_num_queries, antall):
    sak = lag_innsendt(eier=roller.kommunen)
    for _nr in range(antall):
        handlinger.send_til_retting(sak.prosjekt, av=roller["moderator"], **GRUNN)
        handlinger.send_inn(sak.prosjekt, av=roller["eier"])
    siste = sak.prosjekt.modereringssaker.get(avgjort_tid=None)
    klient = som("moderator")

    with django_assert_num_queries(33):
        svar = klient.get(siste.get_absolute_url())

    assert len(svar.context["runder"]) == antall


def test_publiser(som, roller):
    sak = lag_innsendt(eier=roller.kommunen)
    Modereringssak.objects.filter(pk=sak.pk).update(innsendt_av=roller["eier"])

    svar = avgjor(som("moderator"), sak, "publiser", versjon=1)

    sak.refresh_from_db()
    assert svar["Location"] == KO
    assert (sak.vedtak, sak.avgjort_av, sak.prosjekt.status) == ("publisert", roller["moderator"], "publisert")
    assert Epost.objects.filter(til=roller["eier"].email, emne__startswith="Publisert").count() == 1


def test_retting_krever_grunn_og_begrunnelse_og_mister_ikke_det_som_er_skrevet(som):
    sak = lag_innsendt()
    klient = som("moderator")

    uten_grunn = avgjor(klient, sak, "retting", begrunnelse="Jeg har skrevet mye her.")
    uten_ord = avgjor(klient, sak, "retting", grunn="reklame", begrunnelse="   ")

    assert "Velg en grunn." in tekst(uten_grunn)
    assert "Jeg har skrevet mye her.</textarea>" in tekst(uten_grunn)
    assert "Skriv en begrunnelse." in tekst(uten_ord)
    assert Modereringssak.objects.get().avgjort_tid is None


@pytest.mark.parametrize(
    "data",
    [
        {"grunn": "finnes_ikke", "begrunnelse": "x"},
        {"grunn": "reklame", "begrunnelse": "x" * 2001},
        {"grunn": "reklame", "begrunnelse": "a\x00b"},
    ],
)
def test_ugyldig_begrunnelse_gir_en_melding(som, data):
    svar = avgjor(som("moderator"), lag_innsendt(), "retting", **data)

    assert (svar.status_code, bool(svar.context["skjema"].errors)) == (200, True)


@pytest.mark.parametrize("versjon", ["", "abc", "-1", "9" * 30, "²"])
def test_rar_versjon_publiserer_ikke(som, versjon):
    sak = lag_innsendt()

    assert avgjor(som("moderator"), sak, "publiser", versjon=versjon).status_code == 409
    assert Prosjekt.objects.get().status == Status.INNSENDT


def test_det_som_mangler_staar_i_svaret(som):
    sak = lag_innsendt(ingress="")

    svar = avgjor(som("moderator"), sak, "publiser", versjon=1)

    assert "Dette mangler: Skriv en ingress." in tekst(svar)


def test_eieren_har_endret_siden_saken_ble_aapnet(som, roller):
    sak = lag_innsendt(eier=roller.kommunen)
    handlinger.lagre_seksjon(sak.prosjekt, verdier={"ingress": "Noe helt annet."}, versjon=1, av=roller["eier"])

    svar = avgjor(som("moderator"), sak, "publiser", versjon=1)

    assert svar.status_code == 409
    assert "Prosjektet er endret siden du åpnet saken." in tekst(svar)
    assert "Noe helt annet." in tekst(svar)
    assert 'name="versjon" value="2"' in tekst(svar)
    assert Prosjekt.objects.get().status == Status.INNSENDT


@pytest.mark.parametrize("min_handling", ["publiser", "retting"])
def test_to_moderatorer_den_andre_faar_vite_hvem_som_var_foerst(som, roller, min_handling):
    sak = lag_innsendt()
    kollega = lag_bruker("Mona Moderator", i=lag_ks(), rolle="moderator")
    handlinger.send_til_retting(sak.prosjekt, av=kollega, **GRUNN)

    svar = avgjor(som("moderator"), sak, min_handling, versjon=1, grunn="reklame", begrunnelse="Min egen tekst.")

    sak.refresh_from_db()
    assert svar.status_code == 409
    assert "Mona Moderator har alt avgjort saken: sendt til retting" in tekst(svar)
    assert (sak.avgjort_av, sak.begrunnelse) == (kollega, "Skriv hva dere prøver.")


def test_gammel_sak_kan_ikke_avgjoere_ny_innsending(som, roller):
    gammel = lag_innsendt(eier=roller.kommunen)
    handlinger.send_til_retting(gammel.prosjekt, av=roller["moderator"], **GRUNN)
    handlinger.send_inn(gammel.prosjekt, av=roller["eier"])

    svar = avgjor(som("moderator"), gammel, "retting", **GRUNN)

    assert svar.status_code == 409
    assert "Prosjektet er sendt inn på nytt siden." in tekst(svar)
    assert Prosjekt.objects.get().status == Status.INNSENDT


def test_dobbeltklikk_paa_publiser_sier_fra_og_sender_ett_brev(som, roller):
    sak = lag_innsendt(eier=roller.kommunen)
    klient = som("moderator")

    svar = [avgjor(klient, sak, "publiser", versjon=1).status_code for _klikk in range(2)]

    assert svar == [302, 409]
    assert Epost.objects.filter(emne__startswith="Publisert").count() <= 1
    assert Modereringssak.objects.count() == 1


def test_endret_siden_sist_viser_forskjellen_og_grunnen(som, roller):
    sak = lag_innsendt("Naustet", eier=roller.kommunen, tekst={"utfordring": "Unge mangler plass."})
    prosjekt = sak.prosjekt
    prosjekt.save()  # the factory writes no history of the first version
    handlinger.send_til_retting(prosjekt, av=roller["moderator"], **GRUNN)
    handlinger.lagre_seksjon(
        prosjekt, verdier={"utfordring": "Unge mangler arbeid.", "metode": ["gigakart"]}, versjon=2, av=roller["eier"]
    )
    deltakelse_handlinger.legg_til_deltaker(
        prosjekt, organisasjon=roller.partneren, rolle="fagpartner", av=roller["moderator"]
    )
    handlinger.send_inn(prosjekt, av=roller["eier"])
    ny = prosjekt.modereringssaker.get(avgjort_tid=None)

    svar = som("moderator").get(ny.get_absolute_url())
    innhold = tekst(svar)

    assert [f.etikett for f in svar.context["forskjeller"]] == ["Utfordringen", "Metode", "Hvem er med"]
    assert "plass.</del>" in innhold
    assert "arbeid.</ins>" in innhold
    assert "KS skrev: Noe viktig mangler. Skriv hva dere prøver." in innhold
    assert "Sendt inn på nytt" in innhold
    assert "Tidligere runder" in innhold


def test_merk_sett_gjelder_det_som_sto_paa_skjermen(som, roller):
    sak = lag_etterkontroll()

    svar = avgjor(som("moderator"), sak, "sett", versjon=1)

    sak.refresh_from_db()
    assert svar.status_code == 302
    assert (sak.vedtak, sak.avgjort_av, sak.prosjekt.status) == ("sett", roller["moderator"], "publisert")
    assert avgjor(som("moderator"), sak, "sett", versjon=1).status_code == 409


def test_ta_ned_fra_etterkontroll_og_opp_igjen(som, roller):
    sak = lag_etterkontroll(eier=roller.kommunen, ansvarlig=roller["eier"])
    klient = som("moderator")

    ned = avgjor(klient, sak, "ta-ned", grunn="personopplysninger", begrunnelse="Fjern navnet.")
    prosjekt = Prosjekt.objects.get()
    assert (ned.status_code, prosjekt.status) == (302, "avpublisert")
    assert "Fjern navnet." in Epost.objects.get(til=roller["eier"].email).tekst
    assert som("anonym").get(prosjekt.get_absolute_url()).status_code == 404

    opp = avgjor(klient, sak, "publiser-igjen")
    prosjekt.refresh_from_db()
    assert (opp.status_code, prosjekt.status) == (302, "publisert")


def test_ethvert_publisert_prosjekt_kan_tas_ned_med_grunn(som, roller):
    prosjekt = lag_sokbart(eier=roller.kommunen)
    adresse = reverse("prosjekter:ta_ned", args=[prosjekt.slug])

    assert {som(rolle).get(adresse).status_code for rolle in (*UTEN_KO, "missionkurator")} == {403}
    assert som("moderator").post(adresse, {"grunn": "reklame"}).status_code == 200
    assert som("moderator").post(adresse, GRUNN).status_code == 302

    prosjekt.refresh_from_db()
    assert (prosjekt.status, prosjekt.statusgrunn) == ("avpublisert", "ufullstendig")
    assert Modereringssak.objects.get().begrunnelse == "Skriv hva dere prøver."


def test_ta_ned_to_ganger_er_trygt(som):
    prosjekt = lag_sokbart()
    adresse = reverse("prosjekter:ta_ned", args=[prosjekt.slug])
    klient = som("moderator")

    assert [klient.post(adresse, GRUNN).status_code for _gang in range(2)] == [302, 302]
    assert Modereringssak.objects.count() == 1


def test_moderator_ser_prosjekter_bare_deltakerne_ellers_ser(som):
    sak = lag_innsendt("Bare for deltakere", synlighet=Synlighet.PROSJEKT)

    assert som("moderator").get(sak.get_absolute_url()).status_code == 200


# ---- Proposals to missions -----------------------------------------------------------------------------------------


def svar_paa(klient, tilknytning, svar, begrunnelse="", sett="foreslatt"):
    return klient.post(
        reverse("prosjekter:forslag", args=[tilknytning.pk]),
        {"svar": svar, "sett": sett, "begrunnelse": begrunnelse},
    )


def test_bare_missionens_egen_kurator_svarer(som, roller):
    egen = foresla(lag_mission(kurator=roller["missionkurator"]))
    annens = foresla(lag_mission(kurator=roller["administrator"]))
    klient = som("missionkurator")

    assert svar_paa(klient, annens, "godtatt").status_code == 403
    assert {svar_paa(som(rolle), egen, "godtatt").status_code for rolle in (*UTEN_KO, "moderator")} == {403}
    assert svar_paa(som("anonym"), egen, "godtatt").status_code == 302
    assert not Missiontilknytning.objects.godtatte().exists()
    assert svar_paa(klient, egen, "godtatt").status_code == 302
    assert Missiontilknytning.objects.godtatte().get() == egen


def test_handlingen_sjekker_selv(roller):
    forslag = foresla(lag_mission(kurator=roller["missionkurator"]))

    for rolle in ("anonym", "eier", "moderator", "administrator"):
        with pytest.raises(PermissionDenied):
            mission_handlinger.avgjor_tilknytning(forslag, svar="godtatt", sett="foreslatt", av=roller[rolle])


def test_nei_krever_en_grunn_og_naar_eieren(som, roller):
    mission = lag_mission("Alle unge med")
    forslag = foresla(mission, eier=roller.kommunen, ansvarlig=roller["eier"])
    klient = som("missionkurator")

    uten = svar_paa(klient, forslag, "avslatt")
    svar_paa(klient, forslag, "avslatt", "Handler om eldre.")

    forslag.refresh_from_db()
    assert "Skriv hvorfor prosjektet ikke hører til missionen." in tekst(uten)
    assert (forslag.svar, forslag.begrunnelse, forslag.avgjort_av) == (
        "avslatt", "Handler om eldre.", roller["missionkurator"],
    )  # fmt: skip
    assert "Handler om eldre." in Epost.objects.get(til=roller["eier"].email).tekst


def test_to_kuratorer_den_andre_faar_vite_svaret(som, roller):
    forslag = foresla(lag_mission())
    mission_handlinger.avgjor_tilknytning(forslag, svar="godtatt", sett="foreslatt", av=roller["administrator"])

    svar = svar_paa(som("missionkurator"), forslag, "avslatt", "Min grunn.")

    assert svar.status_code == 409
    assert "Administrator i KS har alt svart: godtatt." in tekst(svar)
    assert "Min grunn.</textarea>" in tekst(svar)
    assert Missiontilknytning.objects.get().svar == Svar.GODTATT


def test_kuratoren_kan_ombestemme_seg(som):
    forslag = foresla(lag_mission())
    klient = som("missionkurator")
    svar_paa(klient, forslag, "godtatt")

    assert "Ta det ut av missionen" in tekst(klient.get(reverse("prosjekter:forslag", args=[forslag.pk])))
    svar_paa(klient, forslag, "avslatt", "Feil mission.", sett="godtatt")

    forslag.refresh_from_db()
    assert forslag.svar == Svar.AVSLATT


def test_de_som_har_prosjektet_faar_vite_hvert_svar_en_gang(som, roller):
    forslag = foresla(lag_mission(), eier=roller.kommunen, ansvarlig=roller["eier"])
    klient = som("missionkurator")

    for svar, sett in (("godtatt", "foreslatt"), ("avslatt", "godtatt"), ("godtatt", "avslatt")):
        for _trykk in range(2):
            svar_paa(klient, forslag, svar, "Nei, nå.", sett=sett)

    emner = Epost.objects.filter(til=roller["eier"].email).order_by("pk").values_list("emne", flat=True)
    assert list(emner) == [f"{hva} i missionen: Foreslått" for hva in ("Med", "Ikke med", "Med")]


def test_trukket_forslag_sies_fra_om(som, roller):
    forslag = foresla(lag_mission(), eier=roller.kommunen)
    klient = som("missionkurator")
    mission_handlinger.trekk_forslag(forslag, av=roller["eier"])

    assert svar_paa(klient, forslag, "godtatt").status_code == 404


def test_forslag_uten_svar_i_skjemaet_gir_ikke_500(som):
    forslag = foresla(lag_mission())

    assert som("missionkurator").post(reverse("prosjekter:forslag", args=[forslag.pk]), {}).status_code == 200
    assert Missiontilknytning.objects.get().svar == Svar.FORESLATT
