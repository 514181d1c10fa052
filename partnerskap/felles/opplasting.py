"""The portal takes no files yet."""

from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class IngenFiler(FileUploadHandler):
    """Read past a file somebody sends anyway. Django's own would put it on disk, whatever its size, for anyone."""

    def new_file(self, *args, **kwargs):
        raise SkipFile

    def receive_data_chunk(self, raw_data, start):
        return None

    def file_complete(self, file_size):
        return None
