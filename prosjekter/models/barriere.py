"""Barriers: what stands in the way of a project, the rules they come from, and what has come of them."""

import re
import unicodedata
import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from kommuner.kodeverk import Forvaltningsniva
from kommuner.tilgang import arbeider_for, er_moderator
from missions.models.mission import ledig_slug
from partnerskap.felles.adresser import adresse
from partnerskap.felles.historikk import Historikk
from prosjekter.kodeverk import EIERROLLER, Barrieretype, Kodeliste, Policylabstatus, Status, Synlighet
from prosjekter.models.nedtaking import KanTasNed
from prosjekter.models.prosjekt import Deltakelse, Klassifisering, Prosjekt
from sok.indeks import Sokerad

# Addresses below /barrierer/ that are pages of their own.
OPPTATTE = ("ko",)
BARE_HTTPS = URLValidator(schemes=["https"], message=_("Skriv en hel adresse som begynner med https://"))

VENTER = (Policylabstatus.MELDT,)
UNDER_ARBEID = (Policylabstatus.AVKLART, Policylabstatus.I_POLICYLAB, Policylabstatus.FORSLAG_SENDT)
FERDIG = (Policylabstatus.ENDRET, Policylabstatus.AVVIST, Policylabstatus.LOKALT_HANDLINGSROM)
GODE_NYHETER = (Policylabstatus.ENDRET, Policylabstatus.LOKALT_HANDLINGSROM)


def regelnokkel(hjemmel):
    """What the same rule written in two ways has in common: «Folketrygdlova §11-6.» and «folketrygdloven § 11–6»."""
    tekst = unicodedata.normalize("NFKC", hjemmel).casefold()
    tekst = re.sub(r"[\u2010-\u2015\u2212]", "-", tekst)
    tekst = re.sub(r"\s*-\s*(?=\d)", "-", tekst)
    tekst = re.sub(r"(?:§+|\bparagraf)\s*", " § ", tekst)
    tekst = re.sub(r"lova\b", "loven", tekst)
    tekst = re.sub(r"[«»\"'”“.,;:]+(?=\s|$)|(?:^|(?<=\s))[«»\"'”“]+", " ", tekst)
    return " ".join(tekst.split())[:200]


class RegelQuerySet(models.QuerySet):
    def synlige_for(self, bruker):
        """Only rules that stand in the way of something the reader may see: a rule's name is what somebody wrote."""
        barrierer = Barriere.objects.synlige_for(bruker).meldte().filter(regel=OuterRef("pk"))
        return self.filter(Exists(barrierer.order_by()))


class Regel(models.Model):
    """A law or rule that barriers come from, made of what people write. KS names it, links it and gathers spellings.

    `nokkel` recognises a spelling. One that has become part of another (`del_av`) leads on, its address too.
    """

    navn = models.CharField(_("regelen"), max_length=200)
    slug = models.SlugField(max_length=80, unique=True, editable=False)
    nokkel = models.CharField(max_length=200, unique=True, editable=False)
    lenke = models.URLField(_("lenke til regelen"), max_length=400, blank=True, validators=[BARE_HTTPS])
    del_av = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="skrivematene",
        verbose_name=_("samme som"),
    )
    versjon = models.PositiveIntegerField(default=1, editable=False)
    historikk = Historikk()

    objects = RegelQuerySet.as_manager()

    class Meta:
        verbose_name = _("regel")
        verbose_name_plural = _("regler")
        ordering = ["navn", "pk"]
        constraints = [ledig_slug("regel_slug_ledig", OPPTATTE)]

    def __str__(self):
        return self.navn

    def get_absolute_url(self):
        return adresse("barrierer:regel", self.slug)


