"""Example organisations that are asked to take part, and a colleague who asks to look after a project. Nobody gets mail."""

from datetime import timedelta

from django.utils import timezone

from kommuner.models import Bruker, Organisasjon
from prosjekter.models import Overtakelse, Prosjekt, Prosjektinvitasjon

GYLDIG = timedelta(days=60)
# project, who is asked, role, what was written with it, days since
INVITASJONER = (
    ("lekser-pa-bussen", "nabohjelpa", "gjennomforer", "Dere kjenner rutene og ungdommene. Kan dere være med?", 3),
    ("sma-fat-store-porsjoner", "fjordvik", "testarena", "Vil dere prøve små fat på ett av sykehjemmene?", 6),
)
OVERTAKELSER = (("lekser-pa-bussen", "ansvarlig", "Jeg har leksehjelpen fra nyttår.", 2),)


def lag():
    """Make those that are missing. Returns how many."""
    return sum(_inviter(*rad) for rad in INVITASJONER) + sum(_be_om(*rad) for rad in OVERTAKELSER)


def _inviter(slug, hvem, rolle, hilsen, dager):
    prosjekt = Prosjekt.objects.filter(er_eksempel=True, slug=slug).first()
    organisasjon = Organisasjon.objects.filter(er_eksempel=True, slug=hvem).first()
    if prosjekt is None or organisasjon is None or prosjekt.invitasjoner.filter(organisasjon=organisasjon).exists():
        return 0
    tid = timezone.now() - timedelta(days=dager)
    Prosjektinvitasjon.objects.create(
        prosjekt=prosjekt, organisasjon=organisasjon, rolle=rolle, hilsen=hilsen, av=prosjekt.ansvarlig, tid=tid,
        utloper_tid=tid + GYLDIG,
    )  # fmt: skip
    return 1


def _be_om(slug, slag, begrunnelse, dager):
    """A colleague of the one who looks after it."""
    prosjekt = Prosjekt.objects.filter(er_eksempel=True, slug=slug).select_related("eier").first()
    if prosjekt is None or prosjekt.overtakelser.exists():
        return 0
    kolleger = Bruker.objects.filter(
        er_eksempel=True, medlemskap__organisasjon=prosjekt.eier, medlemskap__rolle="bidragsyter"
    )
    kollega = kolleger.exclude(pk=prosjekt.ansvarlig_id).order_by("pk").first()
    if kollega is None:
        return 0
    Overtakelse.objects.create(
        prosjekt=prosjekt, slag=slag, organisasjon=prosjekt.eier, bedt_av=kollega, begrunnelse=begrunnelse,
        tid=timezone.now() - timedelta(days=dager),
    )  # fmt: skip
    return 1
