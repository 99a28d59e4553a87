"""One settings file, read from the environment; production values are the default.

A bad value stops the start with a sentence. `DEMO=1` is for this machine only: plain HTTP,
no second factor, a fictional cast.
"""

import secrets
from pathlib import Path
from urllib.parse import quote

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "testserver"}

env = environ.FileAwareEnv()

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
BENCH = env.bool("BENCH", default=False)
LOCAL = DEBUG or DEMO or BENCH
TLS = env.bool("TLS", default=not LOCAL)
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=not LOCAL)

DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])

if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts; '*' is not accepted.")
if LOCAL and not set(ALLOWED_HOSTS) <= LOOPBACK:
    raise ImproperlyConfigured("DEBUG, DEMO and BENCH are for this machine only: use 127.0.0.1.")


def _secret_key():
    """The key from the environment, else one generated once beside the embedded database."""
    if key := env.str("SECRET_KEY", default=""):
        if len(key) < 50:
            raise ImproperlyConfigured("SECRET_KEY must have at least 50 characters.")
        return key
    if env.str("DATABASE_URL", default="") and not LOCAL:
        raise ImproperlyConfigured("Set SECRET_KEY (or SECRET_KEY_FILE) to 50 random characters.")
    path = DATA_DIR / "secret_key"
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return path.read_text()


SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

INSTALLED_APPS = [
    "iksz_portal",
    "positions",
    "sections",
    "members",
    "core",
    "iksz_portal.apps.BackOfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_prose_editor",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "simple_history",
]

MIDDLEWARE = [
    "core.middleware.RequestIdMiddleware",
    "core.middleware.HeadersMiddleware",
    "core.middleware.CompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.FaultMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "members.middleware.SessionAgeMiddleware",
    "core.typed.TypedMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "members.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "iksz_portal.urls"
WSGI_APPLICATION = "iksz_portal.wsgi.application"

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
                "iksz_portal.context.chrome",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Databases: embedded SQLite by default, PostgreSQL in production ---------------------------

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA busy_timeout=20000;"
    ),
}
POSTGRESQL_OPTIONS = {
    "connect_timeout": 5,
    "options": (
        "-c statement_timeout=10000 -c lock_timeout=5000 "
        "-c idle_in_transaction_session_timeout=30000 "
        "-c jit=off"  # compiling costs more than any query of a page
    ),
}
DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{quote(str(DATA_DIR))}/portal.sqlite3"),
}
_database = DATABASES["default"]
_database["CONN_MAX_AGE"] = 60
_database["CONN_HEALTH_CHECKS"] = True
if _database["ENGINE"].endswith("sqlite3"):
    Path(_database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    _database["OPTIONS"] = {**SQLITE_OPTIONS, **_database.get("OPTIONS", {})}
elif _database["ENGINE"].endswith("postgresql"):
    _database["OPTIONS"] = {**POSTGRESQL_OPTIONS, **_database.get("OPTIONS", {})}
else:
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL or SQLite database.")

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # or a flood of strangers would empty the limits
    }
}

# People and sessions ------------------------------------------------------------------------

AUTH_USER_MODEL = "members.Person"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "members.hashers.PortalArgon2Hasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

_HOST = "__Host-" if TLS else ""
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = f"{_HOST}session"
SESSION_COOKIE_SECURE = TLS
SESSION_COOKIE_AGE = 8 * 3600
SESSION_IDLE_AGE = 3600
BACK_OFFICE_IDLE_AGE = 900
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = f"{_HOST}csrf"
CSRF_COOKIE_SECURE = TLS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = 7 * 24 * 3600  # no credential: a form left open overnight can still be sent
CSRF_FAILURE_VIEW = "core.errors.csrf_failure"
LANGUAGE_COOKIE_SECURE = TLS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SIGNED_COOKIE_LEGACY_SALT_FALLBACK = False

