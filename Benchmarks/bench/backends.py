"""Celery's own backends, configured as their users do it."""

from urllib.parse import urlsplit


def database_backend(url):
    """django-celery-results."""
    import django
    from django.conf import settings

    parts = urlsplit(url)
    settings.configure(
        SECRET_KEY="benchmark",
        USE_TZ=True,
        INSTALLED_APPS=["django_celery_results"],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.mysql",
                "HOST": parts.hostname,
                "PORT": str(parts.port),
                "USER": parts.username,
                "PASSWORD": parts.password,
                "NAME": parts.path.lstrip("/"),
                "OPTIONS": {"charset": "utf8mb4"},
            }
        },
    )
    django.setup()
    return application("django-db")


def sqlalchemy_backend(url):
    return application("db+mysql+mysqldb://" + url.partition("://")[2] + "?charset=utf8mb4")


def redis_backend(url):
    return application(url)


def application(result_backend):
    from celery import Celery

    app = Celery("benchmark")
    app.conf.result_backend = result_backend
    # A worker warns of this setting when it is missing.
    app.conf.broker_connection_retry_on_startup = False
    app.set_default()
    # Made before any process is forked, as in a worker: SQLAlchemy's pool depends on it.
    if app.backend is None:
        raise SystemExit(f"there is no backend {result_backend}")
    return app


APPLICATIONS = {"dcr": database_backend, "sqlalchemy": sqlalchemy_backend, "redis": redis_backend}
