"""Enumerations about projects. Slugs are stored; the words are docs/ordliste.md's.

Sources: KS' roadmap and the triple diamond (fase), Innovasjonsbarometeret (innovasjonstype, opphav), OECD OPSI.
"""

from functools import cache

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


@cache
def _ord_for(kodeverk, _sprak):
    return {verdi: str(navn) for verdi, navn in kodeverk.choices}


def ordene(kodeverk):
    """{code: word} of a code list in the reader's language, translated once and not for each row of a page."""
    return _ord_for(kodeverk, get_language())


class Fase(models.TextChoices):
    """How far the work has come. Eight steps in order; moving back is allowed."""

    IDE = "ide", _("Idé")
    FORANKRING = "forankring", _("Forankring")
    INNSIKT = "innsikt", _("Innsikt")
    UTFORSKING = "utforsking", _("Utforsking og konsept")
    EKSPERIMENT = "eksperiment", _("Eksperimentering")
    PILOT = "pilot", _("Pilot")
    DRIFT = "drift", _("I drift")
    SKALERING = "skalering", _("Skalering og spredning")


class Utfall(models.TextChoices):
    """How it went. Kept apart from the phase: an experiment may have worked, a pilot may not."""

    PAGAR = "pagar", _("Pågår")
    PAUSE = "pause", _("På pause")
    VIRKET = "virket", _("Virket")
    DELVIS = "delvis", _("Virket delvis")
    VIRKET_IKKE = "virket_ikke", _("Prøvd, virket ikke")
    STOPPET = "stoppet", _("Stoppet før resultat")
    OVERFORT = "overfort", _("Overført til andre")


AVSLUTTENDE_UTFALL = (Utfall.VIRKET, Utfall.DELVIS, Utfall.VIRKET_IKKE, Utfall.STOPPET, Utfall.OVERFORT)


class Stoppgrunn(models.TextChoices):
    HYPOTESE_AVKREFTET = "hypotese_avkreftet", _("Det vi trodde, stemte ikke")
    MANGLENDE_FINANSIERING = "manglende_finansiering", _("Manglende finansiering")
    REGELVERK = "regelverk", _("Regelverket sto i veien")
    ENDRET_PRIORITERING = "endret_prioritering", _("Andre ting ble viktigere")
    MANGLENDE_FORANKRING = "manglende_forankring", _("Manglende forankring")
    KAPASITET = "kapasitet", _("For lite tid eller folk")
    LEVERANDOR_TEKNOLOGI = "leverandor_teknologi", _("Leverandøren eller teknologien holdt ikke")
    PERSONVERN = "personvern", _("Personvern")
    BEDRE_LOSNING = "bedre_losning_finnes", _("Det finnes en bedre løsning")


class Opphav(models.TextChoices):
    FORST = "forst", _("Først, så vidt vi vet")
    TILPASSET = "tilpasset", _("Inspirert av andre, vesentlig tilpasset")
    KOPI = "kopi", _("I stor grad kopi")
    VET_IKKE = "vet_ikke", _("Vet ikke")


class Radikalitet(models.TextChoices):
    FORBEDRING = "forbedring", _("Videreutvikling av praksis")
    BRUDD = "brudd", _("Ny tilnærming som bryter med praksis")
    SYSTEM = "system", _("Endrer systemet rundt (roller, insentiver, regler)")


class Innovasjonstype(models.TextChoices):
    TJENESTE = "tjeneste", _("Tjeneste")
    PRODUKT = "produkt", _("Produkt")
    PROSESS = "prosess_organisering", _("Prosess eller organisering")
    KOMMUNIKASJON = "kommunikasjon", _("Kommunikasjon med omverdenen")
    POLITIKK = "politikk_styring", _("Politikk, styring og regelverk")
    SYSTEM = "system", _("Systeminnovasjon")


