// What a message looks like: its content, its text, its buttons, its place and hour.

import { h, icon, iconButton } from "./dom.js";
import { formatted } from "./formatting.js";
import { fileAddress } from "./line.js";
import { drawSmall } from "./map.js";
import { hour, ofMessage } from "./time.js";
import { size, words } from "./words.js";

// Returns one bubble for a message, or for the messages of one album. `does` holds what a tap may do.
export function bubble(messages, { quoted, does }) {
  const [first] = messages;
  const captioned = messages.find((message) => textOf(message)) ?? first;
  const node = h(
    "article",
    {
      class: `bubble ${first.mine ? "mine" : "theirs"} ${kindOf(first)}`,
      tabindex: "-1",
      "aria-label": first.mine ? words.you : first.sender,
      test: "bubble",
      "data-id": first.id,
      "data-kind": messages.length > 1 ? "album" : kindOf(first),
    },
    h(
      "div",
      { class: "body" },
      h("span", { class: "hidden" }, `${first.mine ? words.you : first.sender}: `),
      quoted ? quote(quoted, does) : null,
      messages.length > 1 ? album(messages, does) : content(first, does),
      text(captioned, does),
      foot(captioned),
      tools(captioned, does),
    ),
    keyboard(first, does),
  );
  return node;
}

const KINDS = ["photo", "document", "voice", "audio", "video", "video_note", "sticker", "location", "contact", "poll"];

export function kindOf(message) {
  return KINDS.find((kind) => kind in message.content) ?? "text";
}

export function textOf(message) {
  return message.content.text ?? message.content.caption ?? "";
}

// Returns a line that stands for a message where there is no room for it.
export function inShort(message) {
  const text = textOf(message).replace(/\s+/g, " ").slice(0, 120);
  const kind = kindOf(message);
  if (kind === "text") return text;
  return [words[kind] ?? message.content[kind].file_name ?? words.file, text].filter(Boolean).join(": ");
}

function quote(message, does) {
  return h(
    "button",
    { type: "button", class: "quoted", tabindex: "-1", test: "quoted", on: { click: () => does.shows(message.id) } },
    h("strong", {}, message.mine ? words.you : message.sender),
    h("span", {}, inShort(message)),
  );
}

function text(message, does) {
  const written = textOf(message);
  if (!written) return null;
  const entities = message.content.entities ?? message.content.caption_entities;
  const tells = { command: does.says, link: does.opens };
  return h("div", { class: "text", test: "text" }, formatted(written, entities, tells));
}

function foot(message) {
  const at = ofMessage(message.date);
  return h(
    "footer",
    {},
    message.edited ? h("span", { class: "edited", test: "edited" }, words.edited) : null,
    h("time", { datetime: at.toISOString() }, hour(at)),
    message.mine ? icon("ticks") : null,
  );
}

function keyboard(message, does) {
  const rows = message.markup?.inline_keyboard;
  if (!rows) return null;
  return h("div", { class: "keyboard", test: "keyboard" }, ...rows.map((row) => h("div", {}, ...row.map((key) => inlineKey(key, message, does)))));
}

function inlineKey(key, message, does) {
  const button = h("button", { type: "button", test: "button", disabled: !can(key) }, key.text);
  if (key.url) button.classList.add("leads");
  button.addEventListener("click", () => press(key, message, does, button));
  return button;
}

function can(key) {
  return Boolean(key.callback_data || key.url || key.copy_text);
}

function press(key, message, does, button) {
  if (key.callback_data) {
    button.classList.add("pressed");
    button.setAttribute("aria-busy", "true");
    does.taps(message.id, key.callback_data);
  } else if (key.copy_text) {
    navigator.clipboard.writeText(key.copy_text.text);
  } else if (!does.opens(key.url)) {
    window.open(key.url, "_blank", "noopener,noreferrer");
  }
}

