"""Reuse: a project that works in a second place. Registered by the one who reuses, or claimed by the giver."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import IsNull
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommuner.models import Organisasjon
from kommuner.tilgang import arbeider_for, er_moderator
from partnerskap.felles.adresser import adresse
from partnerskap.felles.historikk import Historikk
from prosjekter.kodeverk import EIERROLLER, I_BRUK, INTERESSE, Belegg, Gjenbrukstatus, Gjenbrukstype
from prosjekter.models.nedtaking import KanTasNed
from prosjekter.models.prosjekt import Deltakelse, Prosjekt

ETT_AAR = timedelta(days=365)
MAKS_LEDD = 200  # how far back an idea is followed: longer than any chain, short enough for one page

# What counts most stands first in a list.
REKKEFOLGE = ("verdi_bekreftet", "i_bruk", "innfores", "planlagt", "vurderes", "forkastet")


def prosjektet_er_synlig(bruker):
    return Exists(Prosjekt.objects.synlige_for(bruker).filter(pk=OuterRef("fra")).order_by())


class GjenbrukQuerySet(models.QuerySet):
    def gyldige(self):
        """Not taken down by KS."""
        return self.filter(tatt_ned_tid=None)

    def synlige_for(self, bruker):
        """THE rule: whoever may see the project sees who uses it.

        What KS has taken down is seen by KS and by those who can mend it: the taker's people, and the giver's for
        what the giver said.
        """
        synlig = Q(tatt_ned_tid=None)
        if er_moderator(bruker):
            synlig = Q()
        elif ider := arbeider_for(bruker):
            eier = Deltakelse.objects.aktive().filter(
                prosjekt=OuterRef("fra"), organisasjon__in=ider, rolle__in=EIERROLLER
            )
            synlig |= Q(taker__in=ider) | Q(Exists(eier), taker=None)
        return self.filter(synlig, prosjektet_er_synlig(bruker))

    def tatt_av(self, organisasjon_ider):
        return self.filter(taker__in=organisasjon_ider)

    def ett_aar_i_bruk(self):
        """Used for a year, and nobody has said whether it gave value."""
        grense = timezone.localdate() - ETT_AAR
        return self.filter(status=Gjenbrukstatus.I_BRUK, taker__isnull=False, i_bruk_dato__lte=grense)

    def i_rekkefolge(self):
        """What gave value first, claims after what takers say themselves, then the newest."""
        rang = StrIndex(Value(" ".join(REKKEFOLGE)), "status")  # where the status stands in the row of them
        return self.order_by(IsNull(F("taker"), True), rang, "-opprettet_tid", "-pk")

    def for_rad(self):
        """With what a row on the project's own page shows, and no more."""
        return self.select_related("taker").only(
            "fra", "taker_navn", "type", "status", "tilpasning", "verdi", "hvorfor_ikke", "taker__navn"
        )

    def for_rad_med_prosjekt(self):
        """With what gjenbruk/_rader.html shows, and no more."""
        return self.select_related("taker", "fra__eier").only(
            "taker_navn", "status", "er_eksempel", "taker__navn",
            "fra__tittel", "fra__slug", "fra__malform", "fra__eier__navn",
        )  # fmt: skip

    def for_liste(self):
        """With all that is told of the taker; constant number of queries."""
        return self.select_related("taker__kommune", "taker__fylke")

    def med_synlig_til(self, bruker):
        """With `til_er_synlig`: whether the taker's own project may be shown to this person."""
        synlig = Prosjekt.objects.synlige_for(bruker).filter(pk=OuterRef("til")).order_by()
        return self.annotate(til_er_synlig=Exists(synlig))

    def tall(self):
        """What Prosjekt's counts must be. Claims are not counted: nobody speaks for another."""
        ekte = Q(tatt_ned_tid=None, taker__isnull=False)
        return self.aggregate(
            antall_interesse=Count("pk", filter=ekte & Q(status__in=INTERESSE)),
            antall_i_bruk=Count("pk", filter=ekte & Q(status__in=I_BRUK)),
            antall_bekreftet=Count("pk", filter=ekte & Q(status=Gjenbrukstatus.VERDI_BEKREFTET)),
        )


def opphavet_til(prosjekt_id):
    """Ids of the projects this one builds on, however many steps back."""
    funnet, nye = set(), {prosjekt_id}
    while nye and len(funnet) < MAKS_LEDD:
        nye = set(Gjenbruk.objects.filter(til__in=nye).values_list("fra", flat=True)) - funnet
        funnet |= nye
    return funnet


