// Choosing a place: the pin stays in the middle and the map moves under it, by mouse, finger, keys, name or numbers.

import { h, iconButton } from "./dom.js";
import { areas, draw, drawPin, middle, nameAt } from "./map.js";
import { words } from "./words.js";

const CLOSEST = 20000;
const WIDEST = 12;
const SIZE = { width: 920, height: 620 };

let lastPlace = null;

// Opens the dialog and returns {latitude, longitude}, or null when it was cancelled.
export function choosesPlace(home) {
  return new Promise((resolve) => {
    const choice = new PlaceChoice(lastPlace ?? { lat: home[0], lng: home[1], zoom: 260 }, resolve);
    document.body.append(choice.node);
    choice.node.showModal();
    choice.begins();
  });
}

class PlaceChoice {
  constructor(start, resolve) {
    this.view = { ...start };
    this.list = [];
    this.resolve = resolve;
    this.build();
  }

  build() {
    this.canvas = h("canvas", {
      ...SIZE,
      tabindex: "0",
      role: "application",
      "aria-label": words.map,
      test: "map",
    });
    this.name = h("output", { class: "placename", "aria-live": "polite", test: "place-name" });
    this.search = h("input", { type: "text", list: "areas", placeholder: words.search, "aria-label": words.search, autocomplete: "off", test: "place-search" });
    this.options = h("datalist", { id: "areas" });
    this.lat = h("input", { type: "text", inputmode: "decimal", "aria-label": words.latitude, test: "latitude" });
    this.lng = h("input", { type: "text", inputmode: "decimal", "aria-label": words.longitude, test: "longitude" });
    const zoomIn = iconButton("plus", words.closer, { class: "round", on: { click: () => this.zooms(2) } });
    const zoomOut = iconButton("minus", words.wider, { class: "round", on: { click: () => this.zooms(0.5) } });
    const all = h("button", { type: "button", class: "secondary", on: { click: () => this.goes({ lat: -2.5, lng: 118, zoom: 19 }) } }, words.everywhere);
    const stop = iconButton("close", words.close, { class: "round", on: { click: () => this.node.close() } });
    const form = h(
      "form",
      { method: "dialog" },
      h("header", {}, h("h2", {}, words.placeTitle), stop),
      h("div", { class: "find" }, this.search, this.options, all),
      h("div", { class: "mapframe" }, this.canvas, h("div", { class: "zoom" }, zoomIn, zoomOut)),
      this.name,
      h("div", { class: "numbers" }, h("label", {}, `${words.latitude} `, this.lat), h("label", {}, `${words.longitude} `, this.lng)),
      h("footer", {}, h("button", { type: "submit", class: "primary", test: "send-place" }, words.sendPlace)),
    );
    form.addEventListener("submit", (event) => this.sends(event));
    this.node = h("dialog", { class: "sheet wide", "aria-label": words.place, test: "place-dialog" }, form);
    this.node.addEventListener("close", () => this.ends(null));
    this.search.addEventListener("input", () => this.searched());
    this.search.addEventListener("keydown", (event) => this.enteredSearch(event));
    for (const field of [this.lat, this.lng]) field.addEventListener("change", () => this.typed());
    this.listens();
  }

  async begins() {
    this.canvas.focus();
    this.list = await areas();
    const names = this.list.filter((area) => area.name).map((area) => area.name).sort();
    this.options.append(...names.map((name) => h("option", { value: name })));
    this.shows();
  }

  shows() {
    const { lat, lng } = this.view;
    draw(this.canvas, this.list, this.view);
    drawPin(this.canvas);
    this.name.textContent = nameAt(this.list, lat, lng) || words.sea;
    this.lat.value = lat.toFixed(5);
    this.lng.value = lng.toFixed(5);
  }

  goes({ lat, lng, zoom }) {
    this.view.lat = Math.max(-60, Math.min(60, lat));
    this.view.lng = Math.max(-180, Math.min(180, lng));
    this.view.zoom = Math.max(WIDEST, Math.min(CLOSEST, zoom ?? this.view.zoom));
    this.shows();
  }

  // Moves the map by pixels of the canvas.
  shifts(x, y) {
    const { lat, lng, zoom } = this.view;
    this.goes({ lat: lat + y / zoom, lng: lng - x / zoom / Math.cos((lat * Math.PI) / 180) });
  }

  zooms(by) {
    this.goes({ ...this.view, zoom: this.view.zoom * by });
  }

  listens() {
    const { canvas } = this;
    let held = null;
    canvas.addEventListener("pointerdown", (event) => {
      held = { x: event.clientX, y: event.clientY, moved: false };
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!held) return;
      const scale = canvas.width / canvas.clientWidth;
      const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
      if (!held.moved && Math.hypot(dx, dy) < 4) return;
      held = { x: event.clientX, y: event.clientY, moved: true };
      this.shifts(dx * scale, dy * scale);
    });
    canvas.addEventListener("pointerup", (event) => {
      if (held && !held.moved) this.centres(event);
      held = null;
    });
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zooms(event.deltaY < 0 ? 1.25 : 0.8);
    });
    canvas.addEventListener("keydown", (event) => this.keyed(event));
  }

  // A click puts the pin there.
  centres(event) {
    const scale = this.canvas.width / this.canvas.clientWidth;
    const [x, y] = [event.offsetX - this.canvas.clientWidth / 2, event.offsetY - this.canvas.clientHeight / 2];
    this.shifts(-x * scale, -y * scale);
  }

  keyed(event) {
    const step = event.shiftKey ? 200 : 40;
    const moves = {
      ArrowLeft: () => this.shifts(step, 0),
      ArrowRight: () => this.shifts(-step, 0),
      ArrowUp: () => this.shifts(0, step),
      ArrowDown: () => this.shifts(0, -step),
      "+": () => this.zooms(2),
      "=": () => this.zooms(2),
      "-": () => this.zooms(0.5),
      Enter: () => this.node.querySelector("form").requestSubmit(),
    };
    if (!moves[event.key]) return;
    event.preventDefault();
    moves[event.key]();
  }

  searched() {
    const wanted = this.search.value.trim().toLowerCase();
    const area = this.list.find((each) => each.name && each.name.toLowerCase() === wanted);
    if (area) this.shown(area);
  }

  enteredSearch(event) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const wanted = this.search.value.trim().toLowerCase();
    const area = wanted && this.list.find((each) => each.name.toLowerCase().includes(wanted));
    if (area) this.shown(area);
  }

  shown(area) {
    const wide = Math.max(area.box.east - area.box.west, area.box.north - area.box.south);
    this.goes({ ...middle(area), zoom: 420 / wide });
  }

  typed() {
    const [lat, lng] = [this.lat, this.lng].map((field) => Number(field.value.replace(",", ".")));
    if (Number.isFinite(lat) && Number.isFinite(lng)) this.goes({ lat, lng });
    else this.shows();
  }

  sends(event) {
    event.preventDefault();
    this.typed();
    lastPlace = { ...this.view };
    this.ends({ latitude: round(this.view.lat), longitude: round(this.view.lng) });
    this.node.close();
  }

  ends(place) {
    this.resolve(place);
    this.node.remove();
  }
}

function round(degrees) {
  return Math.round(degrees * 1e6) / 1e6;
}
