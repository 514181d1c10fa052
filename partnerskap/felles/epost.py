"""Mail in development."""

from django.core.mail.backends import console, filebased


class FilOgKonsoll(filebased.EmailBackend):
    """Write each message to `var/epost/` and show it on the console, so that a sign-in code is easy to find."""

    def send_messages(self, meldinger):
        console.EmailBackend().send_messages(meldinger)
        return super().send_messages(meldinger)
