"""A Django project as its users have one: the admin, and django-celery-results as Celery's backend.

Everything that differs from test to test comes from the environment."""

import os
from urllib.parse import urlsplit

database = urlsplit(os.environ.get("INTEROP_DATABASE", "mysql://celery:celery@127.0.0.1:3306/celery"))

SECRET_KEY = "for tests only"
ALLOWED_HOSTS = ["testserver"]
ROOT_URLCONF = "interop.urls"
USE_TZ = True
TIME_ZONE = "UTC"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django_celery_results",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
STATIC_URL = "static/"

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.mysql",
        "HOST": database.hostname,
        "PORT": str(database.port or 3306),
        "USER": database.username,
        "PASSWORD": database.password,
        "NAME": database.path.lstrip("/"),
        "OPTIONS": {"charset": "utf8mb4"},
    }
}

if "DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH" in os.environ:
    DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH = int(os.environ["DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH"])

CELERY_BROKER_URL = "filesystem://"
CELERY_BROKER_TRANSPORT = "interop.broker:Transport"
CELERY_BROKER_TRANSPORT_OPTIONS = {"polling_interval": 0.05, "store_processed": True}
CELERY_RESULT_BACKEND = "django-db"
CELERY_RESULT_EXTENDED = os.environ.get("INTEROP_RESULT_EXTENDED") == "yes"
CELERY_TASK_TRACK_STARTED = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
