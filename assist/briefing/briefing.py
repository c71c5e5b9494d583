"""A reading made by rules, improved by a language model within a deadline; whatever fails, the rules' reading comes back."""

import asyncio
import logging
import re
import time
import uuid
from dataclasses import dataclass
from functools import lru_cache

from assist.analysis.language import LanguageDetector
from assist.analysis.pipeline import Reading
from assist.briefing.believing import Belief
from assist.briefing.gate import ExactGate, Gate
from assist.briefing.inquiry import Inquiry, Tally
from assist.briefing.material import Material
from assist.briefing.merging import Merger, failed
from assist.briefing.orders import proof_of
from assist.briefing.replies import HandoffReply, SummaryReply, reply_for
from assist.briefing.scrutiny import Scrutiny
from assist.domain.failures import failure_of
from assist.domain.packet import Failure, Provenance
from assist.domain.transcript import Role
from assist.errors import ConsentMissing, ModelEmptyReply, ModelError
from assist.ports import Model
from prompts import Catalogue

_log = logging.getLogger(__name__)
_QUOTED = re.compile(r"[\"“„«][^\"”“»]*[\"”“»]|\[[A-Z_]+_\d+\]")


@dataclass(frozen=True, slots=True)
class Terms:
    """How a model is asked: `window` is how many tokens of conversation it reads at once, `max_tokens` those of a reply.

    `summary_only` is for small models: one short question about the summary alone.
    """

    agent_language: str = "en"
    summary_only: bool = False
    window: int = 12_000
    max_tokens: int = 2_000


class _LanguageMismatch(ModelError):
    """The model did not write the agent's language."""


class Briefing:
    """Asks a model about a conversation and takes of its answer what the turns prove."""

    def __init__(
        self, model: Model, *, prompts: Catalogue | None = None, gate: Gate | None = None, terms: Terms = Terms()
    ) -> None:
        self._model = model
        self._prompts = prompts or Catalogue.read()
        self._gate = gate or ExactGate()
        self._terms = terms
        self._languages = _detector(terms.agent_language.partition("-")[0])

    async def improve(self, reading: Reading, *, tenant: str, deadline: float) -> Reading:
        """Return the reading with the model's answers where these are better, within so many seconds.

        Nothing is raised for a model that fails: then it is the rules' reading, and `provenance` has the failure's code.
        """
        started = time.monotonic()
        tally = Tally()
        try:
            async with asyncio.timeout(deadline):
                return await self._improved(reading, tally, tenant=tenant, started=started, deadline=deadline)
        except _LanguageMismatch:
            failure = Failure.LANGUAGE_MISMATCH
        except ModelError as exc:
            failure = failure_of(exc)
        except TimeoutError:
            failure = Failure.TIMEOUT
        except Exception:  # noqa: BLE001 -- whatever broke, the rules' packet stands
            _log.exception("the briefing failed; the rules' reading stands")
            failure = Failure.MODEL_UNAVAILABLE
        stamp = _stamp(tally, started)
        return failed(reading, failure, stamp=stamp, summary_only=self._terms.summary_only)

    async def _improved(
        self, reading: Reading, tally: Tally, *, tenant: str, started: float, deadline: float
    ) -> Reading:
        case, terms = reading.case, self._terms
        head = case.transcript.transcript
        if not head.consent.model:
            message = "the customer did not agree that a model reads the conversation"
            raise ConsentMissing(message)
        if not any(re.search(r"[^\W\d_]{2}", turn.text) for _, turn in case.transcript.of(Role.CUSTOMER)):
            message = "the customer has not said anything that could be summarised"
            raise ModelEmptyReply(message)
        material = await asyncio.to_thread(
            Material.of, case, language=terms.agent_language, longest=max(terms.window // 4, 100)
        )
        packet = uuid.uuid4().hex
        inquiry = Inquiry(
            model=self._model,
            prompts=self._prompts,
            tenant=tenant,
            conversation=head.conversation_id or packet,
            packet=packet,
            ends=started + deadline,
            max_tokens=terms.max_tokens,
            tally=tally,
        )
        shape = SummaryReply if terms.summary_only else reply_for(case.domain)
        name = "handoff_summary" if terms.summary_only else "handoff"
        reply = await inquiry.ask(material, shape, prompt=name, window=terms.window)
        return await asyncio.to_thread(self._merged, reading, reply, material, tally, started)

    def _merged(
        self, reading: Reading, reply: SummaryReply, material: Material, tally: Tally, started: float
    ) -> Reading:
        self._check_language(reply)
        scrutiny = Scrutiny(proof_of(reading.case), self._gate, instructions="\n".join(tally.instructions))
        belief = Belief(reading.case, material.vault, scrutiny)
        return Merger(reading, belief, _stamp(tally, started), language=self._terms.agent_language).merged(reply)

    def _check_language(self, reply: SummaryReply) -> None:
        """Raise where the answer is not in the agent's language; what it quotes is the customer's."""
        texts = [reply.headline.text, *(said.text for said in (*reply.lines, *reply.open_points))]
        if isinstance(reply, HandoffReply):
            texts += [*(step.action for step in reply.steps), *(promise.text for promise in reply.promises)]
        written = self._languages.of_text(_QUOTED.sub(" ", "\n".join(texts)))
        if written != self._terms.agent_language.partition("-")[0]:
            message = f"the model wrote {written!r}, expected {self._terms.agent_language!r}"
            raise _LanguageMismatch(message)


@lru_cache(maxsize=16)
def _detector(fallback: str) -> LanguageDetector:
    """Return one detector for all briefings of a language: its model takes a second to load."""
    return LanguageDetector(fallback=fallback)


def _stamp(tally: Tally, started: float) -> Provenance:
    asked = tally.prompts
    return Provenance(
        model=tally.model,
        prompt="+".join(prompt.id for prompt in asked) or None,
        prompt_sha="+".join(prompt.sha256[:16] for prompt in asked) or None,
        tokens_in=tally.tokens_in,
        tokens_out=tally.tokens_out,
        cost=tally.cost,
        ms=round((time.monotonic() - started) * 1000, 2),
    )
