"""Tags and filters every template has at hand (a builtin library, no {% load %} needed).

The outcome of a trial is a shape, a word and a colour. Shape and colour are decided here, by the slug of the outcome;
the word comes from whoever calls. See docs/design.md.
"""

from datetime import date
from functools import cache, lru_cache
from types import SimpleNamespace

from django import template
from django.conf import settings
from django.template import defaultfilters, defaulttags
from django.template.loader import render_to_string
from django.templatetags import i18n
from django.urls import NoReverseMatch
from django.utils.formats import date_format, number_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnerskap.felles import fylkeskart as fylkeskartet
from partnerskap.felles import kart as kartdata
from partnerskap.felles.adresser import adresse
from partnerskap.felles.markdown import til_html

register = template.Library()

# Outcome to Designsystemet's data-color, in the order dots stand in a row: what has an answer first.
# Danger, warning and success are for messages, never for outcomes.
UTFALLSFARGER = {
    "virket": "accent",
    "delvis": "accent",
    "virket_ikke": "lyng",
    "stoppet": "neutral",
    "overfort": "fjord",
    "pause": "neutral",
    "pagar": "brand",
}
# The phases in order. prosjekter.kodeverk owns the words; a test holds the two together.
FASER = ("ide", "forankring", "innsikt", "utforsking", "eksperiment", "pilot", "drift", "skalering")
BARE_DAG = frozenset("djDlmnMFYy. ")  # what a form of date may hold that says nothing of the hour
FORSTE_STOPP, STEG = 8, 15.4  # where the trail begins, and how far there is between its eight stops


@register.filter
def utfallsfarge(utfall):
    return UTFALLSFARGER.get(utfall, "neutral")


@register.filter
def tall(antall):
    """{{ 1983|tall }}: 1 983, with a space that is not broken."""
    return _tall(antall, get_language())


@lru_cache(maxsize=20_000)
def _tall(antall, _sprak):
    return number_format(antall, force_grouping=True)


@register.filter(name="date", expects_localtime=True, is_safe=False)
def dato(verdi, form=None):
    """Django's own, but a day is written once for each language: a page has dozens."""
    if form and isinstance(verdi, date) and BARE_DAG.issuperset(form):
        return _dag(verdi.year, verdi.month, verdi.day, form, get_language())
    return defaultfilters.date(verdi, form)


@lru_cache(maxsize=20_000)
def _dag(aar, maaned, dag, form, _sprak):
    return date_format(date(aar, maaned, dag), form)


@register.filter(is_safe=True)
@defaultfilters.stringfilter
def truncatechars(tekst, lengde):
    """Django's own, which reads the whole of a text that is short enough."""
    return tekst if len(tekst) <= lengde else defaultfilters.truncatechars(tekst, lengde)


@register.simple_tag
def oppdatert(tid):
    """{% oppdatert prosjekt.endret_tid %}: «oppdatert 3. mars 2026», in each row of a list. A day is written once."""
    return _oppdatert(localtime(tid).date(), get_language())


@lru_cache(maxsize=5_000)
def _oppdatert(dag, _sprak):
    return _("oppdatert %(dato)s") % {"dato": date_format(dag, "j.\N{NO-BREAK SPACE}F\N{NO-BREAK SPACE}Y")}


@register.filter
def markdown(tekst, nivaa=3):
    """Text typed by people, as safe HTML. `nivaa` is the level of its topmost headings."""
    return til_html(tekst, nivaa)


@register.simple_tag
def merke(utfall, stor=False, ringer=0):
    """{% merke prosjekt.utfall stor=True %}: komponenter/merke.html where there are many of them, as in lists."""
    return _tegnet("komponenter/merke.html", utfall=utfall, stor=stor, ringer=ringer)


@register.simple_tag
def utfall(utfall, navn):
    """{% utfall prosjekt.utfall prosjekt.get_utfall_display %}: komponenter/utfall.html, the mark and the word."""
    return _tegnet("komponenter/utfall.html", utfall=utfall, navn=str(navn))


@lru_cache(maxsize=2_000)
def _tegnet(mal, **felt):
    """A component that is the same for the same few words, drawn once. Give it nothing from a person's text."""
    return render_to_string(mal, felt)


@register.simple_tag
def fast(mal):
    """{% fast "partnerskap/_bunn.html" %}: a piece that takes nothing, drawn once for each language."""
    return render_to_string(mal) if settings.DEBUG else _fast(mal, get_language())


@cache
def _fast(mal, _sprak):
    return render_to_string(mal)


MENY = (
    "prosjekter:ko",
    "prosjekter:liste",
    "missions:liste",
    "utfordringer:liste",
    "laering:liste",
    "kommuner:liste",
    "partnere:liste",
)


