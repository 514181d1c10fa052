"""Saved searches, and the addresses that get mail about what is new in them."""

import secrets
from datetime import datetime, time, timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from abonnement.kodeverk import Hyppighet, Liste

KLOKKEN = time(7)  # local time, before the working day
MAKS_TEGN = 2000  # of a search, in an address: also what both databases can hold unique


def ny_hemmelighet():
    return secrets.token_urlsafe(32)


class Abonnent(models.Model):
    """An address. Whoever reads its mail looks after its searches; there need not be an account.

    When there is one, with the same address, that person's rights decide what is sent, asked anew each time
    (kommuner.lesere). `hemmelighet` is in the links of the mail, and is all one needs to stop it.
    """

    email = models.EmailField(_("e-postadresse"), unique=True)
    hemmelighet = models.CharField(max_length=64, unique=True, default=ny_hemmelighet, editable=False)
    opprettet_tid = models.DateTimeField(_("opprettet"), default=timezone.now, editable=False)
    sist_sendt_dato = models.DateField(_("sist sendt"), null=True, blank=True, editable=False)
    siste_epost = models.CharField(max_length=200, blank=True, editable=False)  # its key in the outbox
    stanset_tid = models.DateTimeField(_("kom ikke fram"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("abonnent")
        verbose_name_plural = _("abonnenter")
        ordering = ["pk"]

    def __str__(self):
        return self.email

    def get_absolute_url(self):
        return reverse("abonnement:styr", args=[self.hemmelighet])


class LagretSokQuerySet(models.QuerySet):
    def virksomme(self):
        """Confirmed and not left. May be paused."""
        return self.filter(bekreftet_tid__isnull=False, avmeldt_tid=None)

    def forfalte(self, naa):
        """Those whose turn it is, at addresses that mail reaches."""
        return self.virksomme().filter(pauset_tid=None, abonnent__stanset_tid=None, neste_tid__lte=naa)


class LagretSok(models.Model):
    """The query string of a list, without its order, and how far its hits have been told of.

    Hits up to `sett_til` have been sent. `sett_fra` is where the last mail began; if that mail never arrives, it is
    gone back to. A pause moves neither, so nothing is lost.
    """

    abonnent = models.ForeignKey(Abonnent, on_delete=models.CASCADE, related_name="sok", verbose_name=_("abonnent"))
    liste = models.CharField(
        _("liste"), max_length=10, choices=Liste.choices, default=Liste.PROSJEKTER, db_default=Liste.PROSJEKTER
    )
    sporring = models.CharField(_("søk"), max_length=MAKS_TEGN, blank=True)
    navn = models.TextField(_("navn"))  # in words, for lists; told anew at each mail
    hyppighet = models.CharField(_("hvor ofte"), max_length=10, choices=Hyppighet.choices, default=Hyppighet.UKENTLIG)
    opprettet_tid = models.DateTimeField(_("opprettet"), default=timezone.now)
    bekreftet_tid = models.DateTimeField(_("bekreftet"), null=True, blank=True)
    pauset_tid = models.DateTimeField(_("på pause"), null=True, blank=True)
    avmeldt_tid = models.DateTimeField(_("avmeldt"), null=True, blank=True)
    sett_til = models.DateTimeField(default=timezone.now)
    sett_fra = models.DateTimeField(null=True, blank=True)
    neste_tid = models.DateTimeField(_("neste e-post"), default=timezone.now)
    feil = models.TextField(blank=True)  # what has gone from the search since it was saved, in sentences

    objects = LagretSokQuerySet.as_manager()

    class Meta:
        verbose_name = _("lagret søk")
        verbose_name_plural = _("lagrede søk")
        ordering = ["opprettet_tid", "pk"]
        constraints = [models.UniqueConstraint(fields=["abonnent", "liste", "sporring"], name="lagret_sok_unikt")]
        indexes = [
            models.Index(
                fields=["neste_tid"],
                name="lagret_sok_forfalt",
                condition=Q(bekreftet_tid__isnull=False, avmeldt_tid=None, pauset_tid=None),
            )
        ]

    def __str__(self):
        return self.navn

    @property
    def adresse(self):
        """The list it was saved from, the newest first."""
        sporring = f"{self.sporring}&sorter=nyeste" if self.har_ord and self.er_prosjekter else self.sporring
        return reverse(f"{self.liste}:liste") + (f"?{sporring}" if sporring else "")

    @property
    def er_prosjekter(self):
        return self.liste == Liste.PROSJEKTER

    @property
    def har_ord(self):
        """Words are sorted by relevance unless told otherwise."""
        return self.sporring.startswith("q=") or "&q=" in self.sporring

    @property
    def er_virksomt(self):
        return bool(self.bekreftet_tid) and not self.avmeldt_tid


def neste_utsending(hyppighet, naa):
    """The first morning, or Monday morning, after now. By the clock on the wall, summer and winter."""
    lokal = timezone.localtime(naa)
    dag = lokal.date() + timedelta(days=lokal.time() >= KLOKKEN)
    if hyppighet == Hyppighet.UKENTLIG:
        dag += timedelta(days=-dag.weekday() % 7)
    return timezone.make_aware(datetime.combine(dag, KLOKKEN))