class Gjenbruk(KanTasNed):
    """`taker` has taken `fra` further, perhaps as a project of its own (`til`).

    One record for each project and taker: it lives as long as the use does. Without a `taker` it is what the giver
    says about somebody outside the portal (`taker_navn`): a claim, shown as one, never counted, never confirmed.
    """

    fra = models.ForeignKey(Prosjekt, on_delete=models.CASCADE, related_name="gjenbruk", verbose_name=_("prosjektet"))
    taker = models.ForeignKey(
        Organisasjon, on_delete=models.PROTECT, null=True, blank=True, related_name="gjenbruk", verbose_name=_("hvem")
    )
    taker_navn = models.CharField(_("hvem utenfor portalen"), max_length=120, blank=True)
    til = models.ForeignKey(
        Prosjekt,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="bygger_pa",
        verbose_name=_("eget prosjekt"),
    )
    type = models.CharField(_("slik"), max_length=10, choices=Gjenbrukstype.choices)
    status = models.CharField(_("hvor langt"), max_length=15, choices=Gjenbrukstatus.choices)
    kjerne = models.TextField(_("det vi beholder"), max_length=1000, blank=True)
    tilpasning = models.TextField(_("det vi endrer"), max_length=1000, blank=True)
    kontaktrolle = models.CharField(_("hvem kan andre spørre"), max_length=120, blank=True)
    kostnad = models.TextField(_("kostnad og tid"), max_length=500, blank=True)
    i_bruk_dato = models.DateField(_("i bruk fra"), null=True, blank=True)
    verdi = models.TextField(_("verdien det ga"), max_length=1000, blank=True)
    belegg = models.CharField(_("hvordan vi vet det"), max_length=12, choices=Belegg.choices, blank=True)
    verdi_dato = models.DateField(_("verdi bekreftet"), null=True, blank=True)
    hvorfor_ikke = models.TextField(_("hvorfor ikke"), max_length=1000, blank=True)

    # The giver answers once: a thank you, with or without words.
    svar = models.TextField(_("svar fra dem som deler"), max_length=500, blank=True)
    svart_tid = models.DateTimeField(null=True, blank=True)
    svart_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    registrert_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="registrert_gjenbruk"
    )
    opprettet_tid = models.DateTimeField(default=timezone.now)
    endret_tid = models.DateTimeField(default=timezone.now)
    paaminnet_tid = models.DateTimeField(null=True, blank=True)  # when we last asked whether it gave value
    versjon = models.PositiveIntegerField(default=1, editable=False)
    nokkel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    er_eksempel = models.BooleanField(_("eksempeldata"), default=False)
    historikk = Historikk(excluded_fields=["paaminnet_tid", "endret_tid"])

    objects = GjenbrukQuerySet.as_manager()

    class Meta:
        verbose_name = _("gjenbruk")
        verbose_name_plural = _("gjenbruk")
        ordering = ["-opprettet_tid", "-pk"]
        constraints = [
            *KanTasNed.Meta.constraints,
            models.UniqueConstraint(
                fields=["fra", "taker"],
                name="gjenbruk_ett_per_taker",
                violation_error_message=_("Organisasjonen har alt sagt fra om at den bruker dette."),
            ),
            models.CheckConstraint(
                name="gjenbruk_taker_eller_navn",
                condition=Q(taker__isnull=False, taker_navn="") | (Q(taker=None) & ~Q(taker_navn="")),
                violation_error_message=_("Velg en organisasjon, eller skriv navnet på en utenfor portalen."),
            ),
            models.CheckConstraint(
                name="gjenbruk_verdi_er_sagt_av_taker",
                condition=~Q(status="verdi_bekreftet") | (Q(taker__isnull=False) & ~Q(verdi="") & ~Q(belegg="")),
                violation_error_message=_("Den som bekrefter verdi, sier hvilken og hvordan de vet det."),
            ),
            models.CheckConstraint(
                name="gjenbruk_forkastet_har_grunn",
                condition=~Q(status="forkastet") | ~Q(hvorfor_ikke=""),
                violation_error_message=_("Skriv hvorfor dere ikke bruker det."),
            ),
        ]
        indexes = [models.Index(fields=["status", "i_bruk_dato"], name="gjenbruk_paaminnelse")]

    def __str__(self):
        return f"{self.hvem} → {self.fra}"

    @property
    def prosjekt(self):
        """The one that is used."""
        return self.fra

    @property
    def ord(self):
        """All that is written in it."""
        tekster = (self.hvem, self.kjerne, self.tilpasning, self.verdi, self.hvorfor_ikke, self.svar)
        return "\n\n".join(tekst for tekst in tekster if tekst)

    def get_absolute_url(self):
        return adresse("prosjekter:gjenbruk", self.fra.slug, self.pk)

    @property
    def er_ekstern(self):
        """Somebody outside the portal: what stands here, the giver says."""
        return self.taker_id is None

    @property
    def hvem(self):
        return self.taker_navn or str(self.taker)

    @property
    def er_i_bruk(self):
        return self.status in I_BRUK

    @property
    def er_bekreftet(self):
        return self.status == Gjenbrukstatus.VERDI_BEKREFTET
