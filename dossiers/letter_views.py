"""The signed letter: taking its files, ordering them, handing them out."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from dossiers.filing_views import LETTER, REFUSED, attachment
from dossiers.forms import LetterUpload
from dossiers.letters import move_file, remove_file, upload_files
from dossiers.views import back_at, dossier_page, editable
from record.taking import put_taken


@require_POST
def upload(request, pk):
    dossier = editable(request, pk)
    form = LetterUpload(request.POST, request.FILES)
    if form.is_valid():
        files, adding = form.cleaned_data["file"], form.cleaned_data["adding"]
        try:
            upload_files(dossier, files, by=request.user, adding=adding)
            messages.success(request, "Đã nhận tờ trình đã ký.", extra_tags=LETTER)
            return back_at(dossier, LETTER)
        except ValidationError as refusal:
            form.add_error("file", refusal)
    return dossier_page(request, dossier, upload_form=form, status=REFUSED)


def file_of(request, pk, letter_pk, place):
    """Return a file of a letter of a dossier that this person prepares, or answer 404."""
    letter = get_object_or_404(editable(request, pk).letters, pk=letter_pk)
    return get_object_or_404(letter.files.select_related("letter__dossier__union"), place=place)


@require_POST
def move_letter_file(request, pk, letter_pk, place, step):
    return arranged(request, file_of(request, pk, letter_pk, place), move_file, step)


@require_POST
def remove_letter_file(request, pk, letter_pk, place):
    return arranged(request, file_of(request, pk, letter_pk, place), remove_file)


def arranged(request, file, deed, *arguments):
    """Do a deed on a file of the current letter and go back to the letter, or to the top with the refusal."""
    dossier = file.letter.dossier
    try:
        deed(file.letter, file.place, *arguments, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(dossier)
    return back_at(dossier, LETTER)


@require_safe
def letter_file(request, pk, letter_pk, place):
    file = file_of(request, pk, letter_pk, place)
    put_taken(request, file.letter.dossier, file.download_name)
    return attachment(file.file.open("rb"), file.download_name, file.content_type)


@require_safe
def letter_thumbnail(request, pk, letter_pk, place):
    """The small picture of a file's first page: of our own making, so it may be shown inside the site."""
    file = file_of(request, pk, letter_pk, place)
    if not file.thumbnail:
        raise Http404
    return attachment(file.thumbnail.open("rb"), "", "image/jpeg", shown=True)
