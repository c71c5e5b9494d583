"""Language models behind the port `Model`."""

from assist.llm.budget import Budget, BudgetLimits
from assist.llm.gateway import Gateway
from assist.llm.key_file import KeyFile
from assist.llm.line import Line, Persistence
from assist.llm.litellm_gateway import LitellmProvider
from assist.llm.none import NoModel
from assist.llm.provider import Call, CallFailed, Completion, Message, Patience, Provider
from assist.llm.replay import Recorder, Replay, request_hash
from assist.llm.scripted import MEANING, Fault, ScriptedServer
from assist.llm.spans import CallSpans
from assist.llm.usage import MemoryUsage

__all__ = [
    "MEANING",
    "Budget",
    "BudgetLimits",
    "Call",
    "CallFailed",
    "CallSpans",
    "Completion",
    "Fault",
    "Gateway",
    "KeyFile",
    "Line",
    "LitellmProvider",
    "MemoryUsage",
    "Message",
    "NoModel",
    "Patience",
    "Persistence",
    "Provider",
    "Recorder",
    "Replay",
    "ScriptedServer",
    "request_hash",
]
