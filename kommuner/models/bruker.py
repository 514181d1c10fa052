"""People. What is kept is what the work needs: name, work e-mail, and (in Medlemskap) role."""

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class BrukerManager(BaseUserManager):
    def create_user(self, email, navn="", **felt):
        bruker = self.model(email=self.normalize_email(email).lower(), navn=navn, **felt)
        bruker.set_unusable_password()
        bruker.save(using=self._db)
        return bruker

    def create_superuser(self, email, navn="", **felt):
        return self.create_user(email, navn, is_staff=True, is_superuser=True, **felt)


class Bruker(AbstractUser):
    """A person. The e-mail address is the login; there is no password."""

    username = None
    first_name = None
    last_name = None
    email = models.EmailField(_("e-postadresse"), unique=True)
    navn = models.CharField(_("navn"), max_length=100, blank=True)
    er_eksempel = models.BooleanField(_("eksempeldata"), default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = BrukerManager()

    class Meta:
        verbose_name = _("bruker")
        verbose_name_plural = _("brukere")

    def __str__(self):
        return self.navn or self.email

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)

    @cached_property
    def aktive_medlemskap(self):
        """The person's memberships today, with their organisations; one query a request."""
        return list(self.medlemskap.aktive().select_related("organisasjon"))


def visningsnavn(bruker):
    return str(bruker)
