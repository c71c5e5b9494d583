"use strict";

const by = (id) => document.getElementById(id);
const cases = [...document.querySelectorAll(".case")];
const words = new Map(cases.map((each) => [each, each.textContent.toLowerCase()]));

// Which conversations are shown: every filter that is set has to fit.
function filter() {
  const text = by("text").value.trim().toLowerCase();
  const kind = by("kind").value;
  const slices = [...document.querySelectorAll("[data-slice]")].filter((each) => each.value);
  let shown = 0;
  for (const each of cases) {
    const fits = (!text || words.get(each).includes(text))
      && (!kind || each.dataset.kinds.split("\n").includes(kind))
      && (!by("danger").checked || each.dataset.danger === "yes")
      && slices.every((slice) => each.dataset[slice.dataset.slice] === slice.value);
    each.hidden = !fits;
    shown += fits ? 1 : 0;
  }
  by("count").textContent = `${shown} of ${cases.length} conversations`;
}

// A statement lights up the turns that prove it, and brings the first of them into view.
function light(statement) {
  const home = statement.closest(".case");
  for (const lit of home.querySelectorAll(".lit")) lit.classList.remove("lit");
  statement.classList.add("lit");
  const turns = statement.dataset.turns.split(" ").map((number) => home.querySelector(`[data-turn="${number}"]`)).filter(Boolean);
  for (const turn of turns) turn.classList.add("lit");
  const talk = home.querySelector(".talk");
  if (turns[0]) talk.scrollTo({ top: turns[0].offsetTop - talk.offsetTop - 40, behavior: "smooth" });
}

document.addEventListener("click", (event) => {
  const statement = event.target.closest("[data-turns]");
  if (statement) light(statement);
  const kind = event.target.closest("[data-kind]");
  if (kind) {
    by("kind").value = kind.dataset.kind;
    filter();
    by("cases").scrollIntoView();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" && event.key !== " ") return;
  const statement = event.target.closest?.("[data-turns]");
  if (statement) { event.preventDefault(); light(statement); }
});
by("filter").addEventListener("input", filter);
by("filter").addEventListener("submit", (event) => event.preventDefault());
by("parts")?.addEventListener("change", (event) => by("trust").classList.toggle("parts", event.target.checked));
by("measure")?.addEventListener("change", (event) => {
  for (const table of document.querySelectorAll(".slice")) table.hidden = table.dataset.measure !== event.target.value;
});
// A link to a conversation opens it.
function open() {
  const wanted = location.hash.startsWith("#case-") && by(decodeURIComponent(location.hash.slice(1)));
  if (wanted) { wanted.hidden = false; wanted.open = true; wanted.scrollIntoView(); }
}
window.addEventListener("hashchange", open);
filter();
open();
