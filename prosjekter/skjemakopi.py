"""What a browser sent of a section, kept as it was typed and shown again as it was typed."""

from django.core.exceptions import ValidationError
from django.http import QueryDict


def les(data, felter):
    """{answer: {name in the form: [values]}} of those answers. An unticked box sends nothing: then there are no names."""
    return {
        navn: {n: data.getlist(n) for n in data if n == navn or n.startswith(f"{navn}-") and n != f"{navn}-flere"}
        for navn in felter
    }


def som_skrevet(skjema, kopi):
    """What to fill the form with where the person's copy has something: {answer: as the field's own widget reads it}."""
    return {
        navn: felt.widget.value_from_datadict(_som_sendt(data), {}, navn)
        for navn, data in kopi.skrevet().items()
        if (felt := skjema.fields.get(navn))
    }


def som_svar(skjema, skrevet):
    """Of what was written, that which is valid, as answers; and the labels and messages of the rest."""
    gyldige, ugyldige = {}, {}
    for navn, data in skrevet.items():
        if felt := skjema.fields.get(navn):
            try:
                gyldige[navn] = felt.clean(felt.widget.value_from_datadict(_som_sendt(data), {}, navn))
            except ValidationError as feil:
                ugyldige[skjema[navn].innledning] = " ".join(feil.messages)
    return gyldige, ugyldige


def _som_sendt(data):
    sendt = QueryDict(mutable=True)
    for navn, verdier in data.items():
        sendt.setlist(navn, verdier)
    return sendt
