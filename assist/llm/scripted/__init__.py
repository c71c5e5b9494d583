"""A model without a model: a server on loopback that speaks the OpenAI chat API and fails on request."""

from assist.llm.scripted.app import FAULT_HEADER, ScriptedApp, Seen
from assist.llm.scripted.faults import MEANING, Fault
from assist.llm.scripted.server import ScriptedServer

__all__ = ["FAULT_HEADER", "MEANING", "Fault", "ScriptedApp", "ScriptedServer", "Seen"]
