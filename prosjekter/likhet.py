"""Which projects resemble each other, and why: worked out when one changes and each night, only looked up on its page.

A project is known by the few stems that tell most about it (`Kjennetegn`): those of the title count most, and a stem
few others use tells more than one they all use. Stems are shared between bokmål and nynorsk, so twins across the two
find each other. Two projects are as alike as these stems (the cosine), and somewhat more for each list of codes they
meet in. Names of people, places and organisations are left out: two projects are not alike because both are in Bodø.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from heapq import nlargest
from math import log, sqrt

from django.db import transaction
from django.db.models import Q

from partnerskap.felles import innhold
from prosjekter.kodeverk import Kodeliste, Status, Utfall
from prosjekter.models import Kjennetegn, Klassifisering, Likhet, Missiontilknytning, Prosjekt, Termbruk
from sok.analyse import analyser
from sok.ordklasser import er_stoppord, tomme_stammer

ANTALL_TERMER = 16
ANTALL_NABOER = 10
KANDIDATER = 60
MAKS_ORD = 3
MINSTE_POENG = 0.12
STERK = 0.45  # so alike that those who write are asked how the two relate
SJELDEN = 2  # stems in so few projects are not written down in Termbruk
BUNT = 500

TEKSTER = ("tittel", "emneord", "ingress", "tekst__utfordring", "tekst__losning", "tekst__resultat", "tekst__laering")
FELTVEKT = {"tittel": 3, "emneord": 3, "ingress": 2}
MINST_SAGT = 1.5  # in the title or ingress, or twice in the text: what is mentioned in passing is not what it is about
DELVEKT = 0.5  # part of a compound: «skolefravær» is also about «fravær»
KODEVEKT = {Kodeliste.TJENESTEOMRADE: 0.06, Kodeliste.MALGRUPPE: 0.05, Kodeliste.METODE: 0.02}
HOVEDPROSJEKTVEKT, MISSIONVEKT = 0.2, 0.05
# Worth a place beside those that went well: what others must know before they begin.
GIKK_IKKE = (Utfall.VIRKET_IKKE, Utfall.STOPPET)
PLASSER_TIL_DEM_SOM_IKKE_VIRKET = 2
FYLL_OPP_TIL = 3

_ORD = re.compile(r"\w+(?:[-‐‑]\w+)*")
_BINDESTREK = re.compile(r"[-‐‑]")
_SETNINGSSLUTT = re.compile(r"[.!?:•\n]\W*$")


@dataclass(frozen=True)
class Profil:
    """What is compared. `termer`: {stem: (weight, the word as it is written here)}."""

    pk: int
    status: str
    utfall: str
    hovedprosjekt: int | None
    termer: dict
    koder: set = field(default_factory=set)
    missions: set = field(default_factory=set)


# ---- What a project is about ---------------------------------------------------------------------------------------


def termer_i(tekster):
    """{stem: [how much it counts here, the word]} of the texts, by field. Names are left out."""
    funnet, navn, tomme = {}, set(), tomme_stammer()
    for felt, tekst in tekster.items():
        for treff in _ORD.finditer(tekst or ""):
            ord_ = treff[0]
            lite = _BINDESTREK.sub("", ord_.lower())
            if lite.isdigit() or er_stoppord(lite) or (len(lite) < 3 and not ord_.isupper()):
                continue
            if ord_.istitle() and not _begynner_setning(tekst, treff.start()):
                navn.add(lite)
            analysert = analyser(lite)
            if analysert.stamme in tomme:
                continue
            _tell(funnet, analysert.stamme, FELTVEKT.get(felt, 1), ord_ if ord_.isupper() else ord_.lower())
            for del_ in analysert.enkeltdeler:
                _tell(funnet, del_, FELTVEKT.get(felt, 1) * DELVEKT, "")
    return {t: v for t, v in funnet.items() if _BINDESTREK.sub("", v[1].lower()) not in navn and len(t) <= 120}


def _begynner_setning(tekst, start):
    return not tekst[:start].strip() or bool(_SETNINGSSLUTT.search(tekst[max(0, start - 8) : start]))


def _tell(funnet, stamme, vekt, ord_):
    """Being in the title counts once, however often; being often in the text counts up to three times."""
    if stamme not in funnet:
        funnet[stamme] = [vekt, ord_[:60]]
        return
    funnet[stamme][0] = max(funnet[stamme][0], min(funnet[stamme][0] + vekt, 3))
    kjent = funnet[stamme][1]
    if ord_ and (not kjent or len(ord_) < len(kjent)):
        funnet[stamme][1] = ord_[:60]  # «los» rather than «losene»


def velg_termer(funnet, bruk, antall_prosjekter):
    """The stems that tell most, with weights of length 1. `bruk`: {stem: how many projects use it}.

    Stems that very many use tell nothing, and would make every project a candidate.
    """
    vanlig = max(20, min(50, antall_prosjekter / 5), antall_prosjekter / 50)
    vekter = {
        term: vekt * log((antall_prosjekter + 10) / (bruk.get(term, SJELDEN) + 5) + 1)
        for term, (vekt, _ord) in funnet.items()
        if vekt >= MINST_SAGT and bruk.get(term, 0) <= vanlig
    }
    beste = nlargest(ANTALL_TERMER, vekter, key=lambda t: (vekter[t], t))
    lengde = sqrt(sum(vekter[t] ** 2 for t in beste)) or 1
    return {t: (round(vekter[t] / lengde, 4), funnet[t][1]) for t in beste}


# ---- How alike two are ---------------------------------------------------------------------------------------------


def naboer(profil, treff, slekt, hent):
    """The most alike, as unsaved Likhet rows.

    `treff`: (stem, project, weight, word) for all that share a stem with it; `slekt`: ids of others in the same main
    project or mission; `hent`: from ids to published profiles.
    """
    poeng, felles = Counter(), defaultdict(dict)
    for term, pk, vekt, ord_ in treff:
        if pk != profil.pk:
            egen_vekt, eget_ord = profil.termer[term]
            poeng[pk] += egen_vekt * vekt
            felles[pk][term] = (egen_vekt * vekt, eget_ord or ord_)
    rader = []
    kandidater = {*nlargest(KANDIDATER, poeng, key=lambda pk: (poeng[pk], pk)), *slekt} - {profil.pk}
    for annen in hent(kandidater):
        grunn_ = grunn(profil, annen, felles[annen.pk])
        likhet = poeng[annen.pk] + _kodepoeng(grunn_)
        if likhet >= MINSTE_POENG and _kan_forklares(grunn_):
            rader.append((likhet, annen, grunn_))
    rader.sort(key=lambda rad: (-rad[0], rad[1].utfall not in GIKK_IKKE, -rad[1].pk))
    return [
        Likhet(prosjekt_id=profil.pk, annet_id=annen.pk, poeng=round(likhet, 4), grunn=grunn_)
        for likhet, annen, grunn_ in _utvalg(rader)
    ]


def _kan_forklares(grunn_):
    """Without a word in common they must at least serve the same people in the same way, towards the same goal."""
    samme_sak = grunn_["mission"] and {Kodeliste.TJENESTEOMRADE, Kodeliste.MALGRUPPE} <= set(grunn_["koder"])
    return bool(_er_naere(grunn_) or samme_sak)


def _er_naere(grunn_):
    return bool(grunn_["ord"] or grunn_["hovedprosjekt"])


def _utvalg(rader):
    """The most alike, and among them those that did not work, even when others are a little more alike.

    Those that only have codes in common fill up when there are few.
    """
    naere = [rad for rad in rader if _er_naere(rad[2])]
    beste, resten = naere[:ANTALL_NABOER], naere[ANTALL_NABOER:]
    mangler = PLASSER_TIL_DEM_SOM_IKKE_VIRKET - sum(annen.utfall in GIKK_IKKE for _p, annen, _g in beste)
    beste += [rad for rad in resten if rad[1].utfall in GIKK_IKKE][: max(0, mangler)]
    fjerne = [rad for rad in rader if not _er_naere(rad[2])]
    return beste + fjerne[: max(0, FYLL_OPP_TIL - len(beste))]


def grunn(profil, annen, felles):
    """Why they are alike, in codes and words: the form that is stored, and that `Nabo.hvorfor` puts into words."""
    ord_ = []
    for _vekt, ett in sorted(felles.values(), reverse=True):
        if ett and not any(ett in annet or annet in ett for annet in ord_):  # «skolefravær» says «fravær» too
            ord_.append(ett)
    return {
        "ord": ord_[:MAKS_ORD],
        "koder": [str(liste) for liste in KODEVEKT if any(kode[0] == liste for kode in profil.koder & annen.koder)],
        "hovedprosjekt": bool(profil.hovedprosjekt) and profil.hovedprosjekt == annen.hovedprosjekt,
        "mission": bool(profil.missions & annen.missions),
    }


def _kodepoeng(grunn_):
    poeng = sum(KODEVEKT[liste] for liste in grunn_["koder"])
    return poeng + HOVEDPROSJEKTVEKT * grunn_["hovedprosjekt"] + MISSIONVEKT * grunn_["mission"]


# ---- When one project changes --------------------------------------------------------------------------------------


def oppdater_etterpa(pk):
    """Part of every deed, but after it: two people who save similar projects must not wait for, or fail, each other.

    What goes wrong here is logged, and mended the next night.
    """
    transaction.on_commit(lambda: oppdater(pk), robust=True)


@transaction.atomic
def oppdater(pk):
    """Find the neighbours of one project anew, and let it take its place among theirs."""
    profil = _les_en(pk)
    if profil is None:
        return  # deleted meanwhile
    Kjennetegn.objects.filter(prosjekt=pk).delete()
    Likhet.objects.filter(Q(prosjekt=pk) | Q(annet=pk)).delete()
    treff = Kjennetegn.objects.filter(term__in=profil.termer).values_list("term", "prosjekt", "vekt", "ord")
    publiserte = Prosjekt.objects.publiserte().order_by()
    rader = naboer(profil, treff, _slekt(profil), lambda ider: les_profiler(publiserte.filter(pk__in=ider)))
    if profil.status == Status.PUBLISERT:
        Kjennetegn.objects.bulk_create(_kjennetegn(profil), ignore_conflicts=True)
        rader += [Likhet(prosjekt_id=r.annet_id, annet_id=r.prosjekt_id, poeng=r.poeng, grunn=r.grunn) for r in rader]
        innhold.endret("likhet", [pk])
    # In the same order for everyone, and the first of two who write the same pair wins.
    rader.sort(key=lambda r: sorted((r.prosjekt_id, r.annet_id)) + [r.prosjekt_id])
    Likhet.objects.bulk_create(rader, ignore_conflicts=True)


def _slekt(profil):
    """The newest in the same main project and missions, whatever their words."""
    slekt = set()
    if profil.hovedprosjekt:
        samme = Prosjekt.objects.publiserte().filter(hovedprosjekt=profil.hovedprosjekt).order_by("-pk")
        slekt.update(samme.values_list("pk", flat=True)[:KANDIDATER])
    for mission in profil.missions:
        godtatte = Missiontilknytning.objects.godtatte().filter(mission=mission).order_by("-pk")
        slekt.update(godtatte.values_list("prosjekt", flat=True)[:KANDIDATER])
    return slekt


def _les_en(pk):
    """With its terms chosen by how many use them, as counted last night."""
    profil = next(iter(les_profiler(Prosjekt.objects.filter(pk=pk), med_termer=True)), None)
    if profil is None:
        return None
    bruk = dict(Termbruk.objects.filter(term__in=profil.termer).values_list("term", "antall"))
    valgt = velg_termer(profil.termer, bruk, Prosjekt.objects.publiserte().count())
    return _med(profil, valgt)


def _med(profil, termer):
    return Profil(**{**vars(profil), "termer": termer})


def _kjennetegn(profil):
    return [
        Kjennetegn(prosjekt_id=profil.pk, term=term, vekt=vekt, ord=ord_)
        for term, (vekt, ord_) in profil.termer.items()
    ]


def les_profiler(prosjekter, *, med_termer=False):
    """Profiles of these projects. Three queries. Without terms when only the rest is asked for."""
    felt = ("pk", "status", "utfall", "hovedprosjekt")
    profiler = {}
    for rad in prosjekter.order_by("pk").values_list(*felt, *(TEKSTER if med_termer else ())):
        tekster = dict(zip(TEKSTER, rad[len(felt) :], strict=med_termer))
        profiler[rad[0]] = Profil(*rad[: len(felt)], termer=termer_i(tekster))
    koder = Klassifisering.objects.filter(prosjekt__in=list(profiler), liste__in=list(KODEVEKT))
    for pk, *kode in koder.values_list("prosjekt", "liste", "verdi"):
        profiler[pk].koder.add(tuple(kode))
    godtatte = Missiontilknytning.objects.godtatte().filter(prosjekt__in=list(profiler), mission__er_publisert=True)
    for pk, mission in godtatte.values_list("prosjekt", "mission"):
        profiler[pk].missions.add(mission)
    return list(profiler.values())


# ---- All of them, each night ---------------------------------------------------------------------------------------


def bygg(meld=lambda gjort, alle: None):
    """Count anew which stems tell much, and find every project's neighbours. Returns how many projects.

    The shared stems of all published projects are held in memory (about 400 MB for 50,000).
    """
    alle = list(Prosjekt.objects.order_by("pk").values_list("pk", flat=True))
    bruk, publiserte = _tell_bruk()
    profiler = {p.pk: p for p in _velg(Prosjekt.objects.publiserte(), bruk, publiserte)}
    _skriv_kjennetegn(profiler)
    register, slekter = defaultdict(list), defaultdict(list)
    for profil in profiler.values():
        for gruppe in _grupper(profil):
            slekter[gruppe].append(profil.pk)
        for term, (vekt, ord_) in profil.termer.items():
            register[term].append((term, profil.pk, vekt, ord_))
    for start in range(0, len(alle), BUNT):
        ider = alle[start : start + BUNT]
        bunt = [profiler[pk] for pk in ider if pk in profiler]
        bunt += _velg(Prosjekt.objects.filter(pk__in=set(ider) - profiler.keys()), bruk, publiserte)
        rader = []
        for profil in bunt:
            treff = (rad for term in profil.termer for rad in register.get(term, ()))
            slekt = {pk for gruppe in _grupper(profil) for pk in slekter[gruppe][-KANDIDATER:]}
            rader += naboer(profil, treff, slekt, lambda ider: [profiler[pk] for pk in ider])
        with transaction.atomic():
            Likhet.objects.filter(prosjekt__in=ider).delete()
            Likhet.objects.bulk_create(rader, ignore_conflicts=True)
        meld(min(start + BUNT, len(alle)), len(alle))
    innhold.endret("likhet")
    return len(alle)


def _grupper(profil):
    if profil.hovedprosjekt:
        yield "hovedprosjekt", profil.hovedprosjekt
    yield from (("mission", mission) for mission in profil.missions)


def _tell_bruk():
    """({stem: how many published projects use it}, how many they are), written down for the deeds of the day."""
    teller, antall = Counter(), 0
    for rad in Prosjekt.objects.publiserte().order_by("pk").values_list(*TEKSTER).iterator(chunk_size=BUNT):
        teller.update(termer_i(dict(zip(TEKSTER, rad, strict=True))).keys())
        antall += 1
    bruk = {term: n for term, n in teller.items() if n > SJELDEN}
    with transaction.atomic():
        Termbruk.objects.all().delete()
        Termbruk.objects.bulk_create([Termbruk(term=t, antall=n) for t, n in bruk.items()], batch_size=2000)
    return bruk, antall


def _velg(prosjekter, bruk, antall):
    ider = list(prosjekter.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ider), BUNT):
        for profil in les_profiler(Prosjekt.objects.filter(pk__in=ider[start : start + BUNT]), med_termer=True):
            yield _med(profil, velg_termer(profil.termer, bruk, antall))


def _skriv_kjennetegn(profiler):
    ider = list(profiler)
    with transaction.atomic():
        Kjennetegn.objects.exclude(prosjekt__status=Status.PUBLISERT).delete()
    for start in range(0, len(ider), BUNT):
        bunt = ider[start : start + BUNT]
        with transaction.atomic():
            Kjennetegn.objects.filter(prosjekt__in=bunt).delete()
            Kjennetegn.objects.bulk_create(rad for pk in bunt for rad in _kjennetegn(profiler[pk]))
