// Choosing photos and files: from this machine or from the drawn samples, as photos or as they are.

import { h, icon, iconButton } from "./dom.js";
import { base64 } from "./line.js";
import { SAMPLES } from "./samples.js";
import { size, words } from "./words.js";

const LONGEST_SIDE = 1280;
const HEAVIEST = 50 * 1024 * 1024;
const ALBUM = 10;

// Opens the dialog and returns the acts that send what was chosen; none when it was cancelled.
export function choosesFiles(files) {
  return new Promise((resolve) => {
    const choice = new Choice(resolve);
    choice.takes(files);
    document.body.append(choice.node);
    choice.node.showModal();
  });
}

class Choice {
  constructor(resolve) {
    this.chosen = [];
    this.resolve = resolve;
    this.picker = h("input", { type: "file", multiple: true, hidden: true, test: "file-input" });
    this.picker.addEventListener("change", () => this.takes([...this.picker.files]));
    this.list = h("ul", { class: "chosen", "aria-live": "polite" });
    this.caption = h("input", { type: "text", maxlength: "1024", placeholder: words.captionHint, "aria-label": words.caption, test: "caption" });
    this.asFile = h("input", { type: "checkbox", test: "as-file" });
    this.problem = h("p", { class: "problem", role: "alert" });
    this.sendButton = h("button", { type: "submit", class: "primary", disabled: true, test: "send-files" }, words.send);
    this.samples = SAMPLES.map((sample) => this.tile(sample));
    const browse = h("button", { type: "button", class: "secondary", test: "browse", on: { click: () => this.picker.click() } }, icon("clip"), words.browse);
    const stop = iconButton("close", words.close, { class: "round", on: { click: () => this.node.close() } });
    this.form = h(
      "form",
      { method: "dialog" },
      h("header", {}, h("h2", {}, words.filesTitle), stop),
      h("p", { class: "hint" }, words.filesHint),
      h("div", { class: "samples" }, ...this.samples),
      browse,
      this.picker,
      this.list,
      h("label", { class: "check" }, this.asFile, words.asFile),
      this.caption,
      this.problem,
      h("footer", {}, this.sendButton),
    );
    this.form.addEventListener("submit", (event) => this.sends(event));
    this.node = h("dialog", { class: "sheet", "aria-label": words.attach, test: "files-dialog" }, this.form);
    this.node.addEventListener("close", () => this.ends([]));
    this.node.addEventListener("dragover", (event) => event.preventDefault());
    this.node.addEventListener("drop", (event) => {
      event.preventDefault();
      this.takes([...event.dataTransfer.files]);
    });
  }

  tile(sample) {
    const picture = sample.paint ? thumbnail(sample) : icon(sample.symbol);
    const button = h("button", { type: "button", class: "tile", "aria-pressed": "false", test: `sample-${sample.name}` }, picture, h("span", {}, sample.label));
    button.addEventListener("click", async () => {
      const pressed = button.getAttribute("aria-pressed") === "true";
      button.setAttribute("aria-pressed", String(!pressed));
      if (pressed) this.drops(this.chosen.find((each) => each.sample === sample.name));
      else this.adds({ file: await sample.file(), sample: sample.name, kind: sample.kind });
    });
    return button;
  }

  takes(files) {
    this.picker.value = "";
    for (const file of files) {
      if (file.size > HEAVIEST) this.problem.textContent = words.heavy(file.name);
      else this.adds({ file });
    }
  }

  adds(item) {
    this.chosen.push(item);
    this.shows();
  }

  drops(item) {
    this.chosen = this.chosen.filter((each) => each !== item);
    const tile = this.samples.find((each) => each.dataset.test === `sample-${item?.sample}`);
    tile?.setAttribute("aria-pressed", "false");
    this.shows();
  }

  shows() {
    this.sendButton.disabled = this.chosen.length === 0;
    this.sendButton.textContent = this.chosen.length > 1 ? `${words.send} (${this.chosen.length})` : words.send;
    this.list.replaceChildren(...this.chosen.filter((item) => !item.sample).map((item) => this.row(item)));
  }

  row(item) {
    const remove = iconButton("close", words.remove(item.file.name), { class: "round", on: { click: () => this.drops(item) } });
    return h("li", {}, h("span", {}, item.file.name, h("small", {}, size(item.file.size))), remove);
  }

  async sends(event) {
    event.preventDefault();
    this.sendButton.disabled = true;
    const acts = await actsFor(this.chosen, this.caption.value.trim(), this.asFile.checked);
    this.ends(acts);
    this.node.close();
  }

  ends(acts) {
    this.resolve(acts);
    this.node.remove();
  }
}

function thumbnail(sample) {
  const canvas = h("canvas", { width: 200, height: 150 });
  const pen = canvas.getContext("2d");
  pen.scale(200 / 960, 150 / 720);
  sample.paint(pen);
  return canvas;
}

// Photos leave together as an album; everything else leaves one by one, as it is.
async function actsFor(chosen, caption, asFile) {
  const items = await Promise.all(chosen.map((item) => prepared(item, asFile)));
  const photos = items.filter((item) => item.kind === "photo");
  const rest = items.filter((item) => item.kind !== "photo");
  const acts = [];
  for (let at = 0; at < photos.length; at += ALBUM) {
    const part = photos.slice(at, at + ALBUM);
    acts.push(part.length > 1 ? { name: "sends_album", details: { items: part } } : { name: "sends_file", details: part[0] });
  }
  acts.push(...rest.map((item) => ({ name: "sends_file", details: item })));
  const first = acts[0].details.items?.[0] ?? acts[0].details;
  if (caption) first.caption = caption;
  return acts;
}

async function prepared({ file, kind }, asFile) {
  const bitmap = !asFile && file.type.startsWith("image/") ? await decoded(file) : null;
  if (bitmap) return { kind: "photo", bytes: await base64(await reduced(bitmap)) };
  const natural = file.type.startsWith("video/") && !asFile ? "video" : "document";
  return { kind: asFile ? "document" : kind ?? natural, bytes: await base64(file), name: file.name };
}

async function decoded(file) {
  try {
    return await createImageBitmap(file);
  } catch {
    return null; // no picture this browser knows: it leaves as a file
  }
}

// A phone makes a photo smaller before it leaves, and what the camera noted about it stays behind.
async function reduced(bitmap) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = h("canvas", { width: Math.round(bitmap.width * scale), height: Math.round(bitmap.height * scale) });
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.86));
}
