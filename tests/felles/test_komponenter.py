"""Components, tags and forms: what stands in the HTML is what people and screen readers get."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.db.models import Model
from django.template import Context, Engine, Template
from django.template.loader import render_to_string
from django.utils.translation import override

from kommuner.models import Bruker
from partnerskap.felles.forms import Datovelger, Skjemarenderer
from partnerskap.felles.kart import norge, utsnitt
from partnerskap.felles.templatetags.portal import FASER, UTFALLSFARGER, merkerad
from partnerskap.sider.galleri import galleri
from prosjekter.kodeverk import Fase, Utfall
from prosjekter.models import Prosjekt

KOMPONENTER = settings.ROT / "templates" / "komponenter"


def vis(kilde, **variabler):
    return " ".join(Template(kilde).render(Context(variabler)).split())


@pytest.fixture
def foresporsel(rf):
    def lag(adresse):
        request = rf.get(adresse)
        request.user = AnonymousUser()
        request._messages = []
        return request

    return lag


# Outcomes and phases: the drawing and the glossary agree


def test_hvert_utfall_har_farge_og_form():
    sprite = (KOMPONENTER / "_sprite.html").read_text()

    assert set(UTFALLSFARGER) == set(Utfall.values)
    assert set(re.findall(r'id="m-(\w+)"', sprite)) == set(Utfall.values)


def test_sporet_har_fasene_i_ordlistens_rekkefoelge():
    assert list(FASER) == Fase.values


@pytest.mark.parametrize(("fase", "nummer", "prikker"), [("ide", 1, 0), ("pilot", 6, 5), ("skalering", 8, 7)])
def test_sporet_viser_hvor_langt_det_er_kommet(fase, nummer, prikker):
    html = vis("{% spor fase navn 'virket' %}", fase=fase, navn=Fase(fase).label)

    assert f"fase {nummer} av 8" in html
    assert html.count("8h0") == prikker
    assert 'href="#m-virket"' in html
    assert str(Fase(fase).label) in html


def test_en_ukjent_fase_gir_ordet_uten_tegning():
    html = vis("{% spor 'borte' 'Borte' %}")

    assert "Borte" in html
    assert "<svg" not in html


def test_tall_i_tegninger_har_punktum_ogsaa_paa_norsk():
    assert not re.search(r'(x|cx|d)="[^"]*\d,\d', vis("{% spor 'pilot' 'Pilot' %}"))


@pytest.mark.parametrize(
    ("antall", "per_prikk", "prikker"), [(0, 1, 0), (1, 1, 1), (48, 1, 48), (49, 2, 25), (1000, 21, 48)]
)
def test_merkeraden_faar_plass_og_sier_hvor_mange_en_prikk_er(antall, per_prikk, prikker):
    rad = merkerad([("virket", antall)])

    assert (rad["antall"], rad["per_prikk"]) == (antall, per_prikk)
    assert rad["html"].count("<svg") == prikker


def test_ogsaa_det_minste_utfallet_faar_en_prikk():
    rad = merkerad([("virket", 200), ("virket_ikke", 1)])

    assert rad["html"].count("m-virket_ikke") == 1


# Navigation


def test_sidevelgeren_beholder_resten_av_adressen(rf):
    side = Paginator(range(230), 10).page(12)

    html = vis("{% sidevelger side %}", request=rf.get("/?q=b%C3%A5t&fase=ide&fase=pilot&side=12"), side=side)

    assert 'href="?q=b%C3%A5t&amp;fase=ide&amp;fase=pilot&amp;side=13"' in html
    assert 'aria-label="Side 12" aria-current="true"' in html
    assert "Side 12 av 23" in html
    assert html.count("<li") <= 10


def test_en_side_trenger_ingen_sidevelger(rf):
    assert "<nav" not in vis("{% sidevelger side %}", request=rf.get("/"), side=Paginator([1], 10).page(1))


@pytest.mark.parametrize(
    ("sti", "svar"),
    [
        ("/prosjekter/", ' aria-current="page"'),
        ("/prosjekter/et-prosjekt/", ' aria-current="true"'),
        ("/kommuner/", ""),
    ],
)
def test_menyen_viser_hvor_vi_er(rf, sti, svar):
    assert Template("{% her '/prosjekter/' %}").render(Context({"request": rf.get(sti)})) == svar


@pytest.mark.parametrize("eksempel", [False, True])
@pytest.mark.parametrize(
    ("sti", "aria"),
    [
        ("/", {}),
        ("/prosjekter/", {"/prosjekter/": "page"}),
        ("/prosjekter/et-prosjekt/", {"/prosjekter/": "true"}),
        ("/prosjekter/ko/", {}),
        ("/prosjekter/ko/etterkontroll/", {}),
        ("/kommuner/0301/", {"/kommuner/": "true"}),
        ("/finnes-ikke/", {}),
    ],
)
def test_toppen_som_tegnes_en_gang_er_som_den_som_tegnes_hver_gang(rf, sti, aria, eksempel):
    felt = {"request": rf.get(sti), "user": AnonymousUser(), "viser_eksempeldata": eksempel}

    for _gang in range(2):
        html = vis("{% topp %}", **felt)
        assert html == " ".join(render_to_string("partnerskap/_topp.html", felt).split())
        assert dict(re.findall(r'href="([^"]*)" aria-current="(page|true)"', html)) == aria
        assert ("Noe på denne siden er funnet på." in html) == eksempel


def test_toppen_til_den_som_er_logget_inn_er_bare_hennes(rf):
    felt = {"request": rf.get("/prosjekter/"), "user": Bruker(navn="Runa"), "csrf_token": "hemmelig"}

    assert "Logg ut" in vis("{% topp %}", **felt)
    assert "hemmelig" in vis("{% topp %}", **felt)
    assert "Logg ut" not in vis("{% topp %}", **{**felt, "user": AnonymousUser()})
    assert "hemmelig" not in vis("{% topp %}", **{**felt, "user": AnonymousUser()})


def test_ordet_for_en_kode_er_det_django_sier():
    for prosjekt in (Prosjekt(fase="pilot"), Prosjekt(fase=Fase.DRIFT), Prosjekt(fase="ukjent"), Prosjekt(fase=None)):
        felt = Prosjekt._meta.get_field("fase")
        assert prosjekt.get_fase_display() == Model._get_FIELD_display(prosjekt, felt)


def test_broedsmulene_begynner_paa_forsiden_og_slutter_her(rf):
    html = vis("{% brodsmuler 'Prosjekter' '/prosjekter/' tittel %}", request=rf.get("/prosjekter/x/"), tittel="<b>")

    assert re.findall(r'<li><a class="ds-link" href="([^"]*)"', html) == ["/", "/prosjekter/", "/prosjekter/x/"]
    assert "Tilbake til Prosjekter" in html
    assert "&lt;b&gt;" in html


# Map


def test_kartet_kjenner_alle_kommuner_og_tegner_bare_dem():
    html = vis("{% kart prikker %}", prikker=[("4601", "virket"), ("0000", "pagar")])

    assert len(norge().punkter) == 357
    assert html.count("<use") == 1
    assert 'aria-hidden="true"' in html
    assert utsnitt("4601")
    assert utsnitt("0000") == ""


# Forms


class Skjema(forms.Form):
    tittel = forms.CharField(label="Tittel", help_text="Kort.", max_length=10)
    lenke = forms.CharField(label="Lenke", required=False)
    start = forms.DateField(label="Start", required=False, widget=Datovelger)
    fase = forms.ChoiceField(label="Fase", choices=Fase.choices, widget=forms.RadioSelect, help_text="Velg én.")
    omrader = forms.MultipleChoiceField(
        label="Områder", choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple, required=False
    )
    enig = forms.BooleanField(label="Jeg er enig", required=False)
    versjon = forms.IntegerField(widget=forms.HiddenInput)


def felt(skjema, navn):
    return " ".join(skjema[navn].as_field_group().split())


def test_skjemaene_vaare_bruker_skjemarenderer():
    assert isinstance(Skjema().renderer, Skjemarenderer)


def test_et_felt_har_ledetekst_forklaring_og_klasse():
    html = felt(Skjema(), "tittel")

    assert '<label class="ds-label" data-weight="medium" for="id_tittel">Tittel</label>' in html
    assert 'id="id_tittel_helptext">Kort.' in html
    assert 'aria-describedby="id_tittel_helptext"' in html
    assert 'class="ds-input"' in html
    assert "aria-invalid" not in html


def test_det_som_kan_staa_tomt_er_merket_valgfritt_og_ikke_det_som_maa_fylles_ut():
    skjema = Skjema()

    assert "(valgfritt)" in felt(skjema, "lenke")
    assert "(valgfritt)" in felt(skjema, "omrader")
    assert "(valgfritt)" not in felt(skjema, "tittel")
    assert "(valgfritt)" not in felt(skjema, "enig")


def test_et_skjema_kan_la_vaere_aa_merke_valgfritt():
    skjema = Skjema()
    skjema.merk_valgfritt = False

    assert "(valgfritt)" not in felt(skjema, "lenke")


def test_en_feil_er_knyttet_til_feltet_sitt():
    html = felt(Skjema({"tittel": "altfor langt til dette"}), "tittel")

    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_tittel_helptext id_tittel_error"' in html
    assert 'data-field="validation" id="id_tittel_error"' in html
    assert 'value="altfor langt til dette"' in html


def test_et_tomt_felt_sier_hva_du_skal_gjoere():
    assert Skjema({}).errors["tittel"] == ["Fyll ut dette feltet."]


def test_valg_staar_i_en_gruppe_med_overskrift():
    html = felt(Skjema({}), "fase")

    assert '<fieldset class="ds-fieldset" aria-describedby="id_fase_helptext id_fase_error">' in html
    assert "<legend" in html
    assert html.count('type="radio"') == len(Fase)
    assert html.count('for="id_fase_') == len(Fase)


def test_en_avkryssing_har_teksten_etter_boksen():
    html = felt(Skjema(), "enig")

    assert html.index("<input") < html.index("<label")


def test_en_dato_blir_en_datovelger_som_husker_det_som_staar_der():
    assert 'type="date" name="start" value="2026-03-01"' in felt(Skjema({"start": "2026-03-01"}), "start")


def test_hele_skjemaet_tar_med_skjulte_felt_og_feil_som_gjelder_alt():
    skjema = Skjema({"versjon": "1"})
    skjema.add_error(None, "Noen andre lagret mens du skrev.")

    html = str(skjema)

    assert '<input type="hidden" name="versjon" value="1"' in html
    assert "Noen andre lagret mens du skrev." in html
    assert "<ul" not in html


def test_det_som_ble_skrevet_kan_ikke_bli_til_kode():
    skjema = Skjema({"fase": "<script>alert(1)</script>", "tittel": '"><script>'})

    html = str(skjema) + render_to_string("komponenter/feiloppsummering.html", {"skjema": skjema})

    assert "<script>" not in html


def test_oppsummeringen_leder_til_felt_som_finnes():
    skjema = Skjema({"versjon": "1", "start": "i går"})
    html = render_to_string("komponenter/feiloppsummering.html", {"skjema": skjema})

    ankre = re.findall(r'href="#([^"]+)"', html)

    assert ankre == ["id_tittel", "id_start", "id_fase_0"]
    assert all(f'id="{anker}"' in str(skjema) for anker in ankre)
    assert "Rett opp 3 ting" in html
    assert "data-fokus" in html


@pytest.mark.parametrize(("etikett", "svar"), [("E-post", "E-post:"), ("Hva heter det?", "Hva heter det?")])
def test_oppsummeringen_setter_ikke_kolon_etter_spoersmaalstegn(etikett, svar):
    skjema = Skjema({})
    skjema.fields["tittel"].label = etikett

    assert skjema["tittel"].innledning == svar


def test_uten_feil_er_det_ingen_oppsummering():
    skjema = Skjema({"tittel": "x", "fase": "ide", "versjon": "1"})

    assert render_to_string("komponenter/feiloppsummering.html", {"skjema": skjema}).strip() == ""


# Gallery


def test_galleriet_viser_hver_komponent(foresporsel):
    svar = galleri(foresporsel("/galleri/"))
    kilde = "".join(f.read_text() for f in (settings.ROT / "templates").rglob("*.html"))
    galleriet = (settings.ROT / "templates" / "partnerskap" / "galleri.html").read_text()
    egne_merkelapper = {"fylkeskart", "brodsmuler", "sidevelger", "spor", "merkerad"}
    # Pieces of other components and of the page's frame are seen wherever those are.
    i_rammen = {"_sprite", "logo", "soek"}

    assert svar.status_code == 200
    for fil in KOMPONENTER.glob("*.html"):
        navn = Path(fil).stem
        if navn.startswith("_") or navn in i_rammen:
            assert f"komponenter/{navn}.html" in kilde
        elif navn in egne_merkelapper:
            assert f"{{% {navn} " in galleriet
        else:
            assert f"komponenter/{navn}.html" in galleriet, f"{navn} er ikke i galleriet"


# Stylesheets


def stilklasser():
    css = "".join(f.read_text() for f in (settings.ROT / "static").rglob("*.css"))
    return set(re.findall(r"\.([a-zA-Z][\w-]*)", css))


@pytest.mark.parametrize("mal", sorted((settings.ROT / "templates").rglob("*.html")), ids=lambda f: f.name)
def test_hver_klasse_i_malen_finnes_i_et_stilark(mal):
    """A class nobody styles is a misspelling, or a part of Designsystemet that we have left out."""
    kilde = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", mal.read_text(), flags=re.DOTALL)
    verdier = re.findall(r'\sclass="((?:{%.*?%}|{{.*?}}|[^"])*)"', kilde)
    brukt = {klasse for verdi in verdier for klasse in re.sub(r"{%.*?%}|\S*{{.*?}}\S*", " ", verdi).split()}

    assert brukt - stilklasser() == set()


def test_tekster_i_maler_oversettes_til_sidens_sprak():
    mal = Template('{% translate "January" %} {% translate "January" as maaned %}{{ maaned }} {% translate ukjent %}')

    for _gang in range(2):
        for sprak, januar, februar in (("nb", "januar", "februar"), ("fr", "Janvier", "février")):
            with override(sprak):
                svar = mal.render(Context({"ukjent": "February"}))
                assert svar.lower() == f"{januar} {januar} {februar}".lower()


def test_hopp_viser_delene_den_faar():
    for deler in ([{"id": "om", "navn": "Om"}], [{"id": "om", "navn": "Om <b>"}, {"id": "slik", "navn": "Slik"}], []):
        html = vis("{% hopp deler %}", deler=deler)
        assert html == vis('{% include "komponenter/hopp.html" with deler=deler only %}', deler=deler)


@pytest.mark.parametrize("tid", [datetime(2026, 3, 31, 22, 30, tzinfo=UTC), datetime(2026, 4, 1, 12, tzinfo=UTC)])
def test_raden_sier_dagen_det_var_her(tid):
    assert vis("{% oppdatert tid %}", tid=tid) == "oppdatert 1. april 2026"
    assert Template("{% oppdatert tid %}").render(Context({"tid": tid})) == "oppdatert 1.\xa0april\xa02026"


@pytest.mark.parametrize("form", ["j. F Y", "F Y", "j. F", "H.i", "c", "d.m.Y", ""])
def test_en_dato_skrives_som_django_skriver_den(form):
    """Two times of one day, before and after midnight here, and a day without a time."""
    tider = [datetime(2026, 3, 3, time, 30, tzinfo=UTC) for time in (21, 22, 23)]

    for verdi in (*tider, *tider, None, "", *([] if form in ("H.i", "c") else [date(2026, 3, 3)])):
        kontekst = Context({"verdi": verdi, "form": form})
        djangos = Engine().from_string("{{ verdi|date:form }}")
        assert Template("{{ verdi|date:form }}").render(kontekst) == djangos.render(kontekst)


def test_datoen_er_paa_leserens_spraak():
    assert vis("{{ dag|date:'F' }}", dag=date(2026, 5, 1)) == "mai"
    with override("en"):
        assert vis("{{ dag|date:'F' }}", dag=date(2026, 5, 1)) == "May"


def test_en_tekst_kortes_bare_naar_den_er_for_lang():
    assert vis("{{ tekst|truncatechars:6 }}", tekst="<b>abc") == "&lt;b&gt;abc"
    assert vis("{{ tekst|truncatechars:5 }}", tekst="<b>abc") == "&lt;b&gt;a…"
