// The page: what stands behind the # of the address is what is shown, so that every view can be linked to.
import { el } from "/desktop/files/elements.js";
import { localKey, setKey } from "/desktop/files/service.js";
import { showComparison, showPromotions, showReport, showRuns } from "./runs.js";
import { showDrift, showGroups, showSamples } from "./watch.js";

const at = (id) => document.getElementById(id);
const VIEWS = {
  runs: showRuns,
  report: showReport,
  compare: showComparison,
  drift: showDrift,
  groups: showGroups,
  samples: showSamples,
  promotions: showPromotions,
};
const PART = { report: "runs", compare: "runs" };
let known = false;
let turn = 0;

function notify(text, isError = false) {
  at("notice").textContent = text;
  at("notice").classList.toggle("error", isError);
}

async function show() {
  const mine = ++turn;
  const [path, query] = location.hash.slice(1).split("?");
  const [name, ...rest] = path.split("/").map(decodeURIComponent);
  const view = VIEWS[name] ? name : "runs";
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#${PART[view] ?? view}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (!known) {
    at("view").replaceChildren(el("section", {}, el("p", { class: "empty" }, "Give a key of role qa or admin above; an administrator makes one with: assist keys create --role qa --name NAME")));
    return;
  }
  const place = el("div", {});
  try {
    notify("Loading…");
    await VIEWS[view](place, ...(rest.length ? rest : [new URLSearchParams(query ?? "")]));
    if (mine !== turn) return;
    at("view").replaceChildren(...place.childNodes);
    notify("");
  } catch (error) {
    if (mine !== turn) return;
    at("view").replaceChildren();
    notify(error.message, true);
  }
}

window.addEventListener("hashchange", show);
at("key").addEventListener("change", (event) => {
  setKey(event.target.value.trim());
  known = true;
  show();
});
known = await localKey();
at("key-field").hidden = known;
await show();
