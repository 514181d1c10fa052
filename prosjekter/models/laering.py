"""Lessons: one clear sentence each, for the next one who tries. What did not work stands beside what did."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommuner.models import Organisasjon
from kommuner.tilgang import arbeider_for, er_folgeforsker, er_i_kommunesektoren, er_moderator
from partnerskap.felles.adresser import adresse
from partnerskap.felles.historikk import Historikk
from prosjekter.kodeverk import EIERROLLER, Laeringstype, Status, Synlighet
from prosjekter.models.eksperiment import Eksperiment
from prosjekter.models.nedtaking import KanTasNed
from prosjekter.models.prosjekt import Deltakelse, Prosjekt
from sok.indeks import Sokerad


class LaeringQuerySet(models.QuerySet):
    def gyldige(self):
        """Not taken down by KS."""
        return self.filter(tatt_ned_tid=None)

    def apne(self):
        """Whoever may see the project may see them."""
        return self.gyldige().filter(synlighet=Synlighet.APEN)

    def synlige_for(self, bruker):
        """THE rule: whoever may see the project sees its cards, less those that are for fewer than that.

        For the sector: the municipal sector and those who take part. For the project: those who take part. KS'
        moderators and the following researcher see all in the projects they see. What KS has taken down is seen by KS
        and by the owners, who can mend it.
        """
        prosjektet = Prosjekt.objects.synlige_for(bruker).filter(pk=OuterRef("prosjekt")).order_by()
        return self.filter(Exists(prosjektet)).i_synlig_prosjekt(bruker)

    def i_synlig_prosjekt(self, bruker):
        """The cards' own half of the rule, where the project has been found with its synlige_for already."""
        if er_moderator(bruker):
            return self
        staar, for_meg = Q(tatt_ned_tid=None), Q(synlighet=Synlighet.APEN)
        if er_i_kommunesektoren(bruker):
            for_meg |= Q(synlighet=Synlighet.SEKTOR)
        if ider := arbeider_for(bruker):
            deltar = Deltakelse.objects.aktive().filter(organisasjon__in=ider)
            for_meg |= Q(prosjekt__in=deltar.values("prosjekt"))
            staar |= Q(prosjekt__in=deltar.filter(rolle__in=EIERROLLER).values("prosjekt"))
        if er_folgeforsker(bruker):
            for_meg = Q()
        return self.filter(staar, for_meg)

    def i_strommen(self):
        """Those that are shown outside the project's own pages: it is published, and they stand."""
        return self.gyldige().filter(prosjekt__status=Status.PUBLISERT)

    def virket_ikke(self):
        """What did not work, the newest first: for the shelves that give it its place."""
        return self.filter(type=Laeringstype.DETTE_VIRKET_IKKE).order_by("-opprettet_tid", "-pk")

    def for_kort(self):
        """With all that is told of its project; constant number of queries."""
        return self.select_related("prosjekt__eier__kommune__fylke", "prosjekt__eier__fylke")

    def for_rad(self):
        """With what laering/_kort.html shows, and no more: a page has twenty of them."""
        return self.select_related("prosjekt__eier").only(
            "type", "tekst", "sammenheng", "rad_til_andre", "synlighet", "opprettet_tid", "tatt_ned_tid", "er_eksempel",
            "prosjekt__tittel", "prosjekt__slug", "prosjekt__malform", "prosjekt__utfall", "prosjekt__status",
            "prosjekt__synlighet", "prosjekt__er_eksempel", "prosjekt__eier__navn",
        )  # fmt: skip


