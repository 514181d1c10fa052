"""Mail waiting to be delivered, written in the same transaction as the change it tells about."""

import secrets
import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MAKS_FORSOK = 8


def ny_hemmelighet():
    return secrets.token_urlsafe(24)


class EpostQuerySet(models.QuerySet):
    def ventende(self, naa=None):
        """Not delivered, not given up, and not held by a worker or waiting after a failure."""
        return self.filter(sendt_tid=None, gitt_opp_tid=None, neste_forsok__lte=naa or timezone.now()).order_by(
            "neste_forsok", "pk"
        )

    def gitt_opp(self):
        return self.exclude(gitt_opp_tid=None).order_by("-gitt_opp_tid")


class Epost(models.Model):
    """One message to one person.

    `nokkel` makes it once only: the same deed done twice writes the same key. `neste_forsok` is both the time of the
    next try and the lease of the worker that holds it, so a killed worker's mail comes back by itself. `melding_id`
    is stable, so that the one duplicate a crash can cause is recognised by mail servers.
    """

    nokkel = models.CharField(max_length=200, unique=True)
    til = models.EmailField()
    emne = models.CharField(max_length=200)
    tekst = models.TextField()
    melding_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    opprettet_tid = models.DateTimeField(default=timezone.now)
    neste_forsok = models.DateTimeField(default=timezone.now)
    antall_forsok = models.PositiveSmallIntegerField(default=0)
    sendt_tid = models.DateTimeField(null=True, blank=True)
    gitt_opp_tid = models.DateTimeField(null=True, blank=True)
    siste_feil = models.CharField(max_length=200, blank=True)
    er_hemmelig = models.BooleanField(default=False)  # a sign-in code: the text is erased when it is delivered
    hoder = models.JSONField(
        default=dict, db_default={}, blank=True
    )  # more headers: those in handlinger.TILLATTE_HODER

    objects = EpostQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-post i utboksen")
        verbose_name_plural = _("e-poster i utboksen")
        indexes = [
            models.Index(
                fields=["neste_forsok"],
                name="utboks_ventende",
                condition=models.Q(sendt_tid=None, gitt_opp_tid=None),
            )
        ]

    def __str__(self):
        return self.emne


class Jobb(models.Model):
    """Something the worker does at fixed intervals, and how it went the last time. See utboks.jobber.

    `neste_tid` is both when it is due and, while it runs, the lease of the worker that does it.
    """

    navn = models.CharField(_("navn"), max_length=50, unique=True)
    neste_tid = models.DateTimeField(_("neste gang"))
    sist_startet = models.DateTimeField(_("sist startet"), null=True, blank=True)
    sist_ferdig = models.DateTimeField(_("sist ferdig"), null=True, blank=True)
    siste_feil = models.CharField(_("siste feil"), max_length=200, blank=True)
    antall_feil = models.PositiveIntegerField(_("feil på rad"), default=0)

    class Meta:
        verbose_name = _("jobb")
        verbose_name_plural = _("jobber")
        ordering = ["navn"]

    def __str__(self):
        return self.navn


class Varselmottaker(models.Model):
    """An address that gets notices, and how often for each kind. What is not chosen follows utboks.varsling.SLAG.

    `hemmelighet` is in the links of the mail, so that one can leave without signing in; it outlives SECRET_KEY.
    """

    email = models.EmailField(_("e-post"), unique=True)
    valg = models.JSONField(_("valg"), default=dict)  # {kind: how often}
    hemmelighet = models.CharField(max_length=40, unique=True, default=ny_hemmelighet, editable=False)

    class Meta:
        verbose_name = _("mottaker av varsler")
        verbose_name_plural = _("mottakere av varsler")

    def __str__(self):
        return self.email


class VarselQuerySet(models.QuerySet):
    def ventende(self):
        return self.filter(sendt_tid=None)


class Varsel(models.Model):
    """A notice for the day's mail. When it has gone, the row stays a month without its text, so that it is told once."""

    mottaker = models.ForeignKey(Varselmottaker, on_delete=models.CASCADE, related_name="varsler")
    slag = models.CharField(_("slag"), max_length=20)
    nokkel = models.CharField(max_length=200, unique=True)
    om = models.CharField(max_length=80, blank=True, db_default="")  # what one must be able to read to be told
    emne = models.CharField(_("emne"), max_length=200)
    tekst = models.TextField(_("tekst"), blank=True)
    opprettet_tid = models.DateTimeField(default=timezone.now)
    sendt_tid = models.DateTimeField(null=True, blank=True)

    objects = VarselQuerySet.as_manager()

    class Meta:
        verbose_name = _("varsel")
        verbose_name_plural = _("varsler")
        indexes = [
            models.Index(fields=["opprettet_tid"], name="varsel_ventende", condition=models.Q(sendt_tid=None)),
        ]

    def __str__(self):
        return self.emne
