"""Volume for measuring: as many projects as asked for, with Norwegian-looking text. Not for reading.

Project number n is the same on every machine: its own random generator is seeded with n. Words follow a Zipf-like
curve (few common, many rare), and compounds are joined from parts, as Norwegian does, since that is what makes an
index large and a search hard.
"""

import uuid
from datetime import timedelta
from itertools import accumulate, islice
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from kommuner.kodeverk import Forvaltningsniva, Sektor
from kommuner.models import Fylke, Organisasjon
from missions.models import Mission
from partnerskap.felles import innhold
from partnerskap.felles.norsk import sorteringsnokkel
from prosjekter import sokeindeks
from prosjekter.eksempler import ord as ordliste
from prosjekter.eksempler import stort
from prosjekter.eksempler.bygger import NAVNEROM
from prosjekter.kodeverk import (
    I_BRUK,
    INTERESSE,
    KODELISTER,
    Belegg,
    Fase,
    Gjenbrukstatus,
    Gjenbrukstype,
    Kodeliste,
    Opphav,
    Partnerrolle,
    Radikalitet,
    Status,
    Stoppgrunn,
    Utfall,
    Verdidimensjon,
)
from prosjekter.models import (
    Deltakelse,
    Gevinst,
    Gjenbruk,
    Klassifisering,
    Missiontilknytning,
    Prosjekt,
    Prosjekttekst,
)

BUNT = 500
ANTALL_KOMMUNER = 300
VEKT_UTFALL = {"pagar": 42, "virket": 18, "delvis": 12, "virket_ikke": 12, "stoppet": 7, "pause": 5, "overfort": 4}
ANTALL_KODER = {
    Kodeliste.TJENESTEOMRADE: (1, 2),
    Kodeliste.MALGRUPPE: (1, 2),
    Kodeliste.METODE: (0, 2),
    Kodeliste.INNOVASJONSTYPE: (1, 2),
    Kodeliste.FINANSIERING: (1, 1),
}
# A few projects travel far, most not at all.
VEKT_GJENBRUK = {0: 70, 1: 14, 2: 7, 3: 4, 5: 3, 12: 2}
VEKT_GJENBRUKSTATUS = {
    "vurderes": 30,
    "planlagt": 12,
    "innfores": 12,
    "i_bruk": 26,
    "verdi_bekreftet": 14,
    "forkastet": 6,
}
ROLLER = [rolle for rolle in Partnerrolle if rolle != Partnerrolle.EIER]


def lag(antall, meld=lambda tekst: None):
    """Generate until projects number 1 to `antall` are there."""
    eiere = _eiere()
    partnere = list(Organisasjon.objects.filter(er_eksempel=True).exclude(sektor=Sektor.KOMMUNE))
    missions = list(Mission.objects.filter(er_eksempel=True))
    i_dag = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    finnes = set(Prosjekt.objects.filter(slug__startswith="mengde-", er_eksempel=True).values_list("nokkel", flat=True))
    mangler = (n for n in range(1, antall + 1) if nokkel(n) not in finnes)
    laget = 0
    while bunt := list(islice(mangler, BUNT)):
        with transaction.atomic():
            _lagre([Utkast(n, eiere, partnere, missions, i_dag) for n in bunt])
        laget += len(bunt)
        if laget % 5000 < BUNT:
            meld(f"  {laget} prosjekter laget")
    if laget:
        stort.lag(eiere)
        innhold.endret()
        with connection.cursor() as peker:
            peker.execute("ANALYZE")  # else the first plans are made for an empty table
    return laget


def nokkel(nummer):
    return uuid.uuid5(NAVNEROM, f"mengde-{nummer}")


def _eiere():
    """The example municipalities and 300 more without a name of their own, so that owners are as many as in Norway."""
    fylker = list(Fylke.objects.gjeldende().order_by("nummer"))
    slugger = [f"provekommune-{nr:03}" for nr in range(1, ANTALL_KOMMUNER + 1)]
    finnes = set(Organisasjon.objects.filter(slug__in=slugger).values_list("slug", flat=True))
    Organisasjon.objects.bulk_create(
        Organisasjon(
            navn=f"Prøvekommune {slug[-3:]}",
            slug=slug,
            sorteringsnokkel=sorteringsnokkel(f"Prøvekommune {slug[-3:]}"),
            sektor=Sektor.KOMMUNE,
            niva=Forvaltningsniva.KOMMUNE,
            fylke=fylker[int(slug[-3:]) % len(fylker)] if fylker else None,
            er_eksempel=True,
        )
        for slug in slugger
        if slug not in finnes
    )
    return list(
        Organisasjon.objects.filter(er_eksempel=True, sektor=Sektor.KOMMUNE, niva=Forvaltningsniva.KOMMUNE).order_by(
            "slug"
        )
    )