ACCOUNT_ADAPTER = "members.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if TLS else "http"
_TOKENS = "django.contrib.auth.tokens"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = f"{_TOKENS}.PasswordResetTokenGenerator"
ACCOUNT_REAUTHENTICATION_TIMEOUT = BACK_OFFICE_IDLE_AGE
ACCOUNT_FORMS = {
    "login": "members.forms.accounts.SignInForm",
    "reauthenticate": "members.forms.accounts.ConfirmPasswordForm",
    "change_password": "members.forms.accounts.ChangePasswordForm",
    "reset_password": "members.forms.accounts.ForgottenPasswordForm",
    "reset_password_from_key": "members.forms.accounts.NewPasswordForm",
    "user_token": "members.forms.accounts.ResetTokenForm",
}
ACCOUNT_RATE_LIMITS = {
    "login": None,  # the adapter counts failed sign-ins, by account and by address
    "login_failed": "5/15m/key",  # codes of the second factor
    "reset_password": None,
    "reset_password_from_key": "20/h/ip",
    "change_password": "10/h/user",
    "reauthenticate": "20/h/user",
}
MFA_ADAPTER = "members.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "members.forms.accounts.CodeForm",
    "reauthenticate": "members.forms.accounts.ConfirmCodeForm",
    "activate_totp": "members.forms.accounts.ActivateAppForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "IKSZ"

# Transport and content security -------------------------------------------------------------

SECURE_SSL_REDIRECT = TLS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 63072000 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = TLS
SECURE_HSTS_PRELOAD = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "security.W021",  # preload is a promise only the domain's owner can make
    "auth.E003",  # e-mail is unique whatever its case, by a constraint of its own
]
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
if TLS:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"] = True

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_HANDLERS = ["core.uploads.UploadHandler"]
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
FORMS_URLFIELD_ASSUME_HTTPS = True

# Languages ----------------------------------------------------------------------------------

LANGUAGE_CODE = "hu"
LANGUAGES = [("hu", "magyar"), ("en", "English"), ("sl", "slovenščina")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Budapest"
FORMAT_MODULE_PATH = ["iksz_portal.formats"]

# Files --------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(DATA_DIR / "static"))()
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "media"
FILE_UPLOAD_TEMP_DIR = MEDIA_ROOT / "arriving"  # on the data volume: /tmp may be memory
FILE_UPLOAD_TEMP_DIR.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "core.filestore.DurableStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "core.bundle.BundlingStorage"
    },
}
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["br", "gz", "map", "png", "woff2"]

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Mail goes through the outbox, long work through a queue; the worker takes both ------------

EMAIL_BACKEND = "core.outbox.OutboxBackend"
if EMAIL_URL := env.str("EMAIL_URL", default=""):
    _mail = env.email_url("EMAIL_URL")
    OUTBOX_BACKEND = _mail.pop("EMAIL_BACKEND")
    vars().update(_mail)
else:
    OUTBOX_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

NEEDED = {
    "SITE_URL=https://…": SITE_URL.startswith("https://"),
    "ALLOWED_HOSTS": env.list("ALLOWED_HOSTS", default=[]),
    "EMAIL_URL": EMAIL_URL,
}
if env.str("DATABASE_URL", default="") and TLS and not all(NEEDED.values()):
    missing = ", ".join(name for name, said in NEEDED.items() if not said)
    raise ImproperlyConfigured(f"A portal that is open to others needs {missing}, too.")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# The association ----------------------------------------------------------------------------

SITE_NAME = _("Association of Libraries")

# Named in the accessibility statement and on “My data”; what is not set is left out.
OPERATOR = {
    part: env.str(f"OPERATOR_{part.upper()}", default="")
    for part in ("name", "address", "email", "phone")
}
ENFORCEMENT = {
    "body": env.str("ENFORCEMENT_BODY", default=""),
    "url": env.str("ENFORCEMENT_URL", default=""),
}
if ENFORCEMENT["url"] and not ENFORCEMENT["url"].startswith("https://"):
    raise ImproperlyConfigured("ENFORCEMENT_URL must begin with https://.")

SEARCHES_PER_MINUTE = env.int("SEARCHES_PER_MINUTE", default=60)  # of an address, not signed in

# Open interfaces ----------------------------------------------------------------------------

MACHINE_PATHS = ("/api/", "/oai")  # read by programs: no pages, and what went wrong as JSON
OPEN_DATA_LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "core.logs.RequestIdFilter"}},
    "formatters": {"json": {"()": "core.logs.JsonFormatter"}},
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "json",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["stdout"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stdout"], "level": "WARNING", "propagate": False},
        "django.security": {"level": "INFO"},
        "security": {"level": "INFO"},
        "portal": {"level": "INFO"},
    },
}
