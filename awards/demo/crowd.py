"""Many made-up initiatives, each thought out from nothing but the seed and its number, in whatever process.

They come in the order in which they arrived. Some are copies of an earlier one (COPIED): how many is known, so that
finding copies can be tried on them.
"""

import base64
import math
import random
import uuid
from bisect import bisect_left
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from itertools import accumulate

from django.utils.timezone import localdate, localtime

from accounts.models import Union
from awards.demo import people
from awards.demo.places import HIGHLANDS, NOT_PICKED, WEIGHTS
from awards.demo.rewriting import Mixer
from awards.demo.screening import REASONS
from awards.demo.texts import Text, read_texts
from awards.demo.times import HOURS
from initiatives import codes
from initiatives.models import Initiative, Status
from initiatives.sending import content_digest
from record.models import AUTHOR, Event

# One in a hundred is copied from an earlier one, half of them word for word, half with one word in ten changed.
COPIED, REWORDED = 0.01, 0.1
TYPED_UNIT = 0.05
SECRET, WITHOUT_DESCRIPTION = 0.01, 0.5
BENEFIT, MEDIAN_BENEFIT = 0.45, 60_000_000
# Status → (how many, the deed on the record that brought it, who did it); what is over stands second to none.
STATUSES = {
    Status.SENT: (0.62, "", ""),
    Status.ACCEPTED: (0.30, "accepted", "Cán bộ rà soát (dữ liệu thử)"),
    Status.REJECTED: (0.06, "rejected", "Cán bộ rà soát (dữ liệu thử)"),
    Status.WITHDRAWN: (0.02, "withdrawn", AUTHOR),
}
# Nobody has these numbers (see people.py); a few initiatives share one, as where one phone serves a workshop.
FIRST_PHONE, PHONES = 559_100_000, 899_999
NIGHT = 0.15  # the weight of an hour of which HOURS says nothing
LAST_DAYS = 20  # how many times more arrive on the last day than on the first
# Syllables of which names of companies and schools are made; the first are the most usual.
SYLLABLES = [
    "Minh", "Phát", "Hoàng", "Thành", "Long", "An", "Bình", "Phú", "Tân", "Hưng", "Thịnh", "Nam", "Việt", "Đông",
    "Hải", "Sơn", "Hà", "Quang", "Anh", "Đức", "Kim", "Ngọc", "Gia", "Lợi", "Thái", "Tiến", "Xuân", "Thanh", "Tâm",
    "Hồng", "Bảo", "Khang", "Trường", "Vĩnh", "Lộc", "Hòa", "Thắng", "Nhật", "Tín", "Vạn", "Cường", "Đại", "Phong",
    "Lâm", "Giang", "Sao", "Mai", "Ánh", "Dương", "Trúc", "Bạch", "Mộc", "Thạch", "Kiên", "Vân", "Đồng", "Cao",
    "Hương", "Bắc", "Hạ", "Liên",
]  # fmt: skip

# What nobody filled in, nor what follows from the rest.
BLANK = {
    "collective": "",
    "decided_at": None,
    "anonymised_at": None,
    "search_text": "",
    "name_key": b"",
    "unit_key": "",
}


@dataclass(frozen=True)
class Order:
    """So many initiatives of a campaign by a seed; the first is stored under `first_key`."""

    campaign: object
    number: int
    seed: int
    first_key: int
    tops: tuple
    units: tuple  # of each top union, those that can be picked below it


@dataclass(frozen=True)
class Told:
    """What somebody writes, and the Text of the demonstration behind it."""

    text: Text
    title: str
    description: str
    effect: str