class Utkast:
    """One generated project and its rows, not yet saved."""

    def __init__(self, nummer, eiere, partnere, missions, i_dag):
        self.tilfeldig = tilfeldig = Random(nummer)
        self.malform = tilfeldig.choices(("nb", "nn"), (88, 12))[0]
        self.skriver = ordliste.Skriver(self.malform, tilfeldig)
        eier = _zipf(tilfeldig, eiere)
        self.deltakere = [(eier, Partnerrolle.EIER)]
        self.deltakere += [
            (p, tilfeldig.choice(ROLLER))
            for p in tilfeldig.sample(partnere, min(len(partnere), tilfeldig.choice((0, 1, 1, 2, 3))))
        ]
        self.mission = tilfeldig.choice(missions) if missions and tilfeldig.random() < 0.5 else None
        self.prosjekt = self._prosjekt(nummer, eier, i_dag)
        self.gjenbruk = self._gjenbruk(Random(f"gjenbruk-{nummer}"), [o for o in eiere if o != eier], i_dag)
        self.tekst = self._tekst()
        self._gi_gevinst(Random(f"gevinst {nummer}"))  # one of its own: the words above stay what they have been

    def _prosjekt(self, nummer, eier, i_dag):
        tilfeldig = self.tilfeldig
        utfall = tilfeldig.choices(list(VEKT_UTFALL), VEKT_UTFALL.values())[0]
        publisert = i_dag - timedelta(minutes=tilfeldig.randrange(6 * 365 * 1440))
        endret = publisert + (i_dag - publisert) * tilfeldig.random()
        start = publisert.date() - timedelta(days=tilfeldig.randrange(30, 500))
        tittel, ingress = self.skriver.tittel(), self.skriver.avsnitt(25)[:300]
        return Prosjekt(
            nokkel=nokkel(nummer),
            slug=f"mengde-{nummer}",
            tittel=tittel[:140],
            ingress=ingress,
            malform=self.malform,
            eier=eier,
            fase=tilfeldig.choice(Fase.values),
            utfall=utfall,
            stoppgrunn=tilfeldig.choice(Stoppgrunn.values) if utfall == Utfall.STOPPET else "",
            opphav=tilfeldig.choice(Opphav.values),
            radikalitet=tilfeldig.choice(Radikalitet.values),
            start_dato=start,
            slutt_dato=start + timedelta(days=tilfeldig.randrange(90, 900)) if utfall != Utfall.PAGAR else None,
            kontaktrolle="Prosjektleder",
            status=tilfeldig.choices((Status.PUBLISERT, Status.KLADD, Status.ARKIVERT), (96, 3, 1))[0],
            opprettet_tid=publisert - timedelta(days=20),
            publisert_tid=publisert,
            endret_tid=endret,
            sist_bekreftet=endret.date(),
            er_eksempel=True,
            sorteringsnokkel=sorteringsnokkel(tittel),
        )

    def _gi_gevinst(self, tilfeldig):
        """Every sixth looks for partners; half of them have gains, most of them only assumed."""
        skriver = ordliste.Skriver(self.malform, tilfeldig)
        if tilfeldig.random() < 0.16:
            self.prosjekt.partnersok, self.prosjekt.soker_partnere = skriver.avsnitt(15)[:300], True
        self.gevinster = [
            Gevinst(
                prosjekt=self.prosjekt,
                dimensjon=dimensjon,
                forventet=skriver.avsnitt(10)[:300],
                belegg=tilfeldig.choices(Belegg.values, (50, 25, 15, 6, 4))[0],
            )
            for dimensjon in tilfeldig.sample(Verdidimensjon.values, tilfeldig.choice((0, 0, 1, 2)))
        ]
        self.prosjekt.belegg = max((g.belegg for g in self.gevinster), key=Belegg.values.index, default="")

    def _tekst(self):
        """180-320 words in all, or nearly, spread over the long fields."""
        lengde = self.tilfeldig.randrange(175, 295)
        deler = {"utfordring": 0.35, "losning": 0.3, "resultat": 0.2, "laering": 0.15}
        return Prosjekttekst(**{felt: self.skriver.avsnitt(int(lengde * andel)) for felt, andel in deler.items()})

    def _gjenbruk(self, tilfeldig, takere, i_dag):
        """Those who use it, and the project's counts with them. A generator of its own: the rest is as it was."""
        if self.prosjekt.status != Status.PUBLISERT:
            return []
        antall = tilfeldig.choices(list(VEKT_GJENBRUK), VEKT_GJENBRUK.values())[0]
        rader = [
            self._ett_gjenbruk(tilfeldig, taker, i_dag) for taker in tilfeldig.sample(takere, min(antall, len(takere)))
        ]
        self.prosjekt.antall_interesse = sum(g.status in INTERESSE for g in rader)
        self.prosjekt.antall_i_bruk = sum(g.status in I_BRUK for g in rader)
        self.prosjekt.antall_bekreftet = sum(g.status == Gjenbrukstatus.VERDI_BEKREFTET for g in rader)
        return rader

    def _ett_gjenbruk(self, tilfeldig, taker, i_dag):
        status = tilfeldig.choices(list(VEKT_GJENBRUKSTATUS), VEKT_GJENBRUKSTATUS.values())[0]
        opprettet = self.prosjekt.publisert_tid + (i_dag - self.prosjekt.publisert_tid) * tilfeldig.random()
        return Gjenbruk(
            fra=self.prosjekt,
            taker=taker,
            type=tilfeldig.choice(Gjenbrukstype.values),
            status=status,
            kontaktrolle="Rådgiver",
            opprettet_tid=opprettet,
            endret_tid=opprettet,
            i_bruk_dato=opprettet.date() if status in I_BRUK else None,
            verdi="Tiden går til det den skal." if status == Gjenbrukstatus.VERDI_BEKREFTET else "",
            belegg="erfart" if status == Gjenbrukstatus.VERDI_BEKREFTET else "",
            verdi_dato=opprettet.date() if status == Gjenbrukstatus.VERDI_BEKREFTET else None,
            hvorfor_ikke="Vi hadde ikke folk til det." if status == Gjenbrukstatus.FORKASTET else "",
            er_eksempel=True,
        )

    def koder(self):
        for liste, (minst, mest) in ANTALL_KODER.items():
            verdier = KODELISTER[liste].values
            for verdi in {_zipf(self.tilfeldig, verdier) for _ in range(self.tilfeldig.randint(minst, mest))}:
                yield Klassifisering(prosjekt=self.prosjekt, liste=liste, verdi=verdi)


