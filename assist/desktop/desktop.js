// The page: choose or paste a transcript, make its packet, watch it, say what is right.
import { showConversation } from "./conversation.js";
import { el } from "./elements.js";
import { showPacket } from "./packet.js";
import { call, localKey, setKey, watch } from "./service.js";

const at = (id) => document.getElementById(id);
let samples = [];
let watching = null;
let cursor = null;

function notify(text, isError = false) {
  at("notice").textContent = text;
  at("notice").classList.toggle("error", isError);
}

async function attempt(work, doing) {
  try {
    notify(doing);
    await work();
    notify("");
  } catch (error) {
    notify(error.message, true);
  }
}

function parseTranscript(text) {
  if (!text.trim()) throw new Error("The transcript is empty: choose a sample, or write one turn a line such as “customer: where is my order?”.");
  if (text.trimStart().startsWith("{")) {
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new Error(`This is no valid JSON: ${error.message}`);
    }
  }
  const turns = [];
  for (const line of text.split("\n").filter((each) => each.trim())) {
    const match = /^(customer|bot|agent|tool|system)\s*:\s*(.*)$/i.exec(line);
    if (match) turns.push({ role: match[1].toLowerCase(), text: match[2] });
    else if (turns.length) turns[turns.length - 1].text += `\n${line}`;
    else throw new Error(`“${line.slice(0, 60)}” names no speaker: begin it with “customer:” or “bot:”.`);
  }
  return { turns };
}

async function makePacket() {
  const packet = await call("/v1/handoffs", { method: "POST", body: parseTranscript(at("transcript-json").value) });
  await open(packet.id);
  await listRecent(true);
}

async function open(id) {
  watching?.abort();
  watching = new AbortController();
  const [packet, transcript] = await Promise.all([call(`/v1/handoffs/${id}`), call(`/v1/handoffs/${id}/transcript`)]);
  showConversation(at("conversation"), transcript.turns);
  render(packet);
  history.replaceState(null, "", `#${id}`);
  watch(`/v1/handoffs/${id}/events`, (newer) => newer.revision > packet.revision && render(newer), watching.signal).catch(() => {});
}

function render(packet) {
  showPacket(at("packet"), packet, {
    onFeedback: (field, verdict) => attempt(() => call(`/v1/handoffs/${packet.id}/feedback`, { method: "POST", body: { field, verdict } }), "Saving…"),
    onAccept: () => attempt(async () => {
      await call(`/v1/handoffs/${packet.id}/accept`, { method: "POST", body: {} });
      at("accept").textContent = "Accepted";
      at("accept").disabled = true;
    }, "Accepting…"),
  });
}

async function listRecent(fromStart) {
  if (fromStart) cursor = null;
  const page = await call(`/v1/handoffs?limit=8${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`);
  const rows = page.items.map((packet) => el("li", {}, el("button", { type: "button", class: "statement", onclick: () => attempt(() => open(packet.id), "Opening…") },
    packet.summary.headline || packet.id, el("small", {}, `  ${new Date(packet.created_at).toLocaleString()} · ${packet.conversation_id}`))));
  const list = at("recent").querySelector("ol");
  if (fromStart) list.replaceChildren(...rows);
  else list.append(...rows);
  cursor = page.next_cursor;
  at("more").hidden = !cursor;
  at("recent").hidden = !list.children.length;
}

async function start() {
  const known = await localKey();
  at("key-field").hidden = known;
  samples = await (await fetch("/desktop/samples")).json();
  samples.forEach((sample, index) => at("sample").append(el("option", { value: index }, `${sample.domain}: ${sample.name}`)));
  if (samples.length) {
    at("sample").value = "0";
    at("transcript-json").value = JSON.stringify(samples[0].transcript, null, 2);
  }
  if (known) await listRecent(true);
  if (location.hash.startsWith("#ho_")) await open(location.hash.slice(1));
}

at("sample").addEventListener("change", (event) => {
  const chosen = samples[event.target.value];
  at("transcript-json").value = chosen ? JSON.stringify(chosen.transcript, null, 2) : "";
  if (!chosen) toggleEditor(true);
});
at("paste").addEventListener("click", () => toggleEditor(at("editor").hidden));
at("source").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(makePacket, "Making the packet…");
});
at("key").addEventListener("change", (event) => {
  setKey(event.target.value.trim());
  attempt(() => listRecent(true), "Checking the key…");
});
at("more").addEventListener("click", () => attempt(() => listRecent(false), "Loading…"));

function toggleEditor(show) {
  at("editor").hidden = !show;
  at("paste").setAttribute("aria-expanded", String(show));
}

attempt(start, "Starting…");
