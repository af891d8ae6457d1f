// The page: its phones, the clock above them, tabs where there is room for one phone only.

import { h, iconButton } from "./dom.js";
import { get, listen, post } from "./line.js";
import { Phone } from "./phone.js";
import { moment, now, setNow, setZone } from "./time.js";
import { words } from "./words.js";

const SECOND = 1000;
const one = (test) => document.querySelector(`[data-test="${test}"]`);

async function begin() {
  const cast = await get("/cast");
  setZone(cast.zone);
  document.title = `${cast.bot.first_name}: telepon`;
  const surroundings = { home: cast.home, enlarges };
  const phones = new Map(cast.seats.map((seat) => [seat.name, new Phone(seat, cast.bot, surroundings)]));
  one("phones").append(...[...phones.values()].map((phone) => phone.node));
  const tabs = new Tabs([...phones.values()]);
  buildClock(cast.steps);
  listens(phones);
  document.addEventListener("keydown", (event) => {
    const phone = event.altKey && [...phones.values()][Number(event.key) - 1];
    if (!phone) return;
    event.preventDefault();
    tabs.opens(phone);
    phone.focus();
  });
  setInterval(() => tick(phones), SECOND);
}

function listens(phones) {
  const banner = one("lost");
  listen({
    screen: (screen) => {
      setNow(screen.now);
      tick(phones);
      phones.get(screen.seat).shows(screen);
    },
    lost: () => (banner.textContent = words.lost),
    found: () => (banner.textContent = ""),
  });
}

// The clock

function tick(phones) {
  const date = now();
  if (!date) return;
  const text = moment(date);
  if (one("now").textContent === text) return;
  one("now").textContent = text;
  for (const phone of phones.values()) phone.ticks();
}

function buildClock(steps) {
  one("steps").append(...steps.map((step) => h("button", { type: "button", test: `clock-${step.name}`, on: { click: () => move(step) } }, step.label)));
}

async function move(step) {
  const buttons = one("steps").querySelectorAll("button");
  const [banner, clicked] = [one("lost"), document.activeElement];
  buttons.forEach((button) => (button.disabled = true));
  banner.textContent = words.moving;
  try {
    await post(`/clock/${step.name}`);
    banner.textContent = "";
  } catch (error) {
    banner.textContent = error.message || words.failed;
  } finally {
    buttons.forEach((button) => (button.disabled = false));
    clicked?.focus();
  }
}

// Tabs, for narrow screens

class Tabs {
  constructor(phones) {
    this.phones = phones;
    this.tabs = new Map();
    const bar = one("tabs");
    for (const [place, phone] of phones.entries()) {
      const { name, first_name, role } = phone.seat;
      const badge = h("span", { class: "badge", hidden: true });
      const tab = h(
        "button",
        { type: "button", role: "tab", "aria-controls": `phone-${name}`, title: words.shortcut(place + 1), test: `tab-${name}` },
        h("strong", {}, first_name, badge),
        h("small", {}, role),
      );
      tab.addEventListener("click", () => this.opens(phone));
      phone.onNews = (count) => this.counts(phone, count);
      this.tabs.set(phone, { tab, badge });
      bar.append(tab);
    }
    bar.addEventListener("keydown", (event) => this.keyed(event));
    this.opens(phones[0]);
  }

  opens(phone) {
    this.current = phone;
    for (const [each, { tab, badge }] of this.tabs) {
      const chosen = each === phone;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      each.node.classList.toggle("current", chosen);
      if (chosen) {
        each.unread = 0;
        badge.hidden = true;
        each.toBottom(false);
      }
    }
  }

  counts(phone, count) {
    if (phone === this.current) return;
    const { badge } = this.tabs.get(phone);
    phone.unread += count;
    badge.hidden = false;
    badge.textContent = phone.unread;
    badge.setAttribute("aria-label", words.unread(phone.unread));
  }

  keyed(event) {
    const at = this.phones.indexOf(this.current);
    const goals = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 };
    if (!(event.key in goals)) return;
    event.preventDefault();
    const phone = this.phones.at(goals[event.key] % this.phones.length);
    this.opens(phone);
    this.tabs.get(phone).tab.focus();
  }
}

// A photo in full size

function enlarges(address, label) {
  const box = h("dialog", { class: "lightbox", "aria-label": label, test: "lightbox" });
  const stop = iconButton("close", words.close, { class: "round", on: { click: () => box.close() } });
  const download = h("a", { class: "secondary", href: `${address}?download`, download: "foto.jpg" }, words.download);
  box.append(h("img", { src: address, alt: label }), h("footer", {}, download, stop));
  box.addEventListener("click", (event) => event.target === box && box.close());
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

// Light, dark, or as the machine wishes

const THEMES = { "": "dark", dark: "light", light: "" };

one("theme").addEventListener("click", () => {
  const root = document.documentElement;
  root.dataset.theme = THEMES[root.dataset.theme ?? ""];
});

begin().catch((error) => (one("lost").textContent = error.message || words.failed));