def _zipf(tilfeldig, liste, _vekter={}):  # noqa: B006 - the cumulative weights of each length, made once
    if len(liste) not in _vekter:
        _vekter[len(liste)] = list(accumulate(1 / (plass + 3) for plass in range(len(liste))))
    return tilfeldig.choices(liste, cum_weights=_vekter[len(liste)])[0]


def _lagre(bunt):
    """Table by table; the history has nothing to say about text nobody wrote."""
    Prosjekt.objects.bulk_create(utkast.prosjekt for utkast in bunt)
    for utkast in bunt:
        utkast.tekst.prosjekt = utkast.prosjekt
    Prosjekttekst.objects.bulk_create(utkast.tekst for utkast in bunt)
    Deltakelse.objects.bulk_create(
        Deltakelse(prosjekt=utkast.prosjekt, organisasjon=hvem, rolle=rolle, sektor=hvem.sektor, niva=hvem.niva)
        for utkast in bunt
        for hvem, rolle in utkast.deltakere
    )
    Klassifisering.objects.bulk_create(kode for utkast in bunt for kode in utkast.koder())
    Gevinst.objects.bulk_create(gevinst for utkast in bunt for gevinst in utkast.gevinster)
    Missiontilknytning.objects.bulk_create(
        Missiontilknytning(
            prosjekt=utkast.prosjekt,
            mission=utkast.mission,
            svar=Missiontilknytning.Svar.GODTATT,
            foreslatt_tid=utkast.prosjekt.opprettet_tid,
            avgjort_tid=utkast.prosjekt.publisert_tid,
        )
        for utkast in bunt
        if utkast.mission
    )
    Gjenbruk.objects.bulk_create(g for utkast in bunt for g in utkast.gjenbruk)
    sokeindeks.oppdater([utkast.prosjekt.pk for utkast in bunt], fortell=False)
