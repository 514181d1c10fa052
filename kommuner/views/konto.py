"""Sign in: an address, a code, in. allauth does the work; here are its pages as we want them.

`next` follows through every step, also when the code runs out or is mistyped.
"""

from allauth.account.adapter import get_adapter
from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.core import ratelimit
from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kommuner.forms import Innloggingsskjema, Kodeskjema
from kommuner.kontoadapter import Innlogging

HUSKET_ADRESSE = "innlogging_epost"  # in the session: what was typed, when a code must be asked for again


@method_decorator(rate_limit(action="login"), name="dispatch")
class LoggInn(RequestLoginCodeView):
    form_class = Innloggingsskjema
    template_name = "account/login.html"

    def get_form_class(self):
        return self.form_class

    def get_initial(self):
        return {"email": self.request.session.get(HUSKET_ADRESSE, "")}

    def form_valid(self, form):
        Innlogging.start(self.request, form.cleaned_data["email"])
        return redirect(self.get_success_url())

    def _redirect_to_pending_stage(self, request, stage):
        """Whoever comes back here wants another address or another code: begin again."""
        clear_login(request)


@method_decorator(login_not_required, name="dispatch")
@method_decorator(never_cache, name="dispatch")
@method_decorator(rate_limit(action="skriv_kode"), name="dispatch")
class SkrivKode(ConfirmLoginCodeView):
    form_class = Kodeskjema
    template_name = "account/confirm_login_code.html"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            return redirect(self.get_next_url() or settings.LOGIN_REDIRECT_URL)
        self.stage = LoginStageController.enter(request, LoginByCodeStage.key)
        if not self.stage:
            return self._begynn_igjen()
        epost = self.stage.state["email"]
        self._process = Innlogging.resume(self.stage)
        if not self._process:
            return self._begynn_igjen(_("Koden er utløpt. Be om en ny."), epost)
        if not ratelimit.consume(request, action="skriv_kode_adresse", key=epost):
            clear_login(request)
            return self._begynn_igjen(_("Det ble for mange forsøk. Vent ti minutter, og be om en ny kode."), epost)
        return super(ConfirmLoginCodeView, self).dispatch(request, *args, **kwargs)

    def get_form_class(self):
        return super().get_form_class() if self._action == "resend" else self.form_class

    def form_invalid(self, form):
        if self._process.record_invalid_attempt():
            return self.render_to_response(self.get_context_data(form=form))
        return self._begynn_igjen(get_adapter().error_messages["too_many_login_attempts"], self._process.epost)

    def _resend_form_valid(self, form):
        if ratelimit.consume(self.request, action="request_login_code", key=self._process.epost):
            self._process.resend()
            messages.success(self.request, _("Vi har sendt deg en ny kode. Den gamle virker ikke lenger."))
        else:
            messages.error(self.request, get_adapter().error_messages["rate_limited"])
        return redirect(self.passthrough_next_url(reverse("account_confirm_login_code")))

    def _verify_form_valid(self, form):
        self.request.session.pop(HUSKET_ADRESSE, None)
        return self._process.finish(self.get_next_url())

    def _begynn_igjen(self, beskjed="", epost=""):
        if beskjed:
            messages.error(self.request, beskjed)
            self.request.session[HUSKET_ADRESSE] = epost
        return redirect(self.passthrough_next_url(reverse("account_login")))
