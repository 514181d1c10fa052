"""Ready-made questions answer as the queryset they are made from, for everyone, with new values each time."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction
from django.db.models.expressions import RawSQL
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kommuner.tilgang import arbeider_for
from partnerskap.felles.ferdig_sql import ferdig_sql, gi_rader, samme_tur
from prosjekter.kodeverk import Kodeliste, Synlighet
from prosjekter.models import Klassifisering, Prosjekt
from tests.fabrikker import lag_prosjekt

pytestmark = pytest.mark.django_db

ANONYM = AnonymousUser()


def med_koder(*verdier):
    prosjekt = lag_prosjekt()
    prosjekt.klassifiseringer.all().delete()
    for verdi in verdier:
        Klassifisering.objects.create(prosjekt=prosjekt, liste=Kodeliste.TJENESTEOMRADE, verdi=verdi)
    return prosjekt


def koder():
    @ferdig_sql
    def sporsmaal(prosjekt, liste):
        koder.laget += 1
        return Klassifisering.objects.filter(prosjekt=prosjekt, liste=liste)

    koder.laget = 0
    return sporsmaal


def synlige():
    @ferdig_sql
    def sporsmaal(tittel, *, bruker):
        return (
            Prosjekt.objects.synlige_for(bruker)
            .filter(tittel=tittel)
            .select_related("eier")
            .only("tittel", "eier__navn")
        )

    return sporsmaal


def test_svaret_er_det_samme_som_av_sporringen_med_nye_verdier_hver_gang():
    sporsmaal = koder()
    en, to = med_koder("helse_omsorg", "kultur"), med_koder("barnehage")
    Klassifisering.objects.create(prosjekt=to, liste=Kodeliste.MALGRUPPE, verdi="barn_unge")

    for prosjekt in (en, to, en, lag_prosjekt()):
        for liste in (Kodeliste.TJENESTEOMRADE, Kodeliste.MALGRUPPE):
            rader = sporsmaal(prosjekt.pk, liste)
            assert rader == list(Klassifisering.objects.filter(prosjekt=prosjekt, liste=liste))
    assert koder.laget == 1


def test_det_koster_en_sporring_og_ingen_for_det_som_fulgte_med(django_assert_num_queries):
    sporsmaal, prosjekt = synlige(), lag_prosjekt()

    for _gang in range(4):
        with django_assert_num_queries(1):
            (rad,) = sporsmaal(prosjekt.tittel, bruker=ANONYM)
            assert (rad.tittel, rad.eier.navn) == (prosjekt.tittel, prosjekt.eier.navn)
    with django_assert_num_queries(1):
        assert rad.slug == prosjekt.slug  # what was left out is fetched when somebody wants it


@pytest.mark.parametrize("tittel", ["100 % sikkert", "%s og %%", "O'Neill", 'Den "nye"', "\\", "ø–🙂"])
@pytest.mark.hver_motor
def test_det_som_er_likt_hver_gang_kan_vaere_hva_som_helst(tittel):
    @ferdig_sql
    def sporsmaal(slug):
        return Prosjekt.objects.filter(slug=slug, tittel=tittel)

    prosjekt, annet = lag_prosjekt(tittel), lag_prosjekt("Noe annet")

    for _gang in range(2):
        assert sporsmaal(prosjekt.slug) == [prosjekt]
        assert sporsmaal(annet.slug) == []


def test_den_som_er_logget_inn_faar_sine_egne_svar(roller):
    sporsmaal = synlige()
    prosjekt = lag_prosjekt(eier=roller.kommunen, synlighet=Synlighet.PROSJEKT)

    for _gang in range(3):
        assert sporsmaal(prosjekt.tittel, bruker=ANONYM) == []
        assert sporsmaal(prosjekt.tittel, bruker=roller["fremmed"]) == []
        assert sporsmaal(prosjekt.tittel, bruker=roller["eier"]) == [prosjekt]


def test_det_som_er_skrevet_er_aldri_en_del_av_sporringen():
    sporsmaal = synlige()
    prosjekt = lag_prosjekt("100 % 'sikkert'; -- %s")

    for _gang in range(4):
        assert sporsmaal(prosjekt.tittel, bruker=ANONYM) == [prosjekt]
        assert sporsmaal("' OR 1=1 --", bruker=ANONYM) == []


def test_mange_verdier_er_en_verdi(django_assert_num_queries):
    @ferdig_sql
    def sporsmaal(pks, *, bruker):
        return Prosjekt.objects.synlige_for(bruker).filter(pk__blant=pks).order_by("pk")

    apne, lukket = [lag_prosjekt() for _nr in range(3)], lag_prosjekt(synlighet=Synlighet.PROSJEKT)

    for valgt in (apne, apne[:1], [], apne[1:], [*apne, lukket]):
        with django_assert_num_queries(1):
            assert sporsmaal([p.pk for p in valgt], bruker=ANONYM) == [p for p in valgt if p != lukket]


def test_en_kolonne_flatt(django_assert_num_queries):
    @ferdig_sql
    def sporsmaal(pks, *, bruker):
        return Prosjekt.objects.synlige_for(bruker).filter(pk__blant=pks).order_by("-pk").values_list("pk", flat=True)

    apne, lukket = [lag_prosjekt().pk for _nr in range(3)], lag_prosjekt(synlighet=Synlighet.PROSJEKT).pk

    for valgt in ([*apne, lukket], apne[:1], []):
        with django_assert_num_queries(1):
            assert sporsmaal(valgt, bruker=ANONYM) == sorted(set(valgt) - {lukket}, reverse=True)


@pytest.mark.parametrize("naa", [timezone.now, timezone.localdate])
def test_en_dag_eller_et_klokkeslett_ville_staatt_stille_og_sies_fra_om(naa):
    @ferdig_sql
    def sporsmaal(tittel):
        return Prosjekt.objects.filter(tittel=tittel, publisert_tid__date__lte=naa())

    with pytest.raises(ValueError, match="stand still"):
        sporsmaal("Los")


@pytest.mark.postgresql
def test_planen_beholdes_av_forbindelsen():
    sporsmaal = koder()

    with CaptureQueriesContext(connection) as spurt:
        for nummer in range(4):
            sporsmaal(nummer, Kodeliste.TJENESTEOMRADE)

    assert all("prosjekter_klassifisering" in sporring["sql"] for sporring in spurt)
    with connection.cursor() as peker:
        peker.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%prosjekter_klassifisering%%'"
        )
        assert peker.fetchone() == (1,)


@pytest.mark.hver_motor
def test_flere_i_samme_tur_gir_hver_sitt_svar(django_assert_num_queries):
    har, finn = koder(), synlige()
    en, to = med_koder("helse_omsorg", "kultur"), med_koder("barnehage")

    for _gang in range(4):
        with django_assert_num_queries(4), samme_tur():
            koder_en = har(en.pk, Kodeliste.TJENESTEOMRADE)
            ingen = har(en.pk, Kodeliste.MALGRUPPE)
            prosjekter = finn(to.tittel, bruker=ANONYM)
            koder_to = har(to.pk, Kodeliste.TJENESTEOMRADE)
            assert koder_en == prosjekter == []  # not yet
        assert [k.verdi for k in koder_en] == ["helse_omsorg", "kultur"]
        assert [k.verdi for k in koder_to] == ["barnehage"]
        assert prosjekter == list(Prosjekt.objects.filter(tittel=to.tittel))
        assert prosjekter[0].eier.navn == to.eier.navn
        assert ingen == []
    assert [k.verdi for k in har(to.pk, Kodeliste.TJENESTEOMRADE)] == ["barnehage"]  # and by itself again, at once


def test_ingenting_i_samme_tur_er_ingen_tur(django_assert_num_queries):
    with django_assert_num_queries(0), samme_tur():
        pass


def test_den_som_er_logget_inn_faar_sitt_ogsaa_i_samme_tur(roller):
    har, finn = koder(), synlige()
    prosjekt = lag_prosjekt(eier=roller.kommunen, synlighet=Synlighet.PROSJEKT)

    svar = {}
    for hvem in ("fremmed", "eier"):
        with samme_tur():
            svar[hvem] = finn(prosjekt.tittel, bruker=roller[hvem])
            koder_ = har(prosjekt.pk, Kodeliste.TJENESTEOMRADE)
        assert koder_ == list(prosjekt.klassifiseringer.filter(liste=Kodeliste.TJENESTEOMRADE))

    assert svar == {"fremmed": [], "eier": [prosjekt]}


def test_en_tur_som_ryker_etterlater_ingenting():
    har, prosjekt = koder(), med_koder("kultur")

    with pytest.raises(RuntimeError, match="midt i"), samme_tur():
        ble_aldri_spurt = har(prosjekt.pk, Kodeliste.TJENESTEOMRADE)
        raise RuntimeError("midt i")
    with pytest.raises(DatabaseError), transaction.atomic(), samme_tur():
        galt = ferdig_sql(lambda pk: Prosjekt.objects.filter(pk=pk).annotate(x=RawSQL("finnes_ikke", ())))
        har(prosjekt.pk, Kodeliste.TJENESTEOMRADE)
        galt(prosjekt.pk)

    assert ble_aldri_spurt == []
    assert [k.verdi for k in har(prosjekt.pk, Kodeliste.TJENESTEOMRADE)] == ["kultur"]


def test_det_andre_avhenger_av_blir_svart_paa_straks_ogsaa_paa_en_tur(roller):
    """Who someone is decides what she may ask for. Found out on the trip itself, it must not look like nobody."""
    har, prosjekt = koder(), med_koder("kultur")
    eier = roller["eier"]
    eier.__dict__.pop("aktive_medlemskap", None)

    with samme_tur():
        venter = har(prosjekt.pk, Kodeliste.TJENESTEOMRADE)
        straks = har.straks(prosjekt.pk, Kodeliste.TJENESTEOMRADE)
        assert [k.verdi for k in straks] == ["kultur"]
        assert arbeider_for(eier) == {roller.kommunen.pk}
        assert venter == []

    assert venter == straks


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_en_tur_paa_en_forbindelse_som_er_borte_tar_en_ny():
    har, prosjekt = koder(), med_koder("kultur")
    with connection.cursor() as peker:
        peker.execute("SELECT pg_backend_pid()")
        (pid,) = peker.fetchone()
    with connection.get_new_connection({**connection.get_connection_params()}) as en_annen:
        en_annen.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])  # waits until it is gone
    connection.health_check_enabled, connection.health_check_done = True, False  # as when a request begins

    with samme_tur():
        svar = har(prosjekt.pk, Kodeliste.TJENESTEOMRADE)

    assert [k.verdi for k in svar] == ["kultur"]


def test_rader_som_er_gitt_hentes_ikke_og_det_som_filtreres_er_tingens_egne(django_assert_num_queries):
    prosjekt, _annet = med_koder("helse_omsorg", "kultur"), med_koder("kultur")
    gi_rader(prosjekt, "klassifiseringer", koder()(prosjekt.pk, Kodeliste.TJENESTEOMRADE))

    with django_assert_num_queries(0):
        assert [k.verdi for k in prosjekt.klassifiseringer.all()] == ["helse_omsorg", "kultur"]
        assert all(k.prosjekt is prosjekt for k in prosjekt.klassifiseringer.all())
    assert prosjekt.klassifiseringer.filter(verdi="kultur").count() == 1
