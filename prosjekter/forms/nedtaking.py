"""What KS says when one thing on a project is taken down."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerskap.felles.forms import Langtekst
from prosjekter.kodeverk import Grunn

GRUNNER = (Grunn.PERSONOPPLYSNINGER, Grunn.REKLAME, Grunn.UTENFOR_FORMALET, Grunn.MANGLENDE_GODKJENNING)


class TaNed(forms.Form):
    grunn = forms.ChoiceField(
        label=_("Grunn"),
        choices=[("", _("Velg …")), *((grunn, grunn.label) for grunn in GRUNNER)],
        error_messages={"required": _("Velg en grunn")},
    )
    begrunnelse = Langtekst(
        label=_("Hvorfor?"),
        help_text=_("Går rett til dem som skrev det. Si hva som må endres."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv hvorfor")},
    )
