"""The page on which the board judges several dossiers at once: first a list of how each stands, then one act."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from awards.forms import TogetherForm
from awards.judging_together import judge_together, look_at
from awards.limits import JUDGED_TOGETHER
from awards.models import Condition, FiledDossier
from config.paging import key_in

LIST, PAGE = "admin:awards_fileddossier_changelist", "admin:awards_judge_together"


class TogetherPages:
    """For the admin of filed dossiers: its list gets boxes to choose by, for those who judge."""

    actions = ["judge_together"]

    def together_urls(self):
        page = require_http_methods(["GET", "HEAD", "POST"])(self.together)
        return [path("ket-luan-nhieu/", self.admin_site.admin_view(page), name="awards_judge_together")]

    def has_judge_permission(self, request):
        return request.user.has_perm("awards.change_fileddossier") and bool(request.user.unions_as("BOARD"))

    def get_actions(self, request):
        """Nothing is deleted here, whoever may."""
        return {name: action for name, action in super().get_actions(request).items() if name in self.actions}

    @admin.action(description="Kết luận nhiều hồ sơ", permissions=["judge"])
    def judge_together(self, request, dossiers):
        # Of more than may be judged together the page says so; the address of all would be too long for a front server.
        return HttpResponseRedirect(address_of(dossiers.values_list("pk", flat=True)[: JUDGED_TOGETHER + 1]))

    # --- The page -------------------------------------------------------------------------

    def together(self, request):
        if not self.has_judge_permission(request):
            raise Http404
        if request.method == "POST":
            return self.judged_together(request)
        keys = [key_in(text) for text in request.GET.getlist("chon")]
        return self.together_page(request, keys, TogetherForm())

    def together_page(self, request, keys, form, *, chosen=None, status=200):
        """Show how the dossiers of these keys stand; `chosen` are those whose boxes are ticked, by default all."""
        refuse_strange(request, keys)
        try:
            looks = look_at(keys, by=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect(LIST)
        return self.page(
            request,
            "admin/awards/judge_together.html",
            status=status,
            title="Kết luận nhiều hồ sơ",
            conditions=Condition,
            looks=[(look, chosen is None or look.dossier.pk in chosen) for look in looks],
            fit=sum(not look.hindrance for look in looks),
            form=form,
        )

    def judged_together(self, request):
        form, seen = TogetherForm(request.POST), seen_in(request)
        keys = [key_in(text) for text in request.POST.getlist("shown")]
        refuse_strange(request, [*keys, *seen])
        if not form.is_valid() or not seen:
            mistake = "Hãy xem chỗ báo lỗi bên dưới." if seen else "Hãy đánh dấu vào ô ở đầu dòng của từng hồ sơ."
            messages.error(request, f"Chưa ghi được. {mistake}")
            return self.together_page(request, keys, form, chosen=seen, status=422)
        looks = judge_together(seen, form.cleaned_data["reason"], by=request.user)
        return self.told(request, looks)

    def told(self, request, looks):
        """Say which were judged and, of each other, why it was not; lead to those that are left."""
        left = [look for look in looks if look.hindrance]
        if len(left) < len(looks):
            messages.success(request, f"Đã kết luận hợp lệ {len(looks) - len(left)} hồ sơ.")
        for look in left:
            messages.warning(request, f"Chưa kết luận hồ sơ của {look.dossier.union}: {look.hindrance}")
        return redirect(address_of(look.dossier.pk for look in left) if left else reverse(LIST))


def address_of(keys):
    return f"{reverse(PAGE)}?{'&'.join(f'chon={key}' for key in keys)}"


def seen_in(request):
    """Return {key: number of the filing} of the boxes that were ticked, each "key-number"."""
    pairs = (text.partition("-") for text in request.POST.getlist("chosen"))
    found = {key_in(key): key_in(number) for key, _, number in pairs}
    return {key: number for key, number in found.items() if key and number}


def refuse_strange(request, keys):
    """Answer 404 where a key is not that of a dossier which this person judges: none is left out in silence."""
    if FiledDossier.objects.judged_by(request.user).filter(pk__in=keys).count() != len(set(keys)):
        raise Http404
