"""The guide, as a page and as one file that is read without a connection; both come from the same parts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from initiatives.guide_pictures import data_address, pictures
from initiatives.guide_samples import REFUSED, SAMPLES
from initiatives.limits import DESCRIPTION_LIMIT
from initiatives.views import public

FILE_NAME = "huong-dan-gui-sang-kien.html"
STYLES = ["css/offline.css", "css/guide.css"]


def guide_context(request, campaign):
    return {
        "campaign": campaign,
        "address": request.build_absolute_uri(campaign.get_absolute_url()),
        "site": "",
        "samples": SAMPLES,
        "refused": REFUSED,
        "description_limit": DESCRIPTION_LIMIT,
    }


@public
@require_safe
def guide(request, campaign):
    context = guide_context(request, campaign) | {"pictures": pictures()}
    return render(request, "initiatives/guide.html", context)


@public
@require_safe
def offline_guide(request, campaign):
    """The whole guide as one file: pictures and styles are in it, links name the site in full."""
    context = guide_context(request, campaign) | {
        "pictures": pictures(inside=True),
        "styles": [data_address(path) for path in STYLES],
        "site": request.build_absolute_uri("/").rstrip("/"),
    }
    response = HttpResponse(render_to_string("initiatives/offline_guide.html", context))
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    response["Cache-Control"] = "public, max-age=600"
    response["X-Robots-Tag"] = "noindex"  # the page itself is to be found, not its copy
    return response
