"""Every setting of the site; what differs between machines comes from the environment."""

from pathlib import Path

from csp.constants import NONE, SELF

from alstrom_site import embedded_database
from alstrom_site.environment import (
    database,
    env_bool,
    env_int,
    env_list,
    env_secret,
    env_text,
    mail,
    patient_within_bounds,
    refuse_known_key,
)

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

DEBUG = env_bool("DEBUG", False)
EMBEDDED_DATABASE = not env_text("DATABASE_URL", "")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
# A key from the environment is required as soon as the site stands on a database of its own, or answers to others.
KNOWN_KEY = "only-for-the-embedded-database-on-this-machine"
SECRET_KEY = env_secret("SECRET_KEY", default=KNOWN_KEY if EMBEDDED_DATABASE else None)
if SECRET_KEY == KNOWN_KEY:
    refuse_known_key(ALLOWED_HOSTS)
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS", [])
# The pages of the embedded database are made for the address under which `make run` served them last.
USUAL_SITE_URL = embedded_database.kept_site_url() if EMBEDDED_DATABASE else embedded_database.USUAL_SITE_URL
SITE_URL = env_text("SITE_URL", USUAL_SITE_URL).rstrip("/")
SITE_NAME = "Alström syndrome"

INSTALLED_APPS = [
    "alstrom_site.editorial.admin.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "markdownx",
    "pgtrigger",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    # After allauth, whose pages in Django's admin it takes away.
    "alstrom_site.accounts",
    "alstrom_site.editorial",
    # Their order is the order in which the desk names the kinds.
    "pages",
    "references",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "alstrom_site.urls"
WSGI_APPLICATION = "alstrom_site.wsgi.application"
ASGI_APPLICATION = "alstrom_site.asgi.application"

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
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": patient_within_bounds(
        embedded_database.database() if EMBEDDED_DATABASE else database(env_text("DATABASE_URL", "")),
        # A step takes milliseconds: who waits this long waits for something that hangs.
        lock="10s",
        # What hangs in the middle of a transaction gives its locks back.
        idle="60s",
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Jobs lie in the same database: what is queued in a transaction is gone with it when it is rolled back.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 3, "delete_jobs": "successful", "shutdown_graceful_timeout": 20}
# In seconds. A run that was missed is made up for at the next start: each of them may come late and come twice.
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 7 * 24 * 60 * 60}

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "account_login"

# Sign-in is allauth's; who may come in, its screens and its words are ours (`accounts/adapters.py`).
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "alstrom_site.accounts.adapters.DeskAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
# What a sign-up would ask. There is none: administrators make people.
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "alstrom_site.accounts.sign_in_forms.SignInForm",
    "reset_password": "alstrom_site.accounts.sign_in_forms.NewPasswordLinkForm",
}
# On top of allauth's own limits, which stand: wrong passwords and passkeys at the moment of signing.
ACCOUNT_RATE_LIMITS = {"signature": "5/m/user"}
MFA_ADAPTER = "alstrom_site.accounts.adapters.DeskMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# Addresses are an administrator's to set, so none waits for its owner's confirmation.
MFA_ALLOW_UNVERIFIED_EMAIL = True
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env_bool("BEHIND_PROXY", False) else 0

# In the database, which all workers share: a limit on attempts that each worker counts alone is none.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "site_cache",
        # Above this number live counters would be dropped, which a flood of attempts could be meant to cause.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "alstrom_site" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env_text("MEDIA_ROOT", str(VAR_DIR / "media")))
HASHED_STATIC_FILES = env_bool("HASHED_STATIC_FILES", not DEBUG)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HASHED_STATIC_FILES
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
# A form of 200 authors, each with four names, an order number and a box to remove it, passes Django's thousand.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# EMAIL_BACKEND, EMAIL_HOST and the rest, from one address or from the file of which EMAIL_URL_FILE is the path.
globals().update(mail(env_secret("EMAIL_URL", "console:", minimum_length=0)))
DEFAULT_FROM_EMAIL = env_text("DEFAULT_FROM_EMAIL", "editors@localhost")

# Works are looked up by their identifiers at these servers, which are told whom to write to when we ask too much.
LOOK_UP = env_bool("LOOK_UP", True)
CONTACT_EMAIL = env_text("CONTACT_EMAIL", "")
NCBI_API_KEY = env_secret("NCBI_API_KEY", "", minimum_length=0)
NCBI_URL = env_text("NCBI_URL", "https://eutils.ncbi.nlm.nih.gov/entrez/eutils").rstrip("/")
PMC_CONVERTER_URL = env_text("PMC_CONVERTER_URL", "https://pmc.ncbi.nlm.nih.gov/tools/idconv/api/v1/articles/")
CROSSREF_URL = env_text("CROSSREF_URL", "https://api.crossref.org").rstrip("/")

# The addresses of published sources are asked for, each once in so many days; "" asks for no archived copies.
LINK_CHECKS = env_bool("LINK_CHECKS", True)
LINK_CHECK_DAYS = env_int("LINK_CHECK_DAYS", 30, minimum=1, maximum=366)
OLD_COPIES_URL = env_text("OLD_COPIES_URL", "https://archive.org/wayback/available").rstrip("/")

# The same strict policy everywhere, the admin included: nothing inline, nothing from another host.
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
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
HTTPS = env_bool("HTTPS", SITE_URL.startswith("https://"))
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = env_int("HSTS_SECONDS", 31_536_000 if HTTPS else 0)
# Promises about hosts that are not this site's, and hard to take back: only who keeps the whole domain can make them.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env_bool("HSTS_INCLUDE_SUBDOMAINS", False)
SECURE_HSTS_PRELOAD = env_bool("HSTS_PRELOAD", False)
# They ask for the two promises above, which are the operator's to make.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env_bool("BEHIND_PROXY", False) else None
SESSION_COOKIE_HTTPONLY = True
# A day's work, on a browser that may be shared: who closes it or comes back the next day signs in again.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_PATH = "/admin/"
CSRF_COOKIE_PATH = "/admin/"
# Who signed in again on another page gets back what they typed.
CSRF_FAILURE_VIEW = "alstrom_site.accounts.giving_back.csrf_failure"

MARKDOWNX_URLS_PATH = "/admin/editor/preview/"
MARKDOWNX_UPLOAD_URLS_PATH = "/admin/editor/upload/"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_secrets": {"()": "alstrom_site.log_secrets.WithoutSecrets"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_secrets"]}},
    "root": {"handlers": ["console"], "level": env_text("LOG_LEVEL", "WARNING")},
}