class BarriereQuerySet(models.QuerySet):
    def gyldige(self):
        """Not withdrawn by the project, and not taken down by KS."""
        return self.filter(trukket_tid=None, tatt_ned_tid=None)

    def meldte(self):
        """Those that stand, of projects that are published: what lists, counts and KS' queue are about."""
        return self.gyldige().filter(prosjekt__status=Status.PUBLISERT)

    def apne(self):
        """What anyone may see."""
        return self.meldte().filter(prosjekt__synlighet=Synlighet.APEN)

    def synlige_for(self, bruker):
        """THE rule: whoever may see the project sees what stands in its way.

        What is withdrawn is for the project's own people; what KS has taken down, for them and for KS.
        """
        if not bruker.is_authenticated:
            return self.apne()
        synlig = Q(trukket_tid=None, tatt_ned_tid=None)
        if er_moderator(bruker):
            synlig |= Q(tatt_ned_tid__isnull=False)
        if ider := arbeider_for(bruker):
            eier = Deltakelse.objects.aktive().filter(
                prosjekt=OuterRef("prosjekt"), organisasjon__in=ider, rolle__in=EIERROLLER
            )
            synlig |= Q(Exists(eier))
        prosjekt = Prosjekt.objects.synlige_for(bruker).filter(pk=OuterRef("prosjekt")).order_by()
        return self.filter(synlig, Exists(prosjekt))

    def i_mission(self, mission):
        tilknytning = Prosjekt.objects.i_mission(mission).filter(pk=OuterRef("prosjekt")).order_by()
        return self.filter(Exists(tilknytning))

    def i_tjenesteomrade(self, verdi):
        koder = Klassifisering.objects.filter(
            prosjekt=OuterRef("prosjekt"), liste=Kodeliste.TJENESTEOMRADE, verdi=verdi
        )
        return self.filter(Exists(koder))

    def for_rad(self):
        """With what barrierer/_rad.html shows, and no more."""
        return self.select_related("regel", "prosjekt__eier").only(
            "type", "niva", "hva_stopper", "policylab_status", "svar", "trukket_tid", "tatt_ned_tid", "er_eksempel",
            "regel__navn", "regel__slug", "prosjekt__tittel", "prosjekt__slug", "prosjekt__malform", "prosjekt__eier__navn",
        )  # fmt: skip

    def for_kort(self):
        """With all that is told of it and its project; constant number of queries."""
        return self.select_related("regel", "prosjekt__eier__kommune__fylke", "prosjekt__eier__fylke")


