// One article: its fields, its Markdown beside a preview, and what to do when somebody else was faster.
import { el } from "./elements.js";
import { showDiff, showHistory } from "./knowledge-history.js";
import { call } from "./service.js";

const FIELDS = ["title", "body", "domain", "url", "tags", "audience", "language", "status", "valid_from", "valid_until", "review_by"];
let form = null;
let before = "";

export const hasUnsaved = () => Boolean(form?.isConnected) && JSON.stringify(typed()) !== before;

function typed() {
  const given = Object.fromEntries(FIELDS.map((name) => [name, form.elements[name]?.value ?? null]));
  given.tags = given.tags.split(",").map((tag) => tag.trim()).filter(Boolean);
  for (const name of ["domain", "url", "valid_from", "valid_until", "review_by"]) given[name] = given[name] || null;
  given.language ||= "en";
  return given;
}

export function editArticle(place, article, { domains, attempt, saved }) {
  let version = article?.version ?? 0;
  const warnings = el("div", {});
  const changed = el("div", {});
  const aside = el("div", { id: "history" });
  const preview = el("div", { class: "preview", "aria-label": "Preview" });
  const status = el("span", { class: "badge" }, article ? `${article.status} · version ${version}` : "new");

  const field = (label, node, wide = false) => el("label", { class: wide ? "wide" : null }, label, node);
  const choice = (name, options, value) => {
    const node = el("select", { name }, ...options.map(([code, said]) => el("option", { value: code }, said)));
    node.value = value;
    return node;
  };
  const input = (name, value, more = {}) => el("input", { name, value: value ?? "", ...more });
  const body = el("textarea", { name: "body", spellcheck: "true", "aria-label": "Text (Markdown)", placeholder: "## When this applies\n\nWrite in Markdown." });
  body.value = article?.body ?? "";
  form = el("form", {},
    el("div", { class: "fields" },
      ...(article ? [] : [field("Id (letters, digits and . _ : -)", input("article_id", "", { required: "", pattern: "[A-Za-z0-9][A-Za-z0-9._:\\-]*", maxlength: "200" }), true)]),
      field("Title", input("title", article?.title, { required: "", maxlength: "500" }), true),
      field("Domain", choice("domain", [["", "none"], ...domains.map((name) => [name, name])], article?.domain ?? "")),
      field("Audience", choice("audience", [["both", "agents and bots"], ["agent", "agents"], ["bot", "bots"]], article?.audience ?? "both")),
      field("Language", input("language", article?.language ?? "en", { maxlength: "35" })),
      field("Valid from", input("valid_from", article?.valid_from, { type: "date" })),
      field("Valid until", input("valid_until", article?.valid_until, { type: "date" })),
      field("Review by", input("review_by", article?.review_by, { type: "date" })),
      field("Tags, with commas", input("tags", (article?.tags ?? []).join(", "))),
      field("Link", input("url", article?.url, { maxlength: "2000" })),
      input("status", article?.status ?? "published", { type: "hidden" })),
    el("div", { class: "desk" }, body, preview),
    warnings,
    el("div", { class: "row" },
      el("button", { class: "primary", value: "published" }, "Publish"),
      el("button", { value: "draft" }, "Save as draft"),
      ...(article ? [el("button", { value: "retired" }, "Retire")] : [])));
  place.replaceChildren(el("div", { class: "head" }, el("h2", {}, article?.title ?? "New article"), status, el("span", { class: "meta" }, article?.article_id ?? "")), changed, form, aside);
  before = JSON.stringify(typed());

  const warn = (found) => warnings.replaceChildren(...found.map((each) => el("p", { class: "warning" }, each)));
  const look = async () => {
    const shown = await call("/v1/articles:preview", { method: "POST", body: { body: body.value } });
    // The service renders Markdown with HTML switched off: what the author wrote as markup comes back escaped.
    preview.innerHTML = shown.html;
    warn(shown.warnings);
  };
  let pause = 0;
  body.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => attempt(look, ""), 300);
  });

  const path = (id) => `/v1/articles/${encodeURIComponent(id)}`;
  const stay = async (stored, said) => {
    editArticle(place, stored, { domains, attempt, saved });
    await saved(stored);
    return said;
  };
  const save = async (wanted, expected) => {
    const id = article?.article_id ?? form.elements.article_id.value.trim();
    form.elements.status.value = wanted;
    const headers = expected ? { "If-Match": `"${expected}"` } : {};
    if (!expected && await exists(path(id))) throw new Error(`There is an article “${id}” already: open it in the list, or choose another id.`);
    try {
      const stored = await call(path(id), { method: "PUT", body: typed(), headers });
      return await stay(stored, `Saved as version ${stored.version}, ${stored.status}.`);
    } catch (error) {
      if (error.status !== 412) throw error;
      await meanwhile(id, wanted);
      throw new Error("Not saved: the article changed meanwhile. What you wrote is still here.");
    }
  };
  const meanwhile = async (id, wanted) => {
    const [newest, history] = await Promise.all([call(path(id)), call(`${path(id)}/versions`)]);
    const steps = history.filter((each) => each.version > version).map((each) => `${each.author_name ?? each.author ?? "somebody"} at ${new Date(each.updated_at).toLocaleString()} (version ${each.version})`);
    const difference = el("div", {});
    changed.replaceChildren(el("div", { class: "changed", role: "alert" },
      el("p", {}, `Changed meanwhile by ${steps.join(", ")}. Nothing of yours is lost: it stands below as you typed it.`),
      el("button", { type: "button", onclick: () => attempt(async () => showDiff(difference, await call(`${path(id)}/diff?before=${version}&after=${newest.version}`)), "Comparing…") }, "Show what they changed"), " ",
      el("button", { type: "button", onclick: () => attempt(() => save(wanted, newest.version), "Saving…") }, "Save mine as the next version"), " ",
      el("button", { type: "button", onclick: () => attempt(() => stay(newest, ""), "Opening…") }, "Drop mine, take theirs"), difference));
    changed.scrollIntoView({ block: "nearest" });
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(() => save(event.submitter?.value ?? "published", version), "Saving…");
  });
  if (article) attempt(() => showHistory(aside, article, { attempt, restored: (stored) => stay(stored, `Restored as version ${stored.version}.`) }), "");
  if (body.value) attempt(look, "");
}

async function exists(path) {
  try {
    await call(path);
    return true;
  } catch (error) {
    if (error.status === 404) return false;
    throw error;
  }
}
