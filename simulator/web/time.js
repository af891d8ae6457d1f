// The demo's clock: told by the server with every screen, and carried on from there.

let zone = "Asia/Jakarta";
let shown = null;

const SHORT = { "Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT" };

export function setZone(name) {
  zone = name;
}

export function setNow(iso) {
  shown = { instant: Date.parse(iso), heard: performance.now() };
}

export function now() {
  return shown ? new Date(shown.instant + performance.now() - shown.heard) : null;
}

function format(date, options) {
  return new Intl.DateTimeFormat("id-ID", { timeZone: zone, ...options }).format(date);
}

export function hour(date) {
  return format(date, { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
}

export function day(date) {
  return format(date, { day: "numeric", month: "long", year: "numeric" });
}

export function moment(date) {
  const weekday = format(date, { weekday: "long" });
  return `${weekday}, ${day(date)}, ${hour(date)} ${SHORT[zone] || ""}`.trim();
}

export function ofMessage(seconds) {
  return new Date(seconds * 1000);
}
