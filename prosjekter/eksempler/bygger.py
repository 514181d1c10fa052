"""Turn the invented content into records. Makes only what is missing, so running it twice changes nothing.

Everything made here carries er_eksempel. The records are written directly, and not by prosjekter.handlinger: they
have a past (sent in, returned, published last winter), and nobody shall get mail about it.
"""

import uuid
from datetime import timedelta
from zlib import crc32

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from kommuner.kodeverk import Rolle
from kommuner.models import Bruker, Fylke, Medlemskap, Nettdomene, Organisasjon
from missions.models import Hovedprosjekt, Mission, Samfunnsutfordring
from missions.startdata import lasting
from partnerskap.felles.innhold import endret
from partnerskap.felles.versjon import merk
from prosjekter.eksempler import (
    barrierer,
    deltakelse,
    eksperimenter,
    filer,
    gjenbruk,
    innhold,
    laering,
    samspill,
    utfordringer,
)
from prosjekter.kodeverk import Belegg, Grunn, Kodeliste, Partnerrolle, Status
from prosjekter.krav import TEKSTFELT
from prosjekter.models import (
    Avvikling,
    Deltakelse,
    Faktor,
    Gevinst,
    Klassifisering,
    Missiontilknytning,
    Modereringssak,
    Prosjekt,
    Prosjekttekst,
)
from prosjekter.models.gevinst import sum_frigjort

NAVNEROM = uuid.UUID("5f1c6a52-0d0e-4b7e-9d53-6f2a3c1e9b11")
KODEFELT = {
    "tjenesteomrader": Kodeliste.TJENESTEOMRADE,
    "malgrupper": Kodeliste.MALGRUPPE,
    "metoder": Kodeliste.METODE,
    "innovasjonstyper": Kodeliste.INNOVASJONSTYPE,
    "finansiering": Kodeliste.FINANSIERING,
}
HAR_VAERT_PUBLISERT = (Status.PUBLISERT, Status.AVPUBLISERT, Status.ARKIVERT)
Vedtak = Modereringssak.Vedtak
Svar = Missiontilknytning.Svar


class EksempelError(Exception):
    """Something real stands where an example should be, or the register is not loaded."""


@transaction.atomic
def last():
    """Make what is missing; returns how many of each were made."""
    lasting.last()
    laget = {
        "organisasjoner": sum(map(_lag_organisasjon, innhold.organisasjoner())),
        "personer": sum(map(_lag_person, innhold.personer())),
        "missions": sum(map(_lag_mission, innhold.missions())),
        "prosjekter": _lag_prosjekter(innhold.prosjekter()),
        "gjenbruk": gjenbruk.lag(),
        "eksperimenter": eksperimenter.lag(),
        "læringskort": laering.lag(),
        "utfordringer": utfordringer.lag(),
        "barrierer": barrierer.lag(),
        "samspill": samspill.lag(),
        "invitasjoner": deltakelse.lag(),
        "bilder og filer": filer.lag(),
    }
    if any(laget.values()):
        endret()
    return laget


def _mangler(modell, **felt):
    """True when there is none; an example that is there already is left alone, and a real one stops us."""
    funnet = modell.objects.filter(**felt).first()
    if funnet and not funnet.er_eksempel:
        raise EksempelError(f"{funnet} ({felt}) finnes fra før og er ikke eksempeldata.")
    return funnet is None


# Organisations, people and missions -----------------------------------------------------------------------------


def _lag_organisasjon(data):
    if not _mangler(Organisasjon, slug=data["slug"]):
        return 0
    kart_x, kart_y = data.get("kart", (None, None))
    organisasjon = Organisasjon.objects.create(
        navn=data["navn"],
        slug=data["slug"],
        sektor=data["sektor"],
        niva=data["niva"],
        om=data["om"],
        fylke=fylke(data.get("fylke")),
        kart_x=kart_x,
        kart_y=kart_y,
        krever_godkjenning=data.get("krever_godkjenning", False),
        er_betrodd=data.get("betrodd", False),
        er_eksempel=True,
    )
    Nettdomene.objects.create(organisasjon=organisasjon, domene=f"{data['slug']}.example")
    return 1


def fylke(nummer):
    if nummer is None:
        return None
    funnet = Fylke.objects.gjeldende().filter(nummer=nummer).first()
    if funnet is None:
        raise EksempelError(f"Fylke {nummer} finnes ikke. Kjør last_register først.")
    return funnet


def _lag_person(data):
    if not _mangler(Bruker, email=data["email"]):
        return 0
    bruker = Bruker.objects.create_user(data["email"], navn=data["navn"], er_eksempel=True)
    Medlemskap.objects.create(
        bruker=bruker,
        organisasjon=_organisasjon_for(data),
        rolle=Rolle(data["rolle"]),
        fra_dato=timezone.localdate() - timedelta(days=400),
    )
    return 1


def _organisasjon_for(person):
    if person["organisasjon"] == "KS":
        return Organisasjon.objects.get(er_sekretariat=True)
    return Organisasjon.objects.get(slug=person["organisasjon"])


