"""Every setting of the site, read from the environment once.

With nothing set, the site runs on this machine alone: SQLite, files and mail under `var/`.
A site is *deployed* as soon as it answers to a name that is not this machine's; then it
insists on what a public site needs and refuses what only a demonstration may have.
"""

import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config.environment import (
    STORES,
    aware_moment,
    cache,
    database,
    env,
    inside_address,
    on_or_off,
    parsed,
    site_address,
    storage,
)
from config.headers import CONTENT_POLICY
from config.logs import log_settings

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]", "testserver"}

# --- What kind of site this is -------------------------------------------------------------

ALLOWED_HOSTS = [host.strip() for host in env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])]
if any(host.split("]")[-1].count(":") for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS names a port: write host names only, like sangkien.example.vn.")
DEPLOYED = any(host not in LOCAL_HOSTS for host in ALLOWED_HOSTS)
DEBUG = on_or_off("DEBUG", default=False)
if DEBUG and DEPLOYED:
    raise ImproperlyConfigured("DEBUG is on for a public host: it would show the inside to anyone. Turn it off.")


def secret_key():
    """Return the key of the environment, or one made once for this machine and kept in `var/`."""
    if key := env.str("SECRET_KEY", default=""):
        if DEPLOYED and len(key) < 50:
            raise ImproperlyConfigured("SECRET_KEY is too short for a public site: use 50 characters or more.")
        return key
    if DEPLOYED:
        raise ImproperlyConfigured("SECRET_KEY is missing: a site with a public host needs its own, 50+ characters.")
    VAR_DIR.mkdir(exist_ok=True)
    kept = VAR_DIR / "secret-key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(64))
    return kept.read_text()


SECRET_KEY = secret_key()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

# What letters call the site: they are written outside requests, and never believe the Host that a client sent.
PUBLIC_HOSTS = [host for host in ALLOWED_HOSTS if host not in LOCAL_HOSTS]
SITE_URL = parsed("SITE_URL", site_address, "write it like https://sangkien.example.vn.", hosts=PUBLIC_HOSTS)

# --- Time: see config/clock.py -------------------------------------------------------------

TIME_ZONE = "Asia/Ho_Chi_Minh"

CLOCK_START = parsed("CLOCK_START", aware_moment, "write it like 2021-04-01T08:00+07:00.")
if CLOCK_START and DEPLOYED:
    raise ImproperlyConfigured("CLOCK_START is set on a public host: a deployed site runs on real time only.")
# The real instant at which the demonstration clock was started, shared by all processes of one run (Unix seconds).
CLOCK_ORIGIN = parsed(
    "CLOCK_ORIGIN",
    lambda name: datetime.fromtimestamp(env.float(name, default=datetime.now(UTC).timestamp()), UTC),
    "give Unix seconds.",
)
# Believe the front server's X-Request-Start; only where a front server overwrites what clients send.
TRUST_REQUEST_START = on_or_off("TRUST_REQUEST_START", default=False)

# --- Language ------------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
FORMAT_MODULE_PATH = ["config.formats"]

# --- Parts ---------------------------------------------------------------------------------

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "config.apps.SiteAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_q",
    "record",
    "outbox",
    "accounts",
    "initiatives",
    "dossiers",
    "awards",
    "backups",
]

MIDDLEWARE = [
    "config.arrival.ArrivalMiddleware",
    "config.watching.WatchMiddleware",
    "config.rush.RushMiddleware",
    "config.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.compression.CompressedPagesMiddleware",
    "config.unavailable.UnavailableMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "accounts.middleware.SignInMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "config.privacy.PrivateByDefaultMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Storage of rows, of short-lived values, of files ----------------------------------------

VAR_DIR.mkdir(exist_ok=True)
DATABASES = {
    "default": parsed(
        "DATABASE_URL",
        database,
        "write sqlite:///path or postgres://user:password@host/name.",
        default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}",
    )
}
DATABASE = DATABASES["default"]
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    # Measured: without IMMEDIATE a fifth of concurrent writers fail; without WAL readers wait for writers.
    DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        # INSERT OR REPLACE counts as a deletion, which the append-only tables refuse.
        "PRAGMA recursive_triggers=ON;",
    }
