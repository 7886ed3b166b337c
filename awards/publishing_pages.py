"""The pages of publishing: first exactly what will be seen and sent, then the one act (R17)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect

from awards.forms import PublishForm
from awards.outcome_letters import written
from awards.private_words import looks_private
from awards.publishing import chosen_entries, left_undone, mark_of, publish, refuse_unless_ready

# Refusals after which the same page may be sent again as it now stands.
MENDED_HERE = {"list_changed", "not_aware"}


class PublishingPages:
    """For the admin of the selection, which says who decides and shows its page again."""

    def publish(self, request, pk):
        """First show exactly what will be published (GET), then publish it (POST)."""
        plan = self.decided(request, pk)
        form = PublishForm(request.POST or request.GET)
        if not form.is_valid():
            messages.error(request, "Chưa công bố được. Hãy sửa số, ngày quyết định ở mục Công bố.", "to-publish")
            form.fields[next(iter(form.errors))].widget.attrs["autofocus"] = True
            return self.selection_page(request, plan, publish_form=form, status=422)
        number, date = form.cleaned_data["decision_number"], form.cleaned_data["decision_date"]
        try:
            if request.method == "POST":
                confirmed = {name: form.cleaned_data[name] for name in ("seen", "aware")}
                publish(plan, number, date, by=request.user, **confirmed)
                messages.success(request, "Đã công bố kết quả. Tác giả và mọi người xem được từ lúc này.")
                return redirect("admin:awards_selection_change", plan.pk)
            refuse_unless_ready(plan, number, date)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return self.preview(request, plan, form, ready=refusal.code in MENDED_HERE, status=422)
        return self.preview(request, plan, form, ready=True)

    def preview(self, request, plan, form, *, ready=False, status=200):
        entries = list(chosen_entries([plan]))
        return self.page(
            request,
            "admin/awards/publish.html",
            plan,
            status=status,
            title="Xem lại trước khi công bố",
            plan=plan,
            decision=form.cleaned_data,
            entries=entries,
            private=[entry.title for entry in entries if looks_private(entry.title, entry.authors, entry.position)],
            mark=mark_of(entries),
            left=left_undone(plan),
            letters=written(plan, form.cleaned_data),
            ready=ready,
        )
