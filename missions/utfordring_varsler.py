"""What is told to whom about shared needs. Called by `utfordring_handlinger` only, in the transaction of the deed.

Nobody is told what they did themselves. A need many sign must not fill a mailbox: its owner hears of the first, and
then when they are many enough.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommuner.kodeverk import Rolle
from kommuner.models import Bruker, Medlemskap
from utboks.varsling import Slag, varsle_hver


def _aktive(medlemskap):
    return list(Bruker.objects.filter(pk__in=medlemskap.values("bruker"), is_active=True).order_by("pk"))


def som_passer_paa(utfordring):
    """The one who posted it, while she still belongs there; else its owner's leads."""
    ansatte = Medlemskap.objects.aktive().filter(organisasjon=utfordring.eier_id)
    return _aktive(ansatte.filter(bruker=utfordring.opprettet_av_id)) or _aktive(ansatte.filter(rolle=Rolle.ANSVARLIG))


def de_som_har_den(utfordring):
    """Whoever signed for an organisation and still belongs there."""
    rader = utfordring.medunderskrifter.gjeldende().values_list("av", "organisasjon")
    par = {(av, organisasjon) for av, organisasjon in rader if av}
    aktive = set(
        Medlemskap.objects.aktive()
        .filter(bruker__in=[av for av, _o in par], bruker__is_active=True)
        .values_list("bruker", "organisasjon")
    )
    ider = {av for av, _o in par & aktive}
    alle = {b.pk: b for b in [*Bruker.objects.filter(pk__in=ider), *som_passer_paa(utfordring)]}
    return [alle[pk] for pk in sorted(alle)]


def kuratorer(utfordring):
    """The curator of the mission it was meant for; else every curator."""
    mission = utfordring.mission or utfordring.foreslatt_mission
    if mission and mission.kurator_id:
        return list(Bruker.objects.filter(pk=mission.kurator_id, is_active=True))
    i_ks = Medlemskap.objects.aktive().filter(organisasjon__er_sekretariat=True)
    return _aktive(i_ks.filter(rolle=Rolle.MISSIONKURATOR)) or _aktive(i_ks.filter(rolle=Rolle.ADMINISTRATOR))


def underskrevet(utfordring, underskrift, *, av):
    if utfordring.medunderskrifter.gjeldende().exclude(organisasjon=utfordring.eier_id).count() > 1:
        return
    _send(
        "forste", som_passer_paa(utfordring), utfordring, av=av, slag=Slag.PROSJEKT,
        emne=_("%(hvem)s har den også: %(tittel)s") % {"hvem": underskrift.organisasjon, "tittel": utfordring.tittel},
        tekst=_("Den første som har den samme utfordringen som dere: %(hvem)s.\n\n«%(slik)s»\n\n%(lenke)s\n\n"
                "Dere får ikke e-post for hver ny som skriver under, bare når det er nok til at KS ser på den.")
        % {"hvem": underskrift.organisasjon, "slik": underskrift.begrunnelse, "lenke": _adresse(utfordring)},
    )  # fmt: skip


def nok_har_skrevet_under(utfordring, *, av):
    ko = settings.PORTAL_ADRESSE + reverse("utfordringer:ko")
    antall = ngettext("%(n)s har den", "%(n)s har den", utfordring.antall) % {"n": utfordring.antall}
    _send(
        "terskel-ks", kuratorer(utfordring), utfordring, av=av, slag=Slag.KO,
        emne=_("For stort for én: %(tittel)s") % {"tittel": utfordring.tittel},
        tekst=_("«%(tittel)s» er meldt av %(eier)s, og %(antall)s nå. Svar, ta den inn i en mission, eller slå den "
                "sammen med en annen:\n%(ko)s\n\nUtfordringen:\n%(lenke)s")
        % {"tittel": utfordring.tittel, "eier": utfordring.eier, "antall": antall, "ko": ko,
           "lenke": _adresse(utfordring)},
    )  # fmt: skip
    _send(
        "terskel", som_passer_paa(utfordring), utfordring, av=av,
        emne=_("KS ser på «%(tittel)s»") % {"tittel": utfordring.tittel},
        tekst=_("%(antall)s nå, og da ser KS på den. Dere får e-post når de har svart.\n\n%(lenke)s")
        % {"antall": antall, "lenke": _adresse(utfordring)},
    )  # fmt: skip


def besvart(utfordring, *, av):
    _send(
        f"svar-v{utfordring.versjon}", de_som_har_den(utfordring), utfordring, av=av,
        emne=_("KS har svart: %(tittel)s") % {"tittel": utfordring.tittel},
        tekst=_("KS har svart på utfordringen dere har skrevet under på.\n\n%(svar)s\n\n%(lenke)s")
        % {"svar": utfordring.svar, "lenke": _adresse(utfordring)},
    )  # fmt: skip


def tatt_inn(utfordring, *, av):
    _send(
        f"mission-v{utfordring.versjon}", de_som_har_den(utfordring), utfordring, av=av,
        emne=_("Tatt inn i en mission: %(tittel)s") % {"tittel": utfordring.tittel},
        tekst=_("«%(tittel)s» er nå en del av missionen «%(mission)s».\n\n%(lenke)s")
        % {"tittel": utfordring.tittel, "mission": utfordring.mission, "lenke": _adresse(utfordring)},
    )  # fmt: skip


def slatt_sammen(fra, til, *, av):
    _send(
        f"sammen-{til.pk}", de_som_har_den(fra), fra, av=av, om=til,
        emne=_("Slått sammen: %(tittel)s") % {"tittel": fra.tittel},
        tekst=_("KS har slått sammen «%(fra)s» med «%(til)s», som handler om det samme. Underskriften deres er med "
                "videre.\n\n%(lenke)s")
        % {"fra": fra.tittel, "til": til.tittel, "lenke": _adresse(til)},
    )  # fmt: skip


def tatt_ned(utfordring, *, av):
    _send(
        f"ned-v{utfordring.versjon}", som_passer_paa(utfordring), utfordring, av=av,
        emne=_("KS har tatt ned: %(tittel)s") % {"tittel": utfordring.tittel},
        tekst=_("KS har tatt ned «%(tittel)s».\n\n«%(grunn)s»\n\nDere kan rette teksten, og be KS legge den ut igjen:"
                "\n%(lenke)s")
        % {"tittel": utfordring.tittel, "grunn": utfordring.begrunnelse, "lenke": _adresse(utfordring)},
    )  # fmt: skip


def _adresse(utfordring):
    return settings.PORTAL_ADRESSE + utfordring.get_absolute_url()


def _send(hva, personer, utfordring, *, av, emne, tekst, slag=Slag.SVAR, om=None):
    """`om` is what they must be able to read to be told, else the need."""
    nokkel = f"utfordring-{utfordring.pk}-{hva}"
    varsle_hver(personer, av=av, slag=slag, nokkel=nokkel, emne=emne, tekst=tekst, om=om or utfordring)
