// The page for knowledge managers: the list of articles, and the way between the views.
import { el } from "./elements.js";
import { editArticle, hasUnsaved } from "./knowledge-editor.js";
import { showHealth } from "./knowledge-health.js";
import { showHits } from "./knowledge-search.js";
import { call, localKey, setKey } from "./service.js";

const at = (id) => document.getElementById(id);
let cursor = null;
let chosen = null;
let domains = {};

function notify(text, isError = false) {
  at("notice").textContent = text;
  at("notice").classList.toggle("error", isError);
}

// Without a word on what it is doing, the work is in the background: it leaves what another one said.
async function attempt(work, doing) {
  try {
    if (doing) notify(doing);
    const said = await work();
    if (doing || typeof said === "string") notify(typeof said === "string" ? said : "");
  } catch (error) {
    notify(error.message, true);
  }
}

function show(view) {
  for (const tab of document.querySelectorAll("[role=tab]")) tab.setAttribute("aria-selected", String(tab.dataset.view === view));
  for (const each of document.querySelectorAll(".view")) each.hidden = each.id !== view;
}

function question(form, more = {}) {
  const given = Object.entries({ ...Object.fromEntries(new FormData(form)), ...more }).filter(([, value]) => value);
  return new URLSearchParams(given).toString();
}

async function list(fromStart) {
  if (fromStart) cursor = null;
  const page = await call(`/v1/articles?${question(at("filter"), { limit: "30", cursor })}`);
  const rows = page.items.map((article) => el("li", {}, el("button",
    { type: "button", class: "statement", "data-id": article.article_id, "aria-pressed": String(article.article_id === chosen), onclick: () => attempt(() => open(article.article_id), "Opening…") },
    article.title, el("small", {}, `${article.article_id} · ${article.domain ?? "no domain"} · version ${article.version}${article.status === "published" ? "" : ` · ${article.status}`}`))));
  if (fromStart) at("rows").replaceChildren(...rows);
  else at("rows").append(...rows);
  if (!at("rows").children.length) at("rows").append(el("li", { class: "empty" }, "No article is like that."));
  cursor = page.next_cursor;
  at("more").hidden = !cursor;
}

async function open(id) {
  if (id !== chosen && hasUnsaved() && !window.confirm("What you wrote is not saved. Leave it?")) return;
  const article = id === null ? null : await call(`/v1/articles/${encodeURIComponent(id)}`);
  chosen = id;
  for (const row of document.querySelectorAll("#rows button")) row.setAttribute("aria-pressed", String(row.dataset.id === id));
  history.replaceState(null, "", id ? `#${id}` : "#");
  show("articles");
  window.scrollTo(0, 0);
  editArticle(at("article"), article, { domains: Object.keys(domains), attempt, saved: async (stored) => {
    chosen = stored.article_id;
    history.replaceState(null, "", `#${chosen}`);
    await list(true);
  } });
}

function pickIntents() {
  const known = domains[at("ask").elements.domain.value] ?? [];
  at("ask").elements.intent.replaceChildren(el("option", { value: "" }, "no intent"), ...known.map(([label, name]) => el("option", { value: label }, name)));
}

async function start() {
  at("key-field").hidden = await localKey();
  domains = await (await fetch("/desktop/domains")).json();
  for (const choice of document.querySelectorAll("select[name=domain]")) choice.append(...Object.keys(domains).map((name) => el("option", {}, name)));
  await list(true);
  const wanted = decodeURIComponent(location.hash.slice(1));
  if (wanted) await open(wanted);
}

let pause = 0;
at("filter").addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(() => attempt(() => list(true), "Looking…"), 250);
});
at("filter").addEventListener("submit", (event) => event.preventDefault());
at("more").addEventListener("click", () => attempt(() => list(false), "Loading…"));
at("new").addEventListener("click", () => attempt(() => open(null), "Opening…"));
at("ask").elements.domain.addEventListener("change", pickIntents);
at("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  const asked = Object.fromEntries([...new FormData(event.target)].filter(([, value]) => value));
  attempt(async () => showHits(at("hits"), await call("/v1/knowledge/search", { method: "POST", body: { ...asked, limit: 10, explain: true } }), (id) => attempt(() => open(id), "Opening…")), "Searching…");
});
at("examine").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(async () => showHealth(at("report"), await call(`/v1/knowledge/report?${question(event.target)}`), (id) => attempt(() => open(id), "Opening…")), "Making the report; with thousands of articles this takes half a minute…");
});
at("key").addEventListener("change", (event) => {
  setKey(event.target.value.trim());
  attempt(() => list(true), "Checking the key…");
});
for (const tab of document.querySelectorAll("[role=tab]")) tab.addEventListener("click", () => show(tab.dataset.view));
window.addEventListener("beforeunload", (event) => {
  if (hasUnsaved()) event.preventDefault();
});

attempt(start, "Starting…");
