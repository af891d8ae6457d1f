// Sample pictures, painted here on a canvas of 960 by 720, and two sample files.

import { h } from "./dom.js";

function fill(pen, colour, path) {
  pen.fillStyle = colour;
  pen.beginPath();
  path(pen);
  pen.fill();
}

function box(pen, colour, x, y, wide, high) {
  pen.fillStyle = colour;
  pen.fillRect(x, y, wide, high);
}

function sweep(pen, colours, y, high) {
  const blend = pen.createLinearGradient(0, y, 0, y + high);
  colours.forEach((colour, at) => blend.addColorStop(at / (colours.length - 1), colour));
  box(pen, blend, 0, y, 960, high);
}

function polygon(...points) {
  return (pen) => points.forEach(([x, y], at) => (at ? pen.lineTo(x, y) : pen.moveTo(x, y)));
}

function blob(x, y, wide, high, tilt = 0) {
  return (pen) => pen.ellipse(x, y, wide, high, tilt, 0, Math.PI * 2);
}

// The same grain every time, so that one sample is one file.
function grain(pen, count, colour, x, y, wide, high) {
  let seed = 7;
  const next = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  pen.fillStyle = colour;
  for (let each = 0; each < count; each++) pen.fillRect(x + next() * wide, y + next() * high, 3, 2);
}

function house(pen, x, y, wide, wall, roof, window) {
  box(pen, wall, x, y, wide, 150);
  fill(pen, roof, polygon([x - 20, y], [x + wide / 2, y - 70], [x + wide + 20, y]));
  box(pen, window, x + wide * 0.15, y + 45, wide * 0.22, 50);
  box(pen, window, x + wide * 0.62, y + 45, wide * 0.22, 50);
}

function tree(pen, x, y, scale = 1) {
  box(pen, "#6b4a2f", x - 8 * scale, y - 90 * scale, 16 * scale, 100 * scale);
  for (const [dx, dy, r] of [[0, -130, 62], [-42, -100, 44], [42, -102, 46], [0, -175, 40]]) {
    fill(pen, dx ? "#3f7d45" : "#4c9152", blob(x + dx * scale, y + dy * scale, r * scale, r * scale * 0.86));
  }
}

function hole(pen) {
  sweep(pen, ["#8fc7ee", "#dff1fb"], 0, 330);
  house(pen, 90, 210, 190, "#e8d7b8", "#b0563c", "#7898ab");
  house(pen, 680, 215, 210, "#d9e2d2", "#8d4a36", "#7898ab");
  tree(pen, 380, 350, 0.9);
  tree(pen, 610, 345, 0.8);
  sweep(pen, ["#86a86a", "#6f9158"], 330, 390);
  fill(pen, "#62666c", polygon([395, 330], [565, 330], [960, 720], [0, 720]));
  fill(pen, "#e9e4d0", polygon([476, 350], [484, 350], [494, 430], [466, 430]));
  fill(pen, "#e9e4d0", polygon([462, 470], [498, 470], [512, 560], [448, 560]));
  grain(pen, 900, "rgba(255,255,255,.12)", 120, 420, 760, 300);
  fill(pen, "#4b4742", blob(500, 610, 238, 74));
  fill(pen, "#37332f", blob(505, 616, 205, 58));
  fill(pen, "#7d8f99", blob(512, 622, 160, 38));
  fill(pen, "rgba(255,255,255,.35)", blob(470, 612, 70, 9, -0.1));
}

function lamp(pen) {
  sweep(pen, ["#0c1430", "#27345f", "#3a4470"], 0, 520);
  fill(pen, "#f3efd8", blob(780, 120, 46, 46));
  fill(pen, "#182244", blob(800, 108, 42, 42));
  grain(pen, 60, "rgba(255,255,255,.8)", 0, 0, 960, 260);
  house(pen, 80, 380, 220, "#2c3554", "#1d2440", "#f0c869");
  house(pen, 640, 390, 240, "#2a3250", "#1c2340", "#30395c");
  sweep(pen, ["#232a3f", "#171c2c"], 520, 200);
  box(pen, "#0d1120", 452, 160, 18, 430);
  box(pen, "#0d1120", 452, 160, 150, 12);
  fill(pen, "#1c2236", polygon([560, 172], [640, 172], [626, 202], [574, 202]));
  fill(pen, "#59617f", blob(600, 204, 26, 8));
  fill(pen, "#05070e", blob(461, 596, 52, 12));
}

