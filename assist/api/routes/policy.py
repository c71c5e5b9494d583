"""For administrators: the rules that the service goes by."""

import asyncio

from fastapi import APIRouter
from pydantic import BaseModel

from assist.api.dependencies import PolicyManager, Service
from assist.api.problems import RESPONSES
from assist.errors import ConfigurationError, InvalidInput

router = APIRouter(prefix="/v1/policy", tags=["policy"], responses=RESPONSES)


class PolicyOut(BaseModel):
    """The domains whose rules, playbooks and rights are in force."""

    domains: list[str]


@router.post("/reload")
async def reload_policy(assist: Service, caller: PolicyManager) -> PolicyOut:
    """Read the domain folders again. What is wrong in them is a 422 with file, line and hint, and the running policy stays.

    Rules, tenants, playbooks and decision rights change at once, in the process that answers; anything else needs a restart.
    """
    del caller
    try:
        return PolicyOut(domains=await asyncio.to_thread(assist.reload_policy))
    except ConfigurationError as exc:
        message = f"{exc}; the running policy stays"
        raise InvalidInput(message) from exc
