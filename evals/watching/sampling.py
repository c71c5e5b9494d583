"""Which packets are checked: a share of them, the same ones in whatever process asks."""

import hashlib
from typing import Final

_BITS: Final = 64


def is_sampled(handoff_id: str, share: float) -> bool:
    """Return whether a packet belongs to the sample of this share, from 0 to 1; a smaller sample is part of a larger one."""
    drawn = int.from_bytes(hashlib.sha256(handoff_id.encode(errors="surrogatepass")).digest()[: _BITS // 8], "big")
    return drawn < share * float(2**_BITS)
