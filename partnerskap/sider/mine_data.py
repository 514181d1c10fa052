"""What the portal knows about me, as a file; and being forgotten. Both reach into every room."""

from django import forms
from django.apps import apps
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from abonnement import handlinger as abonnementhandlinger
from abonnement.models import LagretSok
from kommuner import handlinger as personhandlinger
from kommuner.models import Bruker, Invitasjon, Organisasjon
from missions.models import Medunderskrift
from partnerskap.felles.forms import data_fra
from partnerskap.sider.avslutt_medlemskap import kolleger_til
from prosjekter.handlinger import hjelp as hjelp_handlinger
from prosjekter.handlinger import prosjekt as prosjekthandlinger
from prosjekter.models import FILSLAG, Hjelper, Komplementaritet, Laering, Prosjekt
from utboks import varsling
from utboks.models import Epost, Varsel


@never_cache
def mine_data(request):
    svar = JsonResponse(samle(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2})
    svar["Content-Disposition"] = f'attachment; filename="mine-data-{timezone.localdate():%Y-%m-%d}.json"'
    return svar


def samle(bruker):
    """Everything stored about the person, in words they can read. Others' names are left out."""
    return {
        **_person(bruker),
        **_registrert(bruker),
        **_sagt_om_prosjekter(bruker),
        **_sagt_om_annet(bruker),
        **_post(bruker),
    }


def _person(bruker):
    return {
        "hentet": timezone.now(),
        "konto": {
            "navn": bruker.navn,
            "epost": bruker.email,
            "opprettet": bruker.opprettet_tid,
            "sist_logget_inn": bruker.last_login,
        },
        "medlemskap": [
            {"organisasjon": m.organisasjon.navn, "rolle": m.get_rolle_display(), "fra": m.fra_dato, "til": m.til_dato}
            for m in bruker.medlemskap.select_related("organisasjon")
        ],
        "spurt_om_aa_bli_med": [
            {
                "organisasjon": s.organisasjon.navn,
                "begrunnelse": s.begrunnelse,
                "spurt": s.opprettet_tid,
                "svar": s.get_svar_display() if s.svar else None,
                "melding": s.svarmelding,
            }
            for s in bruker.soknader.select_related("organisasjon")
        ],
        "invitert_til": [
            {"organisasjon": i.organisasjon.navn, "rolle": i.get_rolle_display(), "sendt": i.sendt_tid}
            for i in Invitasjon.objects.filter(email=bruker.email).select_related("organisasjon")
        ],
    }


def _registrert(bruker):
    """Projects, and what is not saved in them yet."""
    return {
        "passer_paa": _prosjekter(Prosjekt.objects.filter(ansvarlig=bruker), bruker),
        "har_registrert": _prosjekter(Prosjekt.objects.filter(opprettet_av=bruker), bruker),
        "har_bedt_om_aa_overta": [
            {
                "prosjekt": o.prosjekt_id,
                "hva": o.get_slag_display(),
                "skrev": o.begrunnelse,
                "tid": o.tid,
                "svar": o.svar,
            }
            for o in bruker.overtakelser.all()
        ],
        "hjelper_til_med": [
            {"prosjekt": h.prosjekt.tittel, "siden": h.fra_tid}
            for h in bruker.hjelper_til.select_related("prosjekt").order_by("fra_tid")
        ],
        "bedt_om_aa_hjelpe": [
            {"prosjekt": h.prosjekt.tittel, "hilsen": h.hilsen, "tid": h.invitert_tid}
            for h in Hjelper.objects.inviterte().filter(email=bruker.email.lower()).select_related("prosjekt")
        ],
        "utkast_du_ikke_har_lagret": [
            {"del": kopi.seksjon, "skrevet": kopi.skrevet(), "tid": kopi.tid} for kopi in bruker.arbeidskopier.all()
        ],
    }


