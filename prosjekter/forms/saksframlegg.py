"""Which municipality a case paper is for, and in which written form. All in the address."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kommuner.kodeverk import Sektor
from kommuner.likhet import egne_kommuner
from kommuner.models import Kommune, Organisasjon
from kommuner.navnesok import finn_steder
from kommuner.tilgang import arbeider_for
from prosjekter.saksframlegg.grunnlag import Mottaker

MAKS_VALG = 12


class Saksframleggsvalg(forms.Form):
    """Nothing chosen is the reader's own municipality. A name two have, or the beginning of several, asks which."""

    merk_valgfritt = False
    kommune = forms.CharField(
        label=_("Hvilken kommune?"),
        help_text=_("Navn eller nummer, også et gammelt."),
        max_length=80,
        required=False,
    )
    malform = forms.ChoiceField(
        label=_("Målform"),
        choices=[("", _("Den kommunen bruker")), ("nb", _("Bokmål")), ("nn", _("Nynorsk"))],
        required=False,
    )

    def __init__(self, data, bruker):
        self.bruker = bruker
        renset = {navn: " ".join(data.get(navn, "").split())[:80] for navn in ("kommune", "malform")}
        self.tekst, malform = renset["kommune"], renset["malform"]
        self.valgt_malform = malform if malform in ("nb", "nn") else ""
        self.ukjente = []
        if malform != self.valgt_malform:
            self.ukjente.append(_now("Vi kjenner ikke målformen «%s».") % malform)
        super().__init__(
            initial={"kommune": self.mottaker.sok if self.mottaker else self.tekst, "malform": self.valgt_malform}
        )

    @cached_property
    def egne(self):
        """The reader's own municipalities; also those the register does not know."""
        if not self.bruker.is_authenticated:
            return []
        uten_sted = Organisasjon.objects.aktive().filter(
            pk__in=arbeider_for(self.bruker), sektor=Sektor.KOMMUNE, kommune=None
        )
        kommuner = [Mottaker.av(kommune) for kommune in egne_kommuner(self.bruker)]
        return kommuner + [Mottaker(organisasjon.navn) for organisasjon in uten_sted]

    @cached_property
    def _funnet(self):
        """(the one, those it may be)."""
        if not self.tekst:
            return next(iter(self.egne), None), []
        if egen := next((m for m in self.egne if self.tekst.casefold() in (m.navn.casefold(), m.sok.casefold())), None):
            return egen, []
        treff = [t for t in finn_steder(self.tekst) if isinstance(t.sted, Kommune)]
        rett_paa = [t for t in treff if not t.rang[0]] or treff
        if len(rett_paa) == 1:
            # Search brings names only; the paper has facts too.
            return Mottaker.av(Kommune.objects.select_related("fylke").get(pk=rett_paa[0].sted.pk)), []
        return None, [Mottaker.av(t.sted) for t in rett_paa[:MAKS_VALG]]

    @property
    def mottaker(self):
        return self._funnet[0]

    @property
    def mulige(self):
        return self._funnet[1]

    @property
    def papirets_malform(self):
        return self.valgt_malform or (self.mottaker.malform if self.mottaker else "nb")
