// The conversation beside the packet; the turns that prove a statement are marked.
import { el } from "./elements.js";

const WHO = { customer: "Customer", bot: "Bot", agent: "Agent", tool: "Tool", system: "System" };

export function showConversation(place, turns) {
  place.replaceChildren(
    el("h2", {}, `Conversation (${turns.length} turns)`),
    ...turns.map((turn, index) => {
      const tool = turn.tool?.name ? ` ${turn.tool.name}${turn.tool.ok === false ? " (failed)" : ""}` : "";
      return el(
        "div",
        { class: `turn ${turn.role}`, id: `turn-${index}`, dir: "auto" },
        el("span", { class: "who" }, `${index} · ${WHO[turn.role] ?? turn.role}${tool}`),
        turn.text || "(empty)",
      );
    }),
  );
}

export function mark(indexes) {
  for (const node of document.querySelectorAll(".turn.proof")) node.classList.remove("proof");
  const nodes = indexes.map((index) => document.getElementById(`turn-${index}`)).filter(Boolean);
  for (const node of nodes) node.classList.add("proof");
  nodes[0]?.scrollIntoView({ block: "nearest", behavior: "smooth" });
}
