"""The project itself: narrow facts in one table, long texts in another, lists of codes in a third."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from kommuner.models import Organisasjon
from kommuner.tilgang import (
    arbeider_for,
    er_folgeforsker,
    er_i_kommunesektoren,
    er_missionkurator,
    er_moderator,
)
from missions.models import Hovedprosjekt, Mission
from partnerskap.felles.adresser import adresse
from partnerskap.felles.historikk import Historikk
from partnerskap.felles.kodeord import MedKodeord
from partnerskap.felles.norsk import sorteringsnokkel
from prosjekter.kodeverk import (
    FORSOKSROLLER,
    Belegg,
    Fase,
    Grunn,
    Kodeliste,
    Lisens,
    Malform,
    Opphav,
    Partnerrolle,
    Radikalitet,
    Status,
    Stoppgrunn,
    Synlighet,
    Utfall,
    i_orden,
)


class ProsjektQuerySet(models.QuerySet):
    def publiserte(self):
        return self.filter(status=Status.PUBLISERT)

    def apne(self):
        """What anyone may see."""
        return self.publiserte().filter(synlighet=Synlighet.APEN)

    def synlige_for(self, bruker):
        """THE rule for who may see a project. Every surface goes through it.

        Anyone: published and open. The municipal sector: also published and sector-only. Members of an organisation
        that takes part: the project whatever its state, and so those who help with it. KS' moderators: all that has
        been sent in, never drafts.
        Curators: also what is proposed to a mission, once it is published. The following researcher: all that is
        published.
        """
        if not bruker.is_authenticated:
            return self.apne()
        synlig = Q(status=Status.PUBLISERT, synlighet=Synlighet.APEN) | Q(pk__in=bruker.hjelper_til.values("prosjekt"))
        if er_i_kommunesektoren(bruker):
            synlig |= Q(status=Status.PUBLISERT, synlighet=Synlighet.SEKTOR)
        if er_folgeforsker(bruker):
            synlig |= Q(status=Status.PUBLISERT)
        if er_moderator(bruker):
            synlig |= ~Q(status=Status.KLADD)
        if er_missionkurator(bruker):
            foreslatt = self.model.missions.through.objects.values("prosjekt")
            synlig |= Q(status=Status.PUBLISERT, pk__in=foreslatt)
        if ider := arbeider_for(bruker):
            deltar = Deltakelse.objects.aktive().filter(organisasjon__in=ider).values("prosjekt")
            synlig |= Q(pk__in=deltar)
        return self.filter(synlig)

    def redigerbare_for(self, bruker):
        """Those the person may edit: members of an owner or co-owner, not yet archived."""
        eier = Deltakelse.objects.aktive().filter(
            organisasjon__in=arbeider_for(bruker), rolle__in=(Partnerrolle.EIER, Partnerrolle.MEDEIER)
        )
        return self.filter(pk__in=eier.values("prosjekt")).exclude(status=Status.ARKIVERT)

    def loggbare_for(self, bruker):
        """Those whose experiments the person may log: she works for an organisation that does the work there."""
        med = Deltakelse.objects.aktive().filter(organisasjon__in=arbeider_for(bruker), rolle__in=FORSOKSROLLER)
        return self.filter(pk__in=med.values("prosjekt")).exclude(status=Status.ARKIVERT)

    def gjenbrukte(self):
        """Those that are in use in at least one other place."""
        return self.filter(antall_i_bruk__gt=0)

    def mest_gjenbrukte_forst(self):
        """Confirmed value counts before use. Has an index of its own (prosjekt_gjenbrukt)."""
        return self.order_by("-antall_bekreftet", "-antall_i_bruk", "-publisert_tid", "-pk")

    def i_mission(self, mission):
        """Those whose place in the mission its curator has accepted."""
        return self.filter(missiontilknytninger__mission=mission, missiontilknytninger__svar="godtatt")

    def for_rad(self):
        """With what komponenter/prosjekt_rad.html and the table show, and no more: a page has twenty of them.

        Whoever lists them sets `tjenesteomrader` on each.
        """
        return self.select_related("eier").only(
            "tittel", "slug", "ingress", "malform", "utfall", "fase", "status", "synlighet", "endret_tid", "er_eksempel", "antall_i_bruk",
            "antall_eksperimenter",
            "eier__navn",
        )  # fmt: skip

    def for_kort(self):
        """With what a card or row shows; constant number of queries."""
        kort = self.select_related("eier", "eier__kommune", "eier__fylke").prefetch_related("klassifiseringer")
        return kort.defer("sorteringsnokkel", "alene_fordi")


class Prosjekt(MedKodeord, models.Model):
    """Innovation work with an owner, a phase and an outcome. Long texts are in `tekst`.

    `versjon` is the optimistic lock: every save of any part raises it by one (prosjekter.handlinger).
    `nokkel` is made when the form is shown, so that a double click makes one project.
    """

    tittel = models.CharField(_("tittel"), max_length=140)
    slug = models.SlugField(max_length=80, unique=True, editable=False)
    ingress = models.CharField(_("ingress"), max_length=300, blank=True)
    malform = models.CharField(_("målform"), max_length=2, choices=Malform.choices, default=Malform.BOKMAL)
    eier = models.ForeignKey(
        Organisasjon, on_delete=models.PROTECT, related_name="eide_prosjekter", verbose_name=_("eier")
    )
    organisasjoner = models.ManyToManyField(Organisasjon, through="Deltakelse", related_name="prosjekter")
    hovedprosjekt = models.ForeignKey(
        Hovedprosjekt,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="prosjekter",
        verbose_name=_("hovedprosjekt"),
    )
    missions = models.ManyToManyField(Mission, through="Missiontilknytning", related_name="prosjekter")

    fase = models.CharField(_("fase"), max_length=12, choices=Fase.choices, default=Fase.IDE)
    utfall = models.CharField(_("utfall"), max_length=12, choices=Utfall.choices, default=Utfall.PAGAR)
    stoppgrunn = models.CharField(_("hvorfor det stoppet"), max_length=25, choices=Stoppgrunn.choices, blank=True)
    opphav = models.CharField(_("opphav"), max_length=10, choices=Opphav.choices, blank=True)
    radikalitet = models.CharField(_("hvor nytt er det"), max_length=10, choices=Radikalitet.choices, blank=True)
    start_dato = models.DateField(_("startet"), null=True, blank=True)
    slutt_dato = models.DateField(_("ferdig"), null=True, blank=True)
    kontaktrolle = models.CharField(_("kontakt"), max_length=120, blank=True)
    # Semicolons between, see prosjekter.emneord. The column has a default of its own, for the release before it.
    emneord = models.CharField(_("emneord"), max_length=300, blank=True, default="", db_default="")
    alene_fordi = models.CharField(_("alene fordi"), max_length=300, blank=True)
    partnersok = models.CharField(_("vi ser etter"), max_length=300, blank=True, default="", db_default="")
    lisens = models.CharField(_("lisens"), max_length=20, choices=Lisens.choices, default=Lisens.CC_BY_4)
    synlighet = models.CharField(_("hvem kan se det"), max_length=10, choices=Synlighet.choices, default=Synlighet.APEN)

    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.KLADD, db_index=True)
    # What KS or the owner said about the present status.
    statusgrunn = models.CharField(_("grunn"), max_length=25, choices=Grunn.choices, blank=True)
    statusbegrunnelse = models.TextField(_("begrunnelse"), blank=True)
    opprettet_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="opprettede_prosjekter"
    )
    ansvarlig = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="prosjektansvar"
    )  # who gets the notices; handed over when people leave
    opprettet_tid = models.DateTimeField(default=timezone.now)
    endret_tid = models.DateTimeField(default=timezone.now)
    publisert_tid = models.DateTimeField(null=True, blank=True)  # first time
    sist_bekreftet = models.DateField(_("sist bekreftet"), null=True, blank=True)
    paminnet_dato = models.DateField(null=True, blank=True, editable=False)  # last asked whether it still holds
    versjon = models.PositiveIntegerField(default=1, editable=False)
    nokkel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    er_eksempel = models.BooleanField(_("eksempeldata"), default=False)
    # Made from the rest by `utledet`; whoever writes with update() must write these too.
    sorteringsnokkel = models.CharField(max_length=200, editable=False, default="")  # the title, in Norwegian order
    # How far it has travelled, kept by handlinger.gjenbruk so that 50,000 projects can be sorted by it. What takers say
    # themselves and KS has not taken down; never the giver's claims. Everyone who sees the project may see them.
    antall_interesse = models.PositiveIntegerField(_("vurderer eller innfører"), default=0, editable=False)
    antall_i_bruk = models.PositiveIntegerField(_("har det i bruk"), default=0, editable=False)
    antall_bekreftet = models.PositiveIntegerField(_("har bekreftet verdi"), default=0, editable=False)
    # Experiments others can see, kept by handlinger.eksperiment: a project without any costs no query.
    antall_eksperimenter = models.PositiveIntegerField(_("eksperimenter"), default=0, editable=False, db_default=0)
    # Declared relations to and from it, kept by handlinger.samspill: a project without any costs its page nothing.
    antall_samspill = models.PositiveIntegerField(editable=False, default=0, db_default=0)
    # When its people said how it relates to what resembles it; asked for once, before it is sent in.
    samspill_tid = models.DateTimeField(null=True, blank=True, editable=False)
    # Cards KS has not taken down, whoever may see them: says whether to ask for any, and is never shown.
    antall_laering = models.PositiveIntegerField(_("læringskort"), default=0, db_default=0, editable=False)
    # Barriers that stand, kept by handlinger.barriere: a project without any asks for none.
    antall_barrierer = models.PositiveIntegerField(_("barrierer"), default=0, db_default=0, editable=False)
    # Pictures, attachments and links that others see, kept by handlinger.fil: a project without them asks for none.
    antall_bilder = models.PositiveSmallIntegerField(_("bilder"), default=0, db_default=0, editable=False)
    antall_vedlegg = models.PositiveSmallIntegerField(_("vedlegg"), default=0, db_default=0, editable=False)
    antall_lenker = models.PositiveSmallIntegerField(_("lenker"), default=0, db_default=0, editable=False)
    # Persons who help with this project alone, kept by handlinger.hjelp: one without any asks for none.
    antall_hjelpere = models.PositiveSmallIntegerField(editable=False, default=0, db_default=0)
    # Something is in partnersok.
    soker_partnere = models.BooleanField(_("søker partnere"), editable=False, default=False, db_default=False)
    # The strongest evidence among the project's gains, kept by the deed that writes them; a column for lists.
    belegg = models.CharField(
        _("belegg"), max_length=15, choices=Belegg.choices, editable=False, default="", db_default=""
    )
    # What it has made possible to stop, kept by the deed that writes the rows. None when nobody knows.
    antall_avviklinger = models.PositiveSmallIntegerField(editable=False, default=0, db_default=0)
    frigjort_tid = models.PositiveBigIntegerField(_("timer frigjort i året"), editable=False, null=True)
    frigjort_belop = models.PositiveBigIntegerField(_("kroner frigjort i året"), editable=False, null=True)
    historikk = Historikk(
        excluded_fields=[
            "antall_avviklinger",
            "frigjort_tid",
            "frigjort_belop",
            "sorteringsnokkel",
            "paminnet_dato",
            "antall_interesse",
            "antall_i_bruk",
            "antall_bekreftet",
            "antall_eksperimenter",
            "antall_laering",
            "antall_barrierer",
            "antall_bilder",
            "antall_vedlegg",
            "antall_lenker",
            "antall_hjelpere",
            "soker_partnere",
            "belegg",
            "antall_samspill",
            "samspill_tid",
        ]
    )

    objects = ProsjektQuerySet.as_manager()
    utdrag = ""  # set by a search: the text where the hit is (sokeindeks.sett_utdrag)

    class Meta:
        verbose_name = _("prosjekt")
        verbose_name_plural = _("prosjekter")
        ordering = ["-publisert_tid", "-pk"]
        indexes = [
            models.Index(fields=["status", "synlighet", "-publisert_tid", "-id"], name="prosjekt_liste"),
            # Without synlighet: those who are signed in see more than one kind, and the rows must come in order.
            models.Index(fields=["status", "-publisert_tid", "-id"], name="prosjekt_nyeste"),
            models.Index(fields=["status", "-endret_tid", "-id"], name="prosjekt_oppdatert"),
            models.Index(fields=["status", "sorteringsnokkel", "id"], name="prosjekt_tittel"),
            models.Index(fields=["status", "start_dato", "publisert_tid"], name="prosjekt_start"),
            models.Index(fields=["status", "synlighet", "fase"], name="prosjekt_fase"),
            models.Index(fields=["status", "synlighet", "utfall"], name="prosjekt_utfall"),
            models.Index(
                fields=["status", "-antall_bekreftet", "-antall_i_bruk", "-publisert_tid", "-id"],
                name="prosjekt_gjenbrukt",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="prosjekt_slutt_etter_start",
                condition=Q(start_dato=None) | Q(slutt_dato=None) | Q(slutt_dato__gte=F("start_dato")),
                violation_error_message=_("Datoen må komme etter startdatoen."),
            ),
            models.CheckConstraint(
                name="prosjekt_publisert_har_tid",
                condition=~Q(status=Status.PUBLISERT) | Q(publisert_tid__isnull=False),
                violation_error_message=_("Et publisert prosjekt må ha publiseringstid."),
            ),
        ]

    def __str__(self):
        return self.tittel

    def save(self, **kwargs):
        for felt, verdi in self.utledet().items():
            setattr(self, felt, verdi)
        super().save(**kwargs)

    def utledet(self):
        """The columns that follow from others, for lists: {name: value}."""
        return {
            "sorteringsnokkel": sorteringsnokkel(self.tittel),
            "soker_partnere": bool(self.partnersok),
        }

    def get_absolute_url(self):
        return adresse("prosjekter:prosjekt", self.slug)

    def koder(self, liste):
        """Labels from one of the code lists, in the list's own order. Uses what is prefetched."""
        return i_orden(liste, {k.verdi for k in self.klassifiseringer.all() if k.liste == liste})

    @property
    def er_apent(self):
        """Anyone may read it."""
        return self.status == Status.PUBLISERT and self.synlighet == Synlighet.APEN

    @property
    def ringer(self):
        """Rings on the mark: how many other places use it. One, two for two to four, three for five or more."""
        return min(self.antall_i_bruk, 1) + (self.antall_i_bruk > 1) + (self.antall_i_bruk > 4)

    @cached_property
    def tjenesteomrader(self):
        return self.koder(Kodeliste.TJENESTEOMRADE)


