"""Addresses of projects: free ones for new titles, and old ones that lead on."""

from partnerskap.felles.norsk import norsk_slug
from prosjekter.models import GammelSlug, Prosjekt

# Addresses under /prosjekter/ that are not projects.
RESERVERT = {"ny", "nye", "ko", "min", "mine", "moderering", "stemmer", "feed", "atom", "rss", "eksport", "api", "kart"}


def ledig_slug(tittel, prosjekt=None, opptatt=None):
    """An address nobody has or has had. Two at once may choose the same; the database then refuses one of them."""
    grunn = norsk_slug(tittel) or "prosjekt"
    if opptatt is None:
        opptatt = _opptatte(grunn, prosjekt)
    nummer = 1
    slug = grunn
    while slug in opptatt:
        nummer += 1
        slug = f"{grunn}-{nummer}"
    return slug


def opptatte_slugger():
    """All of them, for the one who needs many new ones."""
    return {
        *Prosjekt.objects.values_list("slug", flat=True),
        *GammelSlug.objects.values_list("slug", flat=True),
    } | RESERVERT


def _opptatte(grunn, prosjekt):
    egen = prosjekt.pk if prosjekt else None
    opptatt = set(Prosjekt.objects.filter(slug__startswith=grunn).exclude(pk=egen).values_list("slug", flat=True))
    gamle = GammelSlug.objects.filter(slug__startswith=grunn).exclude(prosjekt_id=egen)
    return opptatt | set(gamle.values_list("slug", flat=True)) | RESERVERT


def flytt_adresse(prosjekt):
    """The address follows the title; the old one leads on."""
    ny = ledig_slug(prosjekt.tittel, prosjekt)
    if ny != prosjekt.slug:
        GammelSlug.objects.filter(slug=ny).delete()
        GammelSlug.objects.get_or_create(slug=prosjekt.slug, prosjekt=prosjekt)
        prosjekt.slug = ny
