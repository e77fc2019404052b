"""All settings of Qorgau. Every variable is described in docs/running.md; a test keeps the two together."""

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from qorgau.installation import own_database, var_folder
from qorgau.lib import environment as env
from qorgau.lib.logs import log_to_standard_error

HERE = Path(__file__).resolve().parent
VAR = var_folder()

# --- What kind of installation this is -------------------------------------------------------------------------------
DEMO = env.yes("QORGAU_DEMO", False)
DEBUG = env.yes("QORGAU_DEBUG", False)
ALLOWED_HOSTS = env.names("QORGAU_HOSTS", "localhost,127.0.0.1,[::1]")
PUBLIC_ADDRESS = env.text("QORGAU_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
HTTPS = PUBLIC_ADDRESS.startswith("https://")

# --- Secrets: kept outside the tree; the demo makes its own under var/ -----------------------------------------------
SECRET_KEY = env.text("QORGAU_SECRET_KEY")
DATA_KEY = env.text("QORGAU_DATA_KEY")

# --- Database: PostgreSQL only, embedded unless DATABASE_URL says otherwise ------------------------------------------
DATABASE_URL = own.url if (own := own_database()) else env.text("DATABASE_URL")


def _database(url: str) -> dict[str, object]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise env.WrongSetting(
            "DATABASE_URL cannot be read. It looks like postgresql://user:password@host:5432/qorgau; signs of a "
            "password such as @ : / # are written as %40 %3A %2F %23."
        ) from None
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "qorgau.lib.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "qorgau",
        "USER": unquote(parts.username or "postgres"),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(port or query.pop("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # A pool that does not keep the server's session (PgBouncer in transaction mode) can't have prepared statements.
        "OPTIONS": {
            **query,
            "server_side_binding": True,
            "prepare_threshold": 2 if env.yes("QORGAU_PREPARED_STATEMENTS", True) else None,
        },
    }


DATABASES = {"default": _database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- The house -------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "qorgau.people",
    "qorgau.directory",
    "qorgau.register",
    "qorgau.register.following",
    "qorgau.insured",
    "qorgau.insured.warnings",
    "qorgau.partners",
    "qorgau.notices",
    "qorgau.notices.chats",
    "qorgau.intake",
    "qorgau.handling",
    "qorgau.channels.portal",
    "qorgau.channels.telegram",
    "qorgau.workplace",
    "qorgau.workplace.presence",
    "qorgau.demo",
    "qorgau.directory.administration_app.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
]
ROOT_URLCONF = "qorgau.urls"
# Where programs knock, by the first word of the address; they need little of what stands in MIDDLEWARE.
PROGRAM_DOORS = {
    "fhir": "qorgau.channels.fhir.urls",
    "api": "qorgau.channels.api.urls",
    "telegram": "qorgau.channels.telegram.urls",
}
WSGI_APPLICATION = "qorgau.wsgi.application"

MIDDLEWARE = [
    "qorgau.lib.unread_bodies.ReadToTheEnd",
    "django.middleware.security.SecurityMiddleware",
    "qorgau.lib.security_headers.SecurityHeaders",
    # Requests of programs go no further than this.
    "qorgau.lib.for_programs.ShortWay",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "qorgau.workplace.news.at_the_door.NothingNew",
    "qorgau.lib.for_staff.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "qorgau.people.signed_in.Authentication",
    "qorgau.people.own_language.OwnLanguage",
    "qorgau.lib.for_staff.Messages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "qorgau.lib.for_staff.Htmx",
    "allauth.account.middleware.AccountMiddleware",
    "qorgau.people.gates.SetUpFirst",
    "qorgau.channels.portal.errors.NotAllowed",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [HERE / "templates" / "jinja2"],
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "qorgau.lib.pages.environment",
            "extensions": ["jinja2.ext.i18n"],
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "qorgau.lib.one_token.one_token",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates" / "django"],
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

# --- Languages: Kazakh first, Russian and English at equal rank ------------------------------------------------------
LANGUAGE_CODE = "kk"
LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = True
USE_TZ = True
FIRST_DAY_OF_WEEK = 1  # Monday, for the calendars of languages for which Django knows none
TIME_ZONE = env.time_zone("QORGAU_TIME_ZONE", "Asia/Almaty")

# --- Files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [HERE / "static"]
MEDIA_ROOT = Path(env.text("QORGAU_FILES", str(VAR / "files")))
WHITENOISE_USE_FINDERS = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
ATTACHMENT_LIMIT_MB = env.number("QORGAU_ATTACHMENT_LIMIT_MB", 20, least=1)
ATTACHMENTS_AT_MOST = env.number("QORGAU_ATTACHMENTS_AT_MOST", 10, least=1)
# A text of 20,000 characters in Kazakh is 40 KB, nine times that once percent-encoded; files do not count here.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# Two hundred appeals chosen at once, and the fields of what is done with them.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
# More forms than this from one network in a minute are asked to wait a little; 0 is no limit. Each web process counts
# for itself.
SENDINGS_PER_MINUTE = env.number("QORGAU_SENDINGS_PER_MINUTE", 120, least=0)

# --- What is kept of who looked at whose data ------------------------------------------------------------------------
OPENINGS_KEPT_YEARS = env.number("QORGAU_OPENINGS_KEPT_YEARS", 5)

# --- Staff sign-in ---------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Staff"
AUTHENTICATION_BACKENDS = ["qorgau.people.sign_in.StaffBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "qorgau.people.password_rules.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "qorgau.people.password_rules.NotCommon"},
    {"NAME": "qorgau.people.password_rules.NotTheirName"},
]
PASSWORD_RESET_TIMEOUT = 2 * 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "account_login"
SECOND_FACTOR_REQUIRED = env.yes("QORGAU_SECOND_FACTOR", not DEMO)

ACCOUNT_ADAPTER = "qorgau.people.sign_in.StaffAccounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_FORMS = {
    "login": "qorgau.people.forms.SignInForm",
    "reauthenticate": "qorgau.people.forms.ProveAgainForm",
    "change_password": "qorgau.people.forms.ChangePasswordForm",
    "reset_password": "qorgau.people.forms.AskForResetForm",
    "reset_password_from_key": "qorgau.people.forms.NewPasswordForm",
    "user_token": "qorgau.people.forms.ResetLinkForm",
}
# Guesses are counted in the database (`people/guessing.py`), for all processes together; these limits are each
# process's own and only keep one address from flooding it. A whole branch may sign in from one address at nine o'clock.
ACCOUNT_RATE_LIMITS = {
    "login_failed": None,
    "change_password": None,
    "reauthenticate": None,
    "login": "120/m/ip",
    "reset_password": "20/m/ip,2/15m/key",
}

MFA_ADAPTER = "qorgau.people.second_factor.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Qorgau"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "qorgau.people.forms.CodeForm",
    "reauthenticate": "qorgau.people.forms.CodeAgainForm",
    "activate_totp": "qorgau.people.forms.SetUpCodeForm",
}

