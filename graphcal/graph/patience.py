"""Read how long a service asks to be left alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def retry_after(header: str | None, attempt: int) -> float:
    """Return seconds to wait: as `Retry-After` says, seconds or an HTTP date, else growing with attempts."""
    if header:
        text = header.strip()
        if re.fullmatch(r"\d+(\.\d+)?", text):
            return float(text)
        try:
            moment = parsedate_to_datetime(text)
        except ValueError:
            pass
        else:
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return max(0.0, (moment - datetime.now(UTC)).total_seconds())
    return float(2 ** (attempt - 1))