@register.simple_tag(takes_context=True)
def topp(context):
    """The header, partnerskap/_topp.html. For those who are not signed in it is drawn once for each entry in the menu."""
    bruker, eksempel = context.get("user"), bool(context.get("viser_eksempeldata"))
    if settings.DEBUG or bruker and bruker.is_authenticated:
        return render_to_string("partnerskap/_topp.html", context.flatten())
    return _topp(_under_i_menyen(context["request"].path), eksempel, get_language())


def _under_i_menyen(sti):
    """The entry in the menu, or just any page below it: all the header needs to know."""
    innslag = next((adresse for adresse in map(adresse, MENY) if sti.startswith(adresse)), "")
    return sti if sti == innslag else f"{innslag}under/"


@cache
def _topp(sti, viser_eksempeldata, _sprak):
    felt = {"request": SimpleNamespace(path=sti), "viser_eksempeldata": viser_eksempeldata}
    return render_to_string("partnerskap/_topp.html", felt)


class Adressenode(defaulttags.URLNode):
    def render(self, context):
        if self.kwargs:
            return super().render(context)
        try:
            svar = adresse(self.view_name.resolve(context), *(verdi.resolve(context) for verdi in self.args))
        except NoReverseMatch:
            return super().render(context)
        if self.asvar:
            context[self.asvar] = svar
            return ""
        return conditional_escape(svar) if context.autoescape else svar


@register.tag
def url(parser, token):
    """Django's own, by partnerskap.felles.adresser."""
    node = defaulttags.url(parser, token)
    return Adressenode(node.view_name, node.args, node.kwargs, node.asvar)


class Ordnode(i18n.TranslateNode):
    def render(self, context):
        sprak = get_language()
        if sprak not in self.paa_sprak:
            self.paa_sprak[sprak] = super().render(context)
        return self.paa_sprak[sprak]


@register.tag
def translate(parser, token):
    """Django's own, but a text that stands in the template is translated once for each language: a page has dozens."""
    node = i18n.do_translate(parser, token)
    uttrykk = node.filter_expression
    if node.asvar or node.message_context or uttrykk.filters or not isinstance(uttrykk.var.literal, str):
        return node
    fast = Ordnode(uttrykk, node.noop)
    fast.paa_sprak = {}
    return fast


@register.simple_tag
def hopp(deler):
    """{% hopp innhold %}: komponenter/hopp.html. `deler` are dicts."""
    return _tegnet_hopp(tuple((d["id"], str(d["navn"])) for d in deler), get_language())


@lru_cache(maxsize=2_000)
def _tegnet_hopp(deler, _sprak):
    felt = {"deler": [{"id": id_, "navn": navn} for id_, navn in deler]}
    return render_to_string("komponenter/hopp.html", felt)


@register.simple_tag
def spor(fase, fase_navn, utfall="pagar"):
    """The trail of eight phases. See komponenter/spor.html."""
    return _tegnet_spor(str(fase), str(fase_navn), str(utfall))


@lru_cache(maxsize=1_000)
def _tegnet_spor(fase, fase_navn, utfall):
    nummer = FASER.index(fase) + 1 if fase in FASER else 0
    stopp = [f"{FORSTE_STOPP + STEG * i:g}" for i in range(len(FASER))]
    na = FORSTE_STOPP + STEG * (nummer - 1)
    felt = {
        "fase_navn": fase_navn,
        "utfall": utfall,
        "nummer": nummer,
        "antall": len(FASER),
        "naa": f"{na:g}",
        "merke_x": f"{na - 7:g}",
        "siste": stopp[-1],
        "gaatt": "".join(f"M{x} 8h0" for x in stopp[: max(nummer - 1, 0)]),
    }
    return render_to_string("komponenter/spor.html", felt)


