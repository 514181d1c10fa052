"""What is told to whom about missions. Called by `handlinger` only, in the transaction of the deed."""

from django.conf import settings
from django.utils.translation import gettext as _

from utboks.varsling import Slag, varsle


def ny_kurator(mission, *, av):
    varsle(
        slag=Slag.VENTER,
        nokkel=f"mission-{mission.pk}-v{mission.versjon}-kurator-{mission.kurator_id}",
        til=mission.kurator.email,
        emne=_("Du er kurator for «%(tittel)s»") % {"tittel": mission.tittel},
        tekst=_(
            "%(av)s har satt deg som kurator for missionen «%(tittel)s».\n\n"
            "Du svarer når noen foreslår et prosjekt til missionen, og holder teksten oppdatert:\n%(lenke)s"
        )
        % {"av": av, "tittel": mission.tittel, "lenke": f"{settings.PORTAL_ADRESSE}{mission.get_absolute_url()}"},
    )
