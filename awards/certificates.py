"""Certificates for all who are awarded, in one PDF; each has a code under which everybody may look it up."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse

from awards.models import Certificate, CertificateWord, Change, Kind
from awards.paper_settings import certificate_of
from awards.selection_state import publication_of
from config import qr, typesetting
from config.text import clean_line
from dossiers.letterhead import head_of, shown_date
from initiatives.co_authors import people_in
from initiatives.codes import shown

GROUP = "Nhóm tác giả"


def word_of(plan):
    """Return what the union gives: "Bằng khen" or "Giấy khen"."""
    return CertificateWord(certificate_of(plan)).label


def certificates_pdf(plan, lines):
    """Return the PDF of the certificates of these Lines, a page each; before publication drafts without a code."""
    head, publication = head_of(plan.union), publication_of(plan)
    codes, granted = {}, {}
    if publication:
        issued = Certificate.objects.filter(award__plan=plan, award__taken_back_at=None)
        codes = dict(issued.values_list("award__entry", "code"))
        granted = {amendment.entry_id: amendment for amendment in granting(publication)}
    data = {
        "draft": publication is None,
        "issuer": head.committee.upper(),
        "union": head.own_line,
        "verb": "TẶNG",
        "word": word_of(plan),
        "programme": clean_line(plan.campaign.name),
        "on_behalf": head.on_behalf,
        "titles": head.titles,
        "signer": head.signer,
        "certificates": [
            one_of(line, codes.get(line.entry.pk), plan) | dated(granted.get(line.entry.pk, publication), head)
            for line in lines
        ],
    }
    return typesetting.pdf("certificate", data)


def granting(publication):
    """Return the amendments that gave awards after publication, oldest first."""
    return publication.amendments.filter(change=Change.GRANTED, kind=Kind.PROVINCE).order_by("pk")


def decision_behind(award):
    """Return what gave a published award: the later decision that added it (R17), or the one that was published."""
    added = granting(award.plan.publication).filter(entry=award.entry_id, made_at__lte=award.chosen_at)
    return added.last() or award.plan.publication


def dated(decision, head):
    """Return what a certificate says of its decision (with decision_number and decision_date), None for a draft."""
    number, date = (decision.decision_number, decision.decision_date) if decision else ("……", None)
    return {"decision": f"Quyết định số {number} {shown_date(date)}", "dated": f"{head.place}, {shown_date(date)}"}


def one_of(line, code, plan):
    """Return what one certificate says; without a code it leads nowhere."""
    entry, names = line.entry, names_on(line.entry)
    address = confirmation_address(plan.campaign, code) if code else ""
    return {
        "label": GROUP if len(names) > 1 else "",
        "name": ", ".join(names),
        "place": " · ".join(filter(None, (clean_line(entry.position), entry.dossier.union.name))),
        "title": clean_line(entry.title),
        "code": shown(code) if code else "",
        "address": address,
        "qr": qr.svg(address).decode() if address else "",
    }


def names_on(entry):
    """Return the names of an entry's authors, or of the group and then of them, without their shares."""
    try:
        return [person.name for person in people_in(entry.authors)]
    except ValidationError:  # lines that the union wrote in another way stand as they are
        return [line for line in map(clean_line, entry.authors.split("\n")) if line]


def confirmation_address(campaign, code):
    """Return the address that stays printed on paper: the site's own, whatever a client called it."""
    return settings.SITE_URL + reverse("confirmation", args=[campaign.slug, shown(code)])
