// The transcript. A click cites or drops a turn in the entry that is being filled in.
import { el } from "/shared/elements.js";

let active = null;

export function showTurns(home, turns, say) {
  active = null;
  home.replaceChildren(...turns.map((turn, number) => el("div", {
    class: `turn ${turn.role}`, "data-turn": number, tabindex: 0, role: "button", "aria-pressed": "false",
    onclick: () => (window.getSelection().isCollapsed ? cite(home, number, say) : undefined),
    onkeydown: (event) => { if ((event.key === "Enter" && !event.ctrlKey) || event.key === " ") { event.preventDefault(); cite(home, number, say); } },
  }, el("small", {}, el("b", {}, String(number)), ` ${turn.role}${turn.tool ? ` · ${call(turn.tool)}` : ""}`), turn.text)));
}

function call(tool) {
  const worked = tool.ok === true ? " → ok" : tool.ok === false ? " → failed" : "";
  return `${tool.name ?? "call"} ${JSON.stringify(tool.arguments ?? {})}${worked}`;
}

// An entry that cites turns: while it is the active one, its turns are lit and clicks change them.
export function activate(home, entry) {
  active?.node.classList.remove("active");
  active = entry;
  entry?.node.classList.add("active");
  light(home);
}

export function light(home) {
  const cited = new Set(active ? active.turns() : []);
  for (const turn of home.children) turn.setAttribute("aria-pressed", String(cited.has(Number(turn.dataset.turn))));
}

export function forget(home, entry) {
  if (active === entry) { active = null; light(home); }
}

function cite(home, number, say) {
  if (!active) { say("Choose first what this turn proves: click into a step, a fact, a statement, or the verification."); return; }
  const cited = new Set(active.turns());
  if (cited.has(number)) cited.delete(number);
  else cited.add(number);
  active.set([...cited].sort((a, b) => a - b));
  light(home);
}

// The words selected in a turn, and the turn.
export function selected() {
  const chosen = window.getSelection();
  const turn = chosen.anchorNode?.parentElement?.closest(".turn");
  const text = chosen.toString().trim();
  return turn && text ? { text, turn: Number(turn.dataset.turn) } : null;
}