class Tjenesteomrade(models.TextChoices):
    HELSE_OMSORG = "helse_omsorg", _("Helse og omsorg")
    OPPVEKST = "oppvekst_utdanning", _("Oppvekst og utdanning")
    SOSIAL = "sosial_velferd", _("Sosial og velferd")
    KULTUR = "kultur_fritid", _("Kultur og fritid")
    TEKNISK = "teknisk_plan", _("Teknisk og plan")
    KLIMA = "klima_miljo", _("Klima og miljø")
    NAERING = "naering_arbeid", _("Næring og arbeid")
    BOLIG = "bolig_stedsutvikling", _("Bolig og stedsutvikling")
    SAMFERDSEL = "samferdsel", _("Samferdsel")
    ADMINISTRASJON = "administrasjon_styring", _("Administrasjon og styring")
    DEMOKRATI = "demokrati", _("Demokrati")


class Malgruppe(models.TextChoices):
    BARN = "barn", _("Barn")
    UNGDOM = "ungdom", _("Ungdom")
    UNGE_VOKSNE = "unge_voksne", _("Unge voksne")
    ELDRE = "eldre", _("Eldre")
    FAMILIER = "familier", _("Familier")
    UTENFOR_ARBEID = "personer_utenfor_arbeid", _("Personer utenfor arbeid")
    INNVANDRERE = "innvandrere", _("Innvandrere")
    FUNKSJONSNEDSETTELSE = "personer_med_funksjonsnedsettelse", _("Personer med funksjonsnedsettelse")
    PARORENDE = "parorende", _("Pårørende")
    ANSATTE = "ansatte", _("Ansatte")
    NAERINGSLIV = "naeringsliv", _("Næringsliv")
    ALLE = "alle", _("Alle innbyggere")


class Metode(models.TextChoices):
    SYSTEMORIENTERT_DESIGN = "systemorientert_design", _("Systemorientert design")
    GIGAKART = "gigakart", _("Gigakart")
    TJENESTEDESIGN = "tjenestedesign", _("Tjenestedesign")
    EKSPERIMENT = "eksperiment", _("Eksperiment")
    SCENARIO = "scenario_framsyn", _("Scenario og framsyn")
    POLICYLAB = "policylab", _("Policylab")
    SAMSKAPING = "samskaping", _("Samskaping")
    BRUKERREISE = "brukerreise", _("Brukerreise")
    DATAANALYSE = "dataanalyse", _("Dataanalyse")
    ANSKAFFELSE = "innovativ_anskaffelse", _("Innovativ anskaffelse")
    REGELVERK = "forsok_med_regelverk", _("Forsøk med regelverk")
    AKSJONSFORSKNING = "aksjonsforskning", _("Aksjonsforskning")
    GEVINSTSTYRING = "gevinststyring", _("Gevinststyring")


class Finansieringskilde(models.TextChoices):
    EGNE_MIDLER = "egne_midler", _("Egne midler")
    KS = "ks", _("KS")
    SKJONNSMIDLER = "skjonnsmidler", _("Skjønnsmidler")
    FORSKNINGSRADET = "forskningsradet", _("Forskningsrådet")
    STIMULAB = "stimulab", _("Stimulab")
    INNOVASJON_NORGE = "innovasjon_norge", _("Innovasjon Norge")
    DIGIFIN = "digifin", _("DigiFin")
    HUSBANKEN = "husbanken", _("Husbanken")
    STATLIG_TILSKUDD = "statlig_tilskudd", _("Statlig tilskudd")
    EU = "eu", _("EU")
    STIFTELSE = "stiftelse", _("Stiftelse")
    NAERINGSLIV = "naeringsliv", _("Næringsliv")
    ANNET = "annet", _("Annet")


class Verdidimensjon(models.TextChoices):
    """What kind of value. The first six are Innovasjonsbarometeret's."""

    KVALITET = "kvalitet", _("Bedre kvalitet")
    EFFEKTIVITET = "effektivitet", _("Mindre tid eller penger")
    MEDARBEIDER = "medarbeider", _("Bedre for de ansatte")
    MEDVIRKNING = "medvirkning", _("Mer innflytelse for innbyggerne")
    POLITISKE_MAL = "politiske_mal", _("Politiske mål nådd")
    NAERINGSLIV = "naeringsliv", _("Verdi for næringslivet")
    LIVSKVALITET = "livskvalitet", _("Livskvalitet og tilhørighet")
    KLIMA = "klima_miljo", _("Klima og miljø")


