// Calls to the service. Every error becomes one Error whose message says what was wrong and what to do.
let key = sessionStorage.getItem("assist-key");

export function setKey(value) {
  key = value;
  sessionStorage.setItem("assist-key", value);
}

export async function localKey() {
  const answer = await fetch("/desktop/session");
  const { key: found } = await answer.json();
  if (found) key = found;
  return Boolean(key);
}

export async function call(path, { method = "GET", body, headers: more = {} } = {}) {
  const headers = { Authorization: `Bearer ${key ?? ""}`, ...more };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const text = await answer.text();
  const content = text ? JSON.parse(text) : null;
  if (!answer.ok) throw Object.assign(new Error(content?.detail ?? `${answer.status} ${answer.statusText}`), { status: answer.status });
  return content;
}

// Server-sent events over fetch, since EventSource cannot carry the key in a header.
export async function watch(path, onPacket, signal) {
  const answer = await fetch(path, { headers: { Authorization: `Bearer ${key ?? ""}` }, signal });
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    held += value.replaceAll("\r\n", "\n");
    const parts = held.split("\n\n");
    held = parts.pop();
    for (const part of parts) {
      const data = part.split("\n").filter((line) => line.startsWith("data:")).map((line) => line.slice(5).trimStart()).join("\n");
      if (data) onPacket(JSON.parse(data));
    }
  }
}
