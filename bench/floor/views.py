"""What the site's requests are measured against: a form, what it stores, a page of one row, and a page that is kept."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_page

from bench.floor.models import Entry


class EntryForm(forms.ModelForm):
    class Meta:
        model = Entry
        fields = [field.name for field in Entry._meta.fields if field.editable and field.name != "id"]
        widgets = {"submission_id": forms.HiddenInput}


FIELDS = [field for field in Entry._meta.fields if field.name != "id"]


@login_not_required
def entry_form(request):
    form = EntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("receipt", form.save().secret)
    return render(request, "floor/form.html", {"form": form}, status=422 if form.is_bound else 200)


@login_not_required
def receipt(request, secret):
    return render(request, "floor/receipt.html", {"entry": get_object_or_404(Entry, secret=secret)})


@login_not_required
def entry(request, secret):
    """All of one row, as the site's private page shows all of an initiative."""
    found = get_object_or_404(Entry, secret=secret)
    facts = [(field.verbose_name, field.value_from_object(found)) for field in FIELDS]
    return render(request, "floor/entry.html", {"entry": found, "facts": facts})


@login_not_required
@cache_page(600)
def kept_page(request):
    return render(request, "floor/kept.html", {"rows": range(60)})
