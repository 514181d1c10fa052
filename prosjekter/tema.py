"""Topics: pages about one service area, one target group or one method, for people who come from a web search.

The words of introduction are ours, one or two sentences each. A new code in the lists gets a page of its own when it has
got its sentence here; a test fails until it does.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from partnerskap.felles.adresser import adresse
from prosjekter.kodeverk import KODELISTER, Kodeliste, Malgruppe, Metode, Tjenesteomrade

INGRESSER = {
    Kodeliste.TJENESTEOMRADE: {
        Tjenesteomrade.HELSE_OMSORG: _(
            "Flere trenger hjelp, og færre kan gi den. Her er det kommunene prøver i hjemmetjenesten, på sykehjemmet, "
            "hos legen og i det forebyggende arbeidet."
        ),
        Tjenesteomrade.OPPVEKST: _(
            "Barnehage, skole, SFO og barnevern: det kommunene prøver for at flere barn skal trives, lære og fullføre."
        ),
        Tjenesteomrade.SOSIAL: _(
            "Råd, penger, bolig og hverdag må henge sammen for den som trenger hjelp. Her er det kommunene prøver, ofte "
            "sammen med NAV."
        ),
        Tjenesteomrade.KULTUR: _(
            "Et sted å høre til etter skole og jobb. Her er det kommunene prøver med bibliotek, idrett, kulturskole og "
            "frivillige."
        ),
        Tjenesteomrade.TEKNISK: _(
            "Vann, vei, bygg og byggesak er arbeid folk merker først når det svikter. Her er det kommunene prøver for å "
            "få mer ut av det de har."
        ),
        Tjenesteomrade.KLIMA: _(
            "Utslippene skal ned, og været blir villere. Her er det kommunene prøver for å kutte, tåle og ta vare på."
        ),
        Tjenesteomrade.NAERING: _(
            "Jobber å leve av, og folk til jobbene. Her er det kommunene prøver sammen med bedrifter, NAV og skoler."
        ),
        Tjenesteomrade.BOLIG: _(
            "Hvor vi bor, avgjør hvem vi møter. Her er det kommunene prøver for at flere skal ha råd til et hjem, og bo "
            "et sted de trives."
        ),
        Tjenesteomrade.SAMFERDSEL: _(
            "Å komme seg fram uten egen bil, også der bussen går sjelden. Her er det kommuner og fylker prøver med buss, "
            "båt, sykkel og samkjøring."
        ),
        Tjenesteomrade.ADMINISTRASJON: _(
            "Måten kommunen er satt sammen på, avgjør hva den får til. Her er det kommunene prøver med budsjett, møter, "
            "data, innkjøp og ledelse."
        ),
        Tjenesteomrade.DEMOKRATI: _(
            "Folk skal merke at det nytter å si fra. Her er det kommunene prøver med medvirkning, borgerpanel og "
            "ungdomsråd."
        ),
    },
    Kodeliste.MALGRUPPE: {
        Malgruppe.BARN: _(
            "De minste velger ikke tjenestene sine selv. Her er det kommunene prøver for barn hjemme, i barnehagen og på "
            "skolen."
        ),
        Malgruppe.UNGDOM: _(
            "Mellom barn og voksen er det lett å falle mellom to stoler. Her er det kommunene prøver for ungdom, og "
            "sammen med dem."
        ),
        Malgruppe.UNGE_VOKSNE: _(
            "Utdanning, jobb og egen bolig kommer på en gang. Her er det kommunene prøver for dem som er på vei inn i "
            "voksenlivet."
        ),
        Malgruppe.ELDRE: _(
            "Flere lever lenger og vil bo hjemme. Her er det kommunene prøver for at det skal være trygt, og ikke ensomt."
        ),
        Malgruppe.FAMILIER: _(
            "Hjelpen virker best når den ser hele familien. Her er det kommunene prøver for foreldre og barn samtidig."
        ),
        Malgruppe.UTENFOR_ARBEID: _(
            "Veien til jobb går sjelden rett fram. Her er det kommunene prøver for dem som står utenfor."
        ),
        Malgruppe.INNVANDRERE: _(
            "Nytt språk, nye regler og nye naboer. Her er det kommunene prøver for at flere skal komme i gang."
        ),
        Malgruppe.FUNKSJONSNEDSETTELSE: _(
            "Tjenestene skal passe til folk, og ikke omvendt. Her er det kommunene prøver for at flere skal kunne delta."
        ),
        Malgruppe.PARORENDE: _(
            "De bærer mye og blir sjelden spurt. Her er det kommunene prøver for å gi pårørende avlastning, råd og en "
            "plass ved bordet."
        ),
        Malgruppe.ANSATTE: _(
            "De som gjør jobben, vet ofte hvor skoen trykker. Her er det kommunene prøver med arbeidsdag, turnus, "
            "kompetanse og trivsel."
        ),
        Malgruppe.NAERINGSLIV: _(
            "Kommunen er nabo, kunde og myndighet på en gang. Her er det kommunene prøver for bedriftene, og sammen med "
            "dem."
        ),
        Malgruppe.ALLE: _("Noe angår alle som bor her. Her er det kommunene prøver for hele befolkningen."),
    },
    Kodeliste.METODE: {
        Metode.SYSTEMORIENTERT_DESIGN: _(
            "Når alt henger sammen med alt, hjelper det lite å rette ett skjema. Denne metoden tegner opp helheten før "
            "noen velger hva de skal endre."
        ),
        Metode.GIGAKART: _("Et stort kart over en floket utfordring, tegnet sammen av dem som kjenner hver sin bit."),
        Metode.TJENESTEDESIGN: _(
            "Begynn hos den som skal bruke tjenesten, lag noe enkelt, og prøv det før det bygges."
        ),
        Metode.EKSPERIMENT: _("Et lite forsøk med et klart spørsmål: Hva tror vi skjer, og hva skjedde?"),
        Metode.SCENARIO: _("Se for deg flere framtider, og velg det som tåler mer enn én av dem."),
        Metode.POLICYLAB: _("Politikk og regler prøves i det små, sammen med dem det gjelder, før de vedtas."),
        Metode.SAMSKAPING: _(
            "Kommunen lager løsningen sammen med innbyggere, frivillige og bedrifter, og deler både makt og ansvar."
        ),
        Metode.BRUKERREISE: _("Følg én person gjennom alle møtene med kommunen, og se hvor det stopper."),
        Metode.DATAANALYSE: _(
            "Bruk tallene kommunen alt har, til å se hva som virker, og hvem som faller utenfor."
        ),
        Metode.ANSKAFFELSE: _("Beskriv behovet og ikke løsningen, og la leverandørene komme med den."),
        Metode.REGELVERK: _(
            "Når regelen står i veien, kan kommunen søke om å få prøve noe annet. Her er de som har gjort det."
        ),
        Metode.AKSJONSFORSKNING: _(
            "Forskere og ansatte endrer praksis sammen, og undersøker hva som skjer underveis."
        ),
        Metode.GEVINSTSTYRING: _(
            "Si på forhånd hva arbeidet skal gi, følg med, og ta ut gevinsten når den kommer."
        ),
    },
}  # fmt: skip
LISTENAVN = {
    Kodeliste.TJENESTEOMRADE: _("Tjenesteområder"),
    Kodeliste.MALGRUPPE: _("Målgrupper"),
    Kodeliste.METODE: _("Metoder"),
}


@dataclass(frozen=True)
class Tema:
    liste: Kodeliste
    verdi: str
    ingress: str

    def __str__(self):
        return str(KODELISTER[self.liste](self.verdi).label)

    @property
    def slug(self):
        return self.verdi.replace("_", "-")

    @property
    def type(self):
        return self.liste.label

    def get_absolute_url(self):
        return adresse("tema", self.slug)

    def sporring(self, **flere):
        """The query that makes the list of projects, the feed or a saved search show this topic."""
        return f"?{urlencode({self.liste.value: self.verdi, **flere})}"

    def av(self, utvalg):
        """Those of them that are about it."""
        return utvalg.med(self.liste, self.verdi)


TEMAER = {
    tema.slug: tema
    for tema in (
        Tema(liste, verdi.value, ingress)
        for liste, ingresser in INGRESSER.items()
        for verdi, ingress in ingresser.items()
    )
}
_ETTER_KODE = {(tema.liste.value, tema.verdi): tema for tema in TEMAER.values()}


def tema_for(liste, verdi):
    """The topic of a code; None when that list has no topics."""
    return _ETTER_KODE.get((str(liste), verdi))


def antall_per_tema(utvalg):
    """{slug: number} of the projects."""
    rader = ((liste, verdi, antall) for liste in INGRESSER for verdi, antall in utvalg.per(liste).items())
    return {tema.slug: antall for liste, verdi, antall in rader if (tema := tema_for(liste, verdi))}


def beslektede(tema, utvalg, antall):
    """The topics most often found on the same projects, as pairs of topic and how many."""
    felles = antall_per_tema(tema.av(utvalg))
    andre = sorted(((n, slug) for slug, n in felles.items() if slug != tema.slug), key=lambda par: (-par[0], par[1]))
    return [(TEMAER[slug], n) for n, slug in andre[:antall]]
