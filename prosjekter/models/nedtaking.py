"""What KS can take away from others, with a reason, without the project it hangs on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partnerskap.felles.kodeord import MedKodeord
from prosjekter.kodeverk import Grunn


class KanTasNed(MedKodeord, models.Model):
    """Taken down, it is seen by KS and by those who can mend it, and counted nowhere. See handlinger.nedtaking."""

    tatt_ned_tid = models.DateTimeField(null=True, blank=True)
    tatt_ned_grunn = models.CharField(_("grunn"), max_length=25, choices=Grunn.choices, blank=True)
    tatt_ned_begrunnelse = models.TextField(_("begrunnelse"), max_length=2000, blank=True)

    class Meta:
        abstract = True
        constraints = [  # a class with more of its own begins with these
            models.CheckConstraint(
                name="%(class)s_tatt_ned_har_grunn",
                condition=Q(tatt_ned_tid=None, tatt_ned_grunn="")
                | (Q(tatt_ned_tid__isnull=False) & ~Q(tatt_ned_grunn="")),
                violation_error_message=_("Den som tar ned, sier hvorfor."),
            )
        ]

    @property
    def tatt_ned_i_ord(self):
        """Why others do not see it. Empty when they do."""
        if self.tatt_ned_tid is None:
            return ""
        return _now("KS har tatt ned dette, og andre ser det ikke. %(grunn)s. %(begrunnelse)s") % {
            "grunn": self.get_tatt_ned_grunn_display(),
            "begrunnelse": self.tatt_ned_begrunnelse,
        }
