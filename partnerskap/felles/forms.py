"""How forms look: Designsystemet's markup for every field, written once in templates/django/forms/."""

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _


def klarsprak():
    """Django says «Feltet er påkrevet». We say what to do. Called once, before any form is made (apps.py)."""
    forms.Field.default_error_messages["required"] = _("Fyll ut dette feltet.")


class Felt(forms.BoundField):
    """A field that knows what its template needs. Templates write {{ skjema.navn.as_field_group }}."""

    @property
    def er_avkryssing(self):
        """A single box, whose label stands after it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def er_valgfritt(self):
        """Mark what may be left out, not what must be filled in. A form of filters says `merk_valgfritt = False`."""
        return not self.field.required and not self.er_avkryssing and getattr(self.form, "merk_valgfritt", True)

    @property
    def innledning(self):
        """The label before a message: «E-post:», but «Hva heter prosjektet?»."""
        return self.label if str(self.label).endswith(("?", ":", ".", "!")) else f"{self.label}:"

    @property
    def anker(self):
        """Where an error message should take the reader: the field, or the first choice of a group."""
        return f"{self.auto_id}_0" if self.use_fieldset else self.id_for_label

    def build_widget_attrs(self, attrs, widget=None):
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if not widget.is_hidden:
            attrs["class"] = f"ds-input {widget.attrs.get('class', '')}".strip()
        return attrs


class Skjemarenderer(TemplatesSetting):
    """FORM_RENDERER: the project's own templates, and fields of the kind above."""

    form_template_name = "django/forms/div.html"
    field_template_name = "django/forms/field.html"
    bound_field_class = Felt


class Datovelger(forms.DateInput):
    """The browser's own date picker. It only understands ISO dates, and shows them the Norwegian way."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


def data_fra(request):
    """What a form is given: what was posted, also when every field was left empty; nothing when it is first shown."""
    return request.POST if request.method == "POST" else None


class Langtekst(forms.CharField):
    """Many lines. A line break counts as one character, as it does in the browser."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class Enlinje(forms.CharField):
    """One line; double spaces become one."""

    def to_python(self, value):
        return " ".join(super().to_python(value).split())
