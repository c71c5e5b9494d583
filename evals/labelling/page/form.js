// The form of one conversation, section by section, in the order of the labels.
import { el, words } from "/shared/elements.js";
import { choices, chosen, line, list, proof, several, small, yesNo } from "./fields.js";

const LISTS = {
  steps_tried: { title: "step", kind: "step", cites: true, blank: { action: "", by: "bot", outcome: "succeeded", turns: [] } },
  facts: { title: "fact", kind: "fact", cites: true, blank: { name: "", value: "", turns: [] } },
  nuggets: { title: "true statement", kind: "said", cites: true, blank: { text: "", importance: "vital", turns: [] } },
  traps: { title: "false statement", kind: "false", cites: true, blank: { text: "", turns: [] } },
  next_actions: { title: "action", kind: "line", cites: false, blank: "" },
  missing: { title: "detail", kind: "line", cites: false, blank: "" },
  promises: { title: "promise", kind: "line", cites: false, blank: "" },
};

const SECTIONS = [
  ["intent", "Intent", "what the customer mainly wants from the human now"],
  ["verification", "Verification", "what was proven about who the customer is"],
  ["steps_tried", "Steps tried", "done or tried already, in order; not questions asked"],
  ["sentiment", "Mood", "the customer's, at the end"],
  ["escalation", "Escalation", "why a human is needed: the root cause first"],
  ["facts", "Facts", "values the human will need, exactly as in the transcript"],
  ["nuggets", "True statements", "what a good summary says; vital: without it the human must ask or read"],
  ["traps", "False statements", "what a careless summary might say; cite what contradicts it"],
  ["reference_summary", "Reference summary", "2 to 4 sentences, at most 80 words"],
  ["next_actions", "Next actions", "what a good agent does first"],
  ["missing", "Missing details", "still needed from the customer"],
  ["promises", "Promises", "what the bot promised"],
];

// What a list's entry looks like in the form.
const shapes = (words_) => ({
  steps_tried: (entry, set) => [line("verb first: Looked up the order", entry.action, (v) => set("action", v)), small("by", words_.by, entry.by, (v) => set("by", v)), small("outcome", words_.outcome, entry.outcome, (v) => set("outcome", v))],
  facts: (entry, set) => [line("name, such as order_id", entry.name, (v) => set("name", v)), line("value, as in the transcript", entry.value, (v) => set("value", v))],
  nuggets: (entry, set) => [line("one true statement", entry.text, (v) => set("text", v)), small("importance", words_.importance, entry.importance, (v) => set("importance", v))],
  traps: (entry, set) => [line("one false statement", entry.text, (v) => set("text", v))],
  ...Object.fromEntries(["next_actions", "missing", "promises"].map((name) => [name, (entry, set) => [line(LISTS[name].title, entry, (v) => set(null, v))]])),
});