class Crowd:
    """The initiatives of an Order, and the events on the record that tell of each."""

    def __init__(self, order):
        self.order, self.campaign = order, order.campaign
        self.texts = read_texts()
        self.mixer = Mixer(self.texts)
        self.rng = random.Random()  # noqa: S311 — chance that can be repeated is wanted here, not secrecy
        weights = random.Random(order.seed)  # noqa: S311
        self.tops = list(accumulate(WEIGHTS.get(top.code, 1) * weights.uniform(0.4, 1.6) for top in order.tops))
        self.statuses = list(accumulate(share for share, *_ in STATUSES.values()))
        self.hours = list(accumulate(map(self.weight_of, range(self.hours_in_all()))))

    def hours_in_all(self):
        return max(1, round((self.campaign.closes_at - self.campaign.opens_at) / timedelta(hours=1)))

    def weight_of(self, hour):
        """Return how many arrive in this hour of the campaign: more by day, more on weekdays, most at the end."""
        moment = localtime(self.campaign.opens_at + timedelta(hours=hour))
        day = 1 + (LAST_DAYS - 1) * ((hour + 1) / self.hours_in_all()) ** 4
        return day * HOURS.get(moment.hour, NIGHT) * (0.4 if moment.weekday() >= 5 else 1)

    def arrival_of(self, number, rng):
        """Return when the initiative with this number arrived; never before the one before it."""
        place = (number + rng.random()) / self.order.number * self.hours[-1]
        hour = bisect_left(self.hours, place)
        begins = self.hours[hour - 1] if hour else 0
        share = (place - begins) / (self.hours[hour] - begins)
        moment = self.campaign.opens_at + timedelta(hours=hour + share)
        return min(moment, self.campaign.closes_at - timedelta(microseconds=1))

    def told(self, number, rng):
        """Return what the author of this number writes; `rng` is seeded for the number and used for nothing before."""
        text = rng.choice(self.texts)
        if number and rng.random() < COPIED:
            source = self.told_by(rng.randrange(number))
            return self.copied(source, rng)
        mixer = self.mixer
        return Told(text, mixer.title(text, rng), mixer.description(text, rng), mixer.effect(text, rng))

    def told_by(self, number):
        rng = random.Random(self.seed_of(number))  # noqa: S311
        return self.told(number, rng)

    def seed_of(self, number):
        return self.order.seed << 40 | number

    def copied(self, source, rng):
        share = rng.choice((0, REWORDED))
        bodies = [self.mixer.reworded(text, share, rng) for text in (source.description, source.effect)]
        return Told(source.text, self.mixer.title(source.text, rng), *bodies)

    def workplace_of(self, text, place, rng):
        """Return the name of a workplace of the text's kind: with a name of its own, or that of the place."""
        *kind, last = text.workplace.split(" ")
        if kind and last[:1].isupper() and kind[-1][:1].isupper():
            first, second = (SYLLABLES[int(len(SYLLABLES) * rng.random() ** 2)] for _ in range(2))
            return " ".join([*kind[:-1], first, second])
        return f"{text.workplace} {place.short_name}"

    def seat_of(self, text, rng):
        """Return (top union, picked unit or None, typed unit, workplace)."""
        place = bisect_left(self.tops, rng.random() * self.tops[-1])
        top, units = self.order.tops[place], self.order.units[place]
        if not units or rng.random() < TYPED_UNIT:
            workplace = self.workplace_of(text, top, rng)
            return top, None, f"Công đoàn {workplace}", workplace
        unit = units[int(len(units) * rng.random() ** 1.5)]
        return top, unit, "", self.workplace_of(text, unit, rng)

    def initiative(self, number):
        """Return the initiative with this number (0 is the first to arrive), ready to be stored as it is."""
        rng = self.rng
        rng.seed(self.seed_of(number))
        told = self.told(number, rng)
        top, unit, unit_other, workplace = self.seat_of(told.text, rng)
        author = people.author_of(told.text, 0, rng, is_highland=top.code in HIGHLANDS)
        arrived_at = self.arrival_of(number, rng)
        status = list(STATUSES)[bisect_left(self.statuses, rng.random() * self.statuses[-1])]
        is_secret = rng.random() < SECRET
        values = {
            "id": self.order.first_key + number,
            "campaign_id": self.campaign.pk,
            "code": codes.with_check("".join(rng.choices(codes.ALPHABET, k=codes.CODE_LENGTH - 1))),
            "secret": base64.urlsafe_b64encode(rng.randbytes(24)).decode(),
            "submission_id": submission_of(self.order.seed, number),
            "full_name": author.full_name,
            "birth_year": author.birth_year,
            "gender": str(author.gender),
            "phone": f"+84{FIRST_PHONE + rng.randrange(PHONES)}",
            "email": author.email,
            "job_title": told.text.job_title,
            "co_authors": author.co_authors,
            "top_id": top.pk,
            "branch_id": unit.branch.pk if unit else None,
            "unit_id": unit.pk if unit else None,
            "unit_other": unit_other,
            "workplace": workplace,
            "block": told.text.block,
            "field": told.text.field,
            "title": told.title,
            "description": "" if is_secret and rng.random() < WITHOUT_DESCRIPTION else told.description,
            "is_secret": is_secret,
            "effect": told.effect,
            "benefit": benefit(rng) if rng.random() < BENEFIT else None,
            "started_on": self.start_of(arrived_at, rng),
            "consent_version": self.campaign.consent_version,
            "consented_at": arrived_at,
            "arrived_at": arrived_at,
            "stored_at": arrived_at + timedelta(milliseconds=rng.randint(2, 40)),
            "status": status.value,
            "status_reason": rng.choice(REASONS) if status == Status.REJECTED else "",
            "version": 1 if status == Status.SENT else 2,
        }
        initiative = placed(Initiative, BLANK | values)
        initiative.derive()
        return initiative

    def start_of(self, arrived_at, rng):
        first, last = self.campaign.practice_from, min(self.campaign.practice_until, localdate(arrived_at))
        return first + timedelta(days=int(rng.random() * (max(last - first, timedelta(0)).days + 1)))