class Laering(KanTasNed):
    """One lesson from a project, as a card: the sentence in `tekst` must be understood without the rest."""

    prosjekt = models.ForeignKey(Prosjekt, on_delete=models.CASCADE, related_name="laeringskort")
    eksperiment = models.ForeignKey(
        Eksperiment,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="laeringskort",
        verbose_name=_("eksperimentet det kom fra"),
    )
    type = models.CharField(_("hva slags læring"), max_length=20, choices=Laeringstype.choices)
    tekst = models.CharField(_("læringen"), max_length=200)
    sammenheng = models.TextField(_("sammenhengen"), max_length=1000, blank=True)
    rad_til_andre = models.TextField(_("råd til andre"), max_length=1000, blank=True)
    synlighet = models.CharField(_("hvem kan se det"), max_length=10, choices=Synlighet.choices, default=Synlighet.APEN)
    skrevet_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="laeringskort"
    )
    opprettet_tid = models.DateTimeField(default=timezone.now)
    endret_tid = models.DateTimeField(default=timezone.now)
    versjon = models.PositiveIntegerField(default=1, editable=False)
    nokkel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    er_eksempel = models.BooleanField(_("eksempeldata"), default=False)
    historikk = Historikk(excluded_fields=["endret_tid"])

    objects = LaeringQuerySet.as_manager()

    class Meta:
        verbose_name = _("læring")
        verbose_name_plural = _("læringskort")
        ordering = ["-opprettet_tid", "-pk"]
        constraints = [
            *KanTasNed.Meta.constraints,
            models.CheckConstraint(
                name="laering_har_tekst",
                condition=~Q(tekst=""),
                violation_error_message=_("Skriv læringen i én setning."),
            ),
        ]
        indexes = [
            models.Index(fields=["-opprettet_tid", "-id"], name="laering_nyeste"),
            models.Index(fields=["type", "-opprettet_tid", "-id"], name="laering_type"),
        ]

    def __str__(self):
        return self.tekst

    def get_absolute_url(self):
        return adresse("laering:kort", self.pk)

    @property
    def ord(self):
        """Everything it says."""
        return "\n\n".join(filter(None, [self.tekst, self.sammenheng, self.rad_til_andre]))

    @property
    def er_apent(self):
        """Anyone may read it."""
        return self.synlighet == Synlighet.APEN and self.tatt_ned_tid is None and self.prosjekt.er_apent


class NyttigmerkeQuerySet(models.QuerySet):
    def synlige_for(self, bruker):
        """The organisation that said it, and those who look after the project. Nobody else, and never as a number."""
        ider = arbeider_for(bruker)
        if not ider:
            return self.none()
        vare = Deltakelse.objects.aktive().filter(organisasjon__in=ider, rolle__in=EIERROLLER)
        return self.filter(Q(organisasjon__in=ider) | Q(laering__prosjekt__in=vare.values("prosjekt")))


class Nyttigmerke(models.Model):
    """An organisation has found a card useful, and kept it. Taken back, the row is gone."""

    laering = models.ForeignKey(Laering, on_delete=models.CASCADE, related_name="nyttigmerker")
    organisasjon = models.ForeignKey(Organisasjon, on_delete=models.PROTECT, related_name="nyttigmerker")
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="nyttigmerker")
    tid = models.DateTimeField(default=timezone.now)

    objects = NyttigmerkeQuerySet.as_manager()

    class Meta:
        verbose_name = _("nyttig for oss")
        verbose_name_plural = _("nyttig for oss")
        ordering = ["-tid", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["laering", "organisasjon"],
                name="nyttigmerke_en_gang",
                violation_error_message=_("Organisasjonen har alt lagret dette."),
            )
        ]
        indexes = [models.Index(fields=["organisasjon", "-tid", "-id"], name="nyttigmerke_lagret")]

    def __str__(self):
        return f"{self.organisasjon}: {self.laering}"


class Laeringssok(Sokerad):
    """The card's terms. Made by a migration of its own, since the table differs between engines."""

    laering = models.OneToOneField(
        Laering, on_delete=models.CASCADE, primary_key=True, db_column="rowid", related_name="sok"
    )

    class Meta:
        verbose_name = _("søkerad for læring")
        verbose_name_plural = _("søkerader for læring")

    def __str__(self):
        return f"{self.laering_id}"