// Returns the lists, so that a fact can be added from outside.
export function showForm(home, desk, work, { onChange, onDomain }) {
  const lists = {};
  const labels = work.labels;
  const put = (name, value) => { labels[name] = value; mark(name); onChange(); };
  const part = (name, key, value) => put(name, { ...(labels[name] ?? {}), [key]: value });
  const gaps = {};
  function mark(name) { if (gaps[name]) gaps[name].hidden = answered(labels, name); }
  const parts = {
    intent: () => [intents(desk, work, put, onDomain)],
    verification: () => [choices("status", desk.words.status.map((each) => [each]), labels.verification?.status, (v) => part("verification", "status", v)), proof("proven by", () => labels.verification?.turns ?? [], (turns) => part("verification", "turns", turns))],
    sentiment: () => [choices("label", desk.words.sentiment.map((each) => [each]), labels.sentiment?.label, (v) => part("sentiment", "label", v)), yesNo("frustrated", labels.sentiment?.frustrated, (v) => part("sentiment", "frustrated", v)), choices("trend", desk.words.trend.map((each) => [each]), labels.sentiment?.trend, (v) => part("sentiment", "trend", v))],
    escalation: () => [chosen("main reason", desk.words.reason.map((each) => [each]), labels.escalation?.primary, (v) => part("escalation", "primary", v)), several("further reasons", desk.words.reason.filter((each) => each !== "none").map((each) => [each]), labels.escalation?.secondary ?? [], (v) => part("escalation", "secondary", v)), yesNo("asks for a human", labels.escalation?.asks_for_human, (v) => part("escalation", "asks_for_human", v))],
    reference_summary: () => [summary(labels.reference_summary, (v) => put("reference_summary", v))],
  };
  const entryShapes = shapes(desk.words);
  home.replaceChildren(...SECTIONS.map(([name, title, about], place) => {
    gaps[name] = el("small", { class: "gap" }, "not labelled");
    const legend = el("legend", {}, title, el("small", {}, about), " ", place < 9 ? el("kbd", {}, `Alt+${place + 1}`) : null, gaps[name]);
    const open = work.open?.includes(name);
    const field = el("fieldset", { id: `section-${name}`, "data-section": place + 1, class: work.answers?.length ? (open ? "open" : "agreed") : null }, legend);
    const fill = () => {
      if (LISTS[name]) {
        lists[name] = list(name, { ...LISTS[name], shape: entryShapes[name] }, () => labels[name], (value) => put(name, value));
        return [lists[name].node];
      }
      return parts[name]();
    };
    const inner = el("div", {}, ...fill());
    if (open) field.append(answers(work.answers, name, (value) => { put(name, structuredClone(value)); inner.replaceChildren(...fill()); }));
    field.append(inner);
    mark(name);
    return field;
  }));
  return lists;
}

function intents(desk, work, put, onDomain) {
  const known = desk.domains[work.domain]?.intents ?? [];
  const options = [...known.map((each) => [each.label, `${each.name} (${each.label})`]), ["unknown", "unknown"]];
  const domains = Object.entries(desk.domains).map(([name, each]) => [name, each.title]);
  const domain = el("label", { class: "domain" }, "line of business", chosen("line of business", domains, work.domain, onDomain));
  const intent = known.length ? chosen("intent", options, work.labels.intent, (v) => put("intent", v)) : line("intent", work.labels.intent, (v) => put("intent", v), { class: "wide" });
  return el("div", {}, domain, intent, known.length ? several("further intents", options.slice(0, -1), work.labels.other_intents ?? [], (v) => put("other_intents", v)) : "");
}

function summary(value, changed) {
  const count = el("span", { class: "count" });
  const tell = (text) => { count.textContent = `${text.split(/\s+/).filter(Boolean).length} words`; };
  tell(value ?? "");
  return el("div", {}, el("textarea", { rows: 4, "aria-label": "reference summary", oninput: (event) => { tell(event.target.value); changed(event.target.value || null); } }, value ?? ""), count);
}

// What two people answered, side by side; one press takes either.
function answers(both, name, take) {
  return el("div", { class: "answers" }, ...both.map((labels, place) => el("div", { class: "answer" }, el("b", {}, `Answer ${place + 1}`), told(labels[name]), el("div", {}, el("button", { type: "button", "data-take": `${name}-${place + 1}`, onclick: () => take(labels[name] ?? null) }, "take this")))));
}

function told(value) {
  if (value === undefined || value === null) return "not labelled";
  if (Array.isArray(value)) return value.length ? value.map(told).join("\n") : "none";
  if (typeof value !== "object") return typeof value === "boolean" ? (value ? "yes" : "no") : words(value);
  const { turns, ...rest } = value;
  const text = Object.entries(rest).filter(([, each]) => each !== null && !(Array.isArray(each) && !each.length)).map(([key, each]) => (["text", "action", "status", "label", "primary"].includes(key) ? told(each) : `${words(key)}: ${Array.isArray(each) ? each.map(words).join(", ") : told(each)}`)).join(" · ");
  return turns?.length ? `${text} [${turns.join(", ")}]` : text;
}

export function answered(labels, name) {
  const value = labels[name];
  if (value === undefined || value === null || value === "") return false;
  if (name === "verification") return Boolean(value.status);
  if (name === "sentiment") return Boolean(value.label) && value.frustrated !== undefined && value.frustrated !== null && Boolean(value.trend);
  if (name === "escalation") return Boolean(value.primary);
  return true;
}

export const unanswered = (labels) => SECTIONS.filter(([name]) => !answered(labels, name)).map(([, title]) => title);
