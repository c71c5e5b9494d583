"""Telling watchers that a packet has changed."""

from assist.broadcast.memory import MemoryBroadcaster

__all__ = ["MemoryBroadcaster"]
