// The map: outlines that the server knows, drawn on a canvas. Nothing comes from elsewhere.

import { get } from "./line.js";

const SCALE = 10000;
let whole = null;

// Returns all areas with their decoded rings; they are fetched once.
export function areas() {
  whole ??= get("/areas").then((list) => list.map(decoded));
  return whole;
}

function decoded({ name, outline }) {
  const rings = outline.split(" ").map(ringOf);
  const box = { south: Infinity, west: Infinity, north: -Infinity, east: -Infinity };
  for (const ring of rings) {
    for (let at = 0; at < ring.length; at += 2) {
      box.south = Math.min(box.south, ring[at]);
      box.north = Math.max(box.north, ring[at]);
      box.west = Math.min(box.west, ring[at + 1]);
      box.east = Math.max(box.east, ring[at + 1]);
    }
  }
  return { name, rings, box };
}

// Reads Google's encoded polyline format: steps of five bits a letter.
function ringOf(text) {
  const steps = [];
  let value = 0;
  let shift = 0;
  for (let at = 0; at < text.length; at++) {
    const bits = text.charCodeAt(at) - 63;
    value |= (bits & 31) << shift;
    shift += 5;
    if (bits >= 32) continue;
    steps.push(value & 1 ? ~(value >> 1) : value >> 1);
    value = shift = 0;
  }
  const ring = new Float64Array(steps.length);
  for (let at = 0, lat = 0, lng = 0; at < steps.length; at += 2) {
    ring[at] = (lat += steps[at]) / SCALE;
    ring[at + 1] = (lng += steps[at + 1]) / SCALE;
  }
  return ring;
}

function holds(box, lat, lng) {
  return box.south <= lat && lat <= box.north && box.west <= lng && lng <= box.east;
}

function covers(area, lat, lng) {
  let inside = false;
  for (const ring of area.rings) {
    for (let at = 0, before = ring.length - 2; at < ring.length; before = at, at += 2) {
      const [latA, lngA, latB, lngB] = [ring[before], ring[before + 1], ring[at], ring[at + 1]];
      if (latA > lat !== latB > lat && lng < lngA + ((lat - latA) * (lngB - lngA)) / (latB - latA)) inside = !inside;
    }
  }
  return inside;
}

// Returns the name of the smallest area around a point, or nothing.
export function nameAt(list, lat, lng) {
  const around = list.filter(({ name, box }) => name && holds(box, lat, lng));
  const found = around.filter((area) => covers(area, lat, lng)).sort((a, b) => extent(a.box) - extent(b.box));
  return found[0]?.name ?? "";
}

function extent(box) {
  return (box.north - box.south) * (box.east - box.west);
}

export function middle({ box }) {
  return { lat: (box.south + box.north) / 2, lng: (box.west + box.east) / 2 };
}

// Draws the map around a point; `zoom` is pixels for one degree.
export function draw(canvas, list, { lat, lng, zoom }) {
  const pen = canvas.getContext("2d");
  const { width, height } = canvas;
  const style = getComputedStyle(canvas);
  const colour = (name) => style.getPropertyValue(name).trim();
  const squeeze = Math.cos((lat * Math.PI) / 180);
  const x = (each) => width / 2 + (each - lng) * zoom * squeeze;
  const y = (each) => height / 2 - (each - lat) * zoom;
  const view = { west: lng - width / 2 / zoom / squeeze, east: lng + width / 2 / zoom / squeeze, south: lat - height / 2 / zoom, north: lat + height / 2 / zoom };
  pen.fillStyle = colour("--sea");
  pen.fillRect(0, 0, width, height);
  pen.lineJoin = "round";
  pen.lineWidth = zoom > 60 ? 1.5 : 0.6;
  for (const { name, rings, box } of list) {
    if (box.east < view.west || box.west > view.east || box.north < view.south || box.south > view.north) continue;
    pen.beginPath();
    for (const ring of rings) trace(pen, ring, x, y);
    pen.fillStyle = colour(name ? "--land" : "--abroad");
    pen.fill("evenodd");
    pen.strokeStyle = colour("--border");
    pen.stroke();
  }
  label(pen, list, { x, y, zoom, view, ink: colour("--map-ink"), halo: colour("--land") });
}

function trace(pen, ring, x, y) {
  for (let at = 0; at < ring.length; at += 2) {
    if (at) pen.lineTo(x(ring[at + 1]), y(ring[at]));
    else pen.moveTo(x(ring[at + 1]), y(ring[at]));
  }
  pen.closePath();
}

function label(pen, list, { x, y, zoom, view, ink, halo }) {
  pen.font = "500 22px system-ui, sans-serif";
  pen.textAlign = "center";
  pen.lineWidth = 4;
  const taken = [];
  for (const area of list) {
    const { lat, lng } = middle(area);
    const short = area.name.replace(/^(Kabupaten|Kota) |,.*$/g, "");
    const wide = pen.measureText(short).width;
    if (!short || !holds(view, lat, lng) || (area.box.east - area.box.west) * zoom < wide) continue;
    const spot = { x: x(lng), y: y(lat), half: wide / 2 };
    if (taken.some((other) => Math.abs(other.y - spot.y) < 26 && Math.abs(other.x - spot.x) < other.half + spot.half + 8)) continue;
    taken.push(spot);
    pen.strokeStyle = halo;
    pen.strokeText(short, x(lng), y(lat));
    pen.fillStyle = ink;
    pen.fillText(short, x(lng), y(lat));
  }
}

export function drawPin(canvas) {
  const pen = canvas.getContext("2d");
  const [x, y] = [canvas.width / 2, canvas.height / 2];
  pen.fillStyle = "rgba(0, 0, 0, .25)";
  pen.beginPath();
  pen.ellipse(x, y, 14, 5, 0, 0, Math.PI * 2);
  pen.fill();
  pen.fillStyle = "#e0433a";
  pen.beginPath();
  pen.moveTo(x, y);
  pen.bezierCurveTo(x - 6, y - 22, x - 26, y - 30, x - 26, y - 52);
  pen.arc(x, y - 52, 26, Math.PI, 0);
  pen.bezierCurveTo(x + 26, y - 30, x + 6, y - 22, x, y);
  pen.fill();
  pen.fillStyle = "#fff";
  pen.beginPath();
  pen.arc(x, y - 52, 10, 0, Math.PI * 2);
  pen.fill();
}

// Draws the little map of a bubble and returns the name of the place.
export async function drawSmall(canvas, lat, lng) {
  const list = await areas();
  draw(canvas, list, { lat, lng, zoom: 420 });
  drawPin(canvas);
  return nameAt(list, lat, lng);
}
