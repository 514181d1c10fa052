"""Who may send files, and how: nobody, except to the few addresses that say `@tar_imot_en_fil`."""

from functools import wraps

from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload, TemporaryFileUploadHandler
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

MAKS_LEST = 200 * 1024 * 1024  # beyond this we do not even read past it


class IngenFiler(FileUploadHandler):
    """Read past a file somebody sends anyway. Django's own would put it on disk, whatever its size, for anyone."""

    def new_file(self, *args, **kwargs):
        raise SkipFile

    def receive_data_chunk(self, raw_data, start):
        return None

    def file_complete(self, file_size):
        return None


class TilDisk(TemporaryFileUploadHandler):
    """One file, straight to disk, no larger than `maks`: the memory used does not depend on what is sent.

    What is too much is read past and thrown away, so that the rest of the form arrives and can be shown filled in.
    `feil` then says what to tell, by the name of the field.
    """

    def __init__(self, request, maks):
        super().__init__(request)
        self.maks = maks
        self.feil = {}
        self.har_en = False
        self.hopper_over = False
        self.lengde = 0

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803 - Django's name
        self.lengde = content_length

    def new_file(self, field_name, *args, **kwargs):
        self.hopper_over = self.har_en  # SkipFile would close the one we have
        if self.hopper_over:
            return
        self.har_en = True
        if self.lengde > MAKS_LEST:
            self.feil[field_name] = self._for_stor()
            raise StopUpload(connection_reset=True)
        try:
            super().new_file(field_name, *args, **kwargs)
        except OSError:
            self.feil[field_name] = ingen_plass()

    def receive_data_chunk(self, raw_data, start):
        if self.hopper_over or self.field_name in self.feil:
            return
        if start + len(raw_data) > self.maks:
            self._gi_opp(self._for_stor())
            return
        try:
            self.file.write(raw_data)
        except OSError:  # the disk is full
            self._gi_opp(ingen_plass())

    def file_complete(self, file_size):
        if self.hopper_over or self.field_name in self.feil:
            return None
        try:
            return super().file_complete(file_size)
        except OSError:
            self._gi_opp(ingen_plass())
            return None

    def _gi_opp(self, melding):
        self.feil[self.field_name] = melding
        self.upload_interrupted()

    def upload_interrupted(self):
        """Closing it deletes it from disk; what could not be written when the disk was full is no longer wanted."""
        try:
            super().upload_interrupted()
        except OSError:
            return

    def _for_stor(self):
        return _("Filen er for stor. Grensen er %s.") % filesizeformat(self.maks)


def ingen_plass():
    return _("Vi fikk ikke lagret filen. Det er ikke noe galt med den. Prøv igjen om litt, eller si fra til KS.")


def tar_imot_en_fil(maks):
    """A view that takes one file of at most `maks` bytes. `request.opplasting.feil` says what went wrong with it.

    The form token is checked inside, since checking it reads the form, and by then it must be decided where files go.
    Whoever is not signed in never gets this far.
    """

    def pakk(view):
        vernet = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def ta_imot(request, *args, **kwargs):
            request.opplasting = TilDisk(request, maks)
            request.upload_handlers = [request.opplasting]
            return vernet(request, *args, **kwargs)

        return ta_imot

    return pakk