def _lag_mission(data):
    if not _mangler(Mission, slug=data["slug"]):
        return 0
    tekster = {navn: data[navn].strip() for navn in ("beskrivelse", "hvorfor_haster", "vent_kostnad")}
    fakta = {
        navn: data[navn] for navn in ("slug", "tittel", "retningsmal", "status", "frist", "periode_fra", "periode_til")
    }
    mission = Mission(
        **fakta,
        **tekster,
        samfunnsutfordring=Samfunnsutfordring.objects.get(slug=data["samfunnsutfordring"]),
        kurator=_personer()["missionkurator"],
        er_publisert=True,
        er_eksempel=True,
    )
    merk(mission, av=None, handling="eksempeldata")
    mission.save()
    return 1


def _personer():
    """The example people by key."""
    etter_epost = {b.email: b for b in Bruker.objects.filter(er_eksempel=True)}
    return {p["nokkel"]: etter_epost[p["email"]] for p in innhold.personer() if p["email"] in etter_epost}


# Projects -------------------------------------------------------------------------------------------------------


def _lag_prosjekter(alle):
    finnes = set(Prosjekt.objects.filter(nokkel__in=map(nokkel, alle)).values_list("nokkel", flat=True))
    nye = [data for data in alle if nokkel(data) not in finnes]
    bygger = Prosjektbygger() if nye else None
    for data in nye:
        bygger.lag(data)
    return len(nye)


def nokkel(data):
    """The same for ever, so that a second run recognises the project whatever has been done to it."""
    return uuid.uuid5(NAVNEROM, data["nokkel"])


def _handling(prosjekt):
    """Who made it, in the history: an example person where there is one, else the portal itself."""
    return "opprett" if prosjekt.opprettet_av else "eksempeldata"


