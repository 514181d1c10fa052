"""Enumerations about who takes part. Slugs are stored; the words are docs/ordliste.md's."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sektor(models.TextChoices):
    KOMMUNE = "kommune", _("Kommune")
    FYLKESKOMMUNE = "fylkeskommune", _("Fylkeskommune")
    STATLIG_ETAT = "statlig_etat", _("Statlig etat")
    FORSKNING_UTDANNING = "forskning_utdanning", _("Forskning og utdanning")
    NAERINGSLIV = "naeringsliv", _("Næringsliv")
    FRIVILLIGHET = "frivillighet", _("Frivillighet")
    IDEELL = "ideell_sosial_entreprenor", _("Ideell virksomhet eller sosial entreprenør")
    BRUKER_PARORENDE = "bruker_parorende", _("Bruker- og pårørendeorganisasjon")
    PARTENE = "partene_i_arbeidslivet", _("Partene i arbeidslivet")
    FINANSIERING = "finansieringskilde_virkemiddel", _("Finansieringskilde eller virkemiddelaktør")
    RADGIVER = "designbyra_radgiver", _("Designbyrå eller rådgiver")
    INNBYGGERGRUPPE = "innbyggergruppe", _("Innbyggergruppe")
    INTERNASJONAL = "internasjonal", _("Internasjonal aktør")


KOMMUNESEKTOREN = (Sektor.KOMMUNE, Sektor.FYLKESKOMMUNE)


class Forvaltningsniva(models.TextChoices):
    KOMMUNE = "kommune", _("Kommune")
    INTERKOMMUNAL = "interkommunal", _("Interkommunalt")
    FYLKESKOMMUNE = "fylkeskommune", _("Fylkeskommune")
    STAT_REGIONAL = "stat_regional", _("Stat, regionalt")
    STAT_DIREKTORAT = "stat_direktorat", _("Stat, direktorat")
    DEPARTEMENT = "departement", _("Departement")
    NORDISK = "nordisk", _("Nordisk")
    EU = "eu", _("EU")
    IKKE_OFFENTLIG = "ikke_offentlig", _("Ikke offentlig")


class Rolle(models.TextChoices):
    """What a membership lets its holder do. The last four exist only in KS' own organisation."""

    BIDRAGSYTER = "bidragsyter", _("Bidragsyter")
    ANSVARLIG = "ansvarlig", _("Ansvarlig")
    FOLGEFORSKER = "folgeforsker", _("Følgeforsker")
    MODERATOR = "moderator", _("Moderator")
    MISSIONKURATOR = "missionkurator", _("Missionkurator")
    ADMINISTRATOR = "administrator", _("Administrator")


KS_ROLLER = (Rolle.FOLGEFORSKER, Rolle.MODERATOR, Rolle.MISSIONKURATOR, Rolle.ADMINISTRATOR)


class Endringstype(models.TextChoices):
    NAVNEENDRING = "navneendring", _("Navneendring")
    NUMMERENDRING = "nummerendring", _("Nummerendring")
    SAMMENSLAING = "sammenslaing", _("Sammenslåing")
    DELING = "deling", _("Deling")
    GRENSEJUSTERING = "grensejustering", _("Grensejustering")
    FYLKESBYTTE = "fylkesbytte", _("Fylkesbytte")


class Sprakvedtak(models.TextChoices):
    BOKMAL = "bokmal", _("Bokmål")
    NYNORSK = "nynorsk", _("Nynorsk")
    NOYTRAL = "noytral", _("Nøytral")


class Stedssprak(models.TextChoices):
    """Language of an official place name. The code is also the value of the HTML `lang` attribute."""

    NORSK = "no", _("norsk")
    NORDSAMISK = "se", _("nordsamisk")
    LULESAMISK = "smj", _("lulesamisk")
    SORSAMISK = "sma", _("sørsamisk")
    KVENSK = "fkv", _("kvensk")
