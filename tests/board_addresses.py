"""The admin's addresses about one province's things."""

from django.urls import reverse

from awards.papers_admin import PAPERS

OF_MEETING = ["meeting", "close_meeting", "correct_meeting"]


def pages_about(dossier, complaint, extension, meeting):
    """The pages about one province's things."""
    entry = dossier.entries.get()
    things = {
        "accounts_union": dossier.union.pk,
        "initiatives_initiative": entry.initiative_id,
        "dossiers_plan": dossier.plan_id,
        "dossiers_extension": extension.pk,
        "awards_fileddossier": dossier.pk,
        "awards_complaint": complaint.pk,
        "awards_selection": dossier.plan_id,
        "awards_scoring": dossier.plan_id,
        "awards_consultation": dossier.plan_id,
    }
    own = [reverse(f"admin:{name}_{page}", args=[pk]) for name, pk in things.items() for page in ("change", "history")]
    return [
        *own,
        reverse("admin:awards_letter", args=[dossier.pk, 1, 1]),
        reverse("admin:awards_table", args=[dossier.pk, 1]),
        reverse("admin:awards_first_page", args=[dossier.pk, 1, 1]),
        *(reverse(f"admin:awards_{name}", args=[dossier.plan_id]) for name in ("criteria", "council", "standings")),
        reverse("admin:awards_papers", args=[dossier.plan_id]),
        reverse("admin:awards_board_chart", args=[dossier.plan_id, "ho-so"]),
        reverse("admin:awards_meeting", args=[dossier.plan_id, meeting.pk]),
        reverse("admin:awards_complaint_file", args=[complaint.pk, 1]),
    ]


def papers_about(dossier, meeting):
    """The addresses at which one province's papers are taken away."""
    taken = [reverse("admin:awards_take_paper", args=[dossier.plan_id, paper.key]) for paper in PAPERS]
    return [*taken, reverse("admin:awards_take_minutes", args=[dossier.plan_id, meeting.pk])]


def deeds_about(dossier, complaint, member, meeting):
    """The addresses that change one province's things."""
    entry = dossier.entries.get()
    return [
        *(reverse(f"admin:awards_{deed}", args=[dossier.plan_id]) for deed in ("paper_settings", "new_meeting")),
        *(reverse(f"admin:awards_{deed}", args=[dossier.plan_id, meeting.pk]) for deed in OF_MEETING),
        reverse("admin:awards_find", args=[dossier.pk, "NO_DISPUTE"]),
        reverse("admin:awards_paper", args=[dossier.pk, 1]),
        *(reverse("admin:awards_judge", args=[dossier.pk, v]) for v in ("hop-le", "khong-hop-le", "tra-lai")),
        *(
            reverse("admin:awards_decide", args=[dossier.plan_id, entry.pk, deed])
            for deed in ("chon", "bo-chon", "de-nghi", "bo-de-nghi")
        ),
        reverse("admin:awards_choose_marked", args=[dossier.plan_id]),
        reverse("admin:awards_publish", args=[dossier.plan_id]),
        reverse("admin:awards_conclude", args=[complaint.pk]),
        *(
            reverse(f"admin:awards_{name}", args=[dossier.plan_id])
            for name in ("criteria", "ready_criteria", "council", "close_marking")
        ),
        reverse("admin:awards_member", args=[dossier.plan_id, member.pk]),
        *(reverse("admin:awards_change_seat", args=[dossier.plan_id, member.pk, deed]) for deed in ("thoi", "tro-lai")),
        *(reverse(f"admin:awards_{deed}", args=[complaint.pk]) for deed in ("take_up", "hear", "conclude")),
        reverse("admin:awards_preview_shortlist", args=[dossier.plan_id]),
        reverse("admin:awards_publish_shortlist", args=[dossier.plan_id]),
    ]
