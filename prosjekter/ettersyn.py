"""«Fortsatt riktig?»: half a year after anyone last said so, the one who looks after a project is asked by mail.

The link in the mail carries who was asked and about what, signed, so that one click on the page is enough, also when
the sign-in has run out. It opens nothing else.
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommuner.models import Bruker
from prosjekter import tilgang
from prosjekter.kodeverk import Fase, Status, Utfall
from prosjekter.models import Prosjekt
from prosjekter.varsler import prosjekt as varsler
from utboks.varsling import Slag, varsle

HALVT_AAR = timedelta(days=183)
LENKE_VARER = timedelta(days=60)
SALT = "fortsatt-riktig"
BUNT = 200


def gamle(i_dag):
    """Published, still going on, and neither confirmed nor asked about for half a year."""
    grense = i_dag - HALVT_AAR
    i_gang = Q(utfall__in=(Utfall.PAGAR, Utfall.PAUSE)) | Q(
        fase__in=(Fase.DRIFT, Fase.SKALERING), utfall__in=(Utfall.VIRKET, Utfall.DELVIS)
    )
    return Prosjekt.objects.filter(
        i_gang,
        Q(sist_bekreftet__lt=grense) | Q(sist_bekreftet=None, publisert_tid__date__lt=grense),
        Q(paminnet_dato=None) | Q(paminnet_dato__lt=grense),
        status=Status.PUBLISERT,
    )


@transaction.atomic
def minn():
    """One notice with all of an owner's old projects a person looks after. A job of the worker's: True when there are more."""
    i_dag = timezone.localdate()
    prosjekter = list(gamle(i_dag).select_for_update(of=("self",)).select_related("eier").order_by("pk")[:BUNT])
    hos = {}
    for prosjekt in prosjekter:
        for person in varsler.ansvarlige(prosjekt):
            hos.setdefault((person, prosjekt.eier_id), []).append(prosjekt)
    for (person, _eier), mine in hos.items():
        _send(person, mine, i_dag)
    Prosjekt.objects.filter(pk__in=[p.pk for p in prosjekter]).update(paminnet_dato=i_dag)
    return len(prosjekter) == BUNT


def _send(person, prosjekter, i_dag):
    linjer = [f"{p.tittel}\n{settings.PORTAL_ADRESSE}{adresse(p, person)}" for p in prosjekter]
    varsle(
        slag=Slag.PAAMINNELSE,
        nokkel=f"fortsatt-riktig-{person.pk}-{prosjekter[0].pk}-{i_dag}",
        til=person.email,
        om=prosjekter[0].eier,
        emne=ngettext(
            "Stemmer «%(tittel)s» fortsatt?", "Stemmer de %(antall)s prosjektene dine fortsatt?", len(prosjekter)
        )
        % {"tittel": prosjekter[0].tittel, "antall": len(prosjekter)},
        tekst=_(
            "Det er et halvt år siden noen sa at dette stemmer. Er det ingenting å endre, holder ett klikk:\n\n"
            "%(liste)s\n\nAndre kommuner stoler på det som står der. Lenkene virker i 60 dager."
        )
        % {"liste": "\n\n".join(linjer)},
    )


def adresse(prosjekt, person):
    return reverse("prosjekter:stemmer", args=[signing.dumps([prosjekt.pk, person.pk], salt=SALT)])


def les(merke):
    """(project, person) of a link, or None when it is too old, made up, or she no longer may say so."""
    try:
        prosjekt_pk, person_pk = signing.loads(merke, salt=SALT, max_age=LENKE_VARER)
    except (signing.BadSignature, ValueError):
        return None
    prosjekt = Prosjekt.objects.filter(pk=prosjekt_pk).select_related("eier").first()
    person = Bruker.objects.filter(pk=person_pk, is_active=True).first()
    if prosjekt is None or person is None or not tilgang.kan_bekrefte(person, prosjekt):
        return None
    return prosjekt, person
