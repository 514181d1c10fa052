"""«Kan dette virke hos oss?»: an organisation's own answers about a project somebody else has shared."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kommuner.models import Organisasjon
from kommuner.tilgang import arbeider_for
from partnerskap.felles.historikk import Historikk
from prosjekter.kodeverk import Passer
from prosjekter.models.prosjekt import Prosjekt


def _svar(etikett):
    return models.CharField(etikett, max_length=10, choices=Passer.choices, blank=True)


def _notat(etikett):
    return models.CharField(format_lazy("{}: {}", _("notat"), etikett), max_length=500, blank=True)


class GjenbruksvurderingQuerySet(models.QuerySet):
    def synlige_for(self, bruker):
        """Only those who work for the organisation, and only while they may see the project."""
        synlig = Exists(Prosjekt.objects.synlige_for(bruker).filter(pk=OuterRef("prosjekt")).order_by())
        return self.filter(synlig, organisasjon__in=arbeider_for(bruker))


class Gjenbruksvurdering(models.Model):
    """One for each project and organisation; colleagues fill it in together. Nobody else sees it."""

    prosjekt = models.ForeignKey(Prosjekt, on_delete=models.CASCADE, related_name="gjenbruksvurderinger")
    organisasjon = models.ForeignKey(Organisasjon, on_delete=models.CASCADE, related_name="gjenbruksvurderinger")
    svar_behov = _svar(_("utfordringen"))
    notat_behov = _notat(_("utfordringen"))
    svar_kjerne = _svar(_("det som må følge med"))
    notat_kjerne = _notat(_("det som må følge med"))
    svar_folk = _svar(_("folk og kompetanse"))
    notat_folk = _notat(_("folk og kompetanse"))
    svar_penger = _svar(_("penger"))
    notat_penger = _notat(_("penger"))
    svar_teknologi = _svar(_("teknologi"))
    notat_teknologi = _notat(_("teknologi"))
    svar_jus = _svar(_("lov og personvern"))
    notat_jus = _notat(_("lov og personvern"))
    svar_organisasjon = _svar(_("organisasjon og ledelse"))
    notat_organisasjon = _notat(_("organisasjon og ledelse"))
    konklusjon = models.TextField(_("konklusjon"), max_length=2000, blank=True)
    endret_tid = models.DateTimeField(default=timezone.now)
    endret_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    versjon = models.PositiveIntegerField(default=1, editable=False)
    historikk = Historikk(excluded_fields=["endret_tid"])

    objects = GjenbruksvurderingQuerySet.as_manager()

    class Meta:
        verbose_name = _("gjenbruksvurdering")
        verbose_name_plural = _("gjenbruksvurderinger")
        constraints = [
            models.UniqueConstraint(fields=["prosjekt", "organisasjon"], name="gjenbruksvurdering_en_per_organisasjon")
        ]

    def __str__(self):
        return f"{self.organisasjon}: {self.prosjekt}"