@register.simple_tag
def merkerad(tellinger, maks=48):
    """A row of dots, with how many projects it stands for. `tellinger` is pairs of outcome and number. Past `maks` one dot is several, and the caller says so."""
    antall = sum(tall for _utfall, tall in tellinger)
    per_prikk = max(1, -(-antall // maks))
    per_utfall = dict(tellinger)
    merker = {u: merke(u) for u in UTFALLSFARGER if per_utfall.get(u)}
    prikker = [merke for u, merke in merker.items() for _nummer in range(-(-per_utfall[u] // per_prikk))]
    html = render_to_string("komponenter/merkerad.html", {"prikker": prikker}) if prikker else ""
    return {"html": html, "antall": antall, "per_prikk": per_prikk}


class TekstMedSprak(str):
    """A text that knows which language it is in."""

    sprak = ""


@register.filter
def sprak(tekst, kode):
    """{{ tittel|sprak:"nn" }}: the same text, with its language beside it. See `brodsmuler`."""
    svar = TekstMedSprak(tekst)
    svar.sprak = kode
    return svar


def _sprak(tekst):
    return getattr(tekst, "sprak", "")


@register.inclusion_tag("komponenter/brodsmuler.html", takes_context=True)
def brodsmuler(context, *ledd):
    """{% brodsmuler "Prosjekter" adresse "Tittel" %}: pairs of name and address, then the name of this page.

    What people wrote keeps its own language: {% brodsmuler ... prosjekt.tittel|sprak:prosjekt.malform %}.
    """
    *foran, her = ledd
    par = [(_("Forside"), adresse("forside")), *zip(foran[::2], foran[1::2], strict=True)]
    return {
        "ledd": [{"navn": navn, "sprak": _sprak(navn), "adresse": adresse} for navn, adresse in par],
        "her": her,
        "her_sprak": _sprak(her),
        "her_adresse": context["request"].path,
    }


@register.simple_tag(takes_context=True)
def her(context, adresse, unntatt=None):
    """The aria-current of a link in the menu: `page` on the page itself, `true` on the pages below it.

    `unntatt` is below it too, but has a link of its own.
    """
    sti = context["request"].path
    if not adresse or not sti.startswith(adresse) or unntatt and sti.startswith(unntatt):
        return ""
    return format_html(' aria-current="{}"', "page" if sti == adresse else "true")


@register.inclusion_tag("komponenter/sidevelger.html", takes_context=True)
def sidevelger(context, side, parameter="side", navn=""):
    """Paging that keeps the rest of the address. See komponenter/sidevelger.html."""
    sporring = context["request"].GET.copy()

    def adresse(nummer):
        sporring[parameter] = nummer
        return f"?{sporring.urlencode()}"

    tall = side.paginator.get_elided_page_range(side.number, on_each_side=1, on_ends=1)
    return {
        "side": side,
        "navn": navn or _("Sider"),
        "sider": [{"nummer": n, "adresse": adresse(n)} if isinstance(n, int) else {} for n in tall],
        "forrige": adresse(side.number - 1),
        "neste": adresse(side.number + 1),
    }


@register.simple_tag
def kart(prikker, utsnitt="", fylker=()):
    """The map as SVG: the country, all municipalities as grey points, and one mark for each of `prikker`.

    `prikker` is pairs of municipality number and outcome. `utsnitt` is another viewBox, as kart.utsnitt() gives. `fylker`
    (of felles.fylkeskart.Fylkesrad) makes each county a link for those who use a mouse. The drawing is hidden from screen
    readers: put the same facts and links in a list or table, beside it or one link away.
    """
    norge = kartdata.norge()
    land = format_html_join(
        "",
        '<a href="{}" tabindex="-1"><path class="land" d="{}"><title>{}: {}</title></path></a>',
        (
            (f["adresse"], f["form"], f["navn"], f["ord"])
            for f in fylkeskartet.tegnbare(fylkeskartet.Kart(fylker))
            if f["form"]
        ),
    )
    return format_html(
        '<svg class="kart" viewBox="{}" aria-hidden="true" focusable="false">'
        '{}<path class="alle" d="{}"/><g class="prikker">{}</g></svg>',
        utsnitt or norge.utsnitt,
        land or format_html('<path class="land" d="{}"/>', norge.land),
        norge.alle,
        _merker(kartdata.plasser(prikker), kartdata.MERKE),
    )


def _merker(plasserte, bredde):
    """The marks of pairs of point and outcome."""
    return format_html_join(
        "",
        '<use href="#m-{}" class="u-{}" x="{}" y="{}" width="{}" height="{}"/>',
        (
            (utfall, utfall, f"{x - bredde / 2:g}", f"{y - bredde / 2:g}", bredde, bredde)
            for (x, y), utfall in plasserte
        ),
    )


@register.inclusion_tag("komponenter/fylkeskart.html")
def fylkeskart(kart):
    """Counties in shades, marks, and a table. `kart` is a felles.fylkeskart.Kart; see komponenter/fylkeskart.html."""
    norge, fylker, plasserte = kartdata.norge(), fylkeskartet.tegnbare(kart), kartdata.plasser(kart.prikker)
    return {
        "utsnitt": norge.utsnitt,
        "fylker": fylker,
        "former": sorted((f for f in fylker if f["form"]), key=lambda f: -norge.storrelse(f["nummer"])),
        "klasser": fylkeskartet.klasser([f["antall"] for f in fylker]),
        "prikker": _merker(plasserte, fylkeskartet.MERKE),
        "bak": "".join(f"M{x:g} {y:g}h0" for (x, y), _utfall in plasserte),
        "forklaring": kart.forklaring,
        "uten_fylke": kart.uten_fylke,
        "merknad": kart.merknad,
    }


@register.filter
def beskjedfarge(beskjed):
    """The colour of one of Django's messages."""
    return {"success": "success", "warning": "warning", "error": "danger"}.get(beskjed.level_tag, "info")
