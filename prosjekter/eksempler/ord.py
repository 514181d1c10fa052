"""Words and sentence patterns for generated text (mengde.py), in bokmål and nynorsk."""

from itertools import accumulate

FORLEDD = {
    "nb": """
        hjemme helse ungdoms skole barnehage omsorgs bolig vei vann klima miljø bibliotek kultur familie
        språk arbeids nærings beredskaps digital tjeneste innbygger frivillig pårørende sykehjems legevakt
        rus psykisk tann kommune plan byggesaks avfalls energi bygge eiendoms renholds kjøkken mat transport
        skyss buss ferje havne fiskeri landbruks skog reiselivs idretts svømme musikk teater museums kirke
        tros flyktning integrerings voksen opplærings lærling praksis mentor tilskudds økonomi innkjøps
        arkiv data sensor varslings flom skred brann
    """.split(),
    "nn": """
        heime helse ungdoms skule barnehage omsorgs bustad veg vatn klima miljø bibliotek kultur familie
        språk arbeids nærings beredskaps digital teneste innbyggjar frivillig pårørande sjukeheims legevakt
        rus psykisk tann kommune plan byggesaks avfalls energi bygge eigedoms reinhalds kjøkken mat
        transport skyss buss ferje hamne fiskeri landbruks skog reiselivs idretts symje musikk teater
        museums kyrkje trus flyktning integrerings vaksen opplærings lærling praksis mentor tilskots økonomi
        innkjøps arkiv data sensor varslings flaum skred brann
    """.split(),
}
ETTERLEDD = {
    "nb": """
        tjenesten planen arbeidet teamet gruppen ordningen avtalen prosjektet tilbudet behovet ansvaret
        kontoret senteret nettverket rådet utvalget budsjettet kartet verktøyet systemet registeret skjemaet
        møtet rommet lageret laget løpet kurset programmet forsøket tiltaket målet kravet svaret varselet
        besøket samtalen veiledningen oppfølgingen kartleggingen vurderingen løsningen modellen metoden
        praksisen kunnskapen
    """.split(),
    "nn": """
        tenesta planen arbeidet teamet gruppa ordninga avtalen prosjektet tilbodet behovet ansvaret kontoret
        senteret nettverket rådet utvalet budsjettet kartet verktøyet systemet registeret skjemaet møtet
        rommet lageret laget løpet kurset programmet forsøket tiltaket målet kravet svaret varselet besøket
        samtalen rettleiinga oppfølginga kartlegginga vurderinga løysinga modellen metoden praksisen
        kunnskapen
    """.split(),
}
HVEM = {
    "nb": [
        "innbyggerne",
        "de ansatte",
        "ungdommene",
        "de eldre",
        "familiene",
        "naboene",
        "lærerne",
        "sykepleierne",
        "saksbehandlerne",
        "bedriftene",
        "de frivillige",
        "politikerne",
        "foreldrene",
        "studentene",
        "pasientene",
        "beboerne",
        "brukerne",
        "lederne",
        "forskerne",
        "vaktmesterne",
    ],
    "nn": [
        "innbyggjarane",
        "dei tilsette",
        "ungdommane",
        "dei eldre",
        "familiane",
        "naboane",
        "lærarane",
        "sjukepleiarane",
        "saksbehandlarane",
        "verksemdene",
        "dei frivillige",
        "politikarane",
        "foreldra",
        "studentane",
        "pasientane",
        "bebuarane",
        "brukarane",
        "leiarane",
        "forskarane",
        "vaktmeistrane",
    ],
}
NAR = {
    "nb": [
        "hver uke",
        "om vinteren",
        "etter et halvt år",
        "på kveldstid",
        "før sommeren",
        "i ferien",
        "hver morgen",
        "i ett år",
        "etter tre uker",
        "når det haster",
        "i helgene",
        "på dagtid",
        "to ganger i året",
        "det siste året",
        "fra første dag",
    ],
    "nn": [
        "kvar veke",
        "om vinteren",
        "etter eit halvt år",
        "på kveldstid",
        "før sommaren",
        "i ferien",
        "kvar morgon",
        "i eitt år",
        "etter tre veker",
        "når det hastar",
        "i helgene",
        "på dagtid",
        "to gonger i året",
        "det siste året",
        "frå første dag",
    ],
}
MONSTRE = {
    "nb": (
        "{Hvem} fortalte at {a} ikke fungerte {nar}.",
        "Vi prøver å samle {a} og {b} på ett sted.",
        "{Nar} møtes {hvem} for å planlegge {a}.",
        "Tidligere lå {a} hos én avdeling, mens {b} lå hos en annen.",
        "Det gjorde {a} både dyrere og vanskeligere å forstå for {hvem}.",
        "{Hvem} bruker i snitt {tall} timer på {a} {nar}.",
        "Målet er at {hvem} skal merke forskjell {nar}.",
        "Kommunen manglet oversikt over {a} og hadde lite erfaring med {b}.",
        "Etter forsøket ble {a} redusert med {tall} prosent.",
        "Vi spurte {hvem} hva de ville ha i stedet for {a}.",
        "Nå er {a} en del av {b}, og {hvem} har fått opplæring.",
        "{Hvem} var skeptiske til {a}, men ønsket {b} velkommen.",
        "Resultatet ble {tall} færre henvendelser om {a} {nar}.",
        "Uten {hvem} hadde verken {a} eller {b} blitt gjennomført.",
        "Samarbeidet om {a} startet {nar} og gjelder {tall} virksomheter.",
        "Det viktigste vi lærte, var å involvere {hvem} før {a} ble bestemt.",
    ),
    "nn": (
        "{Hvem} fortalde at {a} ikkje fungerte {nar}.",
        "Vi prøver å samle {a} og {b} på éin stad.",
        "{Nar} møtest {hvem} for å planleggje {a}.",
        "Tidlegare låg {a} hos éi avdeling, medan {b} låg hos ei anna.",
        "Det gjorde {a} både dyrare og vanskelegare å forstå for {hvem}.",
        "{Hvem} bruker i snitt {tall} timar på {a} {nar}.",
        "Målet er at {hvem} skal merke skilnad {nar}.",
        "Kommunen mangla oversikt over {a} og hadde lita erfaring med {b}.",
        "Etter forsøket blei {a} redusert med {tall} prosent.",
        "Vi spurde {hvem} kva dei ville ha i staden for {a}.",
        "No er {a} ein del av {b}, og {hvem} har fått opplæring.",
        "{Hvem} var skeptiske til {a}, men ønskte {b} velkomne.",
        "Resultatet blei {tall} færre førespurnader om {a} {nar}.",
        "Utan {hvem} hadde verken {a} eller {b} blitt gjennomført.",
        "Samarbeidet om {a} starta {nar} og gjeld {tall} verksemder.",
        "Det viktigaste vi lærte, var å involvere {hvem} før {a} blei bestemt.",
    ),
}
TITLER = {
    "nb": ("{A} for {hvem}", "{A} på tvers av {b}", "Slik ble {a} enklere", "Felles {a} {nar}", "Fra {a} til {b}"),
    "nn": ("{A} for {hvem}", "{A} på tvers av {b}", "Slik blei {a} enklare", "Felles {a} {nar}", "Frå {a} til {b}"),
}


