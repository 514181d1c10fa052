"""A person who helps with one project, and nothing else. First asked by mail; a row is either an invitation or the help."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerskap.felles.historikk import Historikk
from prosjekter.models.prosjekt import Prosjekt


class HjelperQuerySet(models.QuerySet):
    def aktive(self):
        """Those who have said yes."""
        return self.exclude(bruker=None)

    def inviterte(self):
        """Not answered; may be too late."""
        return self.filter(bruker=None)

    def til(self, bruker):
        """Invitations to the address the person has proven, which can still be answered."""
        apne = self.inviterte().filter(email=bruker.email.lower(), utloper_tid__gt=timezone.now())
        return apne.exclude(prosjekt__status="arkivert")


class Hjelper(models.Model):
    """`email` until she answers, `bruker` after a yes: the address is kept no longer than it is needed.

    A no, a withdrawal and the end delete the row, and the history keeps the deeds. `nokkel` is the address of the
    invitation; whoever has it must also be signed in with the address it was sent to.
    """

    nokkel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    prosjekt = models.ForeignKey(Prosjekt, on_delete=models.CASCADE, related_name="hjelpere")
    email = models.EmailField(_("e-postadresse"), max_length=150, blank=True)
    bruker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="hjelper_til",
        verbose_name=_("hjelper"),
    )
    invitert_av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    hilsen = models.CharField(_("hilsen"), max_length=500, blank=True)
    invitert_tid = models.DateTimeField(default=timezone.now)
    utloper_tid = models.DateTimeField()
    fra_tid = models.DateTimeField(null=True, blank=True)
    historikk = Historikk(excluded_fields=["nokkel", "email", "hilsen", "invitert_tid", "utloper_tid", "fra_tid"])

    objects = HjelperQuerySet.as_manager()

    class Meta:
        verbose_name = _("hjelper")
        verbose_name_plural = _("hjelpere")
        ordering = ["invitert_tid", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["prosjekt", "email"],
                condition=Q(bruker=None),
                name="hjelper_en_invitasjon",
                violation_error_message=_("Hun eller han er invitert allerede."),
            ),
            models.UniqueConstraint(
                fields=["prosjekt", "bruker"],
                name="hjelper_en_gang",
                violation_error_message=_("Hun eller han hjelper til allerede."),
            ),
            models.CheckConstraint(
                name="hjelper_invitert_eller_med",
                condition=Q(bruker=None, fra_tid=None) & ~Q(email="")
                | Q(bruker__isnull=False, fra_tid__isnull=False, email=""),
                violation_error_message=_("En hjelper er enten invitert på e-post eller med."),
            ),
        ]
        indexes = [models.Index(fields=["email"], name="hjelper_email")]

    def __str__(self):
        return str(self.bruker or _("Invitert hjelper"))

    @property
    def er_invitasjon(self):
        return self.bruker_id is None

    @property
    def er_utlopt(self):
        return self.er_invitasjon and self.utloper_tid <= timezone.now()
