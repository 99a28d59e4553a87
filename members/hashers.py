from django.contrib.auth.hashers import Argon2PasswordHasher


class PortalArgon2Hasher(Argon2PasswordHasher):
    """OWASP's minimum for Argon2id: a login burst stays below a second on two cores."""

    time_cost = 2
    memory_cost = 19456
    parallelism = 1