def placed(model, values):
    """Return an object of a model; in the order of its fields, which takes a third of the time that names take."""
    return model(*[values[field.attname] for field in model._meta.concrete_fields])


def submission_of(seed, number):
    """Return the UUID that an initiative of a seed is known by (R7)."""
    return uuid.UUID(bytes=blake2b(f"{seed} {number}".encode(), digest_size=16).digest(), version=4)


def benefit(rng):
    """Return an amount in đồng, in whole hundred thousands."""
    return round(math.exp(rng.gauss(math.log(MEDIAN_BENEFIT), 1.2)) / 100_000) * 100_000


def units_below(top):
    """Return the units below a top union that are picked, the islands without workplaces left out."""
    units = Union.objects.pickable_below(top).select_related("parent__parent").order_by("code")
    return tuple(unit for unit in units if unit.short_name not in NOT_PICKED)


def events_of(initiative):
    """Return the events on an initiative's chain: sent, and what brought it to its status."""
    _, deed, by_name = STATUSES[Status(initiative.status)]
    sent = event(initiative, "sent", AUTHOR, initiative.stored_at, after={"content": content_digest(initiative)})
    if not deed:
        return [sent]
    later = initiative.arrived_at + timedelta(hours=20)
    before, after = {"status": "SENT"}, {"status": initiative.status}
    return [sent, event(initiative, deed, by_name, later, last=sent, before=before, after=after)]


def event(initiative, deed, by_name, at, *, last=None, before=None, after=None):
    """Return an event as `record.write` would make it, at a moment of its own."""
    values = {
        "id": None,
        "subject_kind": "initiative",
        "subject_id": initiative.pk,
        "number": last.number + 1 if last else 1,
        "at": at,
        "by_id": None,
        "by_name": by_name,
        "deed": deed,
        "before": before or {},
        "after": after or {},
        "reason": initiative.status_reason if deed == "rejected" else "",
        "personal_digest": "",
        "previous_digest": last.digest if last else "",
        "digest": "",
    }
    new = placed(Event, values)
    new.digest = new.computed_digest()
    return new
