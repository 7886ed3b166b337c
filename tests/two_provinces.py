"""Two provinces in one campaign; all that is private in the second carries a mark, which nobody else may meet."""

import io
import re
import zipfile
from contextlib import suppress

from django.contrib import admin
from django.db.models import Q
from django.urls import URLPattern, get_resolver

from accounts.models import Invitation, Membership, Union, User
from awards.board_charts import TITLES
from awards.models import (
    Award,
    Complaint,
    Consultation,
    CouncilMember,
    FiledDossier,
    Honour,
    Kind,
    Meeting,
    Nominations,
    PlanArchive,
    Publication,
    Scoring,
    Selection,
)  # fmt: skip
from awards.papers_admin import PAPERS
from dossiers.models import (
    Dossier,
    DossierEntry,
    Extension,
    Filing,
    LetterTemplate,
    Plan,
    SignedLetter,
    UnionProfile,
)  # fmt: skip
from initiatives.copies_models import Resemblance
from initiatives.exporting import begin
from initiatives.import_models import Import
from initiatives.models import Campaign, Initiative
from initiatives.removals import RemovalRequest
from initiatives.unit_aliases import UnitAlias
from outbox.models import Message
from record.models import Event, Seal
from tests.factories import IN_TIME, make_user
from tests.refusals import without_triggers
from tests.world import World, fill

MARK = "kimcuong"
# Seen by everybody who gets into the admin at all, or nobody's in particular.
SHARED = {Seal, Campaign, Nominations, Message, Event}


class TwoProvinces(World):
    def __init__(self):
        super().__init__()
        fill(self)
        self.users["staff far"] = make_user(self.far, "STAFF")
        self.export = begin(self.users["staff far"], "xlsx", f"q={MARK}")
        entry = self.dossiers["far"].entries.get()
        with without_triggers():
            Dossier.objects.filter(pk=self.dossiers["far"].pk).update(state="VALID")
            self.give_one_campaign()
            give_places(self.other_plan, entry)
            self.mark()
        self.other_plan.refresh_from_db()

    def give_one_campaign(self):
        Plan.objects.filter(pk=self.other_plan.pk).update(campaign=self.plan.campaign)
        Initiative.objects.filter(top=self.there).update(campaign=self.plan.campaign)

    def theirs(self, model):
        """Return the rows of a model that belong to the second province."""
        of_plan = {"plan": self.other_plan}
        conditions = {
            Union: Q(pk__in=[self.there.pk, self.far.pk]),
            User: Q(pk__in=[self.users[name].pk for name in ("board there", "staff far")]),
            Initiative: Q(top=self.there),
            RemovalRequest: Q(initiative__top=self.there),
            Plan: Q(pk=self.other_plan.pk),
            **dict.fromkeys([Selection, Scoring, Consultation], Q(pk=self.other_plan.pk)),
            CouncilMember: Q(**of_plan),
            Meeting: Q(**of_plan),
            Extension: Q(**of_plan),
            LetterTemplate: Q(**of_plan),
            Dossier: Q(**of_plan),
            FiledDossier: Q(**of_plan),
            Complaint: Q(initiative__top=self.there),
            Publication: Q(**of_plan),
            PlanArchive: Q(**of_plan),
            Award: Q(**of_plan),
            Honour: Q(award__plan=self.other_plan),
            DossierEntry: Q(**of_plan),
            SignedLetter: Q(dossier__plan=self.other_plan),
            Membership: Q(user=self.users["staff far"]),
            Invitation: Q(union=self.far),
            Import: Q(union=self.far),
            UnitAlias: Q(top=self.there),
            Resemblance: Q(earlier__top=self.there, later__top=self.there),
        }
        return model.objects.all() if model in SHARED else model.objects.filter(conditions[model])

    def mark(self):
        """Put the mark into everything that people wrote in the second province."""
        marked = {
            Initiative: ["title", "full_name", "description", "effect", "workplace", "job_title", "search_text"],
            DossierEntry: ["title", "authors", "position", "summary", "effect"],
            Complaint: ["text", "complainant", "contact"],
            Extension: ["reason"],
            RemovalRequest: ["reason"],
            Import: ["file_name"],
            UnitAlias: ["name", "key"],
            Plan: ["number"],
            PlanArchive: ["sha256"],
            CouncilMember: ["full_name", "job_title"],
            Meeting: ["place", "secretary", "conclusion"],
            User: ["full_name", "username"],
        }
        for model, names in marked.items():
            for row in self.theirs(model):
                model.objects.filter(pk=row.pk).update(**dict.fromkeys(names, f"{MARK} {row.pk}"))
        for row in self.theirs(User):
            User.objects.filter(pk=row.pk).update(email=f"{MARK}{row.pk}@example.vn")
        Invitation.objects.filter(union=self.far).update(email=f"{MARK}@example.vn")
        Plan.objects.filter(pk=self.other_plan.pk).update(mailbox=f"{MARK}@example.vn")
        Dossier.objects.filter(plan=self.other_plan).update(letter_number=MARK, signer=MARK, state_reason=MARK)
        UnionProfile.objects.filter(union=self.far).update(own_line=MARK, place=MARK)
        # The mark is in names that are public too: in the admin and at the desk of others even these are not met.
        Union.objects.filter(pk=self.far.pk).update(name=f"LĐLĐ huyện {MARK}", short_name=MARK)
        for filing in Filing.objects.filter(dossier__plan=self.other_plan):
            rows = [[MARK for _ in row[:-1]] + row[-1:] for row in filing.content["entries"]]  # but for the code
            Filing.objects.filter(pk=filing.pk).update(content={**filing.content, "entries": rows})
        Event.objects.filter(by__in=self.theirs(User)).update(by_name=MARK, reason=MARK)

    def terms(self):
        """What somebody who knows a little of the second province would look for."""
        codes = [initiative.code for initiative in self.theirs(Initiative)]
        return [MARK, MARK[:3], *codes, self.far.code, self.there.name]

    def parameters(self, route):
        """Return {name: values} for the parameters of an address; one that is unknown here is an error."""
        far, entry = self.dossiers["far"], self.dossiers["far"].entries.get()
        letter = far.letters.last()
        known = {
            "object_id": lambda: [row.pk for row in self.theirs(model_of(route))],
            "id": lambda: [row.pk for row in self.theirs(User)],
            "pk": lambda: [row.pk for row in self.theirs(model_of(route))],
            "condition": lambda: ["NO_DISPUTE"],
            "verdict": lambda: ["hop-le"],
            "number": lambda: [1],
            "other": lambda: [1],
            "place": lambda: [1],
            "deed": lambda: ["chon", "danh-dau"],
            "entry_pk": lambda: [entry.pk],
            "award_pk": lambda: [row.pk for row in self.theirs(Award)],
            "honour_pk": lambda: [1],
            "archive_pk": lambda: [row.pk for row in self.theirs(PlanArchive)],
            "letter_pk": lambda: [letter.pk],
            "plan_pk": lambda: [self.other_plan.pk],
            "seat_pk": lambda: [row.pk for row in self.theirs(Membership)],
            "member_pk": lambda: [row.pk for row in self.theirs(CouncilMember)],
            "meeting_pk": lambda: [row.pk for row in self.theirs(Meeting)],
            "kind": lambda: ["docx", "pdf"],
            "which": lambda: ["trang", "da-cham"],
            "key": lambda: [paper.key for paper in PAPERS],
            "union_code": lambda: [self.far.code],
            "top_code": lambda: [self.there.code],
            "code": lambda: [row.code for row in self.theirs(Initiative)],
            "app_label": lambda: ["awards"],
            "slug": lambda: list(TITLES),
            "name": lambda: ["hoi-dong"],
            "url": lambda: ["khong-co"],
        }
        return {name: known[name]() for name in names_in(route)}


