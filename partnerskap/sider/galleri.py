"""The component gallery, in development only: every component in all its states, from the real CSS."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.templatetags.static import static

from partnerskap.felles.fasett import Fasett, Valg
from partnerskap.felles.forms import Datovelger
from partnerskap.felles.fylkeskart import Fylkesrad, Kart
from partnerskap.felles.historikk import Endring, Feltendring
from partnerskap.felles.stedskart import Sted, stedskart
from partnerskap.felles.versjon import Konfliktfelt, Konfliktvisning, orddiff
from partnerskap.sider.sammendrag import Fasetall
from partnerskap.sider.sokegrupper import Ting
from prosjekter.kodeverk import Fase, Tjenesteomrade, Utfall
from sok.indeks import Funn


class Eksempelskjema(forms.Form):
    """One field of each kind."""

    tittel = forms.CharField(label="Tittel", help_text="Si hva dere prøver, ikke hva prosjektet heter.", max_length=140)
    beskrivelse = forms.CharField(label="Beskrivelse", widget=forms.Textarea, required=False)
    kommune = forms.ChoiceField(
        label="Kommune", choices=[("", "Velg kommune"), ("4601", "Bergen"), ("5622", "Porsanger")]
    )
    start = forms.DateField(label="Startet", widget=Datovelger, required=False)
    epost = forms.EmailField(label="E-post", help_text="Bruk jobbadressen din.")
    fase = forms.ChoiceField(
        label="Hvor langt har dere kommet?",
        choices=Fase.choices[:4],
        widget=forms.RadioSelect,
        help_text="Du kan endre dette når som helst, også bakover.",
    )
    omrader = forms.MultipleChoiceField(
        label="Tjenesteområder",
        choices=Tjenesteomrade.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    varsle = forms.BooleanField(label="Varsle meg når noen svarer", required=False)
    versjon = forms.CharField(widget=forms.HiddenInput, initial="1")

    def clean(self):
        if self.data:
            raise forms.ValidationError("Noen andre lagret mens du skrev. Se over før du lagrer igjen.")


def eksempelprosjekt(utfall, fase, **felt):
    utfall, fase = Utfall(utfall), Fase(fase)
    return SimpleNamespace(
        **{
            "tittel": "Én ungdomslos for fire kommuner",
            "ingress": "Losen følger ungdommen, ikke kommunegrensen. Ordningen prøves ut skoleåret 2026/27.",
            "malform": "nb",
            "eier": "Alta kommune",
            "tjenesteomrader": ["Oppvekst og utdanning"],
            "endret_tid": datetime(2026, 11, 17, 12, tzinfo=UTC),
            "get_absolute_url": "#",
            "utfall": utfall.value,
            "get_utfall_display": utfall.label,
            "fase": fase.value,
            "get_fase_display": fase.label,
            "get_status_display": "Til retting",
            "synlighet": "apen",
            "get_synlighet_display": "Innlogget kommunesektor",
            "er_eksempel": False,
            "ringer": 2,
            "antall_i_bruk": 3,
        }
        | felt
    )


def eksempelbilder():
    """A wide one, a tall one that is decoration, with the portal's own picture in them."""
    adresse = static("bilder/deling.png")
    felles = {"storste": adresse, "kilder_webp": adresse, "kilder_jpeg": adresse, "kreditering": "KS"}
    return [
        SimpleNamespace(
            **felles, bredde=1200, hoyde=630, er_pynt=False, alt_tekst="En åpen, en halv og en hel prikk.",
            bildetekst="Et forsøk er en prikk. Formen sier hvordan det gikk.", kort_lisens="CC BY 4.0.",
        ),
        SimpleNamespace(
            **felles, bredde=630, hoyde=1200, er_pynt=True, alt_tekst="", bildetekst="",
            kort_lisens="Alle rettigheter forbeholdt.",
        ),
    ]  # fmt: skip


def eksempelkart():
    tall = {
        "03": ("Oslo", 128),
        "11": ("Rogaland", 41),
        "18": ("Nordland", 3),
        "32": ("Akershus", 9),
        "46": ("Vestland", 12),
    }
    return Kart(
        rader=[
            *(Fylkesrad(nr, navn, antall, "#", nr == "46") for nr, (navn, antall) in tall.items()),
            Fylkesrad("56", "Finnmark", 1, "#"),
            Fylkesrad("34", "Innlandet", 0, "#"),
        ],
        prikker=[("4601", "virket"), ("5622", "pagar"), ("0301", "delvis")],
        forklaring=[("virket", "Virket"), ("delvis", "Virket delvis"), ("pagar", "Pågår")],
        uten_fylke=2,
    )


def eksempelrader():
    """Projects, missions and what hangs on them, as rows and cards."""
    lang_tittel = (
        "Samarbeidsordning for tverrkommunal oppfølgingsansvarskoordinering i grisgrendte strøk nord for polarsirkelen"
    )
    return {
        "prosjekter": [
            eksempelprosjekt("pagar", "eksperiment", er_eksempel=True),
            eksempelprosjekt(
                "virket_ikke",
                "pilot",
                tittel="Bygdebilen: samkøyring til legetimen",
                ingress="Sjåførane stilte opp, men ingen torde å bestille. Folk ville ikkje vere til bry.",
                malform="nn",
                eier="Voss herad",
            ),
            eksempelprosjekt("delvis", "ide", tittel=lang_tittel, ingress="", tjenesteomrader=[], synlighet="sektor"),
        ],
        "mission": SimpleNamespace(
            tittel="Alle unge har et sted å høre til",
            retningsmal="Færre unge skal stå utenfor skole, jobb og fellesskap.",
            samfunnsutfordring="Ungt utenforskap",
            frist=date(2035, 12, 31),
            get_absolute_url="#",
            er_eksempel=True,
        ),
        "ny_mission": SimpleNamespace(
            tittel="Steder som tåler været",
            retningsmal="Kommunene skal tåle mer vann, mer vind og mindre snø.",
            samfunnsutfordring="Klima og miljø",
            frist=None,
            get_status_display="Under utforming",
            get_absolute_url="#",
        ),
        "ting": [
            Ting("Kautokeino", "#g-sok", "Kommune i Finnmark · Guovdageaidnu"),
            Ting("Måltidsvenn", "#g-sok", "Organisasjon", er_eksempel=True),
        ],
        "bilder": eksempelbilder(),
    }


