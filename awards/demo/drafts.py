"""All initiatives of the demonstration, thought out before any is sent: text, author, place and time put together."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from awards.demo import people
from awards.demo.places import Atlas, places_of, said_place
from awards.demo.times import arrival_of, start_of


@dataclass(frozen=True)
class Draft:
    """What `initiatives.sending.send` takes."""

    submission_id: uuid.UUID
    answers: dict
    arrived_at: datetime


def drafts_of(texts, rng):
    """Return a Draft for each text, in the order of their arrival; equal for an equal `rng`."""
    places = places_of(texts, rng)
    drafts = [draft_of(text, number, places[text.submission_id], rng) for number, text in enumerate(texts)]
    return sorted(drafts, key=lambda draft: draft.arrived_at)


def copied_draft(text, number, rng):
    """Return the Draft of the text that is copied from another; it comes after all of the others."""
    return draft_of(text, number, said_place(text, Atlas()), rng)


def draft_of(text, number, place, rng):
    author = people.author_of(text, number, rng, is_highland=place.is_highland)
    arrived_at = arrival_of(text, rng)
    answers = {
        "full_name": author.full_name,
        "birth_year": author.birth_year,
        "gender": author.gender,
        "phone": author.phone,
        "email": author.email,
        "collective": "",
        "co_authors": author.co_authors,
        "top": place.top,
        "unit": place.unit,
        "unit_other": place.unit_other,
        "job_title": text.job_title,
        "workplace": text.workplace,
        "block": text.block,
        "field": text.field,
        "title": text.title,
        "description": text.description,
        "is_secret": text.is_secret,
        "effect": text.effect,
        "benefit": text.benefit,
        "started_on": start_of(text, arrived_at, rng),
    }
    return Draft(submission_id=text.submission_id, answers=answers, arrived_at=arrived_at)
