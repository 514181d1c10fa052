"""Ways on from a list that came out empty. Each says how many rows it leads to; those that lead to none are left out."""

from django.utils.translation import gettext as _

MAKS_ORD = 4
MIN_TEGN = 3  # «i» and «av» lead nowhere


def utveier(filter_):
    """Things with `navn`, `adresse` and `antall`: leave out one filter, or search for one of the words."""
    veier = [_uten(filter_, navn, valgte) for navn, valgte in filter_.filtrene.items() if len(filter_.filtrene) > 1]
    ordene = next(iter(filter_.valgt.get("q", {"": ""}))).split()
    if len(ordene) > 1:
        veier += [_bare(filter_, ord_) for ord_ in ordene[:MAKS_ORD] if len(ord_) >= MIN_TEGN]
    return [vei for vei in veier if vei["antall"]]


def _uten(filter_, navn, valgte):
    navnene = " {} ".format(_("og")).join(_sitat(valgnavn) for valgnavn in valgte.values())
    tekst = {
        "q": _("Fjern søkeordene"),
        "fylke": _("Se i hele landet"),
        "kommune": _("Se i alle kommuner"),
    }.get(navn, _("Fjern %(filter)s") % {"filter": navnene})
    return {"navn": tekst, "adresse": filter_.adresse(navn), "antall": filter_.antall_ellers(uten=navn)}


def _bare(filter_, ord_):
    return {
        "navn": _("Søk på «%(ord)s»") % {"ord": ord_},
        "adresse": filter_.adresse(q=ord_),
        "antall": filter_.antall_ellers(q=ord_),
    }


def _sitat(navn):
    return navn if navn.startswith("«") else f"«{navn}»"