def _sagt_om_prosjekter(bruker):
    """Questions and reports, and the rows that belong to a project."""
    synlig_laering = set(
        Laering.objects.synlige_for(bruker).filter(nyttigmerker__av=bruker).values_list("pk", flat=True)
    )
    return {
        "sporsmal_til_prosjekter": list(bruker.henvendelser.order_by("sendt_tid").values("tekst", "sendt_tid")),
        "meldt_til_ks": list(
            bruker.meldinger.order_by("meldt_tid").values("navn", "grunn", "tekst", "svar", "meldt_tid")
        ),
        "har_sagt_fra_om_gjenbruk": [
            {"hvem": str(g.hvem), "tid": g.opprettet_tid, "status": g.get_status_display()}
            for g in bruker.registrert_gjenbruk.select_related("taker").order_by("opprettet_tid", "pk")
        ],
        "har_logget_eksperimenter": [
            {"hypotese": e.hypotese, "tid": e.opprettet_tid}
            for e in bruker.registrerte_eksperimenter.order_by("opprettet_tid", "pk")
        ],
        "har_skrevet_laering": list(
            bruker.laeringskort.order_by("opprettet_tid", "pk").values(
                "tekst", "sammenheng", "rad_til_andre", "opprettet_tid"
            )
        ),
        "har_lagret_laering": [
            {
                "laering": m.laering.tekst if m.laering_id in synlig_laering else _("(et kort du ikke lenger kan se)"),
                "for": str(m.organisasjon),
                "tid": m.tid,
            }
            for m in bruker.nyttigmerker.select_related("laering", "organisasjon").order_by("tid", "pk")
        ],
        "har_meldt_barrierer": list(
            bruker.meldte_barrierer.order_by("opprettet_tid", "pk").values(
                "hva_stopper", "hjemmel", "hva_ville_lost", "opprettet_tid"
            )
        ),
        "har_lagt_til": _lagt_til(bruker),
    }


def _sagt_om_annet(bruker):
    """Needs, how projects relate, and missions."""
    return {
        "har_meldt_utfordringer": [
            {"tittel": tittel, "meldt": tid}
            for tittel, tid in bruker.meldte_utfordringer.order_by("opprettet_tid", "pk").values_list(
                "tittel", "opprettet_tid"
            )
        ],
        "har_sagt_om_samspill": [
            {"slik": s.get_type_display(), "skrev": s.begrunnelse, "tid": s.opprettet_tid}
            for s in bruker.sagt_om_samspill.order_by("opprettet_tid", "pk")
        ],
        "har_svart_om_samspill": [
            {"svar": s.get_svar_display(), "skrev": s.kommentar, "tid": s.svart_tid}
            for s in Komplementaritet.objects.filter(svart_av=bruker).order_by("svart_tid", "pk")
        ],
        "har_skrevet_under": [
            {"utfordring": m.utfordring.tittel, "for": str(m.organisasjon), "tid": m.tid, "skrev": m.begrunnelse}
            for m in Medunderskrift.objects.filter(av=bruker).select_related("utfordring", "organisasjon")
        ],
        "kurator_for": list(bruker.kurerte_missions.values_list("tittel", flat=True)),
    }


def _post(bruker):
    """Mail and what is chosen about it; and every change in every table's history."""
    return {
        "epost_fra_oss_siste_maaned": [
            {"emne": emne, "tid": tid}
            for emne, tid in Epost.objects.filter(til=bruker.email)
            .order_by("opprettet_tid")
            .values_list("emne", "opprettet_tid")
        ],
        "e_poster_du_har_valgt": varsling.valgene(bruker.email),
        "varsler_siste_maaned": list(
            Varsel.objects.filter(mottaker__email=bruker.email.lower())
            .order_by("opprettet_tid")
            .values("emne", "opprettet_tid", "sendt_tid")
        ),
        "sok_du_folger": [
            {
                "sok": sok.adresse,
                "hvor_ofte": sok.get_hyppighet_display(),
                "lagret": sok.opprettet_tid,
                "bekreftet": sok.bekreftet_tid,
                "pause": sok.pauset_tid,
                "stoppet": sok.avmeldt_tid,
            }
            for sok in LagretSok.objects.filter(abonnent__email=bruker.email)
        ],
        "endringer_du_har_gjort": _endringer(bruker),
    }