function tools(message, does) {
  const short = inShort(message).slice(0, 60);
  const props = { class: "tool", tabindex: "-1" };
  const edit = { ...props, test: "edit", on: { click: () => does.edits(message) } };
  return h(
    "div",
    { class: "tools" },
    iconButton("reply", words.replyTo(short), { ...props, test: "reply", on: { click: () => does.replies(message) } }),
    message.mine && editable(message) ? iconButton("edit", words.editThis(short), edit) : null,
  );
}

function editable(message) {
  return ["text", "photo", "video", "document"].includes(kindOf(message)) && !message.content.forward_origin;
}

function content(message, does) {
  const kind = kindOf(message);
  const forwarded = message.content.forward_origin;
  const shown = SHOWN[kind]?.(message.content[kind], message, does);
  if (!forwarded) return shown;
  const origin = forwarded.sender_user?.first_name ?? forwarded.sender_user_name ?? "";
  return h("div", {}, h("div", { class: "forwarded" }, words.forwardedFrom(origin)), shown);
}

function album(messages, does) {
  const photos = messages.filter((message) => ["photo", "video"].includes(kindOf(message)));
  const others = messages.filter((message) => !photos.includes(message));
  return h(
    "div",
    { role: "group", "aria-label": words.album(messages.length) },
    photos.length ? h("div", { class: `album of-${Math.min(photos.length, 4)}` }, ...photos.map((each) => content(each, does))) : null,
    ...others.map((each) => content(each, does)),
  );
}

function photo(sizes, message, does) {
  const shown = sizes.find((each) => each.width >= 640) ?? sizes.at(-1);
  const whole = sizes.at(-1);
  const source = fileAddress(shown.file_id, "foto.jpg");
  const sender = message.mine ? words.you : message.sender;
  const image = h("img", { src: source, alt: words.photoOf(sender), width: shown.width, height: shown.height });
  const open = () => does.enlarges(fileAddress(whole.file_id, `foto-${message.id}.jpg`), words.photoOf(sender));
  return h("button", { type: "button", class: "photo", "aria-label": words.openPhoto(sender), test: "photo", on: { click: open } }, image);
}

function fileCard(name, detail, media, symbol) {
  const address = fileAddress(media.file_id, name, true);
  const label = words.downloadThis(name, size(media.file_size ?? 0));
  return h(
    "a",
    { class: "file", href: address, download: name, "aria-label": label, test: "file" },
    h("span", { class: "symbol" }, icon(symbol)),
    h("span", { class: "name" }, name, h("small", {}, detail)),
  );
}

function documentCard(media) {
  return fileCard(media.file_name ?? words.file, `${size(media.file_size)} · ${words.download}`, media, "file");
}

function voice(media) {
  return fileCard(`${words.voice}.oga`, `${words.seconds(media.duration)} · ${size(media.file_size)}`, media, "voice");
}

function video(media) {
  const name = media.file_name ?? "video.mp4";
  return fileCard(name, `${words.video} · ${words.seconds(media.duration)} · ${size(media.file_size)}`, media, "film");
}

function location(point) {
  const [lat, lng] = [point.latitude, point.longitude].map((each) => each.toFixed(5));
  const canvas = h("canvas", { width: 520, height: 300, role: "img" });
  const caption = h("span", { class: "place" }, `${lat}, ${lng}`);
  const node = h("div", { class: "location", test: "location" }, canvas, caption);
  drawSmall(canvas, point.latitude, point.longitude).then((place) => {
    canvas.setAttribute("aria-label", words.locationAt(place, lat, lng));
    if (place) caption.prepend(h("strong", {}, place), " ");
  });
  return node;
}

function contact(card) {
  return h(
    "div",
    { class: "file" },
    h("span", { class: "symbol" }, icon("person")),
    h("span", { class: "name" }, card.first_name, h("small", {}, card.phone_number)),
  );
}

function poll(asked) {
  return h("div", { class: "poll" }, h("strong", {}, asked.question), h("ul", {}, ...asked.options.map((each) => h("li", {}, each.text))));
}

const SHOWN = {
  photo,
  document: documentCard,
  voice,
  audio: voice,
  video,
  video_note: video,
  location,
  contact,
  poll,
  sticker: (sticker) => h("div", { class: "big" }, sticker.emoji ?? words.unknown),
};