class Prosjekttekst(models.Model):
    """The long texts, all Markdown. A table of its own, so that lists and counts never drag them along."""

    prosjekt = models.OneToOneField(Prosjekt, on_delete=models.CASCADE, primary_key=True, related_name="tekst")
    utfordring = models.TextField(_("utfordringen"), max_length=8000)
    losning = models.TextField(_("det vi prøver"), max_length=8000, blank=True)
    resultat = models.TextField(_("det som skjedde"), max_length=8000, blank=True)
    laering = models.TextField(_("det vi lærte"), max_length=8000, blank=True)
    forutsetninger = models.TextField(_("det som må til hos andre"), max_length=8000, blank=True)
    okonomi = models.TextField(_("kostnad og tid"), max_length=4000, blank=True)
    avvikling = models.TextField(_("det vi slutter med"), max_length=4000, blank=True)
    # The package for those who want to do the same: what must travel, what need not, and what it takes.
    kjerne = models.TextField(_("det som må følge med uendret"), max_length=2000, blank=True)
    lokalt = models.TextField(_("det som bør være lokalt"), max_length=2000, blank=True)
    vilkar_folk = models.TextField(_("folk og kompetanse"), max_length=1000, blank=True)
    vilkar_penger = models.TextField(_("penger"), max_length=1000, blank=True)
    vilkar_teknologi = models.TextField(_("teknologi"), max_length=1000, blank=True)
    vilkar_jus = models.TextField(_("lov og personvern"), max_length=1000, blank=True)
    vilkar_organisasjon = models.TextField(_("organisasjon og ledelse"), max_length=1000, blank=True)
    lenker = models.TextField(_("dokumenter og lenker"), max_length=2000, blank=True)
    historikk = Historikk()

    class Meta:
        verbose_name = _("prosjekttekst")
        verbose_name_plural = _("prosjekttekster")

    def __str__(self):
        return f"{self.prosjekt_id}"


