"""What can go wrong with a model, by name: the name of the model asks for it."""

from enum import StrEnum


class Fault(StrEnum):
    """One way in which the scripted server answers; `MEANING` says what each does."""

    GOOD = "good"
    BAD_REQUEST = "bad_request"
    UNAUTHORIZED = "unauthorized"
    NOT_FOUND = "not_found"
    REQUEST_TIMEOUT = "request_timeout"
    TOO_LONG = "too_long"
    RATE_LIMITED = "rate_limited"
    OUT_OF_QUOTA = "out_of_quota"
    SERVER_ERROR = "server_error"
    OVERLOADED = "overloaded"
    FLAKY = "flaky"
    RESET = "reset"
    HANGING = "hanging"
    SLOW_FIRST_TOKEN = "slow_first_token"  # noqa: S105 -- a word of a model's answer
    STALLED = "stalled"
    DRIPPING = "dripping"
    CUT_OFF = "cut_off"
    TRUNCATED = "truncated"
    HALF_JSON = "half_json"
    INVALID_JSON = "invalid_json"
    FENCED = "fenced"
    SLOPPY = "sloppy"
    WRONG_TYPES = "wrong_types"
    CORRIGIBLE = "corrigible"
    EMPTY = "empty"
    HOLLOW = "hollow"
    FILTERED = "filtered"
    WRONG_LANGUAGE = "wrong_language"
    OBEDIENT = "obedient"
    UNSUPPORTED = "unsupported"
    NO_SCHEMA = "no_schema"


MEANING: dict[Fault, str] = {
    Fault.GOOD: "answers sensibly, from the conversation",
    Fault.BAD_REQUEST: "400 for every request",
    Fault.UNAUTHORIZED: "401, the key is refused",
    Fault.NOT_FOUND: "404, no such model",
    Fault.REQUEST_TIMEOUT: "408, the provider gave up waiting",
    Fault.TOO_LONG: "400, the conversation is longer than the model's window",
    Fault.RATE_LIMITED: "429 with Retry-After of one second",
    Fault.OUT_OF_QUOTA: "429 with Retry-After of an hour",
    Fault.SERVER_ERROR: "500 for every request",
    Fault.OVERLOADED: "503 for every request",
    Fault.FLAKY: "503 to every other request, beginning with the first",
    Fault.RESET: "the connection is reset before any answer",
    Fault.HANGING: "no answer at all",
    Fault.SLOW_FIRST_TOKEN: "headers at once, then nothing",
    Fault.STALLED: "half of the answer, then nothing",
    Fault.DRIPPING: "a little text all the time, and no end",
    Fault.CUT_OFF: "half of the answer, then the connection is reset",
    Fault.TRUNCATED: "half of the answer, the length limit is named as the reason",
    Fault.HALF_JSON: "half of the answer, as if it were whole",
    Fault.INVALID_JSON: "prose with a brace in it",
    Fault.FENCED: "a good answer in a Markdown fence with prose around it",
    Fault.SLOPPY: "a good answer with single quotes and trailing commas",
    Fault.WRONG_TYPES: "JSON whose values have other types than asked for",
    Fault.CORRIGIBLE: "wrong types at first, a good answer when told what was wrong",
    Fault.EMPTY: "an empty text",
    Fault.HOLLOW: "JSON of the right shape with nothing in it",
    Fault.FILTERED: "no text, a content filter is named as the reason",
    Fault.WRONG_LANGUAGE: "a good answer in German",
    Fault.OBEDIENT: "does what instructions inside the conversation say",
    Fault.UNSUPPORTED: "claims that nothing in the conversation supports",
    Fault.NO_SCHEMA: "400 where a JSON schema is asked for, a good answer else",
}