class Barriere(KanTasNed):
    """Something outside the project that stops it. Said by the project; what comes of it is said by KS (`Barriereflytt`).

    `niva` is the level of government that can take it away, as far as the project knows.
    """

    prosjekt = models.ForeignKey(
        Prosjekt, on_delete=models.CASCADE, related_name="barrierer", verbose_name=_("prosjektet")
    )
    type = models.CharField(_("slags barriere"), max_length=25, choices=Barrieretype.choices)
    niva = models.CharField(_("hvem kan fjerne den"), max_length=20, choices=Forvaltningsniva.choices, blank=True)
    hjemmel = models.CharField(_("lov eller regel"), max_length=200, blank=True)
    hjemmel_lenke = models.URLField(_("lenke til regelen"), max_length=400, blank=True, validators=[BARE_HTTPS])
    regel = models.ForeignKey(
        Regel, on_delete=models.PROTECT, null=True, blank=True, related_name="barrierer", verbose_name=_("regel")
    )
    hva_stopper = models.TextField(_("det den stopper"), max_length=1000)
    hva_ville_lost = models.TextField(_("det som ville løst den"), max_length=1000, blank=True)
    policylab_status = models.CharField(
        _("status"), max_length=30, choices=Policylabstatus.choices, default=Policylabstatus.MELDT, editable=False
    )
    svar = models.TextField(_("svar fra KS"), max_length=2000, blank=True)  # the latest; all are in `flytt`
    svar_tid = models.DateTimeField(null=True, blank=True)

    meldt_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="meldte_barrierer"
    )
    opprettet_tid = models.DateTimeField(default=timezone.now)
    endret_tid = models.DateTimeField(default=timezone.now)
    trukket_tid = models.DateTimeField(_("trukket"), null=True, blank=True)
    versjon = models.PositiveIntegerField(default=1, editable=False)
    nokkel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    er_eksempel = models.BooleanField(_("eksempeldata"), default=False)
    historikk = Historikk(excluded_fields=["endret_tid"])

    objects = BarriereQuerySet.as_manager()

    class Meta:
        verbose_name = _("barriere")
        verbose_name_plural = _("barrierer")
        ordering = ["-opprettet_tid", "-pk"]
        constraints = [
            *KanTasNed.Meta.constraints,
            models.CheckConstraint(
                name="barriere_regelverk_har_hjemmel",
                condition=~Q(type="regelverk") | ~Q(hjemmel=""),
                violation_error_message=_("Skriv hvilken lov eller regel det er."),
            ),
            models.CheckConstraint(
                name="barriere_hjemmel_og_regel_foelges",
                condition=Q(hjemmel="", regel=None) | (~Q(hjemmel="") & Q(regel__isnull=False)),
                violation_error_message=_("En barriere med hjemmel hører til en regel."),
            ),
            models.CheckConstraint(
                name="barriere_lenke_er_https",
                condition=Q(hjemmel_lenke="") | Q(hjemmel_lenke__startswith="https://"),
                violation_error_message=_("Lenken må begynne med https://"),
            ),
            models.CheckConstraint(
                name="barriere_svar_naar_den_er_flyttet",
                condition=Q(policylab_status="meldt") | (~Q(svar="") & Q(svar_tid__isnull=False)),
                violation_error_message=_("Den som flytter en barriere, sier hvorfor."),
            ),
        ]
        indexes = [models.Index(fields=["policylab_status", "opprettet_tid"], name="barriere_ko")]

    def __str__(self):
        return self.kort

    def get_absolute_url(self):
        return adresse("prosjekter:barriere", self.prosjekt.slug, self.pk)

    @property
    def kort(self):
        """What it stops, in a line: a barrier has no title."""
        forste_linje = self.hva_stopper.strip().partition("\n")[0]
        setning = re.match(r".{15,110}?[.!?](?=\s|$)", forste_linje)
        return setning[0].rstrip(".") if setning else Truncator(forste_linje).chars(110)

    @property
    def resten(self):
        """The rest of what it stops, after `kort`; everything when `kort` was cut short."""
        if not self.hva_stopper.strip().startswith(self.kort):
            return self.hva_stopper
        return self.hva_stopper.strip()[len(self.kort) :].lstrip(". \n")

    @property
    def ord(self):
        """All that its people wrote, for KS' list of reports."""
        return "\n\n".join(t for t in (self.hjemmel, self.hva_stopper, self.hva_ville_lost) if t)

    @property
    def lenke(self):
        """Where the rule can be read: KS' link, or the project's own."""
        return (self.regel.lenke if self.regel_id else "") or self.hjemmel_lenke

    @property
    def lenkevert(self):
        """Whose page the link leads to."""
        return urlsplit(self.lenke).hostname or ""

    @property
    def er_god_nyhet(self):
        return self.policylab_status in GODE_NYHETER

    @property
    def star(self):
        """Neither withdrawn nor taken down, of a published project: whoever sees it, sees its rule's page too."""
        return self.trukket_tid is None and self.tatt_ned_tid is None and self.prosjekt.status == Status.PUBLISERT

    @property
    def er_apen(self):
        """Anyone may see it."""
        return self.star and self.prosjekt.synlighet == Synlighet.APEN


class Barriereflytt(models.Model):
    """KS has moved a barrier, and says why. Public where the barrier is: what was raised, answered, changed or refused."""

    barriere = models.ForeignKey(Barriere, on_delete=models.CASCADE, related_name="flytt")
    fra = models.CharField(max_length=30, choices=Policylabstatus.choices)
    til = models.CharField(max_length=30, choices=Policylabstatus.choices)
    tekst = models.TextField(_("svaret"), max_length=2000)
    tid = models.DateTimeField(default=timezone.now)
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("flytt av barriere")
        verbose_name_plural = _("flytt av barrierer")
        ordering = ["-tid", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="barriereflytt_har_tekst",
                condition=~Q(tekst=""),
                violation_error_message=_("Den som flytter en barriere, sier hvorfor."),
            )
        ]

    def __str__(self):
        return f"{self.fra} → {self.til}"


class Barrieresok(Sokerad):
    """The barrier's terms. Made by a migration operation of its own, since the table differs between engines."""

    barriere = models.OneToOneField(
        Barriere, on_delete=models.CASCADE, primary_key=True, db_column="rowid", related_name="sok"
    )

    class Meta:
        verbose_name = _("søkerad for barriere")
        verbose_name_plural = _("søkerader for barrierer")

    def __str__(self):
        return f"{self.barriere_id}"
