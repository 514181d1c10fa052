"""The paper: what is known, in the order a council reads it. What nobody has told is for the case officer to fill in."""

from dataclasses import dataclass, field

from django.utils import timezone

from kommuner.likhet import FOLKETALLSGRUPPER, folketallsgruppe, kostra_tall
from prosjekter.saksframlegg.blokker import Bit, Blokk, fyll, linje, setning, sitat
from prosjekter.saksframlegg.kilder import Kilder
from prosjekter.saksframlegg.ord import Ord


@dataclass
class Saksframlegg:
    """Ready to be shown. `kilder` stand last, under their own heading."""

    tittel: str
    malform: str
    utkast: str
    om: str
    ord: Ord
    blokker: list = field(default_factory=list)
    kilder: list = field(default_factory=list)


def lag(grunnlag, malform):
    return _Skriver(grunnlag, Ord(malform)).skriv()


class _Skriver:
    """Writes section by section; a source gets its number the first time it is used."""

    def __init__(self, grunnlag, ord_):
        self.g, self.ord, self.kilder, self.blokker = grunnlag, ord_, Kilder(), []
        self.i_dag = timezone.localdate()
        p = grunnlag.prosjekt
        self.felles = {"eier": str(grunnlag.eier), "kommune": grunnlag.mottaker.navn, "tittel": p.tittel}
        om = self._om("kilde_prosjekt", dato=p.endret_tid, lisens=self._lisens(), er_eksempel=p.er_eksempel)
        self.felles["k"] = self.kilder.vis_til(p.tittel, p.get_absolute_url(), om, p.malform)

    def skriv(self):
        for del_ in (
            self.hode, self.kort, self.bakgrunn, self.andre, self.vurdering, self.okonomi, self.risiko, self.vedtak,
        ):  # fmt: skip
            del_()
        utkast = self.ord["utkast"].format(dato=self.ord.dato(self.i_dag))
        return Saksframlegg(
            tittel=self.ord[f"tittel{self._variant}"].format(**self.felles),
            malform=self.ord.malform,
            utkast=utkast,
            om=self.ord["om_utkastet"],
            ord=self.ord,
            blokker=self.blokker,
            kilder=list(self.kilder),
        )

    @property
    def _variant(self):
        if self.g.er_egen:
            return "_egen"
        return "_virket_ikke" if self.g.virket_ikke else ""

    # ---- Sections --------------------------------------------------------------------------------------------------

    def hode(self):
        navn = ("saksnummer", "saksbehandler", "utvalg", "motedato")
        self.tabell([self.ord[n] for n in navn], [[linje(self.ord[f"fyll_{n}"]) for n in navn]])

    def kort(self):
        p = self.g.prosjekt
        self.overskrift("h_kort")
        self.avsnitt(f"kort{self._variant}")
        self.avsnitt("status", fase=self.ord.kode(p.get_fase_display()), utfall=self._utfall)
        if p.start_dato and p.slutt_dato and p.slutt_dato <= self.i_dag:
            self.avsnitt("periode_fra_til", fra=self.ord.maaned(p.start_dato), til=self.ord.maaned(p.slutt_dato))
        elif p.start_dato and p.start_dato <= self.i_dag:
            self.avsnitt("periode_fra", fra=self.ord.maaned(p.start_dato))
        if p.ingress:
            self.sitat(p.ingress)
        self.avsnitt("fyll_bestilling")

    def bakgrunn(self):
        self.overskrift("h_bakgrunn")
        self.fra_teksten("utfordring", "utfordring")
        self.blokker.append(Blokk("avsnitt", biter=[fyll(self.ord["hos_oss"].format(**self.felles))]))
        if not self.g.er_egen:
            self.side_om_side()

    def side_om_side(self):
        oss, dem = self.g.mottaker.kommune, self.g.eier.kommune
        self.overskrift("h_sammenlign", niva=3)
        rader = [
            (self.ord["innbyggere"], lambda k: self.ord.tall(k.folketall) if k.folketall else "", "fyll_tall"),
            (self.ord["gruppe"], self._gruppe, "fyll_tall"),
            (self.ord["kostra"], lambda k: kostra_tall(k) if k.kostragruppe else "", "fyll_tall"),
            (self.ord["fylke"], lambda k: k.fylke.navn, "fyll_fylke"),
        ]
        kolonner = [self.ord["fakta"], self.g.mottaker.navn, str(self.g.eier)]
        self.tabell(
            kolonner, [[[Bit(navn)], *(self._faktum(k, les, tom) for k in (oss, dem))] for navn, les, tom in rader]
        )
        grupper = [folketallsgruppe(k) if k else None for k in (oss, dem)]
        if None in grupper:
            self.avsnitt("ukjent_gruppe")
        else:
            self.avsnitt("samme_gruppe" if grupper[0] == grupper[1] else "ulik_gruppe")

    def andre(self):
        self.overskrift("h_andre")
        self.overskrift("h_losning", niva=3)
        self.fra_teksten("losning", "losning", ellers="uten_losning")
        self.overskrift("h_resultat", niva=3)
        ellers = "uten_resultat" if self.g.er_ferdig else "uten_resultat_ennaa"
        self.fra_teksten("resultat", "losning", ellers=ellers)
        self.gevinster()
        self.laering()
        self.eksperimenter()
        self.gjenbruk()

    def gevinster(self):
        self.overskrift("h_gevinst", niva=3)
        if not self.g.gevinster:
            self.avsnitt("uten_gevinst")
            return
        self.avsnitt("gevinster")
        kolonner = [self.ord[n] for n in ("gevinst", "for_hvem", "ventet", "oppnadd", "belegg")]
        rader = [
            [
                [Bit(self.ord.kode(g.get_dimensjon_display()))],
                *(self._celle(verdi) for verdi in (g.mottaker, g.forventet, g.realisert)),
                [Bit(self.ord.kode(g.get_belegg_display()))],
            ]
            for g in self.g.gevinster
        ]
        self.tabell(kolonner, rader)

    def laering(self):
        self.overskrift("h_laering", niva=3)
        har_tekst = self.fra_teksten("laering", "laering")
        if self.g.laering:
            self.avsnitt("laeringskort")
            self.punkter([self._et_kort(kort) for kort in self.g.laering])
        elif not har_tekst:
            self.avsnitt("uten_laering")

    def eksperimenter(self):
        if not self.g.eksperimenter:
            return
        self.overskrift("h_eksperimenter", niva=3)
        self.avsnitt("eksperimenter")
        self.punkter([self._et_eksperiment(e) for e in self.g.eksperimenter])

    def gjenbruk(self):
        self.overskrift("h_gjenbruk", niva=3)
        if not self.g.gjenbruk:
            self.avsnitt("uten_gjenbruk")
            return
        self.avsnitt("gjenbruk")
        kolonner = [self.ord[n] for n in ("hvem", "hvordan", "status_kolonne", "erfaring", "kilde")]
        self.tabell(kolonner, [self._en_bruk(g) for g in self.g.gjenbruk])

    def vurdering(self):
        p = self.g.prosjekt
        self.overskrift("h_vurdering")
        self._hvor_mange()
        if p.belegg:
            self.avsnitt("sterkeste_belegg", belegg=self.ord.kode(p.get_belegg_display()))
        sagt = [
            self.fra_teksten(felt, nokkel)
            for felt, nokkel in (
                ("forutsetninger", "ma_til"), ("kjerne", "kjerne"), ("lokalt", "lokalt"), ("vilkar_folk", "folk"),
                ("vilkar_teknologi", "teknologi"), ("vilkar_organisasjon", "organisasjon"),
            )
        ]  # fmt: skip
        if not any(sagt):
            self.avsnitt("uten_forutsetninger")
        self.avsnitt("vurder")
        self.punkter([linje(self.ord[f"vurder_{n}"], **self.felles) for n in ("hvorfor", "folk", "slutte", "hensyn")])

    def okonomi(self):
        self.overskrift("h_okonomi")
        har_tekst = self.fra_teksten("okonomi", "okonomi")
        if not har_tekst:
            self.avsnitt("uten_okonomi")
        for_ = len(self.blokker) - har_tekst  # what is told after this, and the text itself, holds figures
        self.fra_teksten("vilkar_penger", "penger")
        if self.g.avviklinger:
            self.avsnitt("frigjort")
            kolonner = [self.ord[n] for n in ("slutter_med", "timer", "kroner")]
            self.tabell(
                kolonner, [[self._celle(t) for t in (a.hva, a.tid_i_ord, a.belop_i_ord)] for a in self.g.avviklinger]
            )
        if med_kostnad := [g for g in self.g.gjenbruk if g.kostnad]:
            self.avsnitt("andres_kostnad")
            self.punkter(
                [self._linje("en_kostnad", k=self._bruk(g), hvem=g.hvem, kostnad=g.kostnad) for g in med_kostnad]
            )
        if len(self.blokker) > for_:
            self.avsnitt("ikke_overfor")
        self.avsnitt("fyll_okonomi")

    def risiko(self):
        p = self.g.prosjekt
        self.overskrift("h_risiko")
        for_ = len(self.blokker)
        if self.g.virket_ikke and p.stoppgrunn:
            grunn = self.ord.kode(p.get_stoppgrunn_display())
            self.avsnitt("prosjektet_virket_ikke", utfall=self._utfall, grunn=grunn)
        elif self.g.virket_ikke:
            self.avsnitt("prosjektet_virket_ikke_uten_grunn", utfall=self._utfall)
        for g in self.g.gjenbruk:
            if g.status == "forkastet":
                self.avsnitt("forkastet", k=self._bruk(g), hvem=g.hvem, hvorfor=g.hvorfor_ikke)
        if self.g.hemmet:
            self.avsnitt("hindret")
            self.punkter(
                [
                    self._linje("et_hinder", faktor=self.ord.kode(f.get_faktor_display()), styrke=f.styrke)
                    for f in self.g.hemmet
                ]
            )
        if self.g.barrierer:
            self.avsnitt("barrierer")
            self.punkter([self._en_barriere(b) for b in self.g.barrierer])
        self.fra_teksten("vilkar_jus", "jus")
        if len(self.blokker) == for_:
            self.avsnitt("uten_risiko")
        self.avsnitt("fyll_risiko")

    def vedtak(self):
        self.overskrift("h_vedtak")
        punkter = [linje(mal, **self.felles) for mal in self.ord[f"vedtak{self._variant}"]]
        self.blokker.append(Blokk("nummerert", punkter=punkter))

    # ---- What stands in them ---------------------------------------------------------------------------------------

    def _hvor_mange(self):
        """Counts come from the project's page, where they are shown."""
        p = self.g.prosjekt
        if not p.antall_i_bruk:
            self.avsnitt("i_bruk_ingen")
            return
        biter = self._linje(
            "i_bruk_en" if p.antall_i_bruk == 1 else "i_bruk_flere", antall=self.ord.antall(p.antall_i_bruk)
        )
        hvilken = {0: "bekreftet_ingen", 1: "bekreftet_en"}.get(p.antall_bekreftet, "bekreftet_flere")
        biter += [Bit(" "), *self._linje(hvilken, antall=self.ord.antall(p.antall_bekreftet))]
        self.blokker.append(Blokk("avsnitt", biter=biter))

    def _lisens(self):
        """Its name, without what it means."""
        return self.ord.kode(str(self.g.prosjekt.get_lisens_display()).partition(":")[0])

    @property
    def _utfall(self):
        return self.ord.kode(self.g.prosjekt.get_utfall_display())

    def _gruppe(self, kommune):
        minst = folketallsgruppe(kommune)
        if minst is None:
            return ""
        if minst == FOLKETALLSGRUPPER[0]:
            return self.ord["under"].format(tall=self.ord.tall(FOLKETALLSGRUPPER[1]))
        if minst == FOLKETALLSGRUPPER[-1]:
            return self.ord["minst"].format(tall=self.ord.tall(minst))
        neste = FOLKETALLSGRUPPER[FOLKETALLSGRUPPER.index(minst) + 1]
        return self.ord["mellom"].format(fra=self.ord.tall(minst), til=self.ord.tall(neste - 1))

    def _faktum(self, kommune, les, tom):
        """One fact from the register with its source, or a place to write it."""
        verdi = les(kommune) if kommune else ""
        if not verdi:
            return linje(self.ord[tom])
        return [Bit(f"{verdi} "), self._register(kommune)]

    def _register(self, kommune):
        nokkel = "kilde_register" if kommune.folketall_dato else "kilde_register_uten"
        om = self._om(nokkel, dato=kommune.folketall_dato)
        return self.kilder.vis_til(kommune.navn, kommune.get_absolute_url(), om)

    def _celle(self, verdi):
        return [Bit(str(verdi), sprak=self.g.prosjekt.malform)] if verdi else [Bit(self.ord["ikke_oppgitt"])]

    def _bruk(self, g):
        om = self._om("kilde_gjenbruk", dato=g.endret_tid, hvem=g.hvem, er_eksempel=g.er_eksempel)
        return self.kilder.vis_til(f"{g.hvem}: {self.felles['tittel']}", g.get_absolute_url(), om)

    def _en_bruk(self, g):
        erfaring = g.verdi or g.hvorfor_ikke or g.tilpasning
        return [
            [Bit(g.hvem)],
            [Bit(self.ord.kode(g.get_type_display()))],
            [Bit(self.ord.kode(g.get_status_display()))],
            [Bit(erfaring)] if erfaring else [Bit(self.ord["ikke_oppgitt"])],
            [self._bruk(g)],
        ]

    def _et_kort(self, kort):
        om = self._om("kilde_laering", dato=kort.opprettet_tid, er_eksempel=kort.er_eksempel)
        k = self.kilder.vis_til(kort.tekst, kort.get_absolute_url(), om, self.g.prosjekt.malform)
        tekst = setning(kort.tekst) + (f" {kort.rad_til_andre}" if kort.rad_til_andre else "")
        return self._linje("et_kort", k=k, type=self.ord.kode(kort.get_type_display()), tekst=self._deres(tekst))

    def _et_eksperiment(self, e):
        om = self._om("kilde_eksperiment", dato=e.fra_dato, er_eksempel=e.er_eksempel)
        k = self.kilder.vis_til(e.hypotese, e.get_absolute_url(), om, self.g.prosjekt.malform)
        hypotese = self._deres(setning(e.hypotese))
        if not e.har_resultat:
            return self._linje("et_uten_resultat", k=k, hypotese=hypotese)
        return self._linje(
            "et_eksperiment",
            k=k,
            hypotese=hypotese,
            observasjon=self._deres(setning(e.observasjon)),
            beslutning=self.ord.kode(e.get_beslutning_display()).lower(),
        )

    def _en_barriere(self, b):
        om = self._om("kilde_barriere", dato=b.opprettet_tid, er_eksempel=b.er_eksempel)
        k = self.kilder.vis_til(b.kort, b.get_absolute_url(), om, self.g.prosjekt.malform)
        biter = self._linje(
            "en_barriere",
            k=k,
            kort=self._deres(setning(b.kort)),
            regel=f"({b.regel}) " if b.regel else "",
            status=self.ord.kode(b.get_policylab_status_display()).lower(),
        )
        return biter + ([Bit(" "), *self._linje("ks_svarer", svar=setning(b.svar))] if b.svar else [])

    # ---- How -------------------------------------------------------------------------------------------------------

    def _om(self, nokkel, *, dato, er_eksempel=False, **ord_):
        """Who says it and when, and the day it was read."""
        dato = timezone.localdate(dato) if hasattr(dato, "tzinfo") else dato
        deler = [
            self.ord[nokkel].format(**{"eier": self.felles["eier"], "dato": self.ord.dato(dato), **ord_}),
            self.ord["hentet"].format(dato=self.ord.dato(self.i_dag)),
            self.ord["eksempel"] if er_eksempel else "",
        ]
        return " ".join(filter(None, deler))

    def _deres(self, tekst):
        return Bit(" ".join(tekst.split()), sprak=self.g.prosjekt.malform)

    def _linje(self, nokkel, **ord_):
        return linje(self.ord[nokkel], **{**self.felles, **ord_})

    def overskrift(self, nokkel, niva=2):
        self.blokker.append(Blokk("overskrift", biter=[Bit(self.ord[nokkel])], niva=niva))

    def avsnitt(self, nokkel, **ord_):
        self.blokker.append(Blokk("avsnitt", biter=self._linje(nokkel, **ord_)))

    def punkter(self, punkter):
        self.blokker.append(Blokk("punkter", punkter=punkter))

    def tabell(self, kolonner, rader):
        self.blokker.append(Blokk("tabell", kolonner=kolonner, rader=rader))

    def sitat(self, tekst):
        blokker, er_kappet = sitat(tekst, self.g.prosjekt.malform)
        self.blokker += blokker
        if er_kappet:
            self.avsnitt("resten")

    def fra_teksten(self, felt, nokkel, ellers=""):
        """One of the project's texts after a sentence that says whose it is. False when it has not been written."""
        tekst = self.g.tekst(felt)
        if tekst:
            self.avsnitt(nokkel)
            self.sitat(tekst)
        elif ellers:
            self.avsnitt(ellers)
        return bool(tekst)
