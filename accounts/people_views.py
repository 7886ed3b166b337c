"""Those who work for the unions that a board, or the Confederation, looks after."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import inviting, people
from accounts import second_factor as factor
from accounts.forms import InviteForm, RoleForm
from accounts.invitations import Invitation
from accounts.models import Membership, Role, User
from accounts.roles import grant, revoke
from config.paging import page_of
from config.text import clean_line

SEARCH_LIMIT = 100
SHOWN_INVITATIONS = 50


def for_managers(view):
    """For those who manage people; nobody else is told that the page is there."""

    def managed(request, *args, **kwargs):
        if not request.user.manages_people:
            raise Http404
        return view(request, *args, **kwargs)

    return wraps(view)(managed)


@require_safe
@for_managers
def people_list(request):
    sought = clean_line(request.GET.get("q", ""))[:SEARCH_LIMIT]
    found = User.objects.visible_to(request.user)
    if sought:
        found = found.filter(
            Q(full_name__icontains=sought) | Q(username__icontains=sought) | Q(email__icontains=sought)
        )
    seats = Membership.objects.visible_to(request.user).select_related("union").order_by("pk")
    found = found.prefetch_related(Prefetch("memberships", seats, to_attr="shown_seats"))
    query = QueryDict(mutable=True)
    query["q"] = sought
    context = {
        "page": page_of(found, request.GET),
        "sought": sought,
        "query": query.urlencode() if sought else "",
        "invitations": invitations_shown_to(request.user),
    }
    return render(request, "accounts/people.html", context)


def invitations_shown_to(user):
    found = Invitation.objects.visible_to(user).open().select_related("union", "invited_by")
    return found.order_by("-pk")[:SHOWN_INVITATIONS]


@require_http_methods(["GET", "HEAD", "POST"])
@for_managers
def invite(request):
    form = InviteForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            inviting.invite(form.cleaned_data["union"], form.cleaned_data["email"], by=request.user)
        except ValidationError as refusal:
            form.add_error("email", refusal)
        else:
            messages.success(request, f"Đã gửi lời mời tới {form.cleaned_data['email']}.")
            return redirect("people")
    return render(request, "accounts/invite.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@for_managers
def take_invitation_back(request, pk):
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    return done(request, "people", "Đã rút lời mời.", inviting.take_back, invitation, by=request.user)


def done(request, place, words, deed, *args, **kwargs):
    """Do it, say so or why not, and lead back."""
    try:
        deed(*args, **kwargs)
        messages.success(request, words)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect(*place) if isinstance(place, tuple) else redirect(place)


@require_safe
@for_managers
def person(request, pk):
    found = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    return person_page(request, found)


def person_page(request, found, *, form=None, status=200):
    seats = Membership.objects.filter(user=found)
    revocable = set(seats.revocable_by(request.user).values_list("pk", flat=True))
    shown = seats.visible_to(request.user).select_related("union").order_by("pk")
    is_managed = User.objects.managed_by(request.user).filter(pk=found.pk).exists()
    context = {
        "person": found,
        "seats": [(seat, seat.pk in revocable) for seat in shown],
        "is_managed": is_managed,
        "has_second_factor": factor.device_of(found) is not None,
        "form": form or RoleForm(user=request.user),
    }
    return render(request, "accounts/person.html", context, status=status)


@require_POST
@for_managers
def give_role(request, pk):
    found = get_object_or_404(User.objects.visible_to(request.user).exclude(pk=request.user.pk), pk=pk)
    form = RoleForm(request.POST, user=request.user)
    if not form.is_valid():
        return person_page(request, found, form=form, status=422)
    union = form.cleaned_data["union"]
    words = f"{found} là cán bộ của {union}."
    return done(request, ("person", pk), words, grant, found, union, Role.STAFF, by=request.user)


@require_POST
@for_managers
def take_role(request, pk, seat_pk):
    seats = Membership.objects.revocable_by(request.user).select_related("user", "union")
    seat = get_object_or_404(seats, pk=seat_pk, user=pk)
    revoke(seat, by=request.user)
    messages.success(request, f"{seat.user} không còn là cán bộ của {seat.union}.")
    # Without a role below this board there is no page about them for it any more.
    still_shown = User.objects.visible_to(request.user).filter(pk=pk).exists()
    return redirect("person", pk) if still_shown else redirect("people")


def managed(request, pk):
    return get_object_or_404(User.objects.managed_by(request.user), pk=pk)


@require_POST
@for_managers
def close_account(request, pk):
    words = "Đã khóa tài khoản. Người này bị thoát ngay."
    return done(request, ("person", pk), words, people.close, managed(request, pk), by=request.user)


@require_POST
@for_managers
def reopen_account(request, pk):
    words = "Đã mở lại tài khoản."
    return done(request, ("person", pk), words, people.reopen, managed(request, pk), by=request.user)


@require_POST
@for_managers
def reset_second_factor(request, pk):
    words = "Đã đặt lại xác thực hai bước. Người này đăng nhập bằng mật khẩu, rồi cài lại."
    return done(request, ("person", pk), words, factor.turn_off, managed(request, pk), by=request.user)
