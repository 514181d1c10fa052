"""What is told to whom about how projects relate. Called by deeds only, in their transaction.

Only those who may see the project that said it are told: a draft is no business of the neighbour's.
"""

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from missions.utfordring_varsler import som_passer_paa
from prosjekter.kodeverk import Samspillstype, Status
from prosjekter.models import Komplementaritet
from prosjekter.varsler.prosjekt import ansvarlige, giverne
from prosjekter.varsler.utfordring import som_ser
from utboks.varsling import Slag, varsle_hver


def i_ord(rad):
    """«bygger på», in a sentence between two titles."""
    return {
        Samspillstype.BYGGER_PA: _("bygger på"),
        Samspillstype.UTFYLLER: _("utfyller"),
        Samspillstype.SAMARBEIDER: _("samarbeider med"),
        Samspillstype.OVERLAPPER: _("overlapper med"),
        Samspillstype.ERSTATTER: _("erstatter"),
    }[rad.type]


def fortell(prosjekt, *, av):
    """Tell the other projects' people, and those who posted a need, what is said and they have not heard.

    When it is published, and after.
    """
    if prosjekt.status != Status.PUBLISERT:
        return
    rader = Komplementaritet.objects.offentlige().filter(
        Q(til_prosjekt__isnull=False) | Q(utfordring__status="publisert"), fra=prosjekt, varslet_tid=None
    )
    for rad in rader.select_related("fra__eier", "til_prosjekt__eier", "utfordring"):
        if rad.utfordring_id:
            _fortell_om_utfordringen(rad, av=av)
        else:
            _fortell(rad, av=av)
    rader.update(varslet_tid=timezone.now())


def _fortell(rad, *, av):
    emne = _("«%(fra)s» %(slik)s prosjektet deres")
    tekst = _(
        "%(eier)s sier at «%(fra)s» %(slik)s «%(til)s».\n\n%(begrunnelse)sSer dere det likt? Svar her, så står begge "
        "syn på begge sider:\n%(lenke)s"
    )
    _send("ny", som_ser(giverne(rad.til_prosjekt), rad.fra), rad, av=av, emne=emne, tekst=tekst)


def _fortell_om_utfordringen(rad, *, av):
    emne = _("«%(fra)s» %(slik)s «%(til)s»")
    tekst = _(
        "%(eier)s sier at prosjektet «%(fra)s» %(slik)s utfordringen deres, «%(til)s».\n\n%(begrunnelse)s"
        "Det står på utfordringens side:\n%(lenke)s"
    )
    _send("ny", som_ser(som_passer_paa(rad.utfordring), rad.fra), rad, av=av, emne=emne, tekst=tekst)


def besvart(rad, *, av):
    """The answer reaches those who look after the project that said it."""
    enig = rad.er_enige
    emne = _("De er enige: «%(til)s»") if enig else _("De ser det annerledes: «%(til)s»")
    tekst = (
        _("%(andre)s er enige i at «%(fra)s» %(slik)s «%(til)s».\n\n%(kommentar)sSe det her:\n%(lenke)s")
        if enig
        else _(
            "Dere sier at «%(fra)s» %(slik)s «%(til)s». %(andre)s ser det annerledes:\n\n%(kommentar)s"
            "Begge syn står ved siden av hverandre:\n%(lenke)s"
        )
    )
    _send("svar", ansvarlige(rad.fra), rad, av=av, emne=emne, tekst=tekst, om=rad.til_prosjekt)


def tatt_ned(rad, *, av):
    _send(
        "tatt-ned", ansvarlige(rad.fra), rad, av=av, slag=Slag.SVAR,
        emne=_("Tatt ned: hva dere sa om «%(til)s»"),
        tekst=_(
            "KS har tatt ned at «%(fra)s» %(slik)s «%(til)s».\n\n%(grunn)s.\n\n%(tatt_ned_fordi)s\n\n"
            "Se det her:\n%(lenke)s"
        ),
    )  # fmt: skip


def lagt_tilbake(rad, *, av):
    _send(
        "lagt-tilbake", ansvarlige(rad.fra), rad, av=av, slag=Slag.SVAR,
        emne=_("Synlig igjen: hva dere sa om «%(til)s»"),
        tekst=_("Andre ser igjen at «%(fra)s» %(slik)s «%(til)s».\n\n%(lenke)s"),
    )  # fmt: skip


def _send(hva, mottakere, rad, *, av, emne, tekst, slag=Slag.PROSJEKT, om=None):
    """`om` is what they must be able to read to be told, else the project that said it."""
    ord_ = {
        "fra": rad.fra.tittel,
        "til": str(rad.maal),
        "eier": rad.fra.eier.navn,
        "andre": rad.til_prosjekt.eier.navn if rad.til_prosjekt_id else "",
        "slik": i_ord(rad),
        "begrunnelse": f"«{rad.begrunnelse}»\n\n" if rad.begrunnelse else "",
        "kommentar": f"«{rad.kommentar}»\n\n" if rad.kommentar else "",
        "grunn": rad.get_tatt_ned_grunn_display(),
        "tatt_ned_fordi": rad.tatt_ned_begrunnelse,
        "lenke": settings.PORTAL_ADRESSE + (rad.utfordring or rad).get_absolute_url(),
    }
    nokkel, om = f"samspill-{rad.pk}-v{rad.versjon}-{hva}", om or rad.fra
    varsle_hver(mottakere, av=av, slag=slag, nokkel=nokkel, emne=emne, tekst=tekst, ord_=ord_, om=om)
