"""Every setting, with its default. Read at the entrances and handed on as values."""

import json
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assist.errors import SettingsInvalid


class Settings(BaseSettings):
    """Set each as an environment variable `ASSIST_NAME`, or in the file `.env` of the working folder."""

    model_config = SettingsConfigDict(env_prefix="ASSIST_", env_file=".env", extra="ignore", frozen=True)

    data_dir: Path = Field(default=Path("var"), description="where the database, the vectors and the local key stand")
    database_url: str | None = Field(
        default=None,
        description="SQLAlchemy URL, such as postgresql://user:secret@host/name; SQLite in data_dir if absent",
    )
    chroma_url: str | None = Field(
        default=None, description="a Chroma server, such as http://127.0.0.1:8001; embedded in data_dir if absent"
    )
    embedding_model: str = Field(
        default="packaged:all-MiniLM-L6-v2",
        description="the packaged model, or any sentence-transformers name or folder",
    )
    rerank_model: str | None = Field(
        default=None,
        description="a cross-encoder, any sentence-transformers name or folder, that orders the best 20 articles anew; none if absent",
    )
    domains_dir: Path | None = Field(default=None, description="a folder of domain folders, beside those that ship")
    model: str | None = Field(
        default=None,
        description="language models in order of preference, comma-separated, as litellm names them, such as"
        " openai/gpt-4o-mini,ollama/llama3.1; rules alone if absent. Their keys stand in the providers' own variables",
    )
    model_key_file: Path | None = Field(
        default=None, description="a file that holds the key alone, in place of the provider's variable"
    )
    model_api_base: str | None = Field(
        default=None,
        description="where the models are served, such as http://127.0.0.1:4010/v1, in place of the provider's",
    )
    model_timeout_connect: Annotated[float, Field(gt=0)] = Field(
        default=3.0, description="seconds to connect to a provider"
    )
    model_timeout_first_token: Annotated[float, Field(gt=0)] = Field(
        default=10.0, description="seconds until a model's first text, and between two pieces of it"
    )
    model_timeout_total: Annotated[float, Field(gt=0)] = Field(
        default=30.0, description="seconds of one call to a model"
    )
    model_deadline: Annotated[float, Field(gt=0)] = Field(
        default=45.0, description="seconds that a packet waits for models in all, retries and further models included"
    )
    model_max_tokens: Annotated[int, Field(ge=100)] = Field(default=2_000, description="tokens of one reply at most")
    model_window: Annotated[int, Field(ge=500)] = Field(
        default=12_000, description="tokens of conversation a model reads at once; longer ones are read in windows"
    )
    model_summary_only: bool = Field(
        default=False, description="ask for the summary alone: for small models that cannot fill the whole form"
    )
    model_quiet_seconds: Annotated[float, Field(ge=0)] = Field(
        default=1.5, description="seconds a running conversation must be quiet before its packet is prepared ahead"
    )
    prompts_catalogue: Path | None = Field(
        default=None,
        description="a catalogue of prompts in place of the one that ships (prompts/catalogue.toml): the version in use, a"
        " canary's share, and tenants with a version of their own",
    )
    agent_language: str = Field(default="en", description="the language that models write summaries in, as BCP-47")
    model_retries: Annotated[int, Field(ge=0, le=10)] = Field(
        default=2, description="calls made again after a failure that may pass"
    )
    model_breaker_failures: Annotated[int, Field(ge=1)] = Field(
        default=5, description="failures in a row after which a model is left alone"
    )
    model_breaker_seconds: Annotated[float, Field(gt=0)] = Field(
        default=30.0, description="seconds that a failing model is left alone"
    )
    model_concurrency: Annotated[int, Field(ge=1)] = Field(
        default=8, description="requests to models under way at once, in each server process"
    )
    model_packet_tokens: Annotated[int, Field(ge=1)] | None = Field(
        default=100_000, description="tokens, in and out, that one packet may use"
    )
    model_packet_cost: Annotated[float, Field(gt=0)] | None = Field(
        default=1.0,
        description="US dollars that one packet may cost; a model without a known price counts by tokens alone",
    )
    model_day_tokens: Annotated[int, Field(ge=1)] | None = Field(
        default=20_000_000, description="tokens, in and out, that a tenant may use in a day (UTC)"
    )
    model_day_cost: Annotated[float, Field(gt=0)] | None = Field(
        default=100.0, description="US dollars that a tenant's calls may cost in a day (UTC)"
    )
    model_debug_text: bool = Field(
        default=False, description="put prompts and replies into traces: customers' words, for debugging alone"
    )
    host: str = Field(default="127.0.0.1", description="the address to listen on")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(default=8000, description="the port to listen on")
    tenant: str = Field(
        default="local", pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$", description="the tenant of the local key"
    )
    max_transcript_bytes: Annotated[int, Field(ge=1000)] = Field(
        default=1_000_000, description="bytes of one request body"
    )
    max_upload_bytes: Annotated[int, Field(ge=1000)] = Field(
        default=50_000_000, description="bytes of one file of articles sent to POST /v1/articles:import"
    )
    max_turns: Annotated[int, Field(ge=1)] = Field(default=2_000, description="turns of one conversation")
    max_turn_characters: Annotated[int, Field(ge=1)] = Field(default=16_000, description="characters of one turn")
    stream_seconds: Annotated[int, Field(ge=1)] = Field(default=600, description="longest life of one event stream")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="the least level logged"
    )

    @classmethod
    def read(cls, **given: object) -> Self:
        """Return the settings of environment and `.env`; `given` ones that are not None win. SettingsInvalid on a bad one.

        What a promotion put in force (`promoted_file`) counts where nobody set it.
        """
        named = {name: value for name, value in given.items() if value is not None}
        try:
            made = cls(**named)  # type: ignore[arg-type]  # checked by pydantic
            promoted = {k: v for k, v in made.promoted().items() if k not in made.model_fields_set}
            return cls(**named, **promoted) if promoted else made  # type: ignore[arg-type]  # checked by pydantic
        except ValidationError as exc:
            first = exc.errors()[0]
            name = "ASSIST_" + "_".join(str(part) for part in first["loc"]).upper()
            message = f"{name} = {first['input']!r} cannot be used: {first['msg']}"
            raise SettingsInvalid(message) from exc

    def promoted(self) -> dict[str, object]:
        """Return the settings that a promotion put in force, paths below the data folder; SettingsInvalid on a damaged file."""
        try:
            found = json.loads(self.promoted_file.read_text("utf-8"))["settings"]
            settings = {name: value for name, value in found.items() if name in type(self).model_fields}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as exc:
            message = f"{self.promoted_file} is damaged ({exc!r}); bring it back with `assist evals rollback`, or delete it to go by the settings alone"
            raise SettingsInvalid(message) from exc
        paths = {
            name: self.data_dir / str(settings[name])
            for name in ("domains_dir", "prompts_catalogue")
            if settings.get(name)
        }
        return settings | paths

    @property
    def promoted_file(self) -> Path:
        """Where the configuration that was promoted last is named; absent where the settings alone count."""
        return self.data_dir / "promoted.json"

    @property
    def models(self) -> tuple[str, ...]:
        """The language models in order of preference; none where the rules answer alone."""
        return tuple(name.strip() for name in (self.model or "").split(",") if name.strip())

    @property
    def resolved_database_url(self) -> str:
        """The database's URL, the default one worked out."""
        return self.database_url or f"sqlite:///{self.data_dir / 'assist.db'}"

    @property
    def lessons_file(self) -> Path:
        """Where `assist train` keeps an organisation's own utterances."""
        return self.data_dir / "lessons.json"

    @property
    def action_weights_file(self) -> Path:
        """Where `assist train` keeps what each sign of a next action counts for."""
        return self.data_dir / "next_actions.json"

    @property
    def local_key_file(self) -> Path:
        """Where the key for this machine stands."""
        return self.data_dir / "local.key"