def _kumulativ(antall):
    """Zipf: the word in place n is 1/n as common as the first."""
    return list(accumulate(1 / plass for plass in range(1, antall + 1)))


class Skriver:
    """Writes in one language with the random generator it is given."""

    def __init__(self, malform, tilfeldig):
        self.malform, self.tilfeldig = malform, tilfeldig
        self.forledd, self.etterledd = DELER[malform]

    def tittel(self):
        return self._fyll(self.tilfeldig.choice(TITLER[self.malform]))

    def avsnitt(self, antall_ord):
        setninger, ord_igjen = [], antall_ord
        while ord_igjen > 0:
            setning = self._fyll(self.tilfeldig.choices(MONSTRE[self.malform], cum_weights=MONSTERVEKT)[0])
            setninger.append(setning)
            ord_igjen -= setning.count(" ") + 1
        return " ".join(setninger)

    def _fyll(self, monster):
        a = self._sammensatt()
        hvem = self.tilfeldig.choice(HVEM[self.malform])
        nar = self.tilfeldig.choice(NAR[self.malform])
        return monster.format(
            a=a,
            A=a.capitalize(),
            b=self._sammensatt(),
            hvem=hvem,
            Hvem=hvem.capitalize(),
            nar=nar,
            Nar=nar.capitalize(),
            tall=self.tilfeldig.randrange(3, 98),
        )

    def _sammensatt(self):
        """One compound word; now and then of three parts, as in helsevarslingsplanen."""
        (forledd, forvekt), (etterledd, ettervekt) = self.forledd, self.etterledd
        antall = 1 if self.tilfeldig.random() < 0.8 else 2
        deler = self.tilfeldig.choices(forledd, cum_weights=forvekt, k=antall)
        return "".join(dict.fromkeys(deler)) + self.tilfeldig.choices(etterledd, cum_weights=ettervekt)[0]


def _med_vekt(liste):
    return liste, _kumulativ(len(liste))


DELER = {malform: (_med_vekt(FORLEDD[malform]), _med_vekt(ETTERLEDD[malform])) for malform in ("nb", "nn")}
MONSTERVEKT = list(accumulate(1 / (plass + 4) for plass in range(len(MONSTRE["nb"]))))
