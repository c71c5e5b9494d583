"""How much money is at stake, from the facts."""

import re
from collections.abc import Iterable

from assist.domain.findings import Fact

_NAMES = {"amount", "price", "total", "cost", "fee", "refund", "charge", "charges", "sum", "compensation", "credit"}
_MONEY = re.compile(r"^\s*(?:[A-Z]{3}|[$€£¥₹])?\s*(\d[\d.,' ]*)\s*(?:[A-Za-z]{3,7}|[$€£¥₹])?\s*$")
_CENTS = 2


def amount(value: str) -> float | None:
    """Return the number in a sum of money such as "$1,234.50" or "1.234,50 EUR"; None where it is not one."""
    found = _MONEY.match(value)
    if found is None:
        return None
    digits = re.sub(r"[ ']", "", found[1]).rstrip(".,")
    last = max(digits.rfind("."), digits.rfind(","))
    decimals = digits[last + 1 :] if last >= 0 else ""
    # "1,234" is a thousand and more, "12,5" and "12.34" have decimals
    if last >= 0 and len(decimals) <= _CENTS:
        return float(re.sub(r"[.,]", "", digits[:last]) + "." + decimals)
    return float(re.sub(r"[.,]", "", digits))


def at_stake(facts: Iterable[Fact]) -> float | None:
    """Return the largest sum among the facts, since a limit must hold for the worst case; None where there is none."""
    sums = (amount(fact.value) for fact in facts if _NAMES & set(fact.name.split("_")))
    return max((found for found in sums if found is not None), default=None)
