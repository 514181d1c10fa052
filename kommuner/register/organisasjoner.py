"""The organisations that act for municipalities and counties.

The loader makes them and follows the register: county, place on the map, end and successor. What people may have
written (name, web site, about, domains, choices) is theirs once the organisation exists.
"""

from collections import defaultdict

from kommuner.kodeverk import Forvaltningsniva, Sektor, Stedssprak
from kommuner.models import Fylke, Kommune, Nettdomene, Organisasjon, Stedsnavn
from kommuner.oppslag import Slektstre
from kommuner.register.filer import DAG
from partnerskap.felles import kart
from partnerskap.felles.norsk import norsk_slug, sorteringsnokkel

OSLO = "03"  # the municipality is also the county authority


def oppdater_organisasjoner(rapport, filer):
    detaljer = {rad.kommunenummer: rad for rad in filer.detaljer}
    kommuner = list(Kommune.objects.select_related("fylke"))
    orgs = {o.kommune_id: o for o in Organisasjon.objects.exclude(kommune=None)}
    _avslutt_kommuner(rapport, kommuner, orgs, _lag_kommuner(rapport, kommuner, orgs, detaljer))
    _folg_registeret(rapport, kommuner, orgs, detaljer)
    _fylkeskommuner(rapport)


def _lag_kommuner(rapport, kommuner, orgs, detaljer):
    """Make those that are missing. Returns what is to be given to them afterwards: pairs of organisation and detail."""
    slugger = set(Organisasjon.objects.values_list("slug", flat=True))
    brukte = _brukte_orgnumre()
    nye = []
    for kommune in kommuner:
        if kommune.er_gjeldende and kommune.pk not in orgs:
            navn = standardnavn(kommune)
            detalj = detaljer.get(kommune.nummer)
            x, y = kart.norge().punkter.get(kommune.nummer, (None, None))
            org = Organisasjon(
                navn=navn,
                slug=_ledig_slug(navn, kommune.nummer, slugger),
                sorteringsnokkel=sorteringsnokkel(navn),
                sektor=Sektor.KOMMUNE,
                niva=Forvaltningsniva.KOMMUNE,
                nettsted=f"https://www.{detalj.nettdomene}/" if detalj and detalj.nettdomene else "",
                kommune=kommune,
                fylke=kommune.fylke,
                kart_x=x,
                kart_y=y,
                orgnr=_ledig_orgnr(detalj, brukte),
            )
            nye.append((org, detalj))
    Organisasjon.objects.bulk_create([org for org, _detalj in nye], batch_size=500)
    orgs |= {org.kommune_id: org for org, _detalj in nye}
    rapport.nye_organisasjoner += [org.navn for org, _detalj in nye]
    rapport.rader += len(nye)
    return nye


def _avslutt_kommuner(rapport, kommuner, orgs, nye):
    """The organisation of a municipality that has ended, ends too. Its projects stay with it."""
    tre = Slektstre()
    for kommune in kommuner:
        org = orgs.get(kommune.pk)
        if org and not kommune.er_gjeldende and org.opphort_dato is None:
            etterfolgere = [orgs[pk] for pk in tre.naavaerende(kommune.pk) if pk in orgs]
            _avslutt(rapport, org, kommune.gyldig_til + DAG, etterfolgere)
    _gi_domener(rapport, nye)


def _avslutt(rapport, org, dato, etterfolgere):
    org.opphort_dato = dato
    if org.etterfolger is None and len(etterfolgere) == 1:
        org.etterfolger = etterfolgere[0]
    org.save(update_fields=["opphort_dato", "etterfolger", "sorteringsnokkel", "slug", "orgnr"])
    rapport.opphorte_organisasjoner.append(org.navn)
    rapport.rader += 1


def _gi_domener(rapport, nye):
    """A new organisation gets its mail domain, also from one that has just ended; never from one that lives."""
    i_bruk = {d.domene: d for d in Nettdomene.objects.select_related("organisasjon")}
    domener = []
    for org, detalj in nye:
        if not (detalj and detalj.nettdomene):
            continue
        annen = i_bruk.get(detalj.nettdomene)
        if annen is None:
            domener.append(Nettdomene(organisasjon=org, domene=detalj.nettdomene))
        elif annen.organisasjon.opphort_dato:
            annen.organisasjon = org
            annen.save(update_fields=["organisasjon"])
        else:
            rapport.merknader.append(f"{org}: {annen.domene} tilhører {annen.organisasjon}")
    Nettdomene.objects.bulk_create(domener, batch_size=500)


