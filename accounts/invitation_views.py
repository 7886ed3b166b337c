"""Where the link of an invitation leads: a new account, or one more role for an account that is there."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.forms import JoinForm
from accounts.invitations import Invitation, digest_of
from accounts.inviting import accept
from accounts.models import User
from accounts.views import BACKEND


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token):
    found = get_object_or_404(Invitation.objects.select_related("union", "invited_by"), digest=digest_of(token))
    if found.accepted_at or found.taken_back_at or found.is_expired:
        return closed(request, found)
    if request.user.is_authenticated:
        return join_signed_in(request, found)
    initial = {"username": found.email}
    form = JoinForm(request.POST or None, instance=User(email=found.email), initial=initial)
    if form.is_valid():
        user = form.save(commit=False)
        try:
            accept(found, user)
        except ValidationError as refusal:
            if refusal.code == "not_open":
                return closed(request, found)
            form.add_error("username", refusal)
        else:
            login(request, user, backend=BACKEND)
            return welcome(request, found)
    context = {"invitation": found, "form": form}
    return render(request, "accounts/invitation.html", context, status=422 if form.errors else 200)


def join_signed_in(request, found):
    if request.method != "POST":
        return render(request, "accounts/invitation_signed_in.html", {"invitation": found})
    try:
        accept(found, request.user)
    except ValidationError:
        return closed(request, found)
    return welcome(request, found)


def welcome(request, found):
    messages.success(request, f"Bạn đã là cán bộ phụ trách sáng kiến của {found.union}.")
    return redirect("desk")


def closed(request, found):
    return render(request, "accounts/invitation_closed.html", {"invitation": found}, status=410)