class Klassifisering(models.Model):
    """One code from one list on one project: service area, target group, method, type or funding."""

    prosjekt = models.ForeignKey(Prosjekt, on_delete=models.CASCADE, related_name="klassifiseringer")
    liste = models.CharField(max_length=15, choices=Kodeliste.choices)
    verdi = models.CharField(max_length=40)
    historikk = Historikk()

    class Meta:
        verbose_name = _("klassifisering")
        verbose_name_plural = _("klassifiseringer")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["prosjekt", "liste", "verdi"], name="klassifisering_unik"),
        ]
        indexes = [models.Index(fields=["liste", "verdi", "prosjekt"], name="klassifisering_verdi")]

    def __str__(self):
        return f"{self.liste}: {self.verdi}"


class DeltakelseQuerySet(models.QuerySet):
    def aktive(self, dato=None):
        dato = dato or timezone.localdate()
        return self.filter(Q(til_dato=None) | Q(til_dato__gt=dato))


class Deltakelse(MedKodeord, models.Model):
    """An organisation in a project, with role and period. The owner has a row too (rolle=eier).

    Sector and level are copied from the organisation when it joins: they describe the work as it was.
    """

    prosjekt = models.ForeignKey(Prosjekt, on_delete=models.CASCADE, related_name="deltakelser")
    organisasjon = models.ForeignKey(Organisasjon, on_delete=models.PROTECT, related_name="deltakelser")
    rolle = models.CharField(_("rolle"), max_length=25, choices=Partnerrolle.choices)
    sektor = models.CharField(max_length=40)
    niva = models.CharField(max_length=20)
    fra_dato = models.DateField(_("fra"), null=True, blank=True)
    til_dato = models.DateField(_("til"), null=True, blank=True)
    # Why KS added it without asking, or ended it again; empty when it said yes itself.
    begrunnelse = models.CharField(_("begrunnelse"), max_length=300, blank=True, default="", db_default="")
    historikk = Historikk()

    objects = DeltakelseQuerySet.as_manager()

    class Meta:
        verbose_name = _("deltakelse")
        verbose_name_plural = _("deltakelser")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["prosjekt", "organisasjon", "rolle"],
                condition=Q(til_dato=None),
                name="deltakelse_unik",
                violation_error_message=_("Organisasjonen har allerede denne rollen i prosjektet."),
            ),
            models.UniqueConstraint(
                fields=["prosjekt"],
                condition=Q(rolle=Partnerrolle.EIER, til_dato=None),
                name="deltakelse_en_eier",
                violation_error_message=_("Et prosjekt har én eier."),
            ),
        ]
        indexes = [models.Index(fields=["organisasjon", "prosjekt"], name="deltakelse_organisasjon")]

    def __str__(self):
        return f"{self.organisasjon}: {self.get_rolle_display()}"

    def save(self, **kwargs):
        self.sektor = self.sektor or self.organisasjon.sektor
        self.niva = self.niva or self.organisasjon.niva
        super().save(**kwargs)


class GammelSlug(models.Model):
    """An address a project has had. Old links lead on."""

    slug = models.SlugField(max_length=80, unique=True)
    prosjekt = models.ForeignKey(Prosjekt, on_delete=models.CASCADE, related_name="gamle_slugger")

    class Meta:
        verbose_name = _("gammel adresse")
        verbose_name_plural = _("gamle adresser")

    def __str__(self):
        return self.slug
