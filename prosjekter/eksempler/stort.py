"""One generated project with more than any real one will have, to see that its page opens all the same.

50 experiments, 60 lessons, 20 barriers, 200 records of reuse over three steps, 40 attachments and 30 participants. The attachments
are rows without a file: nobody reads them.
"""

from datetime import timedelta
from hashlib import sha256
from itertools import islice
from random import Random

from django.db import transaction
from django.utils import timezone

from prosjekter import sokeindeks
from prosjekter.eksempler import gjenbruk as gjenbrukseksempler
from prosjekter.eksempler import ord as ordliste
from prosjekter.handlinger import barriere as barriere_handlinger
from prosjekter.kodeverk import Barrieretype, Beslutning, Gjenbrukstype, Laeringstype, Partnerrolle
from prosjekter.models import Barriere, Deltakelse, Eksperiment, Gjenbruk, Laering, Prosjekt, Vedlegg

SLUG = "mengde-1"
EKSPERIMENTER, LAERINGER, BARRIERER, VEDLEGG, DELTAKERE = 50, 60, 20, 40, 30
DIREKTE, PER_LEDD, LEDD = 80, 4, 30  # 80 use it; 30 of those are used by four each


@transaction.atomic
def lag(takere):
    """Fill the first generated project, once. `takere` are organisations that may use it."""
    prosjekt = Prosjekt.objects.select_related("eier").get(slug=SLUG)
    if prosjekt.antall_vedlegg:
        return
    tilfeldig = Random(SLUG)
    skriver = ordliste.Skriver("nb", tilfeldig)
    takere = [t for t in takere if t.pk != prosjekt.eier_id]
    _deltakere(prosjekt, takere, tilfeldig)
    Eksperiment.objects.bulk_create(_eksperiment(prosjekt, nr, skriver, tilfeldig) for nr in range(EKSPERIMENTER))
    Laering.objects.bulk_create(_laering(prosjekt, nr, skriver, tilfeldig) for nr in range(LAERINGER))
    Vedlegg.objects.bulk_create(_vedlegg(prosjekt, nr, skriver) for nr in range(VEDLEGG))
    Barriere.objects.bulk_create(_barriere(prosjekt, nr, skriver) for nr in range(BARRIERER))
    barriere_handlinger.tell([prosjekt])
    _gjenbruk(prosjekt, takere, tilfeldig)
    Prosjekt.objects.filter(pk=prosjekt.pk).update(
        status="publisert", antall_eksperimenter=EKSPERIMENTER, antall_laering=LAERINGER, antall_vedlegg=VEDLEGG
    )
    sokeindeks.oppdater([prosjekt.pk], fortell=False)
    sokeindeks.oppdater_deler(prosjekt.laeringskort.all())
    sokeindeks.oppdater_deler(prosjekt.eksperimenter.all())
    barriere_handlinger.oppdater_sok(prosjekt.barrierer.all())


def _deltakere(prosjekt, takere, tilfeldig):
    med = set(prosjekt.deltakelser.values_list("organisasjon", flat=True))
    nye = islice((t for t in takere if t.pk not in med), DELTAKERE - len(med))
    Deltakelse.objects.bulk_create(
        Deltakelse(
            prosjekt=prosjekt,
            organisasjon=hvem,
            rolle=tilfeldig.choice([Partnerrolle.TESTARENA, Partnerrolle.GJENNOMFORER, Partnerrolle.OBSERVATOR]),
            sektor=hvem.sektor,
            niva=hvem.niva,
        )
        for hvem in nye
    )


def _eksperiment(prosjekt, nr, skriver, tilfeldig):
    fra = timezone.localdate() - timedelta(days=20 * (EKSPERIMENTER - nr))
    er_ferdig = nr < EKSPERIMENTER - 2
    return Eksperiment(
        prosjekt=prosjekt,
        hypotese=skriver.avsnitt(15)[:500],
        endring=skriver.avsnitt(20)[:1000],
        forventning=skriver.avsnitt(10)[:500],
        fra_dato=fra,
        til_dato=fra + timedelta(days=18),
        observasjon=skriver.avsnitt(25)[:2000] if er_ferdig else "",
        beslutning=tilfeldig.choice(Beslutning.values) if er_ferdig else "",
        beslutning_dato=fra + timedelta(days=19) if er_ferdig else None,
        er_eksempel=True,
    )


def _laering(prosjekt, nr, skriver, tilfeldig):
    return Laering(
        prosjekt=prosjekt,
        type=tilfeldig.choice(Laeringstype.values),
        tekst=skriver.avsnitt(12)[:200],
        sammenheng=skriver.avsnitt(20)[:1000],
        opprettet_tid=timezone.now() - timedelta(days=nr),
        er_eksempel=True,
    )


def _barriere(prosjekt, nr, skriver):
    return Barriere(
        prosjekt=prosjekt,
        type=Barrieretype.KULTUR,
        hva_stopper=skriver.avsnitt(25)[:1000],
        opprettet_tid=timezone.now() - timedelta(days=nr),
        er_eksempel=True,
    )


def _vedlegg(prosjekt, nr, skriver):
    return Vedlegg(
        prosjekt=prosjekt,
        tittel=skriver.tittel()[:140],
        filnavn=f"eksempel-{nr}.pdf",
        type="pdf",
        storrelse=100_000 + nr,
        sjekksum=sha256(f"{SLUG} {nr}".encode()).hexdigest(),
        rekkefolge=nr,
        er_eksempel=True,
    )


def _gjenbruk(prosjekt, takere, tilfeldig):
    """Three steps: those who use it, and those who use what some of them made of it."""
    prosjekt.gjenbruk.all().delete()
    andres = Prosjekt.objects.apne().filter(slug__startswith="mengde-").exclude(eier=prosjekt.eier)
    en_hver = {p.eier_id: p for p in andres.select_related("eier").order_by("pk")[: 10 * LEDD]}
    mellomledd = list(en_hver.values())[:LEDD]
    rader = [_bruk(prosjekt, p.eier, p, tilfeldig) for p in mellomledd]
    ledige = [t for t in takere if t.pk not in {p.eier_id for p in mellomledd}]
    rader += [_bruk(prosjekt, t, None, tilfeldig) for t in ledige[: DIREKTE - LEDD]]
    Gjenbruk.objects.filter(fra__in=mellomledd).delete()
    for p in mellomledd:
        rader += [_bruk(p, t, None, tilfeldig) for t in tilfeldig.sample([t for t in ledige if t != p.eier], PER_LEDD)]
    Gjenbruk.objects.bulk_create(rader)
    gjenbrukseksempler.tell([prosjekt, *mellomledd])


def _bruk(fra, taker, til, tilfeldig):
    return Gjenbruk(
        fra=fra,
        taker=taker,
        til=til,
        type=tilfeldig.choice(Gjenbrukstype.values),
        status=tilfeldig.choice(["vurderes", "innfores", "i_bruk", "i_bruk"]),
        kontaktrolle="Rådgiver",
        i_bruk_dato=timezone.localdate(),
        er_eksempel=True,
    )
