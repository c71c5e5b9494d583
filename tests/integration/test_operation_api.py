"""What operators see."""

import io
import json
import logging

from starlette.testclient import TestClient

from assist.api.logs import set_up
from tests.builders import a_complaint


def test_the_service_is_alive_and_ready(client: TestClient) -> None:
    """Health needs no key; readiness names each part."""
    headers = {"Authorization": ""}
    assert client.get("/healthz", headers=headers).json() == {"status": "ok"}
    ready = client.get("/readyz", headers=headers)
    assert ready.status_code == 200
    assert {name for name, check in ready.json()["checks"].items() if check["ok"]} == {
        "database",
        "vector_store",
        "model",
    }


def test_metrics_count_requests_by_route(client: TestClient) -> None:
    """Metrics name the route's template, so that no conversation's name is in them."""
    client.post("/v1/conversations/c-metric/turns", json={"turns": a_complaint()["turns"][:1]})
    text = client.get("/metrics").text
    assert 'assist_requests_total{method="POST",route="/v1/conversations/{conversation_id}/turns",status="200"}' in text
    assert "c-metric" not in text


def test_the_openapi_document_shows_the_contract(client: TestClient) -> None:
    """Bodies and answers of the main calls are in the OpenAPI document, with an example."""
    document = client.get("/openapi.json").json()
    call = document["paths"]["/v1/handoffs"]["post"]
    content = call["requestBody"]["content"]["application/json"]
    assert content["schema"]["$ref"].endswith("/Transcript")
    assert content["example"]["turns"]
    assert {"Transcript", "HandoffPacket", "Problem"} <= set(document["components"]["schemas"])
    assert client.get("/docs").status_code == 200


def test_logs_are_json_with_a_request_id_and_no_text_of_the_customer(client: TestClient) -> None:
    """A request is one JSON line with the caller's request id; what the customer wrote is not in it."""
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    level = root.level
    lines = io.StringIO()
    try:
        set_up("INFO")
        root.handlers[0].setStream(lines)  # type: ignore[attr-defined]  # a StreamHandler
        client.post("/v1/handoffs", json=a_complaint(), headers={"X-Request-Id": "rq-42"})
    finally:
        root.handlers[:] = before
        root.setLevel(level)
    written = [json.loads(line) for line in lines.getvalue().splitlines()]
    request = next(line for line in written if line["event"] == "request")
    assert (request["request_id"], request["route"], request["status"]) == ("rq-42", "/v1/handoffs", 201)
    assert "charged twice" not in lines.getvalue()
    assert "ada@example.com" not in lines.getvalue()


def test_an_answer_carries_its_request_id(client: TestClient) -> None:
    """The caller's id comes back; one that is not fit for a log is replaced."""
    assert client.get("/healthz", headers={"X-Request-Id": "mine-1"}).headers["x-request-id"] == "mine-1"
    assert client.get("/healthz", headers={"X-Request-Id": "a b\tc"}).headers["x-request-id"].startswith("rq_")


def test_an_unknown_address_is_a_problem_document(client: TestClient) -> None:
    """A 404 of the router has the same shape as every error."""
    answer = client.get("/v1/nothing")
    assert (answer.status_code, answer.json()["status"]) == (404, 404)
