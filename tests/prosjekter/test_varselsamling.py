"""The day's mail asks once more at seven: whoever has lost the right to read something since, is not told of it."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from kommuner.models import Medlemskap
from prosjekter import ettersyn, henvendelser
from prosjekter.handlinger import deltakelse as deltakelser
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.handlinger import utfordring as utfordringer
from prosjekter.models import Prosjekt
from prosjekter.varsler import laering as laering_varsler
from prosjekter.varsler import samspill as samspill_varsler
from tests.fabrikker import lag_laering, lag_prosjekt, lag_samspill, lag_utfordring
from utboks import varsling
from utboks.models import Epost, Varsel
from utboks.varsling import Hyppighet, Slag, send_samlinger

pytestmark = pytest.mark.django_db
I_GAAR = timezone.make_aware(datetime(2026, 3, 2, 12))
SJU = timezone.make_aware(datetime(2026, 3, 3, 7))


@pytest.fixture(autouse=True)
def varsler_sendes_straks(monkeypatch):
    """Here all of them wait for the morning."""
    daglig = {slag: varsling.Om(om.forklaring, Hyppighet.DAGLIG) for slag, om in varsling.SLAG.items()}
    monkeypatch.setattr(varsling, "SLAG", daglig)


@pytest.fixture
def naboen(roller):
    """Hers, in another municipality."""
    organisasjon = Medlemskap.objects.get(bruker=roller["fremmed"]).organisasjon
    return lag_prosjekt("Naboens", eier=organisasjon, ansvarlig=roller["fremmed"])


@pytest.fixture
def vaart(roller):
    return lag_prosjekt("Hemmelig los", eier=roller.kommunen, ansvarlig=roller["eier"])


def sagt_til_naboen(vaart, naboen, av):
    lag_samspill(vaart, naboen, begrunnelse="Vi deler los.")
    samspill_varsler.fortell(vaart, av=av)
    Varsel.objects.update(opprettet_tid=I_GAAR)


def brev(til):
    send_samlinger(SJU)
    send_samlinger(SJU + timedelta(minutes=5))
    return list(Epost.objects.filter(til=til.email))


def test_det_hun_fortsatt_kan_lese_kommer(roller, vaart, naboen):
    sagt_til_naboen(vaart, naboen, roller["eier"])

    [post] = brev(roller["fremmed"])

    assert "Hemmelig los" in post.tekst


@pytest.mark.parametrize("siden", [{"status": "avpublisert"}, {"synlighet": "prosjekt"}])
def test_det_hun_ikke_kan_lese_lenger_faller_bort_og_tom_epost_kommer_aldri(roller, vaart, naboen, siden):
    sagt_til_naboen(vaart, naboen, roller["eier"])
    Prosjekt.objects.filter(pk=vaart.pk).update(**siden)

    assert brev(roller["fremmed"]) == []
    assert not Varsel.objects.filter(sendt_tid=None).exists()  # it does not wait for another morning
    assert not Varsel.objects.exclude(tekst="").exists()


def test_resten_kommer_og_emnet_nevner_ikke_det_som_falt_bort(roller, vaart, naboen):
    sagt_til_naboen(vaart, naboen, roller["eier"])
    laering_varsler.nyttig(lag_laering(naboen, "Ring først."), organisasjon=roller.kommunen, av=roller["eier"])
    Varsel.objects.update(opprettet_tid=I_GAAR)
    Prosjekt.objects.filter(pk=vaart.pk).update(synlighet="prosjekt")

    [post] = brev(roller["fremmed"])

    assert "Ring først." in post.tekst
    assert "Hemmelig" not in post.emne + post.tekst
    assert "siden sist" not in post.emne  # one, not two


def test_den_som_har_mistet_plassen_i_sektoren_faar_ikke_det_som_er_delt_der(roller, vaart, naboen):
    Prosjekt.objects.filter(pk=vaart.pk).update(synlighet="sektor")
    vaart.refresh_from_db()
    sagt_til_naboen(vaart, naboen, roller["eier"])
    Medlemskap.objects.filter(bruker=roller["fremmed"]).update(til_dato="2026-01-01")

    assert brev(roller["fremmed"]) == []


def test_en_slettet_kladd_og_en_utfordring_som_er_tatt_ned_nevnes_ikke(roller, vaart, naboen):
    organisasjon = Medlemskap.objects.get(bruker=roller["fremmed"]).organisasjon
    utfordring = lag_utfordring("Nattevakter", eier=organisasjon, opprettet_av=roller["fremmed"])
    utfordringer.knytt(utfordring, prosjekt=vaart, av=roller["eier"])
    Varsel.objects.update(opprettet_tid=I_GAAR)
    Prosjekt.objects.filter(pk=vaart.pk).update(status="arkivert")

    assert brev(roller["fremmed"]) == []


def test_den_som_vil_ha_det_med_en_gang_faar_heller_ikke_det_hun_ikke_kan_lese(roller, vaart, naboen):
    sagt_til_naboen(vaart, naboen, roller["eier"])
    Prosjekt.objects.filter(pk=vaart.pk).update(synlighet="prosjekt")

    varsling.velg(roller["fremmed"].email, dict.fromkeys(Slag, Hyppighet.STRAKS))

    assert not Epost.objects.exists()
    assert not Varsel.objects.filter(sendt_tid=None).exists()


def test_egne_folk_faar_vite_at_prosjektet_er_tatt_ned(roller, vaart):
    handlinger.avpubliser(vaart, av=roller["moderator"], grunn="ufullstendig", begrunnelse="Mangler noe.")
    Varsel.objects.update(opprettet_tid=I_GAAR)

    [post] = brev(roller["eier"])

    assert post.emne == "Tatt ned: Hemmelig los"


HENDELSER = {
    "invitert": ("partner", lambda p, r: deltakelser.inviter(p, organisasjon=r.partneren, rolle="testarena", av=r["eier"])),
    "ba_om_ansvar": (
        "eier", lambda p, r: deltakelser.be_om_overtakelse(p, slag="ansvarlig", organisasjon=p.eier, av=r["kollega"])
    ),
    "ga_fra_seg": ("ansvarlig", lambda p, r: deltakelser.gi_fra_seg(p, av=r["eier"])),
    "spurte": ("eier", lambda p, r: henvendelser.send(p, tekst="Hva kostet det?", nokkel="a", av=r["fremmed"])),
    "spurte_ks": (
        "moderator", lambda p, r: henvendelser.send(lag_prosjekt(), tekst="Hvem?", nokkel="b", av=r["fremmed"])
    ),
    "meldte": (
        "moderator", lambda p, r: henvendelser.meld(laering=lag_laering(p), grunn="reklame", tekst="", av=r["fremmed"])
    ),
    "gammelt": ("eier", lambda _p, _r: ettersyn.minn()),
}  # fmt: skip


@pytest.mark.parametrize("har_sluttet", [False, True])
@pytest.mark.parametrize("hendelse", HENDELSER)
def test_den_som_har_sluttet_faar_ikke_det_hun_skulle_svart_paa(roller, vaart, hendelse, har_sluttet):
    hvem, gjor = HENDELSER[hendelse]
    mottaker = roller[hvem]
    Prosjekt.objects.filter(pk=vaart.pk).update(sist_bekreftet="2026-01-01", status="publisert")
    vaart.refresh_from_db()
    gjor(vaart, roller)
    Varsel.objects.update(opprettet_tid=I_GAAR)
    assert Varsel.objects.filter(mottaker__email=mottaker.email).count() == 1
    if har_sluttet:
        Medlemskap.objects.filter(bruker=mottaker).update(til_dato="2026-01-01")

    assert len(brev(mottaker)) == (not har_sluttet)
    assert not Varsel.objects.filter(mottaker__email=mottaker.email, sendt_tid=None).exists()


def test_retten_spoerres_om_samlet(roller, vaart, naboen, django_assert_max_num_queries):
    def antall():
        Varsel.objects.update(opprettet_tid=I_GAAR)
        with django_assert_max_num_queries(60) as sporringer:
            send_samlinger(SJU)
        sporsmaal = sum('"prosjekter_prosjekt"' in s["sql"] for s in sporringer)
        Epost.objects.all().delete()
        Varsel.objects.all().delete()
        return sporsmaal

    sagt_til_naboen(vaart, naboen, roller["eier"])
    en = antall()
    for nr in range(3):
        sagt_til_naboen(lag_prosjekt(f"Los {nr}"), naboen, roller["eier"])
    assert antall() == en == 1
