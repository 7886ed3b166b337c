"""How a union stands on its papers: derived from its name until its staff say otherwise, and their changes."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Level, Union
from dossiers.models import UnionProfile
from dossiers.papers import Committee, SignerTitle
from record.writing import changes, write

PROFILE_FIELDS = ["parent_line", "own_line", "abbreviation", "place", "committee", "signer_title", "signer"]
FEDERATION = "LĐLĐ "
TYPE_OF_PLACE = re.compile(r"^(tỉnh|thành phố|thị xã|huyện|quận|thị trấn) (?=\D)", re.IGNORECASE)
CAPITAL = "Hà Nội"
# How a union's name begins → what stands behind the number of its letters; the first that fits.
ABBREVIATIONS = [
    (FEDERATION, "LĐLĐ"),
    ("Công đoàn các khu công nghiệp", "CĐKCN"),
    ("Công đoàn Viên chức", "CĐVC"),
]


def written_out(name):
    """Return a union's name as papers have it: "LĐLĐ huyện Đại Từ" → "Liên đoàn Lao động huyện Đại Từ"."""
    return name.replace("LĐLĐ", "Liên đoàn Lao động")


def place_of(union):
    """Return where a union's papers are dated: a federation's own place, else that of the province above it."""
    if union.name.startswith(FEDERATION):
        place = TYPE_OF_PLACE.sub("", union.name.removeprefix(FEDERATION))
        return place[:1].upper() + place[1:]
    top = union.top
    return CAPITAL if top is None or top.is_sector else top.short_name


def abbreviation_of(union):
    for beginning, abbreviation in ABBREVIATIONS:
        if union.name.startswith(beginning):
            return abbreviation
    return "CĐCS" if union.level == Level.GRASSROOTS else "CĐN"


def profile_of(union):
    """Return how a union writes itself on its papers: as its staff laid down, else derived (then not stored)."""
    kept = UnionProfile.objects.filter(union=union).first()
    return kept or UnionProfile(
        union=union,
        parent_line=written_out(union.parent.name if union.parent else union.name),
        own_line=written_out(union.name),
        abbreviation=abbreviation_of(union),
        place=place_of(union),
    )


@transaction.atomic
def keep_profile(union, values, *, by, version):
    """Keep how a union writes itself (a dict with the names of PROFILE_FIELDS). Refuses (`stale`) to overwrite."""
    union = Union.objects.select_for_update(of=("self",), no_key=True).select_related("parent").get(pk=union.pk)
    profile = profile_of(union)
    if profile.version != version:
        raise ValidationError(
            "Một người khác vừa thay đổi các thông tin này. Hãy xem lại rồi bấm lưu lần nữa.", code="stale"
        )
    is_new = profile.pk is None
    before, after = changes(profile, {name: values[name] for name in PROFILE_FIELDS})
    if is_new or after:
        for name, value in after.items():
            setattr(profile, name, value)
        profile.version += 1
        profile.save()
        write(profile, "created" if is_new else "changed", by=by, before=before, after=after)
    return profile


@dataclass(frozen=True)
class Letterhead:
    """What stands around the text of a union's papers, as it is printed; what is not known yet is dotted."""

    parent_line: str
    own_line: str
    own_name: str
    parent_name: str
    committee: str
    number: str
    place: str
    day: str
    on_behalf: str
    titles: list
    signer: str

    @property
    def place_and_day(self):
        return f"{self.place}, {self.day}"


def letterhead_of(dossier):
    """Return the Letterhead of a dossier's papers."""
    return head_of(dossier.union, dossier.letter_number, dossier.letter_date, signer=dossier.signer)


def head_of(union, number="", date=None, *, kind="TTr", signer=""):
    """Return the Letterhead of a paper of a union; `kind` is the sign of its kind behind the number."""
    profile = profile_of(union)
    committee = Committee(profile.committee).label
    return Letterhead(
        parent_line=profile.parent_line.upper(),
        own_line=profile.own_line.upper(),
        own_name=profile.own_line,
        parent_name=profile.parent_line,
        committee=committee,
        number=numbered(number, profile, kind),
        place=profile.place,
        day=shown_date(date),
        on_behalf=f"TM. {committee.upper()}",
        titles=["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"] if profile.signer_title == SignerTitle.DEPUTY else ["CHỦ TỊCH"],
        signer=signer or profile.signer,
    )


def numbered(number, profile, kind):
    """Return the number of a paper with its signs; "15" and an empty one get those of the union."""
    return number if "/" in number else f"{number or '……'}/{kind}-{profile.abbreviation}"


def shown_date(date):
    """Return a date as papers write it: days below 10 and the months 1 and 2 with a zero; dotted when not known."""
    if not date:
        return "ngày … tháng … năm …"
    month = f"{date.month:02d}" if date.month <= 2 else str(date.month)
    return f"ngày {date.day:02d} tháng {month} năm {date.year}"
