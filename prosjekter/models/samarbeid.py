"""Who is asked to take part in a project, and who asks to take it over. Each is a question with one answer."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommuner.kodeverk import Rolle
from kommuner.models import Medlemskap, Organisasjon
from kommuner.tilgang import arbeider_for, er_moderator, organisasjon_ider
from missions.models import Utfordring
from prosjekter.kodeverk import Partnerrolle
from prosjekter.models.prosjekt import Prosjekt


class Svar(models.TextChoices):
    """What became of a question. None of them: it waits."""

    JA = "ja", _("Ja")
    NEI = "nei", _("Nei")
    TRUKKET = "trukket", _("Trukket tilbake")


def svar_og_tid(navn):
    return models.CheckConstraint(
        name=navn,
        condition=Q(svar="", svart_tid=None) | (~Q(svar="") & Q(svart_tid__isnull=False)),
        violation_error_message=_("Svar og tidspunkt må settes sammen."),
    )


def _i_egne(bruker):
    return Q(prosjekt__in=Prosjekt.objects.redigerbare_for(bruker).order_by().values("pk"))


class ProsjektinvitasjonQuerySet(models.QuerySet):
    def apne(self):
        """Not answered; may be too late."""
        return self.filter(svar="")

    def gyldige(self):
        return self.apne().filter(Q(utloper_tid=None) | Q(utloper_tid__gt=timezone.now()))

    def til(self, bruker):
        """To the organisations the person works for, or that were merged into one; to KS where nobody else can answer."""
        mine = Q(organisasjon__in=arbeider_for(bruker))
        if er_moderator(bruker):
            folk = Medlemskap.objects.aktive().exclude(rolle=Rolle.FOLGEFORSKER).filter(bruker__is_active=True)
            hos = folk.filter(
                Q(organisasjon=OuterRef("organisasjon")) | Q(organisasjon__forgjengere=OuterRef("organisasjon"))
            )
            mine |= ~Exists(hos)
        return self.filter(mine)

    def synlige_for(self, bruker):
        """Those who may answer it, and those who see on the project's page what became of it."""
        return self.all() if er_moderator(bruker) else self.til(bruker) | self.filter(_i_egne(bruker))


class Prosjektinvitasjon(models.Model):
    """An organisation is asked to take part, by the project's people or because it has the same need. It answers itself."""

    Svar = Svar

    prosjekt = models.ForeignKey(Prosjekt, on_delete=models.CASCADE, related_name="invitasjoner")
    organisasjon = models.ForeignKey(Organisasjon, on_delete=models.CASCADE, related_name="prosjektinvitasjoner")
    utfordring = models.ForeignKey(Utfordring, on_delete=models.SET_NULL, null=True, related_name="+")
    rolle = models.CharField(
        _("rolle"), max_length=25, choices=Partnerrolle.choices, default=Partnerrolle.MEDEIER, db_default="medeier"
    )
    fra_dato = models.DateField(_("fra"), null=True, blank=True)
    hilsen = models.CharField(_("hilsen"), max_length=500, blank=True, default="", db_default="")
    tid = models.DateTimeField(default=timezone.now)
    utloper_tid = models.DateTimeField(null=True, blank=True)  # None: no end
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    svar = models.CharField(max_length=8, choices=Svar.choices, blank=True)
    kommentar = models.CharField(_("kommentar"), max_length=500, blank=True, default="", db_default="")
    svart_tid = models.DateTimeField(null=True, blank=True)
    svart_av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = ProsjektinvitasjonQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitasjon til prosjekt")
        verbose_name_plural = _("invitasjoner til prosjekter")
        ordering = ["tid", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["prosjekt", "organisasjon"],
                condition=Q(svar=""),
                name="prosjektinvitasjon_en_apen",
                violation_error_message=_("De er invitert allerede."),
            ),
            svar_og_tid("prosjektinvitasjon_svar_og_tid_foelges"),
        ]

    def __str__(self):
        return f"{self.organisasjon}: {self.prosjekt}"

    @property
    def er_utlopt(self):
        return self.svar == "" and self.utloper_tid is not None and self.utloper_tid <= timezone.now()


class OvertakelseQuerySet(models.QuerySet):
    def apne(self):
        return self.filter(svar="")

    def som_venter_paa(self, bruker):
        """Those the person may decide; the rule for one is tilgang.kan_avgjore_overtakelse."""
        ledet = organisasjon_ider(bruker, Rolle.ANSVARLIG)
        mine = Q(prosjekt__ansvarlig=bruker, prosjekt__eier__in=arbeider_for(bruker))
        mine |= Q(prosjekt__eier__in=ledet) | Q(prosjekt__eier__etterfolger__in=ledet)
        if er_moderator(bruker):
            ansatt = Medlemskap.objects.aktive().filter(
                Q(organisasjon=OuterRef("prosjekt__eier")) | Q(organisasjon__forgjengere=OuterRef("prosjekt__eier")),
                bruker=OuterRef("prosjekt__ansvarlig"), bruker__is_active=True,
            )  # fmt: skip
            mine |= ~Exists(ansatt)
        return self.apne().filter(mine)

    def synlige_for(self, bruker):
        """Whoever asked, those who may decide, and those who see on the project's page what became of it."""
        if er_moderator(bruker):
            return self.all()
        hennes = Q(bedt_av=bruker.pk) if bruker.is_authenticated else Q(pk__in=[])
        return self.filter(hennes | _i_egne(bruker))


class Overtakelse(models.Model):
    """Somebody asks to look after a project, or that their organisation becomes its owner."""

    class Slag(models.TextChoices):
        ANSVARLIG = "ansvarlig", _("Passe på prosjektet")
        EIER = "eier", _("Eie prosjektet")

    Svar = Svar

    prosjekt = models.ForeignKey(Prosjekt, on_delete=models.CASCADE, related_name="overtakelser")
    slag = models.CharField(max_length=10, choices=Slag.choices)
    organisasjon = models.ForeignKey(Organisasjon, on_delete=models.CASCADE, related_name="overtakelser")
    bedt_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="overtakelser"
    )
    begrunnelse = models.CharField(_("hvorfor"), max_length=500, blank=True)
    tid = models.DateTimeField(default=timezone.now)
    svar = models.CharField(max_length=8, choices=Svar.choices, blank=True)
    kommentar = models.CharField(_("kommentar"), max_length=500, blank=True)
    svart_tid = models.DateTimeField(null=True, blank=True)
    svart_av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = OvertakelseQuerySet.as_manager()

    class Meta:
        verbose_name = _("overtakelse")
        verbose_name_plural = _("overtakelser")
        ordering = ["tid", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["prosjekt", "slag", "bedt_av"],
                condition=Q(svar=""),
                name="overtakelse_en_apen",
                violation_error_message=_("Du har spurt allerede."),
            ),
            svar_og_tid("overtakelse_svar_og_tid_foelges"),
        ]

    def __str__(self):
        return f"{self.organisasjon}: {self.prosjekt}"
