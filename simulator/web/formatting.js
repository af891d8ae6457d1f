// Telegram's entities as elements. Offsets count UTF-16 units, which are what JavaScript's strings are made of.

import { h } from "./dom.js";
import { words } from "./words.js";

// Returns a fragment with the text and everything that lies over it; `tells` does what a tap on a command or link asks.
export function formatted(text, entities = [], tells = {}) {
  const fragment = document.createDocumentFragment();
  fill(fragment, text, 0, text.length, [...entities].sort(outerFirst), tells);
  return fragment;
}

function outerFirst(a, b) {
  return a.offset - b.offset || b.length - a.length;
}

function fill(parent, text, from, to, entities, tells) {
  let at = from;
  while (entities.length) {
    const entity = entities.shift();
    const end = Math.min(entity.offset + entity.length, to);
    const inside = [];
    while (entities.length && entities[0].offset < end) inside.push(entities.shift());
    parent.append(text.slice(at, entity.offset));
    const node = elementFor(entity, text.slice(entity.offset, end), tells);
    fill(node, text, entity.offset, end, inside, tells);
    parent.append(node);
    // A block ends its line by itself.
    at = BLOCKS.has(node.tagName) && text[end] === "\n" ? end + 1 : end;
  }
  parent.append(text.slice(at, to));
}

const BLOCKS = new Set(["PRE", "BLOCKQUOTE"]);
const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
};

function elementFor(entity, text, tells) {
  const kind = entity.type;
  if (TAGS[kind]) return h(TAGS[kind]);
  if (kind === "expandable_blockquote") return quote();
  if (kind === "spoiler") return spoiler();
  if (kind === "bot_command") return h("button", { type: "button", class: "link", on: { click: () => tells.command?.(text) } });
  if (kind === "text_link" || kind === "url") return link(entity.url || text, tells);
  if (kind === "email") return h("a", { href: `mailto:${text}` });
  return h("span", { class: kind });
}

function link(address, tells) {
  const whole = /^[a-z]+:/i.test(address) ? address : `https://${address}`;
  if (!/^(https?|tg|mailto|tel):/i.test(whole)) return h("span");
  const open = (event) => {
    if (tells.link?.(whole)) event.preventDefault();
  };
  return h("a", { href: whole, target: "_blank", rel: "noreferrer noopener", on: { click: open } });
}

function spoiler() {
  const node = h("button", { type: "button", class: "spoiler", title: words.spoiler });
  node.addEventListener("click", () => node.classList.add("open"));
  return node;
}

function quote() {
  const node = h("blockquote", { class: "expandable", tabindex: "-1" });
  node.addEventListener("click", () => node.classList.toggle("open"));
  return node;
}