function rubbish(pen) {
  sweep(pen, ["#a9d3ec", "#e6f2f7"], 0, 260);
  box(pen, "#d8cbb2", 0, 230, 960, 250);
  for (let x = 0; x < 960; x += 96) box(pen, "rgba(90,70,40,.12)", x, 230, 3, 250);
  sweep(pen, ["#9a948a", "#7f7a72"], 480, 240);
  const bags = [[250, 560, 110, 86, "#2f3136"], [420, 545, 130, 104, "#3a3d43"], [610, 560, 120, 90, "#26282c"], [330, 620, 120, 80, "#4a7fb0"], [520, 630, 135, 84, "#f0f0ec"], [700, 625, 96, 66, "#c74f43"], [170, 625, 84, 58, "#e2b33e"]];
  for (const [x, y, wide, high, colour] of bags) {
    fill(pen, colour, blob(x, y, wide, high));
    fill(pen, "rgba(255,255,255,.14)", blob(x - wide * 0.3, y - high * 0.35, wide * 0.3, high * 0.22, -0.5));
    fill(pen, colour, polygon([x - 16, y - high * 0.9], [x + 16, y - high * 0.9], [x + 28, y - high - 24], [x - 26, y - high - 20]));
  }
  grain(pen, 260, "rgba(60,50,30,.5)", 80, 650, 800, 60);
}

function flood(pen) {
  sweep(pen, ["#8c9aa8", "#c3ccd2"], 0, 380);
  house(pen, 70, 270, 230, "#e4d3b0", "#a2553d", "#6d8798");
  house(pen, 380, 255, 220, "#cfdcd4", "#7e4636", "#6d8798");
  house(pen, 690, 275, 220, "#e6c9b4", "#94503a", "#6d8798");
  tree(pen, 345, 400, 0.8);
  sweep(pen, ["#a08a66", "#7d6a4b"], 380, 340);
  for (let row = 0; row < 9; row++) {
    for (let x = (row % 2) * 90 - 40; x < 960; x += 190) fill(pen, "rgba(255,255,255,.16)", blob(x + row * 13, 420 + row * 34, 62 + row * 5, 4 + row * 0.6));
  }
  fill(pen, "#c2402f", polygon([610, 470], [790, 470], [768, 540], [640, 540]));
  fill(pen, "#8e2d22", polygon([640, 540], [768, 540], [762, 552], [650, 552]));
}

async function photograph(paint, name) {
  const canvas = h("canvas", { width: 960, height: 720 });
  paint(canvas.getContext("2d"));
  const blobOf = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
  return new File([blobOf], `${name}.jpg`, { type: "image/jpeg" });
}

function letter() {
  const text = "BT /F1 20 Tf 72 760 Td (Surat keterangan RT 04) Tj /F1 12 Tf 0 -40 Td (Contoh dokumen untuk dicoba.) Tj ET";
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let whole = "%PDF-1.4\n";
  const places = objects.map((object, at) => {
    const place = whole.length;
    whole += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  whole += `xref\n0 6\n0000000000 65535 f \n${table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${whole.length}\n%%EOF\n`;
  return new File([whole], "surat-keterangan.pdf", { type: "application/pdf" });
}

function picture(name, label, paint) {
  return { name, label, paint, file: () => photograph(paint, name) };
}

export const SAMPLES = [
  picture("jalan-berlubang", "Jalan berlubang", hole),
  picture("lampu-mati", "Lampu jalan mati", lamp),
  picture("sampah", "Sampah menumpuk", rubbish),
  picture("banjir", "Genangan air", flood),
  { name: "surat", label: "Surat (PDF)", symbol: "file", kind: "document", file: async () => letter() },
  { name: "suara", label: "Pesan suara", symbol: "voice", kind: "voice", file: async () => new File(["OggS"], "suara.oga", { type: "audio/ogg" }) },
];