def eksempeltall():
    """What is counted, drawn and filtered by."""
    return {
        "utfall": Utfall.choices,
        "faser": Fase.choices,
        "faa": [("virket", 2), ("virket_ikke", 1), ("pagar", 5)],
        "mange": [
            ("virket", 40),
            ("delvis", 12),
            ("virket_ikke", 21),
            ("overfort", 2),
            ("pagar", 60),
            ("pause", 5),
        ],
        "ingen": [],
        "fasetall": [
            Fasetall("pilot", "Pilot", [("virket", 2), ("pagar", 1)], "#"),
            Fasetall("drift", "I drift", [("virket", 130)], "#"),
        ],
        "fasetter": [
            Fasett(
                "utfall",
                "Hvordan gikk det?",
                [Valg("utfall", u.value, u.label, 1_204 - 57 * n, n == 1) for n, u in enumerate(Utfall)],
                er_apen=True,
                med_merke=True,
            ),
            Fasett("fase", "Fase", [Valg("fase", f.value, f.label, 12, False) for f in Fase]),
        ],
        "kartprikker": [
            ("4601", "virket"),
            ("5622", "pagar"),
            ("5501", "virket_ikke"),
            ("0301", "delvis"),
            ("1804", "pause"),
        ],
        "fylkeskart": eksempelkart(),
        "stedskart": stedskart(
            [Sted("Bergen", (58, 1038), "#", "virket", "2 prosjekter", 9), Sted("Voss", (121, 1024), "#")],
            (20, 960, 160, 1100),
            "46",
        ),
        "utsnitt": "661 -28 354 286",
    }


def eksempelhistorie():
    """What happened, who changed what, and two who changed the same."""
    return {
        "hendelser": [
            {"tid": date(2026, 3, 1), "tittel": "Sendt inn", "av": "Ingrid Eksempel"},
            {
                "tid": date(2026, 3, 4),
                "tittel": "Runder bare ved behov",
                "tekst": "To fall ble oppdaget sent.",
                "utfall": "virket_ikke",
            },
            {
                "tid": date(2026, 5, 2),
                "tittel": "Sensor i taket",
                "tekst": "Ingen sene fall.",
                "utfall": "virket",
            },
        ],
        "endringer": [
            Endring(
                datetime(2026, 11, 3, 9, 41, tzinfo=UTC),
                "Ingrid Eksempel",
                "endret",
                [
                    Feltendring("Fase", fra="Innsikt", til="Pilot"),
                    Feltendring("Det vi prøver", "Tolv rom får sensor.", "Seksten rom får sensor.", er_tekst=True),
                ],
            ),
            Endring(datetime(2026, 11, 1, 12, 0, tzinfo=UTC), "Ingrid Eksempel", "sendte inn"),
        ],
        "konflikt": Konfliktvisning(
            felter=[
                Konfliktfelt(
                    "Tittel",
                    "skjema",
                    orddiff("Tryggere netter", "Tryggere netter uten tilsynsrunder"),
                    orddiff("Tryggere netter", "Roligere netter"),
                )
            ],
            flettet=["Fase"],
            hvem="Per Eksempel",
            tid=datetime(2026, 11, 3, 9, 41, tzinfo=UTC),
        ),
    }


def eksempelnavigasjon():
    """How one gets around."""
    sider = Paginator(range(230), 10)
    return {
        "sorteringer": [("nyeste", "Nyeste først", True), ("tittel", "Tittel, a til å", False)],
        "chips": [{"navn": "Ungt utenforskap", "adresse": "?"}, {"navn": "Virket", "adresse": "?"}],
        "forste_side": sider.page(1),
        "funn_av_slag": [
            Funn(rettet_til="barnehage"),
            Funn(rettet_til="barnehage", er_naermeste=True),
            Funn(er_naermeste=True),
            Funn(noen_ligner=True, mente_du="sykkelparkering"),
        ],
        "midterste_side": sider.page(12),
        "steg": [
            {"navn": "Kort fortalt", "adresse": "#", "tilstand": "3 av 3"},
            {"navn": "Forsøket", "adresse": "#", "tilstand": "2 av 4", "er_her": True},
            {"navn": "Det vi lærte", "adresse": "#", "tilstand": "valgfritt"},
        ],
        "deler": [{"id": "skjema", "navn": "Skjema"}, {"id": "lister", "navn": "Lister"}],
    }


@login_not_required
def galleri(request):
    return render(
        request,
        "partnerskap/galleri.html",
        {
            **eksempelrader(),
            **eksempeltall(),
            **eksempelhistorie(),
            **eksempelnavigasjon(),
            "viser_eksempeldata": True,
            "fakta": [("Fylke", "Finnmark"), ("Innbyggere", "3 889"), ("Tomt felt", "")],
            "skjema": Eksempelskjema(prefix="a"),
            "skjema_med_feil": Eksempelskjema({"b-tittel": "x" * 141, "b-epost": "feil", "b-versjon": "1"}, prefix="b"),
            "farger": ["info", "success", "warning", "danger"],
        },
    )
