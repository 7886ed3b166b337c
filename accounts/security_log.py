"""One line in the log, under `security`, for each sign-in, sign-out and refused attempt: when, who, from where.

A name that was typed stands in it as a short keyed digest only: people type their password into the wrong box.
"""

import logging

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.utils.crypto import salted_hmac

from config.arrival import client_address

log = logging.getLogger("security")


def signed_in(sender, request, user, **more):
    log.info("signed in: account %s from %s", user.pk, client_address(request))


def signed_out(sender, request, user, **more):
    if user:
        log.info("signed out: account %s from %s", user.pk, client_address(request))


def refused(sender, credentials, request=None, **more):
    digest = salted_hmac("security log", credentials.get("username", ""), algorithm="sha256").hexdigest()[:12]
    log.info("password refused: name %s from %s", digest, client_address(request) if request else "inside")


def code_refused(user, request):
    log.info("code refused: account %s from %s", user.pk, client_address(request))


def watch():
    user_logged_in.connect(signed_in, dispatch_uid="security.signed_in")
    user_logged_out.connect(signed_out, dispatch_uid="security.signed_out")
    user_login_failed.connect(refused, dispatch_uid="security.refused")
