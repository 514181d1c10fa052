"""What differs between a project as KS read it and as it is now, for the one who reads it again."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from missions.models import Hovedprosjekt
from partnerskap.felles import versjon as versjoner
from prosjekter.handlinger.prosjekt import som_var
from prosjekter.kodeverk import KODELISTER, Kodeliste, Partnerrolle
from prosjekter.krav import KODEFELT, PROSJEKTFELT, TEKSTFELT, les
from prosjekter.models import FILSLAG, RADFELT, Deltakelse, Prosjekt, Prosjekttekst


@dataclass(frozen=True)
class Forskjell:
    etikett: str
    biter: list  # partnerskap.felles.versjon.Bit


def endret_siden(prosjekt, versjon, sett_tid=None):
    """The net difference since a version, field by field. None when the history does not reach back that far.

    Files, lessons and experiments have no part in the version: of them, what has happened since KS looked (`sett_tid`).
    """
    da = som_var(prosjekt, versjon)
    if da is None:
        return None
    naa = les(prosjekt)
    return (
        [
            Forskjell(_etikett(navn), versjoner.orddiff(_i_ord(navn, da[navn]), _i_ord(navn, naa[navn])))
            for navn in (*PROSJEKTFELT, *TEKSTFELT, *KODEFELT, *RADFELT)
            if navn in da and not versjoner.lik(da[navn], naa[navn])
        ]
        + _deltakere(prosjekt, versjon)
        + (_utenfor_versjonen(prosjekt, sett_tid) if sett_tid else [])
    )


def _etikett(navn):
    if navn in KODEFELT:
        return str(Kodeliste(navn).label)
    if navn in RADFELT:
        return capfirst(str(RADFELT[navn]._meta.verbose_name_plural))
    modell = Prosjekttekst if navn in TEKSTFELT else Prosjekt
    return capfirst(str(modell._meta.get_field(navn).verbose_name))


def _i_ord(navn, verdi):
    if navn in KODEFELT:
        return ", ".join(str(valg.label) for valg in KODELISTER[Kodeliste(navn)] if valg.value in verdi)
    if navn in RADFELT:
        return "\n\n".join(map(str, verdi))
    if navn == "hovedprosjekt":
        return str(Hovedprosjekt.objects.filter(pk=verdi).first() or "")
    felt = (Prosjekttekst if navn in TEKSTFELT else Prosjekt)._meta.get_field(navn)
    return versjoner.i_ord(felt, verdi)


def _deltakere(prosjekt, versjon):
    """Who came and who went since then, as one difference."""
    tid = (
        prosjekt.historikk.filter(versjon=versjon)
        .order_by("history_date")
        .values_list("history_date", flat=True)
        .last()
    )
    rader = Deltakelse.historikk.filter(prosjekt_id=prosjekt.pk, history_date__gt=tid).select_related("organisasjon")
    biter = [
        versjoner.Bit("ut" if rad.til_dato or rad.history_type == "-" else "inn", f"{_hvem(rad)} ")
        for rad in rader.order_by("history_date", "history_id")
    ]
    return [Forskjell(_("Hvem er med"), biter)] if biter else []


def _utenfor_versjonen(prosjekt, tid):
    kort, eksperimenter = prosjekt.laeringskort.all(), prosjekt.eksperimenter.gjeldende()
    return [
        *_filer(prosjekt, tid),
        *(_skrevet(_("Læringskort"), kort, tid) if prosjekt.antall_laering else []),
        *(_skrevet(_("Eksperimenter"), eksperimenter, tid) if prosjekt.antall_eksperimenter else []),
    ]


def _skrevet(etikett, rader, tid):
    """Those that were written or changed since, as they stand."""
    endret = rader.model.historikk.filter(history_date__gt=tid).values("id")
    biter = [versjoner.Bit("inn", f"{rad.ord} ") for rad in rader.filter(pk__in=endret).order_by("endret_tid", "pk")]
    return [Forskjell(etikett, biter)] if biter else []


def _filer(prosjekt, tid):
    """Pictures, attachments and links that were added, written about anew or taken away, as one difference."""
    rader = [
        rad
        for modell in FILSLAG.values()
        for rad in modell.historikk.filter(prosjekt_id=prosjekt.pk, history_date__gt=tid).order_by("history_date")
    ]
    siste = {(rad.instance_type, rad.id): rad for rad in rader}
    biter = [
        versjoner.Bit(
            "ut" if rad.history_type == "-" else "inn", f"{rad.instance_type._meta.verbose_name}: {rad.instance} "
        )
        for rad in siste.values()
    ]
    return [Forskjell(_("Bilder, vedlegg og lenker"), biter)] if biter else []


def _hvem(rad):
    return f"{rad.organisasjon} ({Partnerrolle(rad.rolle).label.lower()})"