def _prosjekter(prosjekter, bruker):
    """What a project is called now is for those who may see it; that one made it is one's own, also after leaving."""
    synlige = set(prosjekter.synlige_for(bruker).values_list("pk", flat=True))
    return [
        {"tittel": tittel, "adresse": f"/prosjekter/{slug}/", "registrert": tid}
        if pk in synlige
        else {"tittel": _("(et prosjekt du ikke lenger kan se)"), "registrert": tid}
        for pk, tittel, slug, tid in prosjekter.order_by("opprettet_tid", "pk").values_list(
            "pk", "tittel", "slug", "opprettet_tid"
        )
    ]


def _lagt_til(bruker):
    """Pictures, attachments and links. Somebody else may have named them anew where the person no longer is."""
    return [
        {
            "hva": str(modell._meta.verbose_name),
            "navn": rad.navn if rad.pk in synlige else _("(noe du ikke lenger kan se)"),
            "tid": rad.lagt_til_tid,
        }
        for modell in FILSLAG.values()
        for synlige in [set(modell.objects.synlige_for(bruker).filter(lagt_til_av=bruker).values_list("pk", flat=True))]
        for rad in modell.objects.filter(lagt_til_av=bruker).order_by("lagt_til_tid", "pk")
    ]


def _endringer(bruker):
    """From every table that remembers who did what."""
    endringer = [
        {"hva": str(modell._meta.verbose_name), "tid": tid, "slags": slags}
        for modell in apps.get_models()
        if hasattr(modell, "historikk")
        for tid, slags in modell.historikk.filter(history_user=bruker).values_list("history_date", "history_type")
    ]
    ord_for = {"+": _("laget"), "~": _("endret"), "-": _("fjernet")}
    return sorted(({**e, "slags": ord_for[e["slags"]]} for e in endringer), key=lambda e: e["tid"])


class Sletteskjema(forms.Form):
    """One question for each organisation where the person looks after something, and a box to show it is meant."""

    merk_valgfritt = False
    bekreft = forms.BooleanField(
        label=gettext_lazy("Ja, slett kontoen min"),
        error_messages={"required": gettext_lazy("Kryss av for at du vil slette kontoen.")},
    )

    def __init__(self, *args, bruker, **kwargs):
        super().__init__(*args, **kwargs)
        ansvar = Prosjekt.objects.filter(ansvarlig=bruker)
        self.steder = list(Organisasjon.objects.filter(pk__in=ansvar.values("eier")))
        for sted in self.steder:
            self.fields[f"til_{sted.pk}"] = forms.ModelChoiceField(
                queryset=kolleger_til(bruker, sted),
                required=False,
                label=_("Hvem tar over prosjektene dine i %(sted)s?") % {"sted": sted},
                empty_label=_("Ingen ennå: de blir stående på organisasjonen"),
            )
        self.order_fields([*(f"til_{sted.pk}" for sted in self.steder), "bekreft"])

    def overtakere(self):
        return [(sted, self.cleaned_data[f"til_{sted.pk}"]) for sted in self.steder]


@transaction.atomic
def slett(bruker, overtakere):
    """Hand over first, while the person may; then forget them."""
    for sted, til in overtakere:
        prosjekthandlinger.overfor_ansvar(fra=bruker, til=til, organisasjon=sted, av=bruker)
    abonnementhandlinger.glem(bruker.email)
    bruker.henvendelser.all().delete()
    bruker.arbeidskopier.all().delete()
    hjelp_handlinger.glem(bruker)
    personhandlinger.slett_bruker(bruker, av=bruker)


def slett_meg(request):
    skjema = Sletteskjema(data_fra(request), bruker=request.user)
    if request.method == "POST" and skjema.is_valid():
        slett(Bruker.objects.get(pk=request.user.pk), skjema.overtakere())
        logout(request)
        messages.success(request, _("Kontoen er slettet. Takk for det du har bidratt med."))
        return redirect("forside")
    siste = [m for m in request.user.aktive_medlemskap if m.er_siste_med_rollen]
    return render(request, "minside/slett.html", {"skjema": skjema, "siste": siste})
