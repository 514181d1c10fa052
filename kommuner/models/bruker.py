"""People. What is kept is what the work needs: name, work e-mail, and (in Medlemskap) role."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommuner.kodeverk import Rolle
from kommuner.models.medlemskap import i_dag, medlemskap_den_dagen
from kommuner.models.organisasjon import Organisasjon
from partnerskap.felles.norsk import sorteringsnokkel


class BrukerManager(BaseUserManager):
    def create_user(self, email, navn="", **felt):
        bruker = self.model(email=self.normalize_email(email).lower(), navn=navn, **felt)
        bruker.set_unusable_password()
        bruker.save(using=self._db)
        return bruker

    def create_superuser(self, email, password=None, **felt):  # `createsuperuser` asks for a password; it is not kept
        return self.create_user(email, is_superuser=True, **felt)


class BrukerQuerySet(models.QuerySet):
    def virksomme(self):
        """Those who can sign in: not blocked, not erased."""
        return self.filter(is_active=True)


class Bruker(AbstractBaseUser):
    """A person. The e-mail address is the login; there is no password, so the one Django wants is never usable.

    `slettet_tid` marks a person who asked to be forgotten: the row stays so that history keeps its deeds, without
    name and address (kommuner.handlinger.slett_bruker).
    """

    email = models.EmailField(_("e-postadresse"), unique=True)
    navn = models.CharField(_("navn"), max_length=100, blank=True)
    sorteringsnokkel = models.CharField(max_length=200, editable=False, default="")
    is_active = models.BooleanField(_("kan logge inn"), default=True)
    is_superuser = models.BooleanField(_("nødadministrator"), default=False)
    opprettet_tid = models.DateTimeField(_("opprettet"), default=timezone.now, editable=False)
    slettet_tid = models.DateTimeField(_("slettet"), null=True, blank=True, editable=False)
    er_eksempel = models.BooleanField(_("eksempeldata"), default=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = BrukerManager.from_queryset(BrukerQuerySet)()

    class Meta:
        verbose_name = _("bruker")
        verbose_name_plural = _("brukere")
        ordering = ["sorteringsnokkel", "pk"]

    def __str__(self):
        if self.slettet_tid:
            return gettext("Tidligere bruker")
        return self.navn or self.email

    def save(self, **kwargs):
        self.sorteringsnokkel = sorteringsnokkel(self.navn or self.email)
        if "navn" in (kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = {*kwargs["update_fields"], "sorteringsnokkel"}
        super().save(**kwargs)

    def clean(self):
        self.email = self.email.lower()

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)

    @property
    def fornavn(self):
        """What to call the person in a greeting; empty until they have told their name."""
        return self.navn.split(" ")[0]

    @cached_property
    def aktive_medlemskap(self):
        """The person's memberships today, with their organisations; one query a request."""
        rader = medlemskap_den_dagen.straks(self.pk, i_dag())
        for medlemskap in rader:
            medlemskap.bruker = self
        return rader

    @cached_property
    def arbeidsgivere(self):
        """Ids of the organisations the person works for, and of those they have taken over from.

        After a merger the old owner stands on its projects, and its successor's people look after them. One query a
        request, and one more for each step back. The following researcher works for none: she only reads.
        """
        nye = {m.organisasjon_id for m in self.aktive_medlemskap if m.rolle != Rolle.FOLGEFORSKER}
        alle = set(nye)
        while nye:
            nye = set(Organisasjon.objects.filter(etterfolger__in=nye).values_list("pk", flat=True)) - alle
            alle |= nye
        return alle

    # What Django's admin asks. KS' administrators may use it; there are no other permissions than tilgang.py's.
    @property
    def is_staff(self):
        return self.is_superuser or any(
            m.rolle == Rolle.ADMINISTRATOR and m.organisasjon.er_sekretariat for m in self.aktive_medlemskap
        )

    def has_perm(self, perm, obj=None):
        return self.is_active and self.is_staff

    def has_perms(self, perm_list, obj=None):
        return self.has_perm(None)

    def has_module_perms(self, app_label):
        return self.has_perm(None)


def visningsnavn(bruker):
    return str(bruker)
