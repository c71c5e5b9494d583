// The page: one conversation after the other, saved at each change.
import { el } from "/shared/elements.js";
import { showForm, unanswered } from "./form.js";
import { Saver, load } from "./saving.js";
import { selected, showTurns } from "./turns.js";

const at = (id) => document.getElementById(id);
const MARKS = { new: "", begun: "… ", skipped: "↷ ", done: "✓ " };
let desk = null;
let place = 0;
let work = null;
let lists = {};
let asked = null; // the conversation whose gaps were pointed out already

const say = (text) => { at("notice").textContent = text; };
const saver = new Saver((text, failed = false) => { at("saved").textContent = text; at("saved").classList.toggle("error", failed); });
const body = (state) => ({ labels: work.labels, domain: work.domain ?? null, prefilled: work.prefilled, state });

function changed() {
  say("");
  desk.cases[place].state = "begun";
  showProgress();
  saver.later(place, structuredClone(body("begun")));
}

function showProgress(progress) {
  desk.progress = progress ?? desk.progress;
  const { done, skipped, whole } = desk.progress;
  at("bar").max = whole || 1;
  at("bar").value = done;
  at("progress").textContent = `${done} of ${whole} done${skipped ? ` · ${skipped} skipped` : ""}`;
  [...at("chosen").options].forEach((option, number) => { option.textContent = `${MARKS[desk.cases[number].state]}${number + 1}  ${desk.cases[number].case_id}`; });
}

async function open(number) {
  await saver.now().catch(() => {});
  place = number;
  work = await load(`/cases/${number}`);
  at("chosen").value = String(number);
  showTurns(at("talk"), work.turns, say);
  at("talk").scrollTop = 0;
  draw();
  at("form").scrollTop = 0;
  at("saved").textContent = work.prefilled ? "filled in from the service's packet: check every field" : "";
  showProgress();
  history.replaceState(null, "", `#${number + 1}`);
  (at("form").querySelector(".open select, .open input, .open textarea") ?? at("form").querySelector("select, input"))?.focus();
}

function draw() {
  lists = showForm(at("form"), desk, work, { onChange: changed, onDomain: (domain) => { work.domain = domain; changed(); draw(); } });
}

async function leave(state) {
  say("");
  if (state === "done") {
    const gaps = unanswered(work.labels);
    if (gaps.length && asked !== place) {
      asked = place;
      say(`Not labelled: ${gaps.join(", ")}. Fill them in, or press Done again: what is not labelled is not scored.`);
      return;
    }
  }
  let answer;
  try {
    answer = await saver.now(place, structuredClone(body(state)));
  } catch {
    return;
  }
  desk.cases[place].state = answer.state;
  showProgress(answer.progress);
  if (answer.faults.length) {
    say(answer.faults.map((fault) => `${fault.place.replaceAll("_", " ").replaceAll(".", ", ")}: ${fault.text}`).join("\n"));
    return;
  }
  asked = null;
  const next = following();
  if (next === null) say(desk.progress.skipped ? "All others are labelled; the skipped ones are left." : "All conversations are labelled. Thank you! You may close this page.");
  else await open(next);
}

// The next conversation that is not done; skipped ones come last.
function following() {
  const order = desk.cases.map((_, number) => (place + 1 + number) % desk.cases.length);
  return order.find((number) => ["new", "begun"].includes(desk.cases[number].state)) ?? order.find((number) => desk.cases[number].state === "skipped" && number !== place) ?? null;
}

function step(by) {
  const number = place + by;
  if (number >= 0 && number < desk.cases.length) open(number).catch((error) => say(error.message));
}

document.addEventListener("keydown", (event) => {
  const fact = event.altKey && event.code === "KeyF" ? selected() : null;
  const taken = () => { event.preventDefault(); return true; };
  if (event.ctrlKey && event.key === "Enter") taken() && leave("done");
  else if (event.altKey && event.code === "KeyS") taken() && leave("skipped");
  else if (event.altKey && event.key === "ArrowLeft") taken() && step(-1);
  else if (event.altKey && event.key === "ArrowRight") taken() && step(1);
  else if (fact) taken() && lists.facts.add({ name: "", value: fact.text, turns: [fact.turn] });
  else if (event.altKey && /^Digit[1-9]$/.test(event.code)) {
    taken();
    const section = at("form").querySelector(`[data-section="${event.code.slice(5)}"]`);
    section?.scrollIntoView({ block: "start" });
    section?.querySelector("input, select, textarea, button")?.focus();
  }
});
at("form").addEventListener("submit", (event) => event.preventDefault());
at("done").addEventListener("click", () => leave("done"));
at("skip").addEventListener("click", () => leave("skipped"));
at("before").addEventListener("click", () => step(-1));
at("chosen").addEventListener("change", (event) => open(Number(event.target.value)).catch((error) => say(error.message)));
window.addEventListener("pagehide", () => { saver.now().catch(() => {}); });

async function start() {
  desk = await load("/desk");
  at("labeller").textContent = `· ${desk.labeller}${desk.settling ? " settles where two differ" : ""}`;
  at("chosen").replaceChildren(...desk.cases.map((_, number) => el("option", { value: number })));
  const wanted = Number(location.hash.slice(1)) - 1;
  const first = desk.cases.findIndex((each) => ["new", "begun"].includes(each.state));
  await open(Number.isInteger(wanted) && desk.cases[wanted] ? wanted : Math.max(first, 0));
}

start().catch((error) => say(error.message));
