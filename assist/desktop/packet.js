// The packet as an agent reads it: headline first, then what is proven, tried, open and next.
import { mark } from "./conversation.js";
import { el, words } from "./elements.js";

const TONE = {
  verified: "good", identified: "warn", failed: "bad", not_attempted: "warn",
  succeeded: "good", blocked: "bad", pending: "warn", negative: "bad", positive: "good",
};

export function showPacket(place, packet, { onFeedback, onAccept }) {
  const feedback = (field) => ["right", "wrong"].map((verdict) => verdictButton(field, verdict, onFeedback));
  place.replaceChildren(
    el("p", { class: "headline", dir: "auto" }, packet.summary.headline || "No summary could be made"),
    badges(packet),
    section("Summary", packet.summary.lines.map((line, index) => [
      statement(line.text, line.turns, line.section), ...feedback(`summary.lines[${index}]`),
    ])),
    section("What was tried", packet.steps_tried.map((step, index) => [
      statement(step.action, step.turns, step.outcome, `by ${step.by}`, TONE[step.outcome]), ...feedback(`steps_tried[${index}]`),
    ])),
    section("Still open", [
      ...packet.missing.map((text) => [el("span", { class: "statement" }, text)]),
      ...packet.promises.map((promise) => [statement(promise.text, promise.turns, "promised")]),
    ]),
    section("What to do next", packet.actions.map((action) => [actionBlock(action), ...feedback(`actions[${action.id}]`)])),
    section("Facts", packet.facts.map((fact) => [statement(fact.value, fact.turns, words(fact.name))])),
    section("Articles", packet.knowledge.map((hit) => [el("div", { class: "action" },
      el("p", {}, hit.title, el("small", { class: "meta" }, `  ${hit.article_id} v${hit.version} · ${Math.round(hit.score * 100)} %`)),
      el("p", { class: "meta" }, hit.passage.slice(0, 260)))])),
    el("div", { class: "row" },
      el("button", { type: "button", class: "primary", id: "accept", onclick: onAccept }, "Accept handoff"),
      el("span", { class: "meta" }, footer(packet))),
  );
}

function badges(packet) {
  const badge = (text, turns, tone) => el("li", {}, turns?.length
    ? el("button", { type: "button", class: `badge ${tone ?? ""}`, onclick: () => mark(turns) }, text)
    : el("span", { class: `badge ${tone ?? ""}` }, text));
  const mood = packet.sentiment;
  return el("ul", { class: "badges" },
    badge(words(packet.verification.status), packet.verification.turns, TONE[packet.verification.status]),
    badge(`${packet.intent.name} · ${Math.round(packet.intent.confidence * 100)} %`, packet.intent.turns),
    badge(`${mood.frustrated ? "frustrated" : mood.label}, ${mood.trend}`, mood.turns, TONE[mood.label]),
    badge(`reason: ${words(packet.escalation.reason)}`, packet.escalation.triggers.flatMap((trigger) => trigger.turns)),
    badge(`${packet.channel} · ${packet.language}${packet.domain ? ` · ${packet.domain}` : ""}`));
}

function section(title, rows) {
  if (!rows.length) return null;
  return el("section", {}, el("h2", {}, title), el("ul", { class: "lines" }, ...rows.map((row) => el("li", {}, ...row))));
}

function statement(text, turns, tag, note = "", tone = "") {
  const press = (event) => {
    for (const other of document.querySelectorAll(".statement[aria-pressed]")) other.setAttribute("aria-pressed", "false");
    event.currentTarget.setAttribute("aria-pressed", "true");
    mark(turns);
  };
  return el("button", { type: "button", class: "statement", "aria-pressed": "false", onclick: press, "data-turns": turns.join(" "), dir: "auto" },
    el("span", { class: `tag ${tone}` }, words(tag)), text, el("small", {}, ` ${note} [${turns.join(", ")}]`));
}

function actionBlock(action) {
  return el("div", { class: "action" },
    el("p", {}, el("span", { class: `tag ${action.allowed ? "good" : "bad"}` }, action.allowed ? words(action.mode) : "blocked"), action.title),
    el("p", { class: "meta" }, action.allowed ? action.rationale : action.blocked_by),
    action.reply ? el("p", { class: "reply", dir: "auto" }, action.reply) : null);
}

function verdictButton(field, verdict, onFeedback) {
  const press = async (event) => {
    const button = event.currentTarget;
    await onFeedback(field, verdict);
    for (const other of button.parentElement.querySelectorAll(".verdict")) other.setAttribute("aria-pressed", String(other === button));
  };
  return el("button", { type: "button", class: "verdict", "aria-pressed": "false", title: verdict, "aria-label": `${verdict}: ${field}`, onclick: press },
    verdict === "right" ? "✓" : "✗");
}

function footer(packet) {
  const failed = Object.entries(packet.provenance).filter(([, from]) => from.failure).map(([name, from]) => `${name}: ${from.failure}`);
  const masked = Object.entries(packet.redactions).map(([kind, count]) => `${count} ${words(kind)}`).join(", ");
  return [
    `${packet.id} · revision ${packet.revision}`,
    `read ${packet.coverage.turns_read} of ${packet.coverage.turns_total} turns`,
    masked ? `personal data: ${masked}` : null,
    failed.length ? `degraded: ${failed.join(", ")}` : null,
  ].filter(Boolean).join(" · ");
}
