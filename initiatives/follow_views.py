"""The way back to an initiative: by code and phone, or by e-mail when the code is lost."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from config.arrival import client_address
from initiatives import limits
from initiatives.follow_forms import FollowForm, LostCodeForm
from initiatives.guessing import find
from initiatives.lost_code import ask_for_links
from initiatives.sending_views import REFUSED, point_at_first_error
from initiatives.views import public

TOO_MANY = 429


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request, campaign):
    form = FollowForm(posted(request))
    try:
        if form.is_valid():
            if found := find(campaign, **form.cleaned_data, address=client_address(request)):
                return redirect(found.private_path)
            # The same sentence for an unknown code and a wrong phone: neither can be tested for.
            form.add_error(
                None, "Không tìm thấy sáng kiến nào với mã và số điện thoại này. Hãy đối chiếu với biên nhận."
            )
    except ValidationError as refusal:
        return too_many(request, campaign, "follow", form, refusal)
    return page(request, campaign, "follow", form)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lost_code(request, campaign):
    if "da-gui" in request.GET and request.method != "POST":
        often = {"pause": limits.LOST_CODES_OF_PHONE, "day": limits.LOST_CODES_OF_PHONE_A_DAY}
        return render(request, "initiatives/lost_code_asked.html", {"campaign": campaign, **often})
    form = LostCodeForm(posted(request))
    try:
        if form.is_valid():
            ask_for_links(campaign, form.cleaned_data["phone"], address=client_address(request))
            return redirect(reverse("lost_code", args=[campaign.slug]) + "?da-gui")
    except ValidationError as refusal:
        return too_many(request, campaign, "lost_code", form, refusal)
    return page(request, campaign, "lost_code", form)


def posted(request):
    """Return what was sent, also when that is nothing; None when the page was only opened."""
    return request.POST if request.method == "POST" else None


def page(request, campaign, name, form, *, status=None):
    point_at_first_error(form)
    status = status or (REFUSED if form.is_bound else 200)
    return render(request, f"initiatives/{name}.html", {"campaign": campaign, "form": form}, status=status)


def too_many(request, campaign, name, form, refusal):
    """Say when to try again; what was typed stays."""
    form.add_error(None, refusal)
    response = page(request, campaign, name, form, status=TOO_MANY)
    response["Retry-After"] = str(refusal.params["minutes"] * 60)
    return response