class Prosjektbygger:
    """Holds what every project looks up: organisations, people, missions, main projects, and the time now."""

    def __init__(self):
        self.naa = timezone.now()
        self.organisasjoner = {o.slug: o for o in Organisasjon.objects.filter(er_eksempel=True)}
        self.missions = {m.slug: m for m in Mission.objects.filter(er_eksempel=True)}
        self.hovedprosjekter = {h.slug: h for h in Hovedprosjekt.objects.all()}
        self.personer = _personer()

    def lag(self, data):
        prosjekt = self._prosjekt(data)
        merk(prosjekt, av=prosjekt.opprettet_av, handling=_handling(prosjekt), tid=prosjekt.endret_tid)
        prosjekt.save()
        tekst = Prosjekttekst(prosjekt=prosjekt, **{felt: data.get(felt, "").strip() for felt in TEKSTFELT})
        koder = [
            Klassifisering(prosjekt=prosjekt, liste=liste, verdi=verdi)
            for felt, liste in KODEFELT.items()
            for verdi in data[felt]
        ]
        self._lagre(prosjekt, Prosjekttekst, [tekst])
        self._lagre(prosjekt, Klassifisering, koder)
        self._lagre(prosjekt, Gevinst, [Gevinst(prosjekt=prosjekt, **rad) for rad in data.get("gevinster", [])])
        self._lagre(prosjekt, Avvikling, [Avvikling(prosjekt=prosjekt, **rad) for rad in data.get("avviklinger", [])])
        self._lagre(prosjekt, Faktor, [Faktor(prosjekt=prosjekt, **rad) for rad in data.get("faktorer", [])])
        self._lagre(prosjekt, Deltakelse, self._deltakelser(prosjekt, data))
        self._lagre(prosjekt, Missiontilknytning, self._tilknytninger(prosjekt, data))
        self._lag_saker(prosjekt, data)

    def _lagre(self, prosjekt, modell, poster):
        """The history's first line says when, as if it had been done then."""
        bulk_create_with_history(
            list(poster),
            modell,
            default_date=prosjekt.endret_tid,
            default_user=prosjekt.opprettet_av,
            default_change_reason=_handling(prosjekt),
        )

    def _prosjekt(self, data):
        status = Status(data.get("moderering", Status.PUBLISERT))
        opprettet, publisert, endret = self._tider(data, status)
        forfatter = self._forfatter(data)
        return Prosjekt(
            nokkel=nokkel(data),
            tittel=data["tittel"],
            slug=self._ledig_slug(data),
            ingress=data["ingress"],
            malform=data.get("malform", "nb"),
            eier=self.organisasjoner[data["eier"]],
            hovedprosjekt=self.hovedprosjekter.get(data.get("hovedprosjekt")),
            fase=data["fase"],
            utfall=data["utfall"],
            stoppgrunn=data.get("stoppgrunn", ""),
            opphav=data["opphav"],
            radikalitet=data["radikalitet"],
            start_dato=data.get("startet"),
            slutt_dato=data.get("slutt"),
            kontaktrolle=data["kontaktrolle"],
            alene_fordi=data.get("alene_fordi", ""),
            partnersok=data.get("partnersok", ""),
            belegg=max((rad["belegg"] for rad in data.get("gevinster", [])), key=Belegg.values.index, default=""),
            **sum_frigjort([Avvikling(**rad).som_svar() for rad in data.get("avviklinger", [])]),
            synlighet=data.get("synlighet", "apen"),
            status=status,
            statusgrunn=data.get("avslagsgrunn", ""),
            statusbegrunnelse=data.get("begrunnelse", ""),
            opprettet_av=forfatter,
            ansvarlig=forfatter,
            opprettet_tid=opprettet,
            publisert_tid=publisert,
            endret_tid=endret,
            sist_bekreftet=endret.date() if publisert else None,
            er_eksempel=True,
        )

    def _ledig_slug(self, data):
        """The key is the address, unless somebody real already has it."""
        tatt = Prosjekt.objects.filter(slug=data["nokkel"]).exists()
        return f"{data['nokkel']}-{nokkel(data).hex[:6]}" if tatt else data["nokkel"]

    def _forfatter(self, data):
        standard = ("ansatt", "kollega")[crc32(data["nokkel"].encode()) % 2] if data["eier"] == "fjordvik" else None
        return self.personer.get(data.get("innsendt_av") or data.get("opprettet_av") or standard)

    def _tider(self, data, status):
        """Made, published and last changed: spread over the last year or so by the key, never before the work began."""
        if status not in HAR_VAERT_PUBLISERT:
            endret = self.naa - timedelta(days=data.get("innsendt_dager_siden", 4))
            return endret - timedelta(days=12), None, endret
        tall = crc32(data["nokkel"].encode())
        siden_start = (self.naa.date() - data["startet"]).days
        dager = max(2, min(tall % 470, int(siden_start * 0.7)))
        siden_endret = tall // 1000 % dager
        if "slutt" in data and data["slutt"] <= self.naa.date():
            siden_endret = min(siden_endret, (self.naa.date() - data["slutt"]).days)
        publisert = self.naa - timedelta(days=dager, minutes=tall % 1440)
        endret = max(publisert, self.naa - timedelta(days=siden_endret, minutes=tall % 600))
        return publisert - timedelta(days=20), publisert, endret

    def _deltakelser(self, prosjekt, data):
        for slug, rolle in {data["eier"]: Partnerrolle.EIER, **data.get("partnere", {})}.items():
            organisasjon = self.organisasjoner[slug]
            yield Deltakelse(
                prosjekt=prosjekt,
                organisasjon=organisasjon,
                rolle=rolle,
                sektor=organisasjon.sektor,
                niva=organisasjon.niva,
                fra_dato=data.get("startet"),
            )

    def _tilknytninger(self, prosjekt, data):
        svar = {
            **dict.fromkeys(data.get("missions", []), (Svar.GODTATT, "")),
            **dict.fromkeys(data.get("missions_venter", []), (Svar.FORESLATT, "")),
            **{slug: (Svar.AVSLATT, grunn) for slug, grunn in data.get("missions_avslatt", {}).items()},
        }
        for slug, (svaret, begrunnelse) in svar.items():
            avgjort = (
                {}
                if svaret == Svar.FORESLATT
                else {"avgjort_tid": prosjekt.endret_tid, "avgjort_av": self.personer.get("missionkurator")}
            )
            yield Missiontilknytning(
                prosjekt=prosjekt,
                mission=self.missions[slug],
                svar=svaret,
                begrunnelse=begrunnelse,
                foreslatt_tid=prosjekt.publisert_tid or prosjekt.endret_tid,
                foreslatt_av=prosjekt.opprettet_av,
                **avgjort,
            )

    def _lag_saker(self, prosjekt, data):
        """The review rounds the project must have been through to be where it is."""
        if prosjekt.status == Status.KLADD:
            return
        sak = {"prosjekt": prosjekt, "versjon": prosjekt.versjon, "innsendt_av": prosjekt.opprettet_av}
        dom = {"avgjort_av": self.personer.get("moderator")}
        if prosjekt.status == Status.INNSENDT:
            Modereringssak.objects.create(**sak, innsendt_tid=prosjekt.endret_tid)
        elif prosjekt.status == Status.TIL_RETTING:
            Modereringssak.objects.create(
                **sak,
                **dom,
                innsendt_tid=prosjekt.endret_tid - timedelta(days=4),
                avgjort_tid=prosjekt.endret_tid,
                vedtak=Vedtak.TIL_RETTING,
                grunn=Grunn(data["avslagsgrunn"]),
                begrunnelse=data["begrunnelse"],
            )
        elif dager := data.get("etterkontroll_dager_siden"):
            Modereringssak.objects.create(**sak, innsendt_tid=self.naa - timedelta(days=dager), er_etterkontroll=True)
        else:
            Modereringssak.objects.create(
                **sak,
                **dom,
                innsendt_tid=prosjekt.publisert_tid - timedelta(days=3),
                avgjort_tid=prosjekt.publisert_tid,
                vedtak=Vedtak.PUBLISERT,
            )
