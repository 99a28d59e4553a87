"""The portal's settings as the tests run them: production rules over plain HTTP, cheap hashes."""

import os
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="portal-tests-"))
os.environ.setdefault("TLS", "0")
os.environ.setdefault("SECRET_KEY", "only-for-tests-" * 5)
os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1,localhost,testserver")

from iksz_portal.settings import *  # noqa: F403

SITE_URL = "https://portal.example"
OUTBOX_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "core.filestore.DurableStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
