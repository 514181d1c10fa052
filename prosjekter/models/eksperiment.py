"""Experiments: the smallest things a project tries, and what came of each. A stop is a result like the others."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommuner.tilgang import arbeider_for, er_moderator
from partnerskap.felles.adresser import adresse
from partnerskap.felles.historikk import Historikk
from prosjekter.kodeverk import EIERROLLER, Beslutning, Status
from prosjekter.models.nedtaking import KanTasNed
from prosjekter.models.prosjekt import Deltakelse, Prosjekt
from sok.indeks import Sokerad

MERKER = {
    "": "pagar",
    Beslutning.FORTSETT: "virket",
    Beslutning.JUSTER: "delvis",
    Beslutning.STOPP: "virket_ikke",
    Beslutning.SKALER: "overfort",
}
TILSTAND = {
    "": _("Pågår"),
    Beslutning.FORTSETT: _("Vi fortsetter"),
    Beslutning.JUSTER: _("Vi justerer"),
    Beslutning.STOPP: _("Vi stoppet"),
    Beslutning.SKALER: _("Vi skalerer"),
}
FUNN = {
    "": "",
    Beslutning.FORTSETT: _("Vi fortsetter. Dette så vi:"),
    Beslutning.JUSTER: _("Vi justerer. Dette så vi:"),
    Beslutning.STOPP: _("Vi stoppet, og vet nå:"),
    Beslutning.SKALER: _("Vi skalerer. Dette så vi:"),
}


class EksperimentQuerySet(models.QuerySet):
    def gjeldende(self):
        """Neither withdrawn by the project nor taken down by KS."""
        return self.filter(trukket_tid=None, tatt_ned_tid=None)

    def synlige_for(self, bruker):
        """THE rule: whoever may see the project sees what it tried.

        What is withdrawn is seen by the project's own people, who may put it back. What KS has taken down is seen by
        KS too.
        """
        synlig = Q(trukket_tid=None, tatt_ned_tid=None)
        if er_moderator(bruker):
            synlig |= Q(trukket_tid=None)
        if ider := arbeider_for(bruker):
            eier = Deltakelse.objects.aktive().filter(
                prosjekt=OuterRef("prosjekt"), organisasjon__in=ider, rolle__in=EIERROLLER
            )
            synlig |= Q(Exists(eier))
        prosjektet = Prosjekt.objects.synlige_for(bruker).filter(pk=OuterRef("prosjekt")).order_by()
        return self.filter(synlig, Exists(prosjektet))

    def i_strommen(self):
        """Those that are shown outside the project's own pages: it is published, and they stand."""
        return self.gjeldende().filter(prosjekt__status=Status.PUBLISERT)

    def for_kort(self):
        """With all that is told of its project; constant number of queries."""
        return self.select_related("prosjekt__eier__kommune__fylke", "prosjekt__eier__fylke")

    def for_rad(self):
        """With what eksperimenter/_kort.html shows, and no more: a page has twenty of them."""
        return self.select_related("prosjekt__eier").only(
            "hypotese", "endring", "fra_dato", "til_dato", "observasjon", "beslutning", "er_eksempel", "prosjekt__tittel",
            "prosjekt__slug", "prosjekt__malform", "prosjekt__synlighet", "prosjekt__er_eksempel", "prosjekt__eier__navn",
        )  # fmt: skip

    def uten_resultat(self):
        """Still going on, or never told about."""
        return self.filter(beslutning="")

    def skulle_vaert_ferdige(self, dato=None):
        """The day they were to end has passed, and nobody has said what happened."""
        return self.gjeldende().uten_resultat().filter(til_dato__lt=dato or timezone.localdate())

    def nyeste_forst(self):
        return self.order_by("-fra_dato", "-pk")


