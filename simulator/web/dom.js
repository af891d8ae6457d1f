// Elements in one line: h("button", {class: "send", on: {click: send}}, "Kirim").

const SVG = "http://www.w3.org/2000/svg";

export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) set(node, name, value);
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

function set(node, name, value) {
  if (name === "on") {
    for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
  } else if (name === "test") {
    node.dataset.test = value;
  } else if (value === true) {
    node.setAttribute(name, "");
  } else if (value !== false && value !== null && value !== undefined) {
    node.setAttribute(name, value);
  }
}

// Icons are drawn here on a grid of 24, so that nothing has to be fetched.
const ICONS = {
  clip: "M16.5 6.5 9 14a2.1 2.1 0 0 0 3 3l8-8a4.2 4.2 0 0 0-6-6l-8.2 8.2a6.4 6.4 0 0 0 9 9L21 14",
  pin: "M12 21s-6.5-5.6-6.5-11a6.5 6.5 0 0 1 13 0c0 5.4-6.5 11-6.5 11Zm0-8.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
  send: "M4 12 3 4.5 21 12 3 19.5 4 12Zm0 0h8",
  menu: "M4 7h16M4 12h16M4 17h10",
  reply: "M10 5 4 11l6 6v-4c5 0 8 1.5 10 5 0-6-4-10-10-10V5Z",
  edit: "M4 20l1-4.5L16.5 4a2 2 0 0 1 3 0l.5.5a2 2 0 0 1 0 3L8.5 19 4 20Zm11-14.5 3.5 3.5",
  close: "M6 6l12 12M18 6 6 18",
  file: "M7 3h7l5 5v13H7V3Zm7 0v5h5",
  down: "M6 9l6 6 6-6",
  voice: "M12 3a3 3 0 0 1 3 3v6a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3Zm-7 9a7 7 0 0 0 14 0M12 19v3",
  film: "M4 5h16v14H4V5Zm6 4v6l5-3-5-3Z",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-8 8c1-4 4-6 8-6s7 2 8 6",
  ticks: "M2 13l4 4 8-9M11 16l1 1 9-10",
  moon: "M20 14A8 8 0 1 1 10 4a6.5 6.5 0 0 0 10 10Z",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name, label, props = {}) {
  return h("button", { type: "button", "aria-label": label, title: label, ...props }, icon(name));
}
