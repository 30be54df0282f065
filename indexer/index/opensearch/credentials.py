"""The user or token for a cluster, and its certificates: from the environment alone, never from an archive."""

from __future__ import annotations

import base64
import os
import ssl
from dataclasses import dataclass, field

from corpus.errors import EngineError

USER, PASSWORD, TOKEN = "MUNIMENT_ENGINE_USER", "MUNIMENT_ENGINE_PASSWORD", "MUNIMENT_ENGINE_TOKEN"
CERTIFICATES = "MUNIMENT_ENGINE_CA"


@dataclass(frozen=True, slots=True)
class Credentials:
    """The headers that say who asks; no text about this value contains them."""

    headers: dict[str, str] = field(default_factory=dict, repr=False)


def read_credentials() -> Credentials:
    """Return the credentials that the environment names; none where it names none.

    Raises:
        EngineError: it names both a user and a token, one of user and password alone, or a token that no header can
            contain.
    """
    user, password, token = (os.environ.get(name, "") for name in (USER, PASSWORD, TOKEN))
    token = token.strip()  # a file that it was read from ends with a line
    if not (token.isascii() and token.isprintable()):
        raise EngineError("engine.token-form")
    if token and user:
        raise EngineError("engine.credentials")
    if bool(user) != bool(password):
        raise EngineError("engine.half-credentials")
    if token:
        return Credentials({"Authorization": f"Bearer {token}"})
    if user:
        spelled = base64.b64encode(f"{user}:{password}".encode()).decode()
        return Credentials({"Authorization": f"Basic {spelled}"})
    return Credentials()


def tls_context() -> ssl.SSLContext:
    """Return a context that verifies names and certificates, by `CERTIFICATES` or by those that the system trusts.

    Raises:
        EngineError: the file of certificates cannot be read.
    """
    file = os.environ.get(CERTIFICATES, "")
    try:
        return ssl.create_default_context(cafile=file or None)
    except OSError as error:  # of which ssl's errors are
        reason = error.strerror or type(error).__name__
        raise EngineError("engine.certificates", path=file, reason=reason) from error