def _folg_registeret(rapport, kommuner, orgs, detaljer):
    """Organisation number when it is missing, county, place on the map, and the name when the place has a new one."""
    brukte = _brukte_orgnumre()
    gamle_navn = _gamle_navn()
    endret, endrede_felt = [], set()
    for kommune in kommuner:
        org = orgs.get(kommune.pk)
        if not (org and kommune.er_gjeldende):
            continue
        x, y = kart.norge().punkter.get(kommune.nummer, (org.kart_x, org.kart_y))
        onsket = {"fylke_id": kommune.fylke_id, "kart_x": x, "kart_y": y}
        if not org.orgnr and (nummer := _ledig_orgnr(detaljer.get(kommune.nummer), brukte)):
            onsket["orgnr"] = nummer
        if org.navn.split(" (")[0].removesuffix(" kommune") in gamle_navn[kommune.pk]:
            navn = standardnavn(kommune)
            onsket |= {"navn": navn, "sorteringsnokkel": sorteringsnokkel(navn)}
        ulike = {felt: verdi for felt, verdi in onsket.items() if getattr(org, felt) != verdi}
        for navn, verdi in ulike.items():
            setattr(org, navn, verdi)
        if ulike:
            endret.append(org)
            endrede_felt |= {felt.removesuffix("_id") for felt in ulike}
    if endret:
        Organisasjon.objects.bulk_update(endret, sorted(endrede_felt), batch_size=200)
    rapport.rader += len(endret)


def _brukte_orgnumre():
    return set(Organisasjon.objects.exclude(orgnr=None).values_list("orgnr", flat=True))


def _ledig_orgnr(detalj, brukte):
    """The municipality's number in the register of companies, unless an organisation has it: then None."""
    nummer = detalj.organisasjonsnummer if detalj else ""
    if not nummer or nummer in brukte:
        return None
    brukte.add(nummer)
    return nummer


def _gamle_navn():
    """Norwegian names a municipality has had and has no longer, by its id."""
    navn = defaultdict(set)
    for pk, gammelt, gjeldende in Stedsnavn.objects.filter(
        sprak=Stedssprak.NORSK, kommune__isnull=False, gyldig_til__isnull=False
    ).values_list("kommune", "navn", "kommune__navn"):
        if gammelt != gjeldende:
            navn[pk].add(gammelt)
    return navn


def _fylkeskommuner(rapport):
    orgs = {
        org.fylke_id: org
        for org in Organisasjon.objects.filter(
            sektor=Sektor.FYLKESKOMMUNE, er_eksempel=False, fylke__isnull=False, opphort_dato=None
        )
    }
    slugger = set(Organisasjon.objects.values_list("slug", flat=True))
    fylker = list(Fylke.objects.all())
    nye = []
    for fylke in fylker:
        if fylke.gyldig_til is None and fylke.nummer != OSLO and fylke.pk not in orgs:
            navn = f"{fylke.navn} fylkeskommune"
            orgs[fylke.pk] = Organisasjon(
                navn=navn,
                slug=_ledig_slug(navn, fylke.nummer, slugger),
                sorteringsnokkel=sorteringsnokkel(navn),
                sektor=Sektor.FYLKESKOMMUNE,
                niva=Forvaltningsniva.FYLKESKOMMUNE,
                fylke=fylke,
            )
            nye.append(orgs[fylke.pk])
    Organisasjon.objects.bulk_create(nye)
    rapport.nye_organisasjoner += [org.navn for org in nye]
    rapport.rader += len(nye)
    for fylke in fylker:
        if fylke.gyldig_til and fylke.pk in orgs:
            arvinger = _fylkets_arvinger(fylke)
            _avslutt(rapport, orgs[fylke.pk], fylke.gyldig_til + DAG, [orgs[pk] for pk in arvinger if pk in orgs])


def _fylkets_arvinger(fylke):
    """The counties its municipalities went to the day after."""
    dag = fylke.gyldig_til + DAG
    return set(
        Fylke.objects.gjeldende(dag)
        .filter(kommunenumre__kommune__numre__fylke=fylke, kommunenumre__gyldig_fra=dag)
        .values_list("pk", flat=True)
    )


def standardnavn(kommune):
    """«Halden kommune»; «Våler kommune (Østfold)», since two have that name."""
    fylke = f" ({kommune.fylke.navn})" if kommune.er_homonym else ""
    return f"{kommune.navn} kommune{fylke}"


def _ledig_slug(navn, nummer, slugger):
    slug = norsk_slug(navn)
    slug = f"{slug}-{nummer}" if slug in slugger else slug
    slugger.add(slug)
    return slug
