"""What pages show about reuse: the section of a project, the page of one record, and its history in words."""

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat
from django.utils.translation import ngettext

from partnerskap.felles import historikk
from partnerskap.felles.ferdig_sql import ferdig_sql
from prosjekter import tilgang
from prosjekter.kodeverk import Status
from prosjekter.models import Gjenbruk, Prosjekt

VISTE = 10  # on the project's page; the rest are in the tree
HANDLINGSNAVN = {
    "registrer_gjenbruk": _lat("sa fra"),
    "oppdater_gjenbruk": _lat("oppdaterte"),
    "svar_pa_gjenbruk": _lat("takket"),
    "ta_ned_gjenbruk": _lat("tok ned"),
    "legg_tilbake_gjenbruk": _lat("la tilbake"),
}
BOKHOLDERI = frozenset(
    {"fra", "registrert_av", "opprettet_tid", "svart_tid", "svart_av", "tatt_ned_tid", "nokkel", "er_eksempel"}
)


def for_prosjektside(prosjekt, bruker, rader):
    """Who uses it, of the rows of `forste`."""
    return {
        "rader": rader[:VISTE],
        "flere": len(rader) > VISTE,
        "overskrift": overskrift(prosjekt.antall_bekreftet),
        "under": under(prosjekt.antall_i_bruk, prosjekt.antall_interesse),
        "kort": brukt_steder(prosjekt.antall_i_bruk),
        "kan_bruke": kan_bruke(prosjekt, bruker),
        "kan_oppgi": bruker.is_authenticated and tilgang.kan_oppgi_ekstern(bruker, prosjekt),
    }


@ferdig_sql
def forste(prosjekt):
    """The most convincing first. Of a project the reader has been let in to, she sees every record that stands."""
    return Gjenbruk.objects.filter(fra=prosjekt).gyldige().for_rad().i_rekkefolge()[: VISTE + 1]


def erfaringer(prosjekt, bruker):
    """Those who have told something the next one can use. What is only said by the giver is left out."""
    har_skrevet = ~Q(tilpasning="") | ~Q(verdi="") | ~Q(hvorfor_ikke="")
    rader = prosjekt.gjenbruk.synlige_for(bruker).gyldige().filter(har_skrevet, taker__isnull=False)
    return list(rader.for_liste().i_rekkefolge()[:VISTE])


def overskrift(bekreftet):
    """Only confirmed value is a headline."""
    if not bekreftet:
        return ""
    return ngettext("Ga verdi ett sted til", "Ga verdi %(antall)s steder til", bekreftet) % {"antall": bekreftet}


def under(i_bruk, interesse):
    """What is less than confirmed value, in a sentence or two."""
    setninger = []
    if i_bruk:
        setninger.append(ngettext("I bruk ett sted.", "I bruk %(antall)s steder.", i_bruk) % {"antall": i_bruk})
    if interesse:
        tekst = ngettext(
            "Ett sted vurderer, planlegger eller innfører det.",
            "%(antall)s steder vurderer, planlegger eller innfører det.",
            interesse,
        )
        setninger.append(tekst % {"antall": interesse})
    return " ".join(setninger)


def brukt_steder(antall):
    """What the rings say, in words."""
    if not antall:
        return ""
    return ngettext("Brukt ett sted til", "Brukt %(antall)s steder til", antall) % {"antall": antall}


def kan_bruke(prosjekt, bruker):
    """Show «Vi vil bruke dette»: to visitors too, who sign in on the way; not to those who own it."""
    if prosjekt.status != Status.PUBLISERT:
        return False
    return not bruker.is_authenticated or not tilgang.er_hovedeier(bruker, prosjekt)


def side(gjenbruk, bruker):
    er_innlogget = bruker.is_authenticated
    til = gjenbruk.til and Prosjekt.objects.synlige_for(bruker).filter(pk=gjenbruk.til_id).first()
    return {
        "gjenbruk": gjenbruk,
        "prosjekt": gjenbruk.fra,
        "til": til,
        "fakta": _fakta(gjenbruk),
        "tekster": _tekster(gjenbruk),
        "kan_endre": er_innlogget and tilgang.kan_endre_gjenbruk(bruker, gjenbruk),
        "kan_svare": er_innlogget and tilgang.kan_svare_pa_gjenbruk(bruker, gjenbruk),
        "kan_se_historikk": er_innlogget and tilgang.kan_se_gjenbrukshistorikk(bruker, gjenbruk),
        "kan_moderere": tilgang.kan_moderere(bruker),
        "er_apent": gjenbruk.tatt_ned_tid is None and gjenbruk.fra.status == Status.PUBLISERT
        and gjenbruk.fra.synlighet == "apen",
        "viser_eksempeldata": gjenbruk.er_eksempel or gjenbruk.fra.er_eksempel,
    }  # fmt: skip


def _fakta(gjenbruk):
    return [
        (_("Slik"), gjenbruk.get_type_display()),
        (_("Status"), gjenbruk.get_status_display()),
        (_("I bruk fra"), _maaned(gjenbruk.i_bruk_dato)),
        (_("Verdi bekreftet"), _maaned(gjenbruk.verdi_dato)),
        (_("Hvem kan andre spørre"), gjenbruk.kontaktrolle),
    ]


def _maaned(dato):
    return date_format(dato, "F Y") if dato else ""


def _tekster(gjenbruk):
    """Pairs of heading and text, those that have been written."""
    verdi = _("Verdien det ga") if gjenbruk.er_bekreftet else _("Verdi så langt, ikke bekreftet")
    par = [
        (_("Hvorfor ikke"), gjenbruk.hvorfor_ikke if gjenbruk.status == "forkastet" else ""),
        (verdi, gjenbruk.verdi),
        (_("Slik vet de det"), gjenbruk.get_belegg_display() if gjenbruk.verdi else ""),
        (_("Det de beholder"), gjenbruk.kjerne),
        (_("Det de gjør annerledes"), gjenbruk.tilpasning),
        (_("Kostnad og tid"), gjenbruk.kostnad),
    ]
    return [(navn, tekst) for navn, tekst in par if tekst]


def endringer(gjenbruk):
    kilde = historikk.Kilde(Gjenbruk.historikk.filter(id=gjenbruk.pk), utelat=BOKHOLDERI)
    return historikk.les([kilde], handlinger=HANDLINGSNAVN, system=("eksempeldata",))