class Drivkraft(models.TextChoices):
    """What drives innovation or stands in its way: one list for both (Innovasjonsbarometeret, widened)."""

    SAMFUNNSUTFORDRING = "samfunnsutfordring", _("En utfordring i samfunnet")
    LOV_REGELVERK = "lov_regelverk", _("Lov og regelverk")
    POLITISKE_VEDTAK = "politiske_vedtak", _("Politiske vedtak")
    OKONOMI = "okonomi", _("Økonomi")
    NY_TEKNOLOGI = "ny_teknologi", _("Ny teknologi")
    MEDARBEIDERFORSLAG = "medarbeiderforslag", _("Forslag fra medarbeidere")
    LEDELSE = "ledelse", _("Ledelse")
    BRUKERMEDVIRKNING = "brukermedvirkning", _("Brukermedvirkning")
    INTERN_SAMHANDLING = "intern_samhandling", _("Samarbeid hos oss selv")
    EKSTERN_SAMHANDLING = "ekstern_samhandling", _("Samarbeid med andre")
    FEILKULTUR = "feilkultur", _("Måten vi håndterer feil på")
    FORSVARLIG_DRIFT = "forsvarlig_drift", _("Hensynet til forsvarlig drift")
    KOMPETANSE = "kompetanse_kapasitet", _("Kompetanse og kapasitet")
    DATADELING = "datadeling_personvern", _("Datadeling og personvern")
    ANSKAFFELSE = "anskaffelse", _("Anskaffelse")
    MEDIEPRESS = "mediepress", _("Mediepress")
    INSPIRASJON = "inspirasjon_fra_andre", _("Inspirasjon fra andre")


class Retning(models.TextChoices):
    FREMMET = "fremmet", _("Hjalp")
    HEMMET = "hemmet", _("Hindret")
    BEGGE = "begge", _("Både hjalp og hindret")


class Partnerrolle(models.TextChoices):
    EIER = "eier", _("Eier")
    MEDEIER = "medeier", _("Medeier")
    GJENNOMFORER = "gjennomforer", _("Gjennomfører")
    FAGPARTNER = "fagpartner", _("Fagpartner")
    FORSKNINGSPARTNER = "forskningspartner", _("Forskningspartner")
    FOLGEFORSKER = "folgeforsker", _("Følgeforsker")
    FINANSIERINGSPARTNER = "finansieringspartner", _("Finansieringspartner")
    LEVERANDOR = "leverandor", _("Leverandør")
    TESTARENA = "testarena", _("Testarena")
    OBSERVATOR = "observator", _("Observatør")
    PADRIVER = "padriver", _("Pådriver")


EIERROLLER = (Partnerrolle.EIER, Partnerrolle.MEDEIER)  # those who may change the project
# Those who do the work, and may log what was tried. The others pay, watch, deliver or cheer.
FORSOKSROLLER = (
    *EIERROLLER,
    Partnerrolle.GJENNOMFORER,
    Partnerrolle.FAGPARTNER,
    Partnerrolle.FORSKNINGSPARTNER,
    Partnerrolle.TESTARENA,
)


class Malform(models.TextChoices):
    """The code is also the value of the HTML `lang` attribute."""

    BOKMAL = "nb", _("Bokmål")
    NYNORSK = "nn", _("Nynorsk")
    NORDSAMISK = "se", _("Nordsamisk")
    ENGELSK = "en", _("Engelsk")