# The part of an address at the desk behind which a number stands → whose number it is.
AT_THE_DESK = {
    "can-bo": User,
    "loi-moi": Invitation,
    "ho-so": Dossier,
    "ghep-don-vi": UnitAlias,
    "nhap-tu-giay": Import,
    "tai-ve": None,
    "giong": Resemblance,
}
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


def names_in(route):
    return [first or second for first, second in PARAMETER.findall(route)]


def model_of(route):
    """Return the model whose key an address holds."""
    parts = route.split("/")
    if parts[0] == "quan-tri":
        return next(m for m in admin.site._registry if m._meta.label_lower == ".".join(parts[1:3]))
    before = [
        part for part in parts[: next(i for i, part in enumerate(parts) if "<int:pk>" in part)] if part in AT_THE_DESK
    ]
    return AT_THE_DESK[before[-1]]


def routes(resolver=None, before=""):
    """Yield every route of the admin and of the desk."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if not isinstance(pattern, URLPattern):
            yield from routes(pattern, route)
        elif route.startswith(("quan-tri/", "cong-doan/")):
            yield route


def give_places(plan, entry):
    """Both places, also to what is held back."""
    values = {"plan": plan, "entry": entry, "place": 1, "chosen_by": make_user(), "chosen_at": IN_TIME}
    Award.objects.bulk_create(Award(kind=kind, **values) for kind in Kind)


def body_of(answer):
    """All the text of an answer, also what is packed in a workbook, a document or an archive."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    texts = [str(dict(answer.items())), content.decode(errors="replace")]
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as book:
        texts += [book.read(name).decode(errors="replace") for name in book.namelist()]
    return "\n".join(texts)
