"""A person with a role in an organisation, from and to; how one asks for it, and how one is invited to it."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommuner.kodeverk import KS_ROLLER, Rolle
from kommuner.models.organisasjon import Organisasjon
from partnerskap.felles.ferdig_sql import ferdig_sql


def i_dag():
    return timezone.localdate()


class MedlemskapQuerySet(models.QuerySet):
    def aktive(self, dato=None):
        dato = dato or i_dag()
        return self.filter(Q(til_dato=None) | Q(til_dato__gt=dato), fra_dato__lte=dato)

    def tidligere(self, dato=None):
        """Those that have ended, latest first."""
        return self.filter(til_dato__lte=dato or i_dag()).order_by("-til_dato", "-pk")

    def ansvarlige(self, organisasjon):
        return self.aktive().filter(organisasjon=organisasjon, rolle=Rolle.ANSVARLIG, bruker__is_active=True)


class Medlemskap(models.Model):
    """`til_dato` is the first day without the role. People leave; the row stays as history."""

    bruker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="medlemskap")
    organisasjon = models.ForeignKey(Organisasjon, on_delete=models.CASCADE, related_name="medlemskap")
    rolle = models.CharField(_("rolle"), max_length=20, choices=Rolle.choices, default=Rolle.BIDRAGSYTER)
    fra_dato = models.DateField(_("fra"), default=i_dag)
    til_dato = models.DateField(_("til"), null=True, blank=True)
    godkjent_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )  # empty when the address' domain did it

    objects = MedlemskapQuerySet.as_manager()

    class Meta:
        verbose_name = _("medlemskap")
        verbose_name_plural = _("medlemskap")
        ordering = ["organisasjon__sorteringsnokkel", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bruker", "organisasjon", "rolle"],
                condition=Q(til_dato=None),
                name="medlemskap_ett_aktivt_per_rolle",
                violation_error_message=_("Personen har allerede denne rollen."),
            ),
            models.CheckConstraint(
                name="medlemskap_til_etter_fra",
                condition=Q(til_dato=None) | Q(til_dato__gte=F("fra_dato")),
                violation_error_message=_("Sluttdatoen må komme etter startdatoen."),
            ),
        ]

    def __str__(self):
        return f"{self.bruker}, {self.get_rolle_display().lower()} i {self.organisasjon}"

    def clean(self):
        """For the admin, which goes past handlinger: what KS' roles mean elsewhere is nothing, so do not write it."""
        if self.rolle in KS_ROLLER and self.organisasjon_id and not self.organisasjon.er_sekretariat:
            raise ValidationError({"rolle": _("Denne rollen finnes bare i KS.")})

    @property
    def er_siste_med_rollen(self):
        """The last lead of an organisation, or KS' last administrator: their leaving has to be meant."""
        if self.rolle not in (Rolle.ANSVARLIG, Rolle.ADMINISTRATOR):
            return False
        andre = Medlemskap.objects.aktive().filter(
            organisasjon=self.organisasjon_id, rolle=self.rolle, bruker__is_active=True
        )
        return not andre.exclude(pk=self.pk).exists()


@ferdig_sql
def medlemskap_den_dagen(person, dato):
    """What a person may do follows from these, so they are asked for in every request of who is signed in."""
    return Medlemskap.objects.aktive(dato).filter(bruker=person).select_related("organisasjon")


class MedlemskapssoknadQuerySet(models.QuerySet):
    def apne(self):
        """Waiting for an answer, oldest first."""
        return self.filter(svar="", bruker__is_active=True).order_by("opprettet_tid", "pk")


class Medlemskapssoknad(models.Model):
    """Someone asks to join; the organisation's lead or KS decides."""

    class Svar(models.TextChoices):
        GODKJENT = "godkjent", _("Godkjent")
        AVSLATT = "avslatt", _("Avslått")
        TRUKKET = "trukket", _("Trukket")

    bruker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="soknader")
    organisasjon = models.ForeignKey(Organisasjon, on_delete=models.CASCADE, related_name="soknader")
    begrunnelse = models.CharField(_("hvorfor"), max_length=500, blank=True)
    opprettet_tid = models.DateTimeField(default=timezone.now)
    svar = models.CharField(max_length=10, choices=Svar.choices, blank=True)
    svarmelding = models.CharField(_("melding til den som spør"), max_length=500, blank=True)
    avgjort_tid = models.DateTimeField(null=True, blank=True)
    avgjort_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = MedlemskapssoknadQuerySet.as_manager()

    class Meta:
        verbose_name = _("søknad om medlemskap")
        verbose_name_plural = _("søknader om medlemskap")
        ordering = ["opprettet_tid", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bruker", "organisasjon"],
                condition=Q(svar=""),
                name="soknad_en_aapen",
                violation_error_message=_("Du har allerede bedt om å bli med her."),
            )
        ]

    def __str__(self):
        return f"{self.bruker} → {self.organisasjon}"


class InvitasjonQuerySet(models.QuerySet):
    def ubesvarte(self):
        """Neither used nor withdrawn; may have expired."""
        return self.filter(brukt_tid=None, trukket_tid=None)

    def gyldige(self):
        return self.ubesvarte().filter(utloper_tid__gt=timezone.now(), organisasjon__opphort_dato=None)


class Invitasjon(models.Model):
    """An invitation by e-mail to a role. Only the hash of its secret is kept; it works once and for a while."""

    organisasjon = models.ForeignKey(Organisasjon, on_delete=models.CASCADE, related_name="invitasjoner")
    email = models.EmailField(_("e-postadresse"))
    rolle = models.CharField(_("rolle"), max_length=20, choices=Rolle.choices, default=Rolle.BIDRAGSYTER)
    hemmelighet_hash = models.CharField(max_length=64, unique=True, editable=False)
    invitert_av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    opprettet_tid = models.DateTimeField(default=timezone.now)
    sendt_tid = models.DateTimeField(default=timezone.now)  # last time: it can be sent again
    utloper_tid = models.DateTimeField()
    brukt_tid = models.DateTimeField(null=True, blank=True)
    trukket_tid = models.DateTimeField(null=True, blank=True)

    objects = InvitasjonQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitasjon")
        verbose_name_plural = _("invitasjoner")
        ordering = ["-opprettet_tid", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisasjon", "email"],
                condition=Q(brukt_tid=None, trukket_tid=None),
                name="invitasjon_en_ubesvart",
                violation_error_message=_("Denne adressen er allerede invitert."),
            )
        ]

    def __str__(self):
        return f"{self.email} → {self.organisasjon}"

    @property
    def er_utlopt(self):
        return self.utloper_tid <= timezone.now()
