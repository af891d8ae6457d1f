// The line to the server: what the page asks, and what it is told without asking.

async function answerOf(response) {
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error || response.statusText);
  return answer;
}

export async function get(path) {
  return answerOf(await fetch(path));
}

export async function post(path, body = {}) {
  const headers = { "Content-Type": "application/json" };
  return answerOf(await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

export function fileAddress(fileId, name, download = false) {
  return `/files/${encodeURIComponent(fileId)}/${encodeURIComponent(name)}${download ? "?download" : ""}`;
}

export async function base64(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

// Listens for screens; the browser reconnects by itself, and is then sent every screen anew.
export function listen({ screen, lost, found }) {
  const events = new EventSource("/events");
  events.addEventListener("screen", (event) => screen(JSON.parse(event.data)));
  events.addEventListener("open", found);
  events.addEventListener("error", lost);
  return events;
}
