"""Deeds: once however many, with the right people told, and nothing half done."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections, transaction

from kommuner.kodeverk import Rolle
from kommuner.models import Medlemskap
from partnerskap.felles.versjon import Konflikt
from prosjekter.handlinger import deltakelse as deltakelse_handlinger
from prosjekter.handlinger import mission as mission_handlinger
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.kodeverk import Grunn, Partnerrolle, Status
from prosjekter.models import Deltakelse, Missiontilknytning, Modereringssak, Prosjekt, Prosjekttekst
from prosjekter.varsler import prosjekt as varsler
from tests.fabrikker import lag_bruker, lag_mission, lag_organisasjon, lag_prosjekt
from tests.prosjekter.test_registrering import kladd
from utboks.models import Epost

# ---- Who is told ---------------------------------------------------------------------------------------------------


def fikk_epost():
    return sorted(Epost.objects.values_list("til", flat=True))


@pytest.mark.django_db
def test_moderatorene_faar_vite_om_innsending_og_ikke_den_som_sendte(roller):
    prosjekt = kladd(roller)
    roller["moderator"], roller["administrator"], roller["missionkurator"]

    handlinger.send_inn(prosjekt, av=roller["eier"])

    assert fikk_epost() == [roller["moderator"].email]
    assert prosjekt.get_absolute_url() in Epost.objects.get().tekst


@pytest.mark.django_db
def test_uten_moderator_faar_administratorene_den(roller):
    prosjekt = kladd(roller)
    roller["administrator"]

    handlinger.send_inn(prosjekt, av=roller["eier"])

    assert fikk_epost() == [roller["administrator"].email]


@pytest.mark.django_db
def test_grunn_og_begrunnelse_naar_fram_til_den_som_sendte_inn(roller):
    prosjekt = kladd(roller)
    handlinger.send_inn(prosjekt, av=roller["kollega"])
    Epost.objects.all().delete()

    handlinger.send_til_retting(
        prosjekt, av=roller["moderator"], grunn=Grunn.UFULLSTENDIG, begrunnelse="Si hvem det er for."
    )

    assert fikk_epost() == sorted([roller["eier"].email, roller["kollega"].email])
    epost = Epost.objects.first()
    assert "Noe viktig mangler." in epost.tekst
    assert "Si hvem det er for." in epost.tekst
    assert epost.emne == f"Litt mer før vi kan publisere: {prosjekt.tittel}"


@pytest.mark.django_db
def test_har_de_ansvarlige_sluttet_faar_lederen_beskjed(roller):
    prosjekt = kladd(roller)
    handlinger.send_inn(prosjekt, av=roller["eier"])
    roller["ansvarlig"]
    Medlemskap.objects.filter(bruker=roller["eier"]).update(til_dato="2020-01-01", fra_dato="2019-01-01")
    Epost.objects.all().delete()

    handlinger.publiser(prosjekt, av=roller["moderator"])

    assert fikk_epost() == [roller["ansvarlig"].email]


@pytest.mark.django_db
def test_ruller_handlingen_tilbake_gaar_varselet_med(roller, monkeypatch):
    prosjekt = kladd(roller)
    roller["moderator"]

    def brann(*_argumenter, **_valg):
        varsler.innsendt(prosjekt, av=roller["eier"])
        assert Epost.objects.exists()
        raise RuntimeError("strømmen gikk")

    monkeypatch.setattr(handlinger, "_gi_tilbake", brann)
    with pytest.raises(RuntimeError), transaction.atomic():
        handlinger.send_inn(prosjekt, av=roller["eier"])

    assert not Epost.objects.exists()
    assert not Modereringssak.objects.exists()
    prosjekt.refresh_from_db()
    assert (prosjekt.status, prosjekt.versjon) == (Status.KLADD, 1)


# ---- The paper trail -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_sakene_forteller_hele_runden(roller):
    prosjekt = kladd(roller)
    eier, moderator = roller["eier"], roller["moderator"]
    handlinger.send_inn(prosjekt, av=eier)
    handlinger.send_til_retting(prosjekt, av=moderator, grunn=Grunn.REKLAME, begrunnelse="Ta ut logoen.")
    handlinger.send_inn(prosjekt, av=eier)
    handlinger.publiser(prosjekt, av=moderator)
    handlinger.lagre_seksjon(prosjekt, verdier={"ingress": "Ny"}, versjon=prosjekt.versjon, av=eier)
    handlinger.avpubliser(prosjekt, av=moderator, grunn=Grunn.PERSONOPPLYSNINGER, begrunnelse="Navn i teksten.")
    handlinger.publiser_igjen(prosjekt, av=moderator)

    saker = Modereringssak.objects.order_by("pk").values_list("er_etterkontroll", "vedtak", "grunn", "avgjort_av")

    assert list(saker) == [
        (False, "til_retting", "reklame", moderator.pk),
        (False, "publisert", "", moderator.pk),
        (True, "avpublisert", "personopplysninger", moderator.pk),
        (False, "publisert", "", moderator.pk),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("navn", ["avpubliser", "arkiver"])
def test_eier_som_tar_bort_noe_lukker_saken_ks_ikke_har_rukket(roller, navn):
    prosjekt = kladd(roller, status=Status.PUBLISERT)
    handlinger.lagre_seksjon(prosjekt, verdier={"ingress": "Ny"}, versjon=1, av=roller["eier"])
    sagt = {"begrunnelse": "Feil."} if navn == "avpubliser" else {}

    getattr(handlinger, navn)(prosjekt, av=roller["eier"], **sagt)

    assert Modereringssak.objects.get().vedtak == "trukket"


@pytest.mark.django_db
def test_publisert_foerste_gang_staar_selv_om_det_publiseres_igjen(roller):
    prosjekt = kladd(roller, status=Status.PUBLISERT)
    foerst = Prosjekt.objects.get().publisert_tid
    handlinger.avpubliser(prosjekt, av=roller["moderator"], grunn=Grunn.DUPLIKAT, begrunnelse="To like.")

    handlinger.publiser_igjen(prosjekt, av=roller["moderator"])

    assert Prosjekt.objects.get().publisert_tid == foerst


# ---- Who takes part, missions, and handing over --------------------------------------------------------------------


@pytest.mark.django_db
def test_ny_deltaker_ser_kladden_og_lederen_deres_faar_vite_det(roller):
    prosjekt = kladd(roller)
    leder = lag_bruker("Lise Leder", i=roller.partneren, rolle=Rolle.ANSVARLIG)

    for _klikk in range(2):
        deltakelse_handlinger.legg_til_deltaker(
            prosjekt, organisasjon=roller.partneren, rolle=Partnerrolle.FORSKNINGSPARTNER, av=roller["moderator"]
        )

    assert Deltakelse.objects.filter(prosjekt=prosjekt, organisasjon=roller.partneren).count() == 1
    assert fikk_epost() == [leder.email]
    assert prosjekt in Prosjekt.objects.synlige_for(roller["partner"])
    assert prosjekt not in Prosjekt.objects.redigerbare_for(roller["partner"])


@pytest.mark.django_db
def test_avsluttet_deltaker_ser_ikke_kladden_men_kan_bli_med_igjen(roller):
    prosjekt = kladd(roller)
    argumenter = {"organisasjon": roller.partneren, "rolle": Partnerrolle.FAGPARTNER, "av": roller["moderator"]}
    deltakelse, _ny = deltakelse_handlinger.legg_til_deltaker(prosjekt, **argumenter)

    assert deltakelse_handlinger.avslutt_deltakelse(deltakelse, til_dato="2026-01-01", av=roller["eier"])
    assert not deltakelse_handlinger.avslutt_deltakelse(deltakelse, til_dato="2025-01-01", av=roller["eier"])

    assert prosjekt not in Prosjekt.objects.synlige_for(roller["partner"])
    igjen, ny = deltakelse_handlinger.legg_til_deltaker(prosjekt, **argumenter)
    assert (ny, igjen.pk != deltakelse.pk) == (True, True)


@pytest.mark.django_db
def test_eierskap_kan_hverken_legges_til_eller_avsluttes(roller):
    prosjekt = kladd(roller)
    eierskapet = prosjekt.deltakelser.get()

    with pytest.raises(PermissionDenied):
        deltakelse_handlinger.legg_til_deltaker(
            prosjekt, organisasjon=roller.partneren, rolle="eier", av=roller["eier"]
        )
    with pytest.raises(PermissionDenied):
        deltakelse_handlinger.avslutt_deltakelse(eierskapet, til_dato="2026-01-01", av=roller["eier"])


@pytest.mark.django_db
def test_kuratoren_faar_vite_om_forslaget_naar_det_er_publisert(roller):
    prosjekt = kladd(roller)
    kurator = roller["missionkurator"]
    mission = lag_mission(kurator=kurator)
    for _klikk in range(2):
        mission_handlinger.foresla_mission(prosjekt, mission=mission, av=roller["eier"])
    handlinger.send_inn(prosjekt, av=roller["eier"])
    assert kurator.email not in fikk_epost()
    Epost.objects.all().delete()

    handlinger.publiser(prosjekt, av=roller["moderator"])

    assert fikk_epost() == sorted([kurator.email, roller["eier"].email])
    assert Missiontilknytning.objects.count() == 1


@pytest.mark.django_db
def test_et_nei_kan_bli_et_nytt_forslag_og_et_forslag_kan_trekkes(roller):
    prosjekt = kladd(roller)
    mission = lag_mission()
    tilknytning, _ny = mission_handlinger.foresla_mission(prosjekt, mission=mission, av=roller["eier"])
    Missiontilknytning.objects.update(svar="avslatt", begrunnelse="Ikke nå.")

    igjen, ny = mission_handlinger.foresla_mission(prosjekt, mission=mission, av=roller["eier"])

    assert (igjen.pk, ny, igjen.svar, igjen.begrunnelse) == (tilknytning.pk, True, "foreslatt", "")
    assert mission_handlinger.trekk_forslag(igjen, av=roller["eier"])
    assert not mission_handlinger.trekk_forslag(tilknytning, av=roller["eier"])


@pytest.mark.django_db
def test_upublisert_mission_kan_ikke_foreslaas(roller):
    with pytest.raises(PermissionDenied):
        mission_handlinger.foresla_mission(kladd(roller), mission=lag_mission(er_publisert=False), av=roller["eier"])


@pytest.mark.django_db
def test_den_som_slutter_gir_fra_seg_alt_i_organisasjonen_og_bare_der(roller):
    mine = [kladd(roller, status=status) for status in (Status.KLADD, Status.PUBLISERT, Status.ARKIVERT)]
    annet = lag_prosjekt(ansvarlig=roller["eier"])
    kollegas = kladd(roller, ansvarlig=roller["ansvarlig"])

    antall = handlinger.overfor_ansvar(
        fra=roller["eier"], til=roller["kollega"], organisasjon=roller.kommunen, av=roller["ansvarlig"]
    )

    assert antall == 3
    assert {p.ansvarlig for p in Prosjekt.objects.filter(pk__in=[p.pk for p in mine])} == {roller["kollega"]}
    assert Prosjekt.objects.get(pk=annet.pk).ansvarlig == roller["eier"]
    assert Prosjekt.objects.get(pk=kollegas.pk).ansvarlig == roller["ansvarlig"]
    assert fikk_epost() == [roller["kollega"].email]
    assert not handlinger.overfor_ansvar(
        fra=roller["eier"], til=roller["kollega"], organisasjon=roller.kommunen, av=roller["ansvarlig"]
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("av", "til"), [("fremmed", "kollega"), ("kollega", "kollega"), ("ansvarlig", "fremmed")])
def test_ingen_kan_flytte_ansvar_de_ikke_raar_over_eller_til_noen_utenfor(roller, av, til):
    kladd(roller)

    with pytest.raises(PermissionDenied):
        handlinger.overfor_ansvar(fra=roller["eier"], til=roller[til], organisasjon=roller.kommunen, av=roller[av])


@pytest.mark.django_db
@pytest.mark.parametrize("rolle", ["fremmed", "partner", "moderator", "missionkurator", "folgeforsker"])
def test_bare_eierne_skriver(roller, rolle):
    prosjekt = kladd(roller, status=Status.PUBLISERT)
    av = roller[rolle]

    for gjor in (
        lambda: handlinger.lagre_seksjon(prosjekt, verdier={"ingress": "Kuppet"}, versjon=1, av=av),
        lambda: deltakelse_handlinger.inviter(prosjekt, organisasjon=lag_organisasjon(), rolle="medeier", av=av),
        lambda: mission_handlinger.foresla_mission(prosjekt, mission=lag_mission(), av=av),
        lambda: handlinger.bekreft(prosjekt, av=av),
        lambda: handlinger.slett(prosjekt, av=av),
    ):
        with pytest.raises(PermissionDenied):
            gjor()

    assert Prosjekt.objects.get().versjon == 1


# ---- At the same time ----------------------------------------------------------------------------------------------


def samtidig(*gjoremal):
    """Start them all at once, each on its own connection. Returns what they answered."""
    klar = threading.Barrier(len(gjoremal))
    svar = [None] * len(gjoremal)

    def kjor(nummer, gjoremal):
        try:
            connection.ensure_connection()
            klar.wait(timeout=10)
            svar[nummer] = gjoremal()
        except Exception as feil:  # the test looks at what it was
            svar[nummer] = feil
        finally:
            connections.close_all()

    traader = [threading.Thread(target=kjor, args=(n, g)) for n, g in enumerate(gjoremal)]
    for traad in traader:
        traad.start()
    for traad in traader:
        traad.join(timeout=60)
    return svar


@pytest.mark.django_db(transaction=True)
def test_seks_samtidige_klikk_lager_ett_prosjekt(roller):
    eier = roller["eier"]

    svar = samtidig(
        *[lambda: handlinger.opprett(tittel="Likt", utfordring="Noe.", eier=roller.kommunen, nokkel="samme", av=eier)]
        * 6
    )

    assert sum(ny for _prosjekt, ny in svar) == 1
    assert len({prosjekt.pk for prosjekt, _ny in svar}) == 1
    assert Prosjekt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_seks_samtidige_prosjekter_med_samme_navn_faar_hver_sin_adresse(roller):
    eier = roller["eier"]

    svar = samtidig(
        *[
            lambda n=n: handlinger.opprett(
                tittel="Likt navn", utfordring="Noe.", eier=roller.kommunen, nokkel=f"{n}", av=eier
            )
            for n in range(6)
        ]
    )

    assert all(ny for _prosjekt, ny in svar)
    assert set(Prosjekt.objects.values_list("slug", flat=True)) == {
        "likt-navn", *[f"likt-navn-{n}" for n in range(2, 7)]
    }  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_samtidig_innsending_er_en_innsending_en_sak_og_en_epost(roller):
    prosjekt = kladd(roller)
    roller["moderator"]
    personer = [roller["eier"], roller["kollega"], roller["ansvarlig"]] * 2

    svar = samtidig(
        *[lambda av=av: handlinger.send_inn(Prosjekt.objects.get(pk=prosjekt.pk), av=av) for av in personer]
    )

    assert sorted(svar) == [False] * 5 + [True]
    assert Modereringssak.objects.count() == 1
    assert Epost.objects.count() == 1
    assert Prosjekt.objects.get().versjon == 2


@pytest.mark.django_db(transaction=True)
def test_av_seks_samtidige_skribenter_vinner_noeyaktig_en(roller):
    prosjekt = kladd(roller)
    eier = roller["eier"]

    svar = samtidig(
        *[
            lambda n=n: handlinger.lagre_seksjon(
                prosjekt, verdier={"utfordring": f"Min versjon {n}"}, versjon=1, av=eier
            )
            for n in range(6)
        ]
    )

    vinnere = [s for s in svar if isinstance(s, Prosjekt)]
    assert len(vinnere) == 1
    assert sum(isinstance(s, Konflikt) for s in svar) == 5
    assert Prosjekt.objects.get().versjon == 2
    assert Prosjekttekst.objects.get().utfordring.startswith("Min versjon")


@pytest.mark.django_db(transaction=True)
def test_publiser_mot_trekk_gir_ett_vedtak(roller):
    """KS says yes in the moment the owner takes it back: one of them was first, and the other is told."""
    prosjekt = kladd(roller)
    moderator, eier = roller["moderator"], roller["eier"]
    handlinger.send_inn(prosjekt, av=eier)

    samtidig(
        lambda: handlinger.publiser(prosjekt, av=moderator),
        lambda: handlinger.trekk(prosjekt, av=eier),
    )

    fersk = Prosjekt.objects.get()
    sak = Modereringssak.objects.get()
    assert (fersk.status, sak.vedtak) in {("publisert", "publisert"), ("kladd", "trukket")}
