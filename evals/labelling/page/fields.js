// Parts of the form. Each reads and writes one place of the labels, and says when it changed them.
import { el, words } from "/shared/elements.js";
import { activate, forget, light } from "./turns.js";

const talk = () => document.getElementById("talk");
let made = 0;

export function numbers(text) {
  return [...new Set((text.match(/\d+/g) ?? []).map(Number))].sort((a, b) => a - b);
}

// One of a few words.
export function choices(title, options, value, changed) {
  const name = `choice-${(made += 1)}`;
  const inputs = options.map(([each, text]) => el("label", { class: "choice" },
    el("input", { type: "radio", name, value: String(each), checked: each === value ? "" : null, onchange: () => changed(each) }), el("span", {}, text ?? words(each))));
  return el("div", { class: "choices", role: "radiogroup", "aria-label": title }, el("span", {}, title), ...inputs);
}

export const yesNo = (title, value, changed) => choices(title, [[true, "yes"], [false, "no"]], value, changed);

// One of many words.
export function chosen(title, options, value, changed) {
  const known = options.some(([each]) => each === value);
  const extra = value && !known ? [[value, `${value} (not on the list)`]] : [];
  return el("select", { class: "wide", "aria-label": title, onchange: (event) => changed(event.target.value || null) },
    el("option", { value: "" }, "choose …"), ...[...options, ...extra].map(([each, text]) => el("option", { value: each, selected: each === value ? "" : null }, text ?? words(each))));
}

// Several of many words.
export function several(title, options, values, changed) {
  const now = new Set(values);
  const boxes = options.map(([each, text]) => el("label", { class: "choice" },
    el("input", { type: "checkbox", value: each, checked: now.has(each) ? "" : null, onchange: (event) => { if (event.target.checked) now.add(each); else now.delete(each); changed(options.map(([one]) => one).filter((one) => now.has(one))); } }), el("span", {}, text ?? words(each))));
  return el("details", { open: values.length ? "" : null }, el("summary", {}, title), el("div", { class: "choices" }, ...boxes));
}

// The turns that prove something: typed, or clicked in the transcript.
function citing(node, read, write) {
  const box = el("input", { class: "turns", inputmode: "numeric", placeholder: "turns", "aria-label": "turns", value: read().join(", "), oninput: (event) => { write(numbers(event.target.value)); light(talk()); } });
  const entry = { node, turns: read, set: (turns) => { write(turns); box.value = turns.join(", "); } };
  node.addEventListener("focusin", () => activate(talk(), entry));
  node.addEventListener("click", () => activate(talk(), entry));
  return { box, entry };
}

export function proof(title, read, write) {
  const node = el("div", { class: "row proof", "data-citing": "" }, el("span", {}, title));
  const { box, entry } = citing(node, read, write);
  node.append(box, el("button", { type: "button", onclick: () => activate(talk(), entry) }, "click turns"));
  return node;
}

// A list of entries: `shape` makes the inputs of one. An empty list and one that nobody filled in are told apart.
export function list(name, { kind, blank, shape, cites, title }, read, write) {
  const rows = el("div", {});
  const none = el("input", { type: "checkbox", onchange: (event) => { write(event.target.checked ? [] : null); draw(); } });
  const under = el("div", { class: "under" }, el("button", { type: "button", class: "add", "data-add": name, onclick: () => add() }, `+ ${title}`), el("label", { class: "none" }, none, " there are none"));
  function draw() {
    const entries = read() ?? [];
    rows.replaceChildren(...entries.map(row));
    none.checked = Array.isArray(read()) && !entries.length;
    under.querySelector(".none").hidden = entries.length > 0;
  }
  function row(entry, place) {
    const node = el("div", { class: `row ${kind}`, "data-citing": cites ? "" : null });
    const set = (field, value) => { const all = [...read()]; all[place] = field === null ? value : { ...all[place], [field]: value }; write(all); };
    node.append(...shape(entry, set));
    const cited = cites && citing(node, () => read()[place]?.turns ?? [], (turns) => set("turns", turns));
    if (cited) node.append(cited.box);
    node.append(el("button", { type: "button", class: "remove", title: "take out", "aria-label": `take out ${title}`, onclick: (event) => { event.stopPropagation(); if (cited) forget(talk(), cited.entry); write(read().filter((_, each) => each !== place)); draw(); } }, "✕"));
    return node;
  }
  function add(entry = blank) {
    write([...(read() ?? []), structuredClone(entry)]);
    draw();
    rows.lastElementChild.querySelector("input, textarea, select").focus();
  }
  draw();
  return { node: el("div", {}, rows, under), add };
}

export function line(label, value, changed, more = {}) {
  return el("input", { value: value ?? "", placeholder: label, "aria-label": label, oninput: (event) => changed(event.target.value), ...more });
}

export function small(label, options, value, changed) {
  return el("select", { "aria-label": label, onchange: (event) => changed(event.target.value) }, ...options.map((each) => el("option", { value: each, selected: each === value ? "" : null }, words(each))));
}