class Eksperiment(KanTasNed):
    """What we believe, what we change to find out, and what we expect; later what happened and what we do then.

    `versjon` is the optimistic lock. `nokkel` is made when the form is shown, so that a double click makes one.
    """

    prosjekt = models.ForeignKey(
        Prosjekt, on_delete=models.CASCADE, related_name="eksperimenter", verbose_name=_("prosjektet")
    )
    hypotese = models.TextField(_("det vi tror"), max_length=500)
    endring = models.TextField(_("det vi endrer"), max_length=1000)
    forventning = models.TextField(_("det vi venter"), max_length=500)
    fra_dato = models.DateField(_("fra"), default=timezone.localdate)
    til_dato = models.DateField(_("til"), null=True, blank=True)
    observasjon = models.TextField(_("det som skjedde"), max_length=2000, blank=True)
    beslutning = models.CharField(_("det vi gjør nå"), max_length=10, choices=Beslutning.choices, blank=True)
    begrunnelse = models.TextField(_("hvorfor"), max_length=1000, blank=True)
    beslutning_dato = models.DateField(_("avgjort"), null=True, blank=True)

    registrert_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="registrerte_eksperimenter"
    )
    opprettet_tid = models.DateTimeField(default=timezone.now)
    endret_tid = models.DateTimeField(default=timezone.now)
    trukket_tid = models.DateTimeField(null=True, blank=True)  # by the project; it can be put back
    versjon = models.PositiveIntegerField(default=1, editable=False)
    nokkel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    er_eksempel = models.BooleanField(_("eksempeldata"), default=False)
    historikk = Historikk(excluded_fields=["endret_tid"])

    objects = EksperimentQuerySet.as_manager()

    class Meta:
        verbose_name = _("eksperiment")
        verbose_name_plural = _("eksperimenter")
        ordering = ["-fra_dato", "-pk"]
        indexes = [
            models.Index(fields=["prosjekt", "-fra_dato", "-id"], name="eksperiment_logg"),
            models.Index(fields=["-fra_dato", "-id"], name="eksperiment_nyeste"),
            models.Index(fields=["beslutning", "-fra_dato", "-id"], name="eksperiment_beslutning"),
        ]
        constraints = [
            *KanTasNed.Meta.constraints,
            models.CheckConstraint(
                name="eksperiment_slutt_etter_start",
                condition=Q(til_dato=None) | Q(til_dato__gte=F("fra_dato")),
                violation_error_message=_("Sluttdatoen må komme etter startdatoen."),
            ),
            models.CheckConstraint(
                name="eksperiment_resultat_er_helt",
                condition=Q(observasjon="", beslutning="", beslutning_dato=None)
                | (~Q(observasjon="") & ~Q(beslutning="") & Q(beslutning_dato__isnull=False)),
                violation_error_message=_("Skriv hva som skjedde, og velg hva dere gjør nå."),
            ),
        ]

    def __str__(self):
        return self.hypotese

    def get_absolute_url(self):
        return adresse("prosjekter:eksperiment", self.prosjekt.slug, self.pk)

    @property
    def har_resultat(self):
        return self.beslutning != ""

    @property
    def er_stopp(self):
        return self.beslutning == Beslutning.STOPP

    @property
    def merke(self):
        """The mark it has in a timeline, of the shapes outcomes have. A stop is drawn as large as the others."""
        return MERKER[self.beslutning]

    @property
    def hvordan_det_gaar(self):
        """One word or two beside the mark."""
        if not self.har_resultat and self.til_dato and self.til_dato < timezone.localdate():
            return _("Resultatet er ikke skrevet ennå")
        return TILSTAND[self.beslutning]

    @property
    def funn(self):
        """What leads in what was seen."""
        return FUNN[self.beslutning]

    @property
    def gir_laering(self):
        """Something went otherwise than they thought: worth a lesson others can find."""
        return self.beslutning in (Beslutning.STOPP, Beslutning.JUSTER)

    @property
    def er_gjeldende(self):
        return self.trukket_tid is None and self.tatt_ned_tid is None

    @property
    def ord(self):
        """Everything the project has said about it, for search."""
        return "\n".join(
            filter(None, [self.hypotese, self.endring, self.forventning, self.observasjon, self.begrunnelse])
        )


class Eksperimentsok(Sokerad):
    """The experiment's terms. Made by a migration of its own, since the table differs between engines."""

    eksperiment = models.OneToOneField(
        Eksperiment, on_delete=models.CASCADE, primary_key=True, db_column="rowid", related_name="sok"
    )

    class Meta:
        verbose_name = _("søkerad for eksperiment")
        verbose_name_plural = _("søkerader for eksperimenter")

    def __str__(self):
        return f"{self.eksperiment_id}"
