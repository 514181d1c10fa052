"""What loading a list would do, and what is wrong with it: every row judged, nothing written."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from partnerskap.felles import versjon as versjoner
from prosjekter import krav, personvern
from prosjekter.importering.kolonner import (
    EIERKOLONNER,
    HAR_ALLTID_VERDI,
    KOLONNER,
    KREVDE,
    Celleproblem,
    finn_kolonne,
    ligner_paa_kolonne,
    likning,
    utdrag,
)
from prosjekter.importering.lesing import Filfeil
from prosjekter.importering.oppslag import Oppslag
from prosjekter.kodeverk import Kodeliste, Status
from prosjekter.models import RADFELT, Importkobling, Prosjekt, Prosjekttekst

BUNT = 500
IKKE_SVAR = {"id", "kommunenummer", "organisasjonsnummer", "eier", "missions", "partnere", "publisert"}
# What a published project must have and a list can be expected to say. The rest the owner is asked in the portal.
MAA_STAA_I_LISTA = {"tittel", "utfordring", "ingress", "tjenesteomrade", "kontaktrolle", "laering"}
NAVN = {k.felt: k.navn for k in KOLONNER}


class Utvei(StrEnum):
    NY = "nye"
    ENDRES = "endres"
    UENDRET = "uendret"
    HOPPES_OVER = "hoppes over"
    FEIL = "med feil"


@dataclass(frozen=True)
class Problem:
    rad: int
    kolonne: str
    melding: str
    er_feil: bool = True


@dataclass
class Planrad:
    """A row, understood. `svar` are values by the names of krav.les; only those the file has a column for."""

    nummer: int
    ekstern_id: str = ""
    utvei: Utvei = Utvei.NY
    eier: object = None
    svar: dict = field(default_factory=dict)
    missions: list | None = None
    partnere: list | None = None  # pairs of organisation and role
    publisert: object = None  # None when the file does not say
    kobling: Importkobling | None = None
    endringer: dict = field(default_factory=dict)  # of what is there: the answers to write
    publiser: bool = False  # a draft that the list now says is public
    problemer: list = field(default_factory=list)

    @property
    def har_feil(self):
        return any(p.er_feil for p in self.problemer)

    def feil(self, kolonne, melding):
        self.problemer.append(Problem(self.nummer, kolonne, melding))

    def merk(self, kolonne, melding):
        self.problemer.append(Problem(self.nummer, kolonne, melding, er_feil=False))

    def til_lagring(self):
        """What the row says, as it is kept for comparing with next time."""
        verdier = {navn: _lagret(verdi) for navn, verdi in self.svar.items()}
        if self.eier:
            verdier["eier"] = self.eier.pk
        if self.missions is not None:
            verdier["missions"] = sorted(m.pk for m in self.missions)
        if self.partnere is not None:
            verdier["partnere"] = sorted([o.pk, rolle] for o, rolle in self.partnere)
        if self.publisert is not None:
            verdier["publisert"] = bool(self.publisert)
        return verdier


@dataclass
class Plan:
    rader: list
    merknader: list  # about the file as a whole

    @property
    def problemer(self):
        return [p for rad in self.rader for p in rad.problemer]

    @property
    def feil(self):
        return [p for p in self.problemer if p.er_feil]

    def antall(self):
        return Counter(rad.utvei for rad in self.rader)

    def som(self, utvei):
        return [rad for rad in self.rader if rad.utvei == utvei]


def _lagret(verdi):
    return verdi.isoformat() if isinstance(verdi, date) else verdi


def tomt_svar():
    """The answers of a project nobody has said anything about."""
    return {
        **{navn: _tomt(Prosjekt, navn) for navn in krav.PROSJEKTFELT},
        **dict.fromkeys(krav.TEKSTFELT, ""),
        **{liste: [] for liste in (*krav.KODEFELT, *RADFELT)},
        "partnere": False,
    }


def _tomt(modell, navn):
    felt = modell._meta.get_field(navn)
    return str(felt.default) if felt.has_default() else None if felt.null else ""


def planlegg(tabell, *, kilde, overskriv=False, framdrift=lambda antall: None):
    """The plan for a table. Raises Filfeil when the headings make no sense."""
    kolonner, merknader = _kolonner(tabell.overskrifter)
    leser = Radleser(kolonner, Oppslag(), bredde=len(tabell.overskrifter))
    rader = []
    for nummer, rad in enumerate(tabell.rader, 1):
        rader.append(leser.les(rad))
        framdrift(nummer)
    _finn_like(rader)
    Sammenlikner(kilde, overskriv).sammenlikn(rader)
    for rad in rader:
        if rad.har_feil:
            rad.utvei = Utvei.FEIL
    return Plan(rader, merknader)


def _kolonner(overskrifter):
    """[(place, column)], and what is worth saying about the headings."""
    funnet, merknader = {}, []
    for plass, overskrift in enumerate(overskrifter):
        kolonne = finn_kolonne(overskrift)
        if kolonne is None:
            if overskrift.strip():
                lik = ligner_paa_kolonne(overskrift)
                mente = f" Mente du «{lik}»?" if lik else ""
                merknader.append(f"Kolonnen «{utdrag(overskrift)}» er ikke kjent og blir ikke lest.{mente}")
        elif kolonne.navn in funnet:
            raise Filfeil(f"Kolonnen {kolonne.navn} står to ganger.")
        else:
            funnet[kolonne.navn] = plass, kolonne
    mangler = [navn for navn in KREVDE if navn not in funnet]
    if not any(navn in funnet for navn in EIERKOLONNER):
        mangler.append("kommunenummer eller organisasjonsnummer")
    if mangler:
        leste = ", ".join(f"«{utdrag(o, 20)}»" for o in overskrifter[:12] if o.strip())
        raise Filfeil(
            " ".join(
                [f"Fila mangler kolonnen {', '.join(mangler)}.", *merknader, f"Overskriftene er lest som: {leste}."]
            )
        )
    return list(funnet.values()), merknader


class Radleser:
    """From cells to answers, row by row."""

    def __init__(self, kolonner, oppslag, bredde):
        self.kolonner, self.oppslag, self.bredde = kolonner, oppslag, bredde

    def les(self, tabellrad):
        rad = Planrad(tabellrad.nummer)
        if tabellrad.feil:
            rad.feil("", tabellrad.feil)
            return rad
        verdier = self._verdier(rad, tabellrad)
        rad.ekstern_id = verdier.get("id", "")
        rad.publisert = verdier.get("publisert")
        rad.svar = {
            felt: verdi
            for felt, verdi in verdier.items()
            if felt not in IKKE_SVAR and not (felt in HAR_ALLTID_VERDI and not verdi)
        }
        for felt in ("tittel", "utfordring"):
            if felt in verdier and not verdier[felt]:
                rad.feil(felt, "Må fylles ut.")
        start, slutt = verdier.get("start_dato"), verdier.get("slutt_dato")
        if start and slutt and slutt < start:
            rad.feil("slutt", f"Kommer før start: {slutt:%d.%m.%Y} er før {start:%d.%m.%Y}.")
        self._slaa_opp(rad, verdier)
        self._se_etter_personer(rad)
        return rad

    def _verdier(self, rad, tabellrad):
        verdier = {}
        for plass, kolonne in self.kolonner:
            celle = tabellrad.celler[plass] if plass < len(tabellrad.celler) else None
            try:
                verdier[kolonne.felt] = kolonne.les(celle)
            except Celleproblem as problem:
                rad.feil(kolonne.navn, str(problem))
        if any(celle not in (None, "") for celle in tabellrad.celler[self.bredde :]):
            rad.feil("", "Raden har flere celler enn det er overskrifter. Mangler det anførselstegn rundt en tekst?")
        return verdier

    def _slaa_opp(self, rad, verdier):
        hvem = {navn: verdier.get(navn, "") for navn in EIERKOLONNER}
        feil, rad.eier, merknader = self.oppslag.eier(**hvem)
        for kolonne, melding in feil.items():
            rad.feil(kolonne, str(melding))
        if not any(hvem.values()) and not any(p.kolonne in EIERKOLONNER for p in rad.problemer):
            rad.feil(
                "kommunenummer",
                "Raden sier ikke hvem som eier prosjektet. Skriv kommunenummer eller organisasjonsnummer.",
            )
        for melding in merknader:
            rad.merk("kommunenummer", melding)
        if "missions" in verdier:
            rad.missions = self._hver(rad, "mission", verdier["missions"], self.oppslag.mission)
        if "partnere" in verdier:
            rad.partnere = self._hver(rad, "partnere", verdier["partnere"], self.oppslag.partner)
            if any(organisasjon == rad.eier for organisasjon, _rolle in rad.partnere):
                rad.merk("partnere", f"{rad.eier} eier prosjektet og trenger ikke stå som partner.")
                rad.partnere = [par for par in rad.partnere if par[0] != rad.eier]

    def _hver(self, rad, kolonne, skrevet, slaa_opp):
        svar = []
        for ett in skrevet:
            try:
                if (funnet := slaa_opp(ett)) not in svar:
                    svar.append(funnet)
            except Celleproblem as problem:
                rad.feil(kolonne, str(problem))
        return svar

    def _se_etter_personer(self, rad):
        for felt in ("tittel", "ingress", "kontaktrolle", *krav.TEKSTFELT):
            if tegn := personvern.ligner_paa(rad.svar.get(felt, "")):
                hva = ", ".join(map(str, tegn))
                rad.merk(NAVN[felt], f"Det ser ut til å stå {hva} her. Se etter at ingen kan kjennes igjen.")


def _finn_like(rader):
    """Rows of the file that say they are the same project."""
    ider, titler = {}, {}
    for rad in rader:
        if not rad.ekstern_id:
            continue
        if (forst := ider.setdefault(rad.ekstern_id, rad.nummer)) != rad.nummer:
            rad.feil("id", f"Rad {forst} har samme id.")
        elif rad.eier and (tittel := rad.svar.get("tittel")):
            nokkel = rad.eier.pk, likning(tittel)
            if (forst := titler.setdefault(nokkel, rad.nummer)) != rad.nummer:
                rad.feil(
                    "tittel", f"Rad {forst} har samme tittel og eier. Er det samme prosjekt, skal det stå én gang."
                )


class Sammenlikner:
    """The rows beside what the portal has: which are new, which change something, and which must be left alone."""

    def __init__(self, kilde, overskriv):
        self.kilde, self.overskriv = kilde, overskriv

    def sammenlikn(self, rader):
        rader = [rad for rad in rader if rad.ekstern_id and not rad.har_feil]
        for start in range(0, len(rader), BUNT):
            bunt = rader[start : start + BUNT]
            koblinger = Importkobling.objects.filter(kilde=self.kilde, ekstern_id__in=[r.ekstern_id for r in bunt])
            etter_id = {k.ekstern_id: k for k in koblinger.select_related("prosjekt")}
            for rad in bunt:
                rad.kobling = etter_id.get(rad.ekstern_id)
        self._finn_registrerte([rad for rad in rader if not rad.kobling])
        for rad in rader:
            if rad.kobling:
                self._vurder(rad)
            elif rad.publisert:
                self._krev(rad, {**tomt_svar(), **rad.svar, "partnere": bool(rad.partnere)})

    def _finn_registrerte(self, nye):
        """Projects that people have registered in the portal already, with the same title and owner."""
        eiere = {rad.eier.pk for rad in nye if rad.eier}
        finnes = {}
        for start in range(0, len(eiere), BUNT):
            utvalg = Prosjekt.objects.filter(eier__in=sorted(eiere)[start : start + BUNT]).order_by()
            for eier, tittel, slug in utvalg.values_list("eier", "tittel", "slug"):
                finnes[eier, likning(tittel)] = slug
        for rad in nye:
            if rad.eier and (slug := finnes.get((rad.eier.pk, likning(rad.svar["tittel"])))):
                rad.feil("tittel", f"{rad.eier} har allerede et prosjekt med denne tittelen: /prosjekter/{slug}/.")

    def _krev(self, rad, svar):
        """What a public project must answer. The list's own columns are required; the owner is asked the rest."""
        senere = []
        for sporsmal in krav.mangler(svar):
            if sporsmal.felt in MAA_STAA_I_LISTA:
                rad.feil(NAVN[sporsmal.felt], "Må fylles ut når prosjektet skal være publisert.")
            else:
                senere.append(_etikett(sporsmal.felt))
        if senere:
            rad.merk("", f"Eieren blir spurt om dette i portalen: {', '.join(senere)}.")

    def _vurder(self, rad):
        """What the row changes on the project it became."""
        prosjekt, sist = rad.kobling.prosjekt, rad.kobling.verdier
        naa = rad.til_lagring()
        rad.utvei = Utvei.UENDRET
        if prosjekt is None:
            rad.utvei = Utvei.HOPPES_OVER
            rad.merk("id", "Prosjektet er slettet i portalen, og lastes ikke inn igjen.")
            return
        if all(sist.get(navn) == verdi for navn, verdi in naa.items()):
            return
        if prosjekt.status == Status.ARKIVERT:
            rad.utvei = Utvei.HOPPES_OVER
            rad.merk("", "Prosjektet er arkivert i portalen, og endres ikke.")
            return
        if naa["eier"] != sist.get("eier") and rad.eier.pk != prosjekt.eier_id:
            rad.feil(
                "kommunenummer", f"Prosjektet eies av {prosjekt.eier}. Eieren endres i portalen, ikke av en liste."
            )
            return
        rad.utvei = Utvei.ENDRES
        self._publisering(rad, prosjekt, sist)
        self._flett(rad, prosjekt, {**{n: _lagret(v) for n, v in tomt_svar().items()}, **sist})

    def _publisering(self, rad, prosjekt, sist):
        if rad.publisert is None or bool(rad.publisert) == sist.get("publisert", False):
            return
        rad.publiser = bool(rad.publisert) and prosjekt.status == Status.KLADD
        if not rad.publisert and prosjekt.status == Status.PUBLISERT:
            rad.merk("publisert", "Prosjektet er publisert. Det tas ned i portalen, ikke av en liste.")
        elif rad.publisert and prosjekt.status not in (Status.KLADD, Status.PUBLISERT):
            status = prosjekt.get_status_display().lower()
            rad.merk("publisert", f"Prosjektet er «{status}» i portalen, og publiseres der.")

    def _flett(self, rad, prosjekt, sist):
        """Only what the list has changed is written, and never over what people have changed meanwhile."""
        naa = krav.les(prosjekt)
        endret = {navn: verdi for navn, verdi in rad.svar.items() if _lagret(verdi) != sist.get(navn)}
        sist = {navn: date.fromisoformat(v) if navn.endswith("_dato") and v else v for navn, v in sist.items()}
        fletting = versjoner.flett(sist, naa, endret)
        if fletting.konflikter and not self.overskriv:
            for konflikt in fletting.konflikter:
                rad.feil(
                    NAVN[konflikt.navn], "Er endret både i lista og i portalen. Velg én av dem, eller bruk --overskriv."
                )
            return
        valgt = endret if self.overskriv else fletting.verdier
        rad.endringer = {navn: verdi for navn, verdi in valgt.items() if not versjoner.lik(verdi, naa[navn])}
        partnere = bool(rad.partnere) if rad.partnere is not None else naa["partnere"]
        if rad.publiser or prosjekt.status == Status.PUBLISERT:
            self._krev(rad, {**naa, **rad.endringer, "partnere": partnere})


def _etikett(felt):
    if felt in krav.KODEFELT:
        return str(Kodeliste(felt).label).lower()
    if felt in RADFELT:
        return str(RADFELT[felt]._meta.verbose_name_plural)
    modell = Prosjekttekst if felt in krav.TEKSTFELT else Prosjekt
    return str(modell._meta.get_field(felt).verbose_name)