# --- Cookies and headers ---------------------------------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_ENGINE = "qorgau.people.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = env.number("QORGAU_SESSION_HOURS", 10, least=1) * 3600
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS]
CSRF_FAILURE_VIEW = "qorgau.channels.portal.csrf.expired"
SECURE_SSL_REDIRECT = env.yes("QORGAU_REDIRECT_TO_HTTPS", False)
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.yes("QORGAU_BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
BEHIND_PROXY = env.yes("QORGAU_BEHIND_PROXY", False)

# --- How notices leave -----------------------------------------------------------------------------------------------
NOTICE_TRANSPORTS = {
    "email": env.text("QORGAU_EMAIL_TRANSPORT", "console"),
    "sms": env.text("QORGAU_SMS_TRANSPORT", "console"),
}
# Letters about accounts (`people/reset_links.py`) go the way that notices go.
EMAIL_BACKEND = f"django.core.mail.backends.{NOTICE_TRANSPORTS['email']}.EmailBackend"
EMAIL_HOST = env.text("QORGAU_SMTP_HOST", "localhost")
EMAIL_PORT = env.number("QORGAU_SMTP_PORT", 25, least=1, most=65535)
EMAIL_HOST_USER = env.text("QORGAU_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("QORGAU_SMTP_PASSWORD")
EMAIL_USE_TLS = env.yes("QORGAU_SMTP_TLS", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("QORGAU_EMAIL_FROM", "Qorgau <no-reply@localhost>")
SMS_GATEWAY_URL = env.text("QORGAU_SMS_URL")
SMS_GATEWAY_TOKEN = env.text("QORGAU_SMS_TOKEN")
SMS_SENDER = env.text("QORGAU_SMS_SENDER", "1414")
QUIET_HOURS = (env.number("QORGAU_QUIET_FROM", 21), env.number("QORGAU_QUIET_TO", 9))

# --- The bot in Telegram: none without a token -----------------------------------------------------------------------
TELEGRAM_TOKEN = env.text("TELEGRAM_TOKEN")
# The number of the bot itself, by which its updates are told from those of another.
TELEGRAM_BOT = TELEGRAM_TOKEN.partition(":")[0]
TELEGRAM_API = env.text("QORGAU_TELEGRAM_API", "https://api.telegram.org").rstrip("/")
# With a secret, updates are delivered to QORGAU_ADDRESS; without, the bot fetches them.
TELEGRAM_WEBHOOK_SECRET = env.text("QORGAU_TELEGRAM_WEBHOOK_SECRET")
TELEGRAM_PER_SECOND = env.number("QORGAU_TELEGRAM_PER_SECOND", 30, least=0)

# --- Who answers about people's insurance ----------------------------------------------------------------------------
INSURED_SOURCE = env.text("QORGAU_INSURED_SOURCE", "local")
INSURED_URL = env.text("QORGAU_INSURED_URL")
INSURED_TOKEN = env.text("QORGAU_INSURED_TOKEN")
INSURED_SECONDS = env.number("QORGAU_INSURED_SECONDS", 3, least=1)
INSURED_CACHE_SECONDS = env.number("QORGAU_INSURED_CACHE_SECONDS", 300, least=0)
CERTIFICATES_KEPT_HOURS = env.number("QORGAU_CERTIFICATES_KEPT_HOURS", 24, least=1)

# What people may ask about insurance at a public door. Look-ups and codes of one hour go through at once; whoever asks
# faster waits a little, and longer each time. 0 is no limit.
LOOKUPS_PER_ADDRESS = env.number("QORGAU_LOOKUPS_PER_ADDRESS", 600, least=0)
LOOKUPS_PER_DEVICE = env.number("QORGAU_LOOKUPS_PER_DEVICE", 30, least=0)
LOOKUPS_WITHOUT_DEVICE = env.number("QORGAU_LOOKUPS_WITHOUT_DEVICE", 120, least=0)
LOOKUPS_PER_IIN = env.number("QORGAU_LOOKUPS_PER_IIN", 20, least=0)
LOOKUPS_LONGEST_WAIT = env.number("QORGAU_LOOKUPS_LONGEST_WAIT", 300, least=1)
CODES_PER_ADDRESS = env.number("QORGAU_CODES_PER_ADDRESS", 60, least=0)
CODES_PER_IIN = env.number("QORGAU_CODES_PER_IIN", 3, least=0)
CODES_LONGEST_WAIT = env.number("QORGAU_CODES_LONGEST_WAIT", 3600, least=1)
WARNINGS_PER_CONTACT = env.number("QORGAU_WARNINGS_PER_CONTACT", 10, least=1)
WARNINGS_PER_PERSON = env.number("QORGAU_WARNINGS_PER_PERSON", 20, least=1)
PROOF_MINUTES = env.number("QORGAU_PROOF_MINUTES", 30, least=1)
PROOF_PHONES = env.text("QORGAU_PROOF_PHONES", "any" if DEMO else "in_person")
# Where people may sign in to prove who they are: an OpenID Connect service, if one is named.
OIDC_URL = env.text("QORGAU_OIDC_URL").rstrip("/")
OIDC_CLIENT = env.text("QORGAU_OIDC_CLIENT")
OIDC_SECRET = env.text("QORGAU_OIDC_SECRET")
OIDC_SCOPE = env.names("QORGAU_OIDC_SCOPE", "openid")
OIDC_CLAIM = env.text("QORGAU_OIDC_CLAIM", "iin")
OIDC_NAME = env.text("QORGAU_OIDC_NAME", "eGov")
SOCIALACCOUNT_ADAPTER = "qorgau.channels.portal.insurance.sign_in.Adapter"
# A link and no form: our policy for forms lets none of them lead to another site.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10

# --- Background work -------------------------------------------------------------------------------------------------
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
PROCRASTINATE_IMPORT_PATHS = ["qorgau.lib.stalled_jobs"]
# Jobs that went well are not kept: there are ten thousand a day. Failed ones are.
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 2, "delete_jobs": "successful", "shutdown_graceful_timeout": 20}
PROCRASTINATE_ON_APP_READY = None

# --- What is written to the log: to the standard error, no values of people ------------------------------------------
LOG_LEVEL = env.word("QORGAU_LOG_LEVEL", "WARNING", among=("DEBUG", "INFO", "WARNING", "ERROR"))
log_to_standard_error(LOG_LEVEL)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "filters": {"trouble": {"()": "qorgau.lib.logs.OnlyTrouble"}, "one_line": {"()": "qorgau.lib.logs.OneLine"}},
    # Django's own handlers write to administrators by e-mail, with values of the request; ours write the path only.
    "loggers": {
        "django": {"handlers": [], "propagate": True, "level": LOG_LEVEL},
        "django.request": {"filters": ["trouble"]},
        **{
            f"django.security.{name}": {"filters": ["one_line"]}
            for name in ("RequestDataTooBig", "TooManyFieldsSent", "TooManyFilesSent")
        },
    },
}