class Lisens(models.TextChoices):
    CC_BY_4 = "cc_by_4", _("CC BY 4.0: fri bruk, si hvem som laget det")
    CC0 = "cc0", _("CC0: helt fri bruk")
    NLOD_2 = "nlod_2", _("NLOD 2.0: norsk lisens for offentlige data")
    ALLE = "alle_rettigheter", _("Alle rettigheter forbeholdt")


class Synlighet(models.TextChoices):
    APEN = "apen", _("Åpen for alle")
    SEKTOR = "sektor", _("Innlogget kommunesektor")
    PROSJEKT = "prosjekt", _("Bare prosjektets deltakere")


class Status(models.TextChoices):
    """Where the project is in publishing. The moves between them are in prosjekter/overganger/prosjekt.py."""

    KLADD = "kladd", _("Kladd")
    INNSENDT = "innsendt", _("Sendt inn")
    TIL_RETTING = "til_retting", _("Til retting")
    PUBLISERT = "publisert", _("Publisert")
    AVPUBLISERT = "avpublisert", _("Avpublisert")
    ARKIVERT = "arkivert", _("Arkivert")


class Grunn(models.TextChoices):
    """Why KS returned or unpublished a project."""

    PERSONOPPLYSNINGER = "personopplysninger", _("Røper noe om enkeltpersoner")
    UFULLSTENDIG = "ufullstendig", _("Noe viktig mangler")
    REKLAME = "reklame", _("Reklame")
    UTENFOR_FORMALET = "utenfor_formalet", _("Utenfor formålet med portalen")
    DUPLIKAT = "duplikat", _("Prosjektet finnes fra før")
    MANGLENDE_GODKJENNING = "manglende_godkjenning", _("Manglende godkjenning i egen organisasjon")


class Gjenbrukstype(models.TextChoices):
    """How near the taker keeps to what was shared. Drawn as a solid, dashed or dotted line."""

    KOPIERT = "kopiert", _("Kopiert")
    TILPASSET = "tilpasset", _("Tilpasset")
    INSPIRERT = "inspirert", _("Inspirert")


class Gjenbrukstatus(models.TextChoices):
    """How far the taker has come. The moves between them are in prosjekter/overganger/gjenbruk.py."""

    VURDERES = "vurderes", _("Vurderes")
    PLANLAGT = "planlagt", _("Planlagt")
    INNFORES = "innfores", _("Innføres")
    I_BRUK = "i_bruk", _("I bruk")
    VERDI_BEKREFTET = "verdi_bekreftet", _("Verdi bekreftet")
    FORKASTET = "forkastet", _("Forkastet")


class Beslutning(models.TextChoices):
    """What was decided after an experiment. Four kinds of result, none better than the others."""

    FORTSETT = "fortsett", _("Fortsett")
    JUSTER = "juster", _("Juster")
    STOPP = "stopp", _("Stopp")
    SKALER = "skaler", _("Skaler")


class Samspillstype(models.TextChoices):
    """How a project relates to what others do. The last is never shown to others."""

    BYGGER_PA = "bygger_pa", _("Bygger på")
    UTFYLLER = "utfyller", _("Utfyller")
    SAMARBEIDER = "samarbeider", _("Samarbeider")
    OVERLAPPER = "overlapper", _("Overlapper")
    ERSTATTER = "erstatter", _("Erstatter")
    IKKE_RELEVANT = "ikke_relevant", _("Ikke relevant")


class Samspillsvar(models.TextChoices):
    """What the other project's people say to it."""

    ENIG = "enig", _("Enig")
    ANNERLEDES = "annerledes", _("Vi ser det annerledes")


class Laeringstype(models.TextChoices):
    """What kind of lesson a card holds. The order is that of forms and filters; none is worth more than another."""

    DETTE_VIRKET = "dette_virket", _("Dette virket")
    DETTE_VIRKET_IKKE = "dette_virket_ikke", _("Dette virket ikke")
    OVERRASKELSE = "overraskelse", _("Overraskelse")
    FORUTSETNING = "forutsetning", _("Forutsetning")
    FEILKILDE = "feilkilde", _("Feilkilde")
    RAD = "rad", _("Råd til andre")