elif DATABASE["ENGINE"] == "django.db.backends.postgresql":
    DATABASE.update(ENGINE="config.postgresql", CONN_MAX_AGE=600, CONN_HEALTH_CHECKS=True)
    # Behind PgBouncer a session is lent for one transaction: no cursor outlives it, and limits are the role's.
    DATABASE["DISABLE_SERVER_SIDE_CURSORS"] = POOLED = on_or_off("DATABASE_POOLED", default=False)
    if Path(sys.argv[0]).name != "manage.py" and not POOLED:  # migrations and the queue take the time they need
        # A lock that is not to be had in 3 seconds is answered with "busy, try again" (config/unavailable.py).
        # Compiling a query (jit) takes longer than answering any of ours.
        DATABASE.setdefault("OPTIONS", {})["options"] = "-c lock_timeout=3000 -c statement_timeout=30000 -c jit=off"
else:
    raise ImproperlyConfigured("DATABASE_URL must name SQLite or PostgreSQL: the rules are kept by these two only.")

CACHES = {
    "default": parsed("CACHE_URL", cache, "write redis://host:6379/0, or leave it out.", default="locmemcache://")
}

STORAGE, MEDIA_ROOT = parsed("STORAGE_URL", storage, STORES, default=VAR_DIR / "media")
# The front server's address of that folder, open to the site's own answers only: then it reads files out (X-Accel).
PRIVATE_FILES = parsed("PRIVATE_FILES", inside_address, "write it like /kho-rieng/, or leave it out.")
FILE_UPLOAD_PERMISSIONS = 0o640 if PRIVATE_FILES else 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750 if PRIVATE_FILES else 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

STATIC_URL = "static/"
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": STORAGE,
    "staticfiles": {
        "BACKEND": "config.static_files.Storage",
        # Unlike uploads, these may be read by a front server under another account.
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}

# --- Mail and the queue -----------------------------------------------------------------------

EMAIL = parsed("EMAIL_URL", env.email_url, "write smtp+tls://user:password@host:587.", default="filemail://")
EMAIL_BACKEND = EMAIL["EMAIL_BACKEND"]
if EMAIL_BACKEND.endswith("filebased.EmailBackend"):
    EMAIL_FILE_PATH = EMAIL.get("EMAIL_FILE_PATH") or VAR_DIR / "mail"
EMAIL_HOST = EMAIL.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = EMAIL.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = EMAIL.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = EMAIL.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = EMAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="sang-kien@localhost")

Q_CLUSTER = {
    "name": "sangkien",
    "orm": "default",
    "workers": 1,
    "timeout": 300,
    "retry": 360,
    "max_attempts": 0,
    "poll": 2,
    "save_limit": 100,
    "catch_up": False,
    "label": "Hàng đợi",
}

# --- Who is who -------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
OWN_WORDS = ["username", "full_name", "email"]
RULES = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{RULES}.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": OWN_WORDS}},
    {"NAME": f"{RULES}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{RULES}.CommonPasswordValidator"},
    {"NAME": "accounts.common_passwords.CommonInVietnam"},
    {"NAME": "accounts.common_passwords.NotEndless"},
]
PASSWORD_RESET_TIMEOUT = 6 * 3600
# Whether board, national staff and administrators must confirm signing in with a code from their phone.
REQUIRE_SECOND_FACTOR = on_or_off("REQUIRE_SECOND_FACTOR", default=False)
OTP_TOTP_ISSUER = "Sáng kiến"
# Locking by name and address together: nobody can lock the chairman out, nor a whole office behind one address.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "config.arrival.client_address"
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 0.25
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # what was not tried is not counted
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_VERBOSE = False
SESSION_COOKIE_AGE = 60 * 60 * 10

# --- Safety -----------------------------------------------------------------------------------

CSRF_FAILURE_VIEW = "config.unavailable.form_expired"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if DEPLOYED:
    CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS if "*" not in host]
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = ["^suc-khoe/$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"

CONTENT_SECURITY_POLICY = CONTENT_POLICY  # and the other headers: config/headers.py

# --- Logs and figures: see config/logs.py, config/metrics.py -------------------------------------

LOGGING = log_settings()
# Who brings it as a bearer may read the figures; without one nobody may.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
