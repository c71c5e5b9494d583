// Hits as an agent would get them, each with the reasons why it came up.
import { el } from "./elements.js";

export function showHits(place, result, open) {
  const head = result.nothing_relevant
    ? el("p", { class: "warning" }, result.hits.length ? "Nothing relevant: no article is good enough to answer from. The nearest ones:" : "Nothing was found.")
    : el("p", { class: "meta" }, `${result.hits.length} articles, best first`);
  place.replaceChildren(head, ...result.hits.map((hit) => el("article", { class: "hit" },
    el("h3", {}, el("button", { type: "button", onclick: () => open(hit.article_id) }, hit.title), el("span", { class: "score" }, `  ${hit.score.toFixed(2)}`)),
    el("p", { class: "meta" }, `${hit.article_id} · version ${hit.version}`),
    el("p", {}, hit.passage),
    el("ul", { class: "why", "aria-label": "Why it came up" }, ...reasons(hit.why)))));
}

function reasons(why) {
  const found = [el("li", { class: "badge" }, `meaning ${why.similarity.toFixed(2)}`)];
  const words = Object.entries(why.words).slice(0, 8);
  for (const [word, share] of words) found.push(el("li", { class: "badge" }, `“${word}” ${share.toFixed(1)}`));
  if (!words.length) found.push(el("li", { class: "badge warn" }, "no word in common"));
  if (why.from_use > 0) found.push(el("li", { class: "badge good" }, `agents took it for this intent: ${Math.round(why.from_use * 100)} % of the advance, +${why.advance.toFixed(2)}`));
  if (why.from_playbook > 0) found.push(el("li", { class: "badge good" }, "named by the playbook"));
  return found;
}
