"""Projects that answer a shared need, and those who are invited to do one together."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommuner.models import Organisasjon
from kommuner.tilgang import arbeider_for
from missions.models import Utfordring
from prosjekter.models.prosjekt import Prosjekt


class Utfordringssvar(models.Model):
    """This project tries to solve that need. Said by the project's own people. Seen by whoever sees the project."""

    utfordring = models.ForeignKey(Utfordring, on_delete=models.CASCADE, related_name="prosjektsvar")
    prosjekt = models.ForeignKey(Prosjekt, on_delete=models.CASCADE, related_name="utfordringssvar")
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    tid = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("svar på utfordring")
        verbose_name_plural = _("svar på utfordringer")
        ordering = ["tid", "pk"]
        constraints = [models.UniqueConstraint(fields=["utfordring", "prosjekt"], name="utfordringssvar_unikt")]

    def __str__(self):
        return f"{self.prosjekt} → {self.utfordring}"


class ProsjektinvitasjonQuerySet(models.QuerySet):
    def apne(self):
        return self.filter(svar="")

    def til(self, bruker):
        """To the organisations the person works for."""
        return self.filter(organisasjon__in=arbeider_for(bruker))


class Prosjektinvitasjon(models.Model):
    """An organisation that has the same need is asked to do the project together. It says yes or no itself."""

    class Svar(models.TextChoices):
        JA = "ja", _("Ja, vi er med")
        NEI = "nei", _("Nei, ikke nå")

    prosjekt = models.ForeignKey(Prosjekt, on_delete=models.CASCADE, related_name="invitasjoner")
    organisasjon = models.ForeignKey(Organisasjon, on_delete=models.CASCADE, related_name="prosjektinvitasjoner")
    utfordring = models.ForeignKey(Utfordring, on_delete=models.SET_NULL, null=True, related_name="+")
    tid = models.DateTimeField(default=timezone.now)
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    svar = models.CharField(max_length=3, choices=Svar.choices, blank=True)
    svart_tid = models.DateTimeField(null=True, blank=True)
    svart_av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = ProsjektinvitasjonQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitasjon til prosjekt")
        verbose_name_plural = _("invitasjoner til prosjekter")
        ordering = ["tid", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["prosjekt", "organisasjon"], name="prosjektinvitasjon_unik"),
            models.CheckConstraint(
                name="prosjektinvitasjon_svar_og_tid_foelges",
                condition=models.Q(svar="", svart_tid=None) | (~models.Q(svar="") & models.Q(svart_tid__isnull=False)),
                violation_error_message=_("Svar og tidspunkt må settes sammen."),
            ),
        ]

    def __str__(self):
        return f"{self.organisasjon}: {self.prosjekt}"
