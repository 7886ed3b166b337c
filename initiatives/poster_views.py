"""Doors into the programme: code, poster and badge for everyone; the posters of many unions for their staff."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.file_names import file_name
from accounts.models import Union
from config import qr
from config.headers import embeddable
from config.privacy import kept
from config.ready_pages import ready_data, ready_page
from initiatives import badges
from initiatives.limits import POSTERS_A_FILE
from initiatives.models import Campaign
from initiatives.posters import address_of, posters_pdf
from initiatives.views import facts_of, public
from initiatives.workplaces import UNION_CODE, union_of

KINDS = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}


def union_in(request):
    """Return the union that `?don-vi=` names, None without it; one that is not there is not found."""
    code = request.GET.get("don-vi")
    union = union_of(code)
    if code and union is None:
        raise Http404("Không có đơn vị này.")
    return union


def file(content, kind, name, *, attached=False):
    """Answer with a file that has this name when it is saved: pictures are shown, documents handed out."""
    headers = {"Content-Disposition": content_disposition_header(attached, name)}
    return HttpResponse(content, content_type=KINDS[kind], headers=headers)


def name_of(what, campaign, union, kind):
    return file_name(what, union, extension=kind) if union else f"{what}-{campaign.slug}.{kind}"


@public
@require_safe
@kept
def poster(request, campaign):
    union = union_in(request)

    def context(own):
        address = address_of(request, campaign, union)
        picture = request.build_absolute_uri(f"{campaign.get_absolute_url()}huy-hieu.svg")
        return {
            "campaign": campaign,
            "union": union,
            "address": address,
            "query": f"?don-vi={union.code}" if union else "",
            "qr": qr.inline_svg(address),
            "snippet": badges.snippet(campaign, address, picture),
            "badge": badges,
        }

    about = (facts_of(campaign), union and union.code, str(union))
    return ready_page(request, "initiatives/poster.html", context, about=about)


@public
@require_safe
@kept
def poster_svg(request, campaign):
    union = union_in(request)
    return drawn(qr.svg, address_of(request, campaign, union), "svg", name_of("ma-qr", campaign, union, "svg"))


@public
@require_safe
@kept
def poster_png(request, campaign):
    union = union_in(request)
    return drawn(qr.png, address_of(request, campaign, union), "png", name_of("ma-qr", campaign, union, "png"))


def drawn(draw, address, kind, name):
    """Answer with the picture of an address, drawn once for all who ask within a moment."""
    headers = {"Content-Disposition": content_disposition_header(False, name)}
    return ready_data((draw, address), lambda: draw(address), content_type=KINDS[kind], headers=headers)


@public
@require_safe
@kept
def poster_pdf(request, campaign):
    union = union_in(request)
    content = posters_pdf(campaign, [(union, address_of(request, campaign, union))])
    return file(content, "pdf", name_of("to-dan", campaign, union, "pdf"), attached=True)


@public
@require_safe
@kept
@embeddable
def badge(request, campaign, kind):
    return file(badges.picture(campaign.name, kind), kind, f"huy-hieu-{campaign.slug}.{kind}")


@dataclass(frozen=True)
class Part:
    """Some of the unions whose posters one file holds: a union and all below it, in the order of their codes."""

    campaign: Campaign
    union: Union
    rows: list
    after: str
    last: str | None


def part_in(request, union_code):
    """Return the Part that is asked for by `?sau=<code>` (those after it)."""
    union = get_object_or_404(Union.objects.visible_to(request.user).filter(is_active=True), code=union_code)
    after = request.GET.get("sau", "")
    family = Union.objects.family_of([union]).filter(is_active=True).select_related("parent__parent")
    if UNION_CODE.fullmatch(after):
        family = family.filter(code__gt=after)
    rows = list(family.order_by("code")[: POSTERS_A_FILE + 1])
    if not rows:
        raise Http404("Không còn đơn vị nào.")
    return Part(
        campaign=get_object_or_404(Campaign.objects.running()),
        union=union,
        rows=rows[:POSTERS_A_FILE],
        after=after,
        last=rows[POSTERS_A_FILE - 1].code if len(rows) > POSTERS_A_FILE else None,
    )


@require_safe
def posters(request, union_code):
    return render(request, "initiatives/posters.html", {"part": part_in(request, union_code)})


@require_safe
def posters_file(request, union_code):
    part = part_in(request, union_code)
    content = posters_pdf(part.campaign, [(union, address_of(request, part.campaign, union)) for union in part.rows])
    first = [part.rows[0].code] if part.after else []
    return file(content, "pdf", file_name("to-dan-tat-ca", part.union, *first, extension="pdf"), attached=True)