class Meldegrunn(models.TextChoices):
    """Why a reader thinks something should not stand here."""

    PERSONOPPLYSNINGER = "personopplysninger", _("Røper noe om enkeltpersoner")
    STEMMER_IKKE = "stemmer_ikke", _("Stemmer ikke")
    REKLAME = "reklame", _("Reklame eller søppelpost")
    UPASSENDE = "upassende", _("Upassende")


class Barrieretype(models.TextChoices):
    """What kind of thing stands in the way."""

    REGELVERK = "regelverk", _("Regelverk")
    FINANSIERINGSMODELL = "finansieringsmodell", _("Finansieringsmodell")
    INSENTIV = "insentiv", _("Insentiver")
    MALESYSTEM = "malesystem", _("Målesystem")
    TAUSHETSPLIKT = "taushetsplikt_personvern", _("Taushetsplikt og personvern")
    OPPGAVEFORDELING = "oppgavefordeling", _("Oppgavefordeling")
    TEKNOLOGI = "teknologi", _("Teknologi")
    KULTUR = "kultur", _("Kultur")
    KOMPETANSE = "kompetanse", _("Kompetanse")


class Policylabstatus(models.TextChoices):
    """What has come of a barrier. The moves between them are in prosjekter/overganger/barriere.py."""

    MELDT = "meldt", _("Meldt")
    AVKLART = "avklart", _("Avklart")
    I_POLICYLAB = "i_policylab", _("I policylab")
    FORSLAG_SENDT = "forslag_sendt", _("Forslag sendt")
    ENDRET = "endret", _("Endret")
    AVVIST = "avvist", _("Avvist")
    LOKALT_HANDLINGSROM = "lokalt_handlingsrom_fantes", _("Lokalt handlingsrom fantes")


class Passer(models.TextChoices):
    """A reader's own answer to one question of «Kan dette virke hos oss?»."""

    JA = "ja", _("Ja")
    DELVIS = "delvis", _("Delvis")
    NEI = "nei", _("Nei")
    VET_IKKE = "vet_ikke", _("Må undersøkes")


# Those where the other side's word counts: the rest is a thank-you.
TRENGER_SVAR = (Samspillstype.SAMARBEIDER, Samspillstype.OVERLAPPER, Samspillstype.ERSTATTER)
INTERESSE = (Gjenbrukstatus.VURDERES, Gjenbrukstatus.PLANLAGT, Gjenbrukstatus.INNFORES)
I_BRUK = (Gjenbrukstatus.I_BRUK, Gjenbrukstatus.VERDI_BEKREFTET)


class Belegg(models.TextChoices):
    """How a value is known, weakest first."""

    ANTATT = "antatt", _("Antatt")
    ERFART = "erfart", _("Erfart av ansatte eller brukere")
    MALT = "malt", _("Målt før og etter")
    SAMMENLIGNET = "sammenlignet", _("Målt mot en sammenligning")
    EVALUERT = "evaluert", _("Uavhengig evaluert")


class Kodeliste(models.TextChoices):
    """The lists a project may have several values from. See models.Klassifisering."""

    TJENESTEOMRADE = "tjenesteomrade", _("Tjenesteområde")
    MALGRUPPE = "malgruppe", _("Målgruppe")
    METODE = "metode", _("Metode")
    INNOVASJONSTYPE = "innovasjonstype", _("Innovasjonstype")
    FINANSIERING = "finansiering", _("Finansiering")


KODELISTER = {
    Kodeliste.TJENESTEOMRADE: Tjenesteomrade,
    Kodeliste.MALGRUPPE: Malgruppe,
    Kodeliste.METODE: Metode,
    Kodeliste.INNOVASJONSTYPE: Innovasjonstype,
    Kodeliste.FINANSIERING: Finansieringskilde,
}


def i_orden(liste, koder):
    """The words of these codes, in the list's own order."""
    return [navn for kode, navn in ordene(KODELISTER[liste]).items() if kode in koder]
