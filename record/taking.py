"""Put on record that somebody took a stored file with personal data away: who, which, when (R20)."""

from django.db import transaction

from record.writing import write


@transaction.atomic
def put_taken(request, subject, file):
    """Write that the person of a request took a file of this name, which belongs to `subject`.

    Asking only whether it is there (HEAD) takes nothing.
    """
    if request.method != "GET":
        return
    locked = type(subject)._base_manager.select_for_update(no_key=True).get(pk=subject.pk)
    write(locked, "file_taken", by=request.user, after={"file": file})
