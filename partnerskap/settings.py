"""All settings. Read from the environment, safe for production unless PORTAL_UTVIKLING says otherwise.

In development (`PORTAL_UTVIKLING=1`, set by `make run` and the tests) everything has a default. In production the
portal refuses to start without SECRET_KEY, ALLOWED_HOSTS, DATABASE_URL, EMAIL_URL and PORTAL_ADRESSE. See docs/operations.md
for every variable.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from partnerskap.felles.logging import innstillinger as logginnstillinger

ROT = Path(__file__).resolve().parent.parent
env = environ.Env()

UTVIKLING = env.bool("PORTAL_UTVIKLING", default=False)
DEBUG = UTVIKLING and env.bool("DEBUG", default=True)
VAR = Path(env.str("PORTAL_VAR", default=str(ROT / "var")))


def kreves(navn, les, *, i_utvikling):
    """Read a setting that production must state and development may leave out."""
    if UTVIKLING and navn not in env.ENVIRON:
        return les(navn, default=i_utvikling)
    try:
        if not env.ENVIRON.get(navn):
            raise ImproperlyConfigured("ikke satt")
        return les(navn)
    except (ImproperlyConfigured, ValueError, KeyError) as feil:
        raise ImproperlyConfigured(
            f"{navn} mangler eller er ugyldig. Sett den i miljøet, eller sett PORTAL_UTVIKLING=1 "
            f"for å kjøre portalen på egen maskin. Se docs/operations.md. ({feil})"
        ) from feil


def les_database(navn, **valg):
    database = env.db_url(navn, **valg)
    if database["ENGINE"] not in ("django.db.backends.sqlite3", "django.db.backends.postgresql"):
        raise ImproperlyConfigured("bruk postgres://bruker:passord@vert/navn eller sqlite:////sti/til/fil")
    return database


SECRET_KEY = kreves("SECRET_KEY", env.str, i_utvikling="bare-for-utvikling")
ALLOWED_HOSTS = kreves("ALLOWED_HOSTS", env.list, i_utvikling=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
CSRF_FAILURE_VIEW = "partnerskap.felles.gjenopptak.csrf_avvist"  # loses no text

INSTALLED_APPS = [
    "partnerskap.apps.Administrasjonsapp",  # django.contrib.admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.forms",
    "allauth",
    "allauth.account",
    "django_filters",
    "simple_history",
    "csp",
    "partnerskap.felles",
    "utboks",
    "sok",
    "kommuner",
    "missions",
    "prosjekter",
    "abonnement",
    "partnerskap",
]

MIDDLEWARE = [
    "partnerskap.felles.logging.logg_foresporsler",
    "partnerskap.felles.middleware.sprak",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "partnerskap.felles.middleware.ugyldige_tegn",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "partnerskap.felles.middleware.privat_for_innloggede",
    "partnerskap.felles.gjenopptak.InnloggingUtenTap",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "partnerskap.urls"
WSGI_APPLICATION = "partnerskap.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "partnerskap.kontekst.portal",
            ],
            "builtins": ["django.templatetags.i18n", "partnerskap.felles.templatetags.portal"],
        },
    },
]
FORM_RENDERER = "partnerskap.felles.forms.Skjemarenderer"

# Database. SQLite needs WAL and IMMEDIATE to be safe with several processes: without them nearly half of
# concurrent form posts failed when measured; with them none did.
DATABASES = {"default": kreves("DATABASE_URL", les_database, i_utvikling=f"sqlite:///{VAR / 'portal.sqlite3'}")}
# Opening a connection costs more than a page from memory, also to SQLite, which reads what five hundred tables and indices
# are. The development server has a thread for each request, and keeps none open.
I_FIL = DATABASES["default"]["ENGINE"].endswith("sqlite3")
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=0 if UTVIKLING and I_FIL else 60)
if I_FIL:
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        timeout=20,
        transaction_mode="IMMEDIATE",
        init_command=(
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
            "PRAGMA temp_store=MEMORY;PRAGMA cache_size=-32000"
        ),
    )
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    valg, i_sesjonen = DATABASES["default"].setdefault("OPTIONS", {}), []
    if DATABASES["default"]["CONN_MAX_AGE"]:  # else it may be a pooler's, and the next statement goes to another
        # For partnerskap.felles.ferdig_sql: planned once, and never weighed against a plan for just these values.
        valg["prepare_threshold"] = 2
        i_sesjonen.append("-c plan_cache_mode=force_generic_plan")
        # PostgreSQL's own 4 is for discs that turn: it read a whole table rather than look three rows up.
        i_sesjonen.append("-c random_page_cost=1.1")
    # No page may hold a connection for long. Commands and the worker set DB_TIDSGRENSE_MS=0.
    if tidsgrense := env.int("DB_TIDSGRENSE_MS", default=10_000):
        i_sesjonen.append(f"-c statement_timeout={tidsgrense}")
    if i_sesjonen:
        valg.setdefault("options", " ".join(i_sesjonen))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits are counted in the cache, so it must be shared between processes. The database does for one machine.
CACHES = {"default": env.cache_url("CACHE_URL", default="dbcache://mellomlager")}
if CACHES["default"]["BACKEND"].endswith("DatabaseCache"):
    # Django's own limit is 300, and then it throws out any: whoever tries many addresses would wipe the counts.
    CACHES["default"].setdefault("OPTIONS", {}).setdefault("MAX_ENTRIES", 100_000)
# Pages that are the same for everyone, in the memory of each process (partnerskap.felles.felles_sider).
CACHES["sider"] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "sider",
    "TIMEOUT": 24 * 3600,
    "OPTIONS": {"MAX_ENTRIES": 300},
}

# Accounts: the e-mail address is the login, a code by e-mail is the key. There are no passwords. The code proves the
# address each time, so allauth has nothing more to verify. See kommuner.kontoadapter.
AUTH_USER_MODEL = "kommuner.Bruker"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "minside"
LOGOUT_REDIRECT_URL = "forside"
ACCOUNT_LOGOUT_REDIRECT_URL = "forside"
ACCOUNT_ADAPTER = "kommuner.kontoadapter.Kontoadapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "kommuner.models.visningsnavn"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}  # digits: easy on a phone
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # municipal mail can be slow
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 3
ACCOUNT_LOGIN_TIMEOUT = 60 * 60  # how long we remember who asked, so that «the code has expired» can be said
# Counted in the shared cache. A whole town hall may come from one address (ip), hence the width of those. At most ten
# guesses in ten minutes at one of a hundred million codes.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "request_login_code": "60/m/ip,5/10m/key",
    "skriv_kode": "60/m/ip",
    "skriv_kode_adresse": "10/10m/key",
    "inviter": "30/h/user",
    "sok_medlemskap": "10/h/user",
    "kontakt_prosjekt": "10/h/user,30/d/user",
    "meld_innhold": "20/h/user",
    "saksframlegg": "60/m/ip",  # open to all, and made anew each time
    "ligner": "60/m/user",  # the check while one writes asks at each pause
    "last_opp": "120/h/user",
    "lagre_sok": "60/h/ip",
    "lagre_sok_adresse": "5/h/key,10/d/key",  # mail to someone who may not have asked for it
}
# The address of whoever asks, as told by that many proxies in front of us (see BAK_PROXY).
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("ANTALL_PROXYER", default=int(env.bool("BAK_PROXY", default=False)))
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # messages name people: not in a cookie

# Mail. Written to the outbox with the change it tells about; the worker delivers (utboks).
EMAIL_ADRESSE = kreves("EMAIL_URL", env.email_url, i_utvikling="consolemail://")
vars().update(EMAIL_ADRESSE)
if UTVIKLING and "EMAIL_URL" not in env.ENVIRON:
    EMAIL_BACKEND = "partnerskap.felles.epost.FilOgKonsoll"
EMAIL_FILE_PATH = VAR / "epost"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("FRA_EPOST", default="Partnerskap for radikal innovasjon <ikke-svar@portal.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Addresses in mail and feeds written outside a request.
PORTAL_ADRESSE = kreves("PORTAL_ADRESSE", env.str, i_utvikling="http://127.0.0.1:8000").rstrip("/")

LOGGING = logginnstillinger(som_json=not UTVIKLING, nivaa=env.str("LOGG_NIVAA", default="INFO"))

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("bokmål")), ("nn", _("nynorsk")), ("en", _("engelsk"))]
LOCALE_PATHS = [ROT / "locale"]
TIME_ZONE = "Europe/Oslo"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR / "static")))
STATICFILES_DIRS = [ROT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Pictures and attachments of projects (prosjekter.fillager). They have no address of their own: a view asks first who
    # may see the project. Another storage, S3 for one, by FILLAGER and FILLAGER_VALG.
    "filer": {
        "BACKEND": env.str("FILLAGER", default="django.core.files.storage.FileSystemStorage"),
        "OPTIONS": env.json("FILLAGER_VALG", default={"location": env.str("FILMAPPE", default=str(VAR / "filer"))}),
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if UTVIKLING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Limits on what anyone can send: our longest form is far below.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
# Files are refused, except where a view says @tar_imot_en_fil.
FILE_UPLOAD_HANDLERS = ["partnerskap.felles.opplasting.IngenFiler"]
# Where attachments are checked for viruses: clamd:///run/clamav/clamd.ctl or clamd://host:3310. Left out, they are not.
VIRUSSKANNER = env.str("VIRUSSKANNER", default="")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if not UTVIKLING:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^helse/"]
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 3600)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # Names a browser takes from this very host only, so that a neighbouring site cannot plant one.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    if env.bool("BAK_PROXY", default=False):
        # Only behind a proxy that sets (and overwrites) this header itself.
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
