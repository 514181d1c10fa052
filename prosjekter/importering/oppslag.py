"""Who and what the cells point to: municipalities by any number they have had, organisations, missions.

Everything is read once; a file of thousands of rows then asks the database nothing.
"""

import re
from collections import defaultdict
from difflib import get_close_matches

from django.core.exceptions import ValidationError

from kommuner.models import Kommune, Kommunenummer, Organisasjon, Stedsnavn
from kommuner.models.organisasjon import gyldig_orgnr
from kommuner.oppslag import Slektstre
from missions.models import Mission
from prosjekter.importering.kolonner import Celleproblem, likning, utdrag
from prosjekter.kodeverk import Partnerrolle

ROLLE = re.compile(r"^(.+?)\s*(?::\s*([^:()]+)|\(([^()]+)\))$")


class UkjentOrgnr(Celleproblem):
    """A number that may well exist, of somebody the portal does not know."""


class Oppslag:
    def __init__(self):
        self.organisasjoner = {o.pk: o for o in Organisasjon.objects.select_related("kommune")}
        self._etter_orgnr = {o.orgnr: o for o in self.organisasjoner.values() if o.orgnr}
        self._etter_kommune = {o.kommune_id: o for o in self.organisasjoner.values() if o.kommune_id}
        self._etter_navn = defaultdict(set)
        for o in self.organisasjoner.values():
            navn = {likning(o.navn), likning(o.slug)}
            if o.kommune_id:
                navn |= {likning(o.navn.split(" (")[0]), likning(o.kommune.visningsnavn)}
            for n in navn:
                self._etter_navn[n].add(o.pk)
        self.missions = list(Mission.objects.all())
        self._missions = {likning(navn): m for m in self.missions for navn in (m.slug, m.tittel)}
        # The one that had a number last, should two have had it.
        self._numre = dict(Kommunenummer.objects.order_by("gyldig_fra", "pk").values_list("nummer", "kommune"))
        self._kommuner = Kommune.objects.select_related("fylke").in_bulk()
        self._tre = Slektstre()
        self._roller = {likning(str(o)): r.value for r in Partnerrolle for o in (r.value, r.label)}

    # ---- The owner ----

    def eier(self, *, kommunenummer="", organisasjonsnummer="", eier=""):
        """({column: what is wrong}, the owner or None, what to tell about the choice)."""
        feil, funnet, merknader = {}, {}, []
        for kolonne, verdi, slaa_opp in (
            ("organisasjonsnummer", organisasjonsnummer, self.med_orgnr),
            ("eier", eier, self.med_navn),
            ("kommunenummer", kommunenummer, self.med_kommunenummer),
        ):
            if verdi:
                try:
                    funnet[kolonne] = slaa_opp(verdi)
                except Celleproblem as problem:
                    feil[kolonne] = problem
        if funnet and isinstance(feil.get("organisasjonsnummer"), UkjentOrgnr):
            del feil["organisasjonsnummer"]
            merknader.append(f"{organisasjonsnummer} er ikke i portalen. {next(iter(funnet.values()))} blir eier.")
        if feil or not funnet:
            return feil, None, merknader
        forst, *andre = funnet.items()
        for kolonne, organisasjon in andre:
            if organisasjon != forst[1] and (forst[1].kommune_id or kolonne == "eier"):
                return {forst[0]: f"Peker på {forst[1]}, men {kolonne} peker på {organisasjon}."}, None, merknader
        if kommunenummer and (naa := self._endret_sted(kommunenummer, forst[1])):
            merknader.append(naa)
        return {}, forst[1], merknader

    def med_orgnr(self, nummer):
        try:
            gyldig_orgnr(nummer)
        except ValidationError as feil:
            raise Celleproblem(f"«{utdrag(nummer)}»: {feil.messages[0]}") from None
        if not (funnet := self._etter_orgnr.get(nummer)):
            raise UkjentOrgnr(f"Ingen i portalen har nummeret {nummer}. Legg til organisasjonen i /admin/ først.")
        return self._virksom(funnet)

    def med_kommunenummer(self, nummer):
        if not nummer.isdigit():
            raise Celleproblem(self._nummer_for_navn(nummer))
        pk = self._numre.get(nummer)
        if pk is None:
            raise Celleproblem(
                f"{nummer} har ikke vært kommunenummer siden 2018. Bruk et nummer kommunen har eller har hatt."
            )
        if pk in self._etter_kommune:
            return self._virksom(self._etter_kommune[pk])
        arvinger = [self._etter_kommune[n] for n in self._tre.naavaerende(pk) if n in self._etter_kommune]
        if len(arvinger) == 1:
            return self._virksom(arvinger[0])
        if arvinger:
            navn = ", ".join(sorted(f"{o} ({o.kommune.nummer})" for o in arvinger))
            raise Celleproblem(
                f"{nummer} {self._kommuner[pk]} er delt mellom flere. Bruk nummeret til den som eier det: {navn}."
            )
        raise Celleproblem(f"Ingen i portalen har tatt over etter {nummer} {self._kommuner[pk]}.")

    def _endret_sted(self, nummer, eier):
        pk = self._numre.get(nummer)
        if pk is None or eier.kommune_id in (None, pk):
            return ""
        return f"{nummer} {self._kommuner[pk]} er nå en del av {eier.kommune}. {eier} blir eier."

    def _nummer_for_navn(self, navn):
        nokkel = likning(navn).removesuffix("-kommune")
        treff = Stedsnavn.objects.filter(sokenokkel=nokkel, kommune__isnull=False).values_list("kommune", flat=True)
        kommuner = [self._kommuner[pk] for pk in sorted(set(treff))]
        mente = f" {' eller '.join(f'{k} har nummer {k.nummer}' for k in kommuner[:3])}." if kommuner else ""
        return f"«{utdrag(navn)}» er ikke et nummer.{mente}"

    # ---- Organisations by name, and partners ----

    def med_navn(self, navn):
        treff = self._etter_navn.get(likning(navn), set())
        if len(treff) == 1:
            return self._virksom(self.organisasjoner[min(treff)])
        if treff:
            navnene = ", ".join(sorted(f"{self.organisasjoner[pk]}" for pk in treff))
            raise Celleproblem(
                f"Flere heter «{utdrag(navn)}»: {navnene}. Skriv hele navnet eller organisasjonsnummeret."
            )
        naer = get_close_matches(likning(navn), self._etter_navn, n=1, cutoff=0.8)
        mente = f" Mente du «{self.organisasjoner[min(self._etter_navn[naer[0]])]}»?" if naer else ""
        raise Celleproblem(f"Fant ingen organisasjon som heter «{utdrag(navn)}».{mente}")

    def partner(self, skrevet):
        """(organisation, role): a name, an organisation number or a municipality's number, perhaps with a role."""
        hvem, rolle = skrevet, Partnerrolle.FAGPARTNER.value
        if (m := ROLLE.match(skrevet)) and (kjent := self._roller.get(likning(m[2] or m[3]))):
            hvem, rolle = m[1], kjent
        elif m and m[2]:
            lovlige = ", ".join(r.value for r in Partnerrolle if r != Partnerrolle.EIER)
            raise Celleproblem(f"«{utdrag(m[2])}» er ikke en rolle. Lovlige roller: {lovlige}.")
        if rolle == Partnerrolle.EIER:
            raise Celleproblem(f"«{utdrag(skrevet)}»: eieren står i kolonnen for eier. Bruk medeier om andre som eier.")
        siffer = re.sub(r"\s", "", hvem)
        if siffer.isdigit():
            return (self.med_orgnr(siffer) if len(siffer) > 4 else self.med_kommunenummer(siffer.zfill(4))), rolle
        return self.med_navn(hvem), rolle

    def mission(self, skrevet):
        if mission := self._missions.get(likning(skrevet)):
            return mission
        lovlige = ", ".join(m.slug for m in self.missions) or "ingen ennå"
        raise Celleproblem(f"Fant ingen mission som heter «{utdrag(skrevet)}». Lovlige verdier: {lovlige}.")

    def _virksom(self, organisasjon):
        if organisasjon.opphort_dato is None:
            return organisasjon
        sett = set()
        while organisasjon.opphort_dato and organisasjon.etterfolger_id and organisasjon.pk not in sett:
            sett.add(organisasjon.pk)
            organisasjon = self.organisasjoner[organisasjon.etterfolger_id]
        if organisasjon.opphort_dato:
            raise Celleproblem(f"{organisasjon} finnes ikke lenger, og ingen har tatt over.")
        return organisasjon
