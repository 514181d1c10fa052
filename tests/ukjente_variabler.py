"""Django shows an unknown variable as nothing. In tests it is an error: a misspelt name must not pass.

`{% if variabel %}` and `{% for x in variabel %}` may still ask for what is not there; that is how a component has
optional parts.
"""

import sys


class UkjentVariabelIMal(AssertionError):
    pass


class UkjentVariabel(str):
    """Stands in `string_if_invalid`. Django asks whether it is true and holds "%s", then formats the name in."""

    def __new__(cls, mappe):
        selv = super().__new__(cls, "")
        selv.mappe = str(mappe)
        return selv

    def __bool__(self):
        return self._egen_mal() is not None

    def __contains__(self, del_av):
        return del_av == "%s"

    def __mod__(self, variabel):
        if mal := self._egen_mal():
            raise UkjentVariabelIMal(f"{{{{ {variabel} }}}} finnes ikke i {mal}")
        return ""

    def _egen_mal(self):
        """The template being rendered, if it is ours; frameworks' own are not ours to mend."""
        mal = _mal_som_vises()
        return mal.removeprefix(self.mappe) if mal and mal.startswith(self.mappe) else None


def _mal_som_vises():
    """The file of the innermost template node being rendered."""
    ramme = sys._getframe(1)
    while ramme:
        if ramme.f_code.co_name == "render_annotated" and (origin := getattr(ramme.f_locals["self"], "origin", None)):
            return origin.name
        ramme = ramme.f_back
    return None
