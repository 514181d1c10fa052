"""What allauth asks us about accounts, and how a code by e-mail becomes a sign-in.

The sign-in never looks up the address before the code has come back: known and unknown addresses take the same way,
so there is nothing to tell them apart by, neither in the answer nor in the time it takes.
"""

import uuid

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from kommuner import handlinger
from utboks.handlinger import legg_i_utboks


class Kontoadapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _(
            "Koden stemmer ikke. Se etter om et siffer er feil, og at du bruker den siste e-posten fra oss."
        ),
        "too_many_login_attempts": _("Koden ble skrevet feil for mange ganger. Be om en ny."),
        "rate_limited": _("Du har bedt om mange koder på kort tid. Vent ti minutter, og prøv igjen."),
    }

    def send_mail(self, template_prefix, email, context):
        """By the outbox, as all our mail. It carries a code, so the text is erased when it has been delivered."""
        melding = self.render_mail(template_prefix, email, {"email": email, **context})
        legg_i_utboks(
            nokkel=f"konto:{uuid.uuid4()}", til=email, emne=melding.subject, tekst=melding.body, er_hemmelig=True
        )


class Innlogging(LoginCodeVerificationProcess):
    """allauth's own process, except that it mails a code to whoever asks and finds the person when it comes back."""

    @classmethod
    def start(cls, request, epost):
        login = Login(email=epost)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=None, email=epost), initiated_by_user=True)
        innlogging = cls(stage)
        innlogging.send()
        innlogging.persist()

    @classmethod
    def resume(cls, stage):
        return cls(stage).abort_if_invalid()

    @property
    def epost(self):
        return self.state["email"]

    def send(self, skip_enumeration_mails=False):
        self.adapter.send_mail("account/email/login_code", self.epost, {"code": self.generate_code()})

    def resend(self):
        self.send()
        self.record_resend()
        self.persist()

    def finish(self, redirect_url):
        """Whoever has not told us their name is asked, and then goes on to where they were heading."""
        self._user = handlinger.bekreft_adresse(self.epost)
        if not self._user.navn:
            spor_om_navn = reverse("profil:navn")
            redirect_url = f"{spor_om_navn}?{urlencode({'next': redirect_url})}" if redirect_url else spor_om_navn
        return super().finish(redirect_url)

    @property
    def adapter(self):
        return Kontoadapter(self.request)
