"""A project as others' machines read it: mail links, schema.org and stable identifiers. Only what is open to all."""

import json
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from prosjekter.kodeverk import Kodeliste, Lisens, Malform

LISENSADRESSER = {
    Lisens.CC_BY_4: "https://creativecommons.org/licenses/by/4.0/",
    Lisens.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    Lisens.NLOD_2: "https://data.norge.no/nlod/no/2.0",
}
# What a script element must not hold, as in Django's json_script.
FARLIGE_TEGN = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
OG_SPRAK = {Malform.BOKMAL: "nb_NO", Malform.NYNORSK: "nn_NO", Malform.NORDSAMISK: "se_NO", Malform.ENGELSK: "en_GB"}
# What the tag addresses of the feed are counted from (RFC 4151): never to be changed, or readers show all as new.
MERKEAAR = 2026


def adresse(prosjekt):
    """The full address that counts, also when we were reached by another name."""
    return settings.PORTAL_ADRESSE + prosjekt.get_absolute_url()


PORTALENS_BILDE = {"type": "image/png", "bredde": 1200, "hoyde": 630}


def delekort(prosjekt, bilde=None):
    """What templates/prosjekter/_delekort.html needs besides the project. `bilde` is the project's own first picture."""
    if bilde and not bilde.er_pynt:
        om = {"type": "image/jpeg", "bredde": bilde.bredde, "hoyde": bilde.hoyde, "alt": bilde.alt_tekst}
    else:
        alt = _("Partnerskap for radikal innovasjon: en åpen, en halv og en hel prikk med en ring rundt.")
        om = {**PORTALENS_BILDE, "alt": alt}
        bilde = None
    return {
        "adresse": adresse(prosjekt),
        "bilde": urljoin(settings.PORTAL_ADRESSE, bilde.storste if bilde else static("bilder/deling.png")),
        "om_bildet": om,
        "sprak": OG_SPRAK[prosjekt.malform],
        "publisert": prosjekt.publisert_tid.isoformat(),
        "endret": prosjekt.endret_tid.isoformat(),
    }


def mailto(prosjekt):
    """A mail with the title, what it is and the address; the reader chooses who gets it."""
    tekst = f"{prosjekt.tittel}\n\n{prosjekt.ingress}\n\n{adresse(prosjekt)}\n".replace("\n", "\r\n")
    return f"mailto:?subject={quote(prosjekt.tittel)}&body={quote(tekst)}"


def merkeadresse(prosjekt):
    """The same identifier whatever happens to the address of the page."""
    return f"tag:{urlsplit(settings.PORTAL_ADRESSE).hostname},{MERKEAAR}:prosjekt/{prosjekt.pk}"


def strukturerte_data(prosjekt, missions, bilde=None):
    """schema.org for an open project, as JSON that is safe inside a script element."""
    data = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": adresse(prosjekt),
        "url": adresse(prosjekt),
        "name": prosjekt.tittel,
        "abstract": prosjekt.ingress,
        "image": bilde and settings.PORTAL_ADRESSE + bilde.storste,
        "inLanguage": prosjekt.malform,
        "datePublished": prosjekt.publisert_tid.isoformat(),
        "dateModified": prosjekt.endret_tid.isoformat(),
        "creativeWorkStatus": f"{prosjekt.get_fase_display()}. {prosjekt.get_utfall_display()}",
        "creator": {"@type": "Organization", "name": str(prosjekt.eier)},
        "contributor": [
            {"@type": "Organization", "name": navn}
            for navn in dict.fromkeys(str(d.organisasjon) for d in prosjekt.deltakelser.all())
            if navn != str(prosjekt.eier)
        ],
        "keywords": [
            str(navn) for liste in (Kodeliste.TJENESTEOMRADE, Kodeliste.MALGRUPPE) for navn in prosjekt.koder(liste)
        ],
        "about": [{"@type": "Thing", "name": str(mission)} for mission in missions],
        "license": LISENSADRESSER.get(prosjekt.lisens),
        "spatialCoverage": prosjekt.eier.kommune and {"@type": "Place", "name": str(prosjekt.eier.kommune)},
        "isPartOf": {
            "@type": "WebSite",
            "name": _("Partnerskap for radikal innovasjon"),
            "url": f"{settings.PORTAL_ADRESSE}/",
        },
    }
    return som_datablokk({navn: verdi for navn, verdi in data.items() if verdi})


def som_datablokk(data):
    """No <, > or & survives, so nothing in the text can end the element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(FARLIGE_TEGN))  # noqa: S308
