"""Choosing, ordering and describing the entries of a dossier."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.paging import page_of, version_in
from dossiers.editing import describe_entry
from dossiers.forms import EntryForm
from dossiers.quota import move, put_forward, take_out
from dossiers.views import editable
from initiatives.codes import read
from initiatives.models import Initiative

REFUSED = 422


@require_safe
def choose_initiatives(request, pk):
    """The accepted initiatives of the dossier's union, those in it marked; the quota stays in view."""
    dossier = editable(request, pk)
    entered = set(dossier.entries.standing().values_list("initiative_id", flat=True))
    accepted = Initiative.objects.filter(campaign=dossier.plan.campaign).under(dossier.union).accepted()
    text = request.GET.get("q", "").strip()
    quota = dossier.plan.quota_of(dossier.union)
    context = {
        "dossier": dossier,
        "page": page_of(accepted.matching(text) if text else accepted, request.GET),
        "entered": entered,
        "quota": quota,
        "places_left": max(0, quota - len(entered)),
        "text": text,
        "query": urlencode({"q": text}) if text else "",
    }
    return render(request, "dossiers/choose.html", context)


@require_POST
def add_entry(request, pk, code):
    dossier = editable(request, pk)
    found = Initiative.objects.visible_to(request.user)
    initiative = get_object_or_404(found, code=read(code) or "")
    try:
        put_forward(dossier, initiative, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("choose_initiatives", pk=dossier.pk)
    messages.success(request, f"Đã đưa {initiative.shown_code} vào hồ sơ.")
    return redirect(dossier)


def entry_of(request, pk, entry_pk):
    """Return a standing entry of a dossier that this person prepares, or answer 404."""
    entries = editable(request, pk).entries.standing()
    return get_object_or_404(entries.select_related("dossier", "initiative"), pk=entry_pk)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_entry(request, pk, entry_pk):
    entry = entry_of(request, pk, entry_pk)
    if request.method != "POST":
        return entry_page(request, entry, EntryForm(instance=entry), version=entry.dossier.version)
    form, version = EntryForm(request.POST, instance=entry), version_in(request)
    if form.is_valid():
        # The form has put its values on its instance; the deed compares with the row that it locks.
        try:
            describe_entry(entry, form.cleaned_data, by=request.user, version=version)
            messages.success(request, f"Đã lưu sáng kiến {entry.rank}.")
            return redirect(entry.dossier)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            entry.dossier.refresh_from_db()
            version = entry.dossier.version
    return entry_page(request, entry, form, version=version, status=REFUSED)


def entry_page(request, entry, form, *, version, status=200):
    """Show an entry's form; a refused one keeps the version it was opened with until its person is told."""
    return render(request, "dossiers/entry.html", {"entry": entry, "form": form, "version": version}, status=status)


@require_POST
def remove_entry(request, pk, entry_pk):
    return changed(request, entry_of(request, pk, entry_pk), take_out)


@require_POST
def move_entry(request, pk, entry_pk, step):
    return changed(request, entry_of(request, pk, entry_pk), move, step)


def changed(request, entry, deed, *arguments):
    """Do a deed on an entry and go back to its dossier, with the refusal where there is one."""
    try:
        deed(entry, *arguments, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect(entry.dossier)
