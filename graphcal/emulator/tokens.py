"""Sign tokens and check them: RSA keys that live as long as the process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

if TYPE_CHECKING:
    from collections.abc import Mapping

ALGORITHM = "RS256"
KEY_ID = "emulator"
AUDIENCE = "https://graph.microsoft.com"


class TokenError(Exception):
    """A token that must not be believed."""


@dataclass(frozen=True)
class Keys:
    """One key pair for everything that is signed."""

    private: rsa.RSAPrivateKey

    @classmethod
    def generate(cls) -> Keys:
        """Make a key pair."""
        return cls(rsa.generate_private_key(public_exponent=65537, key_size=2048))

    def sign(self, claims: Mapping[str, Any]) -> str:
        """Return a signed JWT."""
        return jwt.encode(dict(claims), self.private, algorithm=ALGORITHM, headers={"kid": KEY_ID})

    def read(self, token: str, now: datetime, tenant: str) -> dict[str, Any]:
        """Return the claims of an access token; TokenError if it is foreign, forged or expired."""
        unchecked = {"verify_exp": False, "verify_nbf": False, "verify_iat": False}
        try:
            claims: dict[str, Any] = jwt.decode(
                token, self.private.public_key(), algorithms=[ALGORITHM], audience=AUDIENCE, options=unchecked  # type: ignore[arg-type]
            )  # fmt: skip
        except jwt.PyJWTError as reason:
            raise TokenError(f"Access token validation failure: {reason}.") from reason
        if claims.get("tid") != tenant:
            raise TokenError("Access token validation failure: another tenant's token.")
        if datetime.fromtimestamp(claims.get("exp", 0), UTC) <= now:
            raise TokenError("Lifetime validation failed, the token is expired.")
        return claims

    def published(self) -> dict[str, Any]:
        """Return the public key as a JSON Web Key Set."""
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.private.public_key()))
        return {"keys": [{**key, "kid": KEY_ID, "use": "sig", "alg": ALGORITHM}]}
