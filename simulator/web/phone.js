// One phone: its conversation kept in step with what the server shows, and everything its owner can do.

import { bubble } from "./bubbles.js";
import { Composer } from "./composer.js";
import { h, iconButton } from "./dom.js";
import { post } from "./line.js";
import { movesByArrows, tabStops } from "./roving.js";
import { day, hour, now, ofMessage } from "./time.js";
import { words } from "./words.js";

const NEAR = 120;
const TOGETHER_S = 300;

export class Phone {
  constructor(seat, bot, surroundings) {
    this.seat = seat;
    this.bot = bot;
    this.nodes = new Map();
    this.messages = new Map();
    this.toasts = null;
    this.unread = 0;
    this.revision = -1;
    this.onNews = () => {};
    this.surroundings = surroundings;
    this.composer = new Composer(this);
    this.build();
  }

  get isEmpty() {
    return this.messages.size === 0;
  }

  build() {
    const { seat, bot } = this;
    this.status = h("time", { class: "status-hour" });
    this.log = h("div", {
      class: "log",
      role: "log",
      tabindex: "0",
      "aria-live": "polite",
      "aria-label": words.conversationOf(seat.first_name),
      test: `log-${seat.name}`,
    });
    this.jump = iconButton("down", words.newest, { class: "jump", hidden: true, test: `newest-${seat.name}` });
    this.jump.addEventListener("click", () => this.toBottom(true));
    this.toast = h("div", { class: "toast", role: "status", test: `toast-${seat.name}` });
    this.alert = h("div", { class: "problem", role: "alert", test: `problem-${seat.name}` });
    this.node = h(
      "section",
      { class: "phone", id: `phone-${seat.name}`, "aria-label": words.phoneOf(seat.first_name, seat.role), test: `phone-${seat.name}` },
      h("h2", { class: "owner" }, h("span", { class: "avatar" }, initial(seat.first_name)), h("span", {}, seat.first_name, h("small", {}, seat.role))),
      h(
        "div",
        { class: "device" },
        h("div", { class: "statusbar", "aria-hidden": "true" }, this.status, h("span", { class: "island" }), h("span", { class: "battery" })),
        h("header", { class: "partner" }, h("span", { class: "avatar bot" }, initial(bot.first_name)), h("span", {}, h("strong", {}, bot.first_name), h("small", {}, words.bot))),
        h("div", { class: "chat" }, this.log, this.jump, this.toast),
        this.alert,
        this.composer.node,
      ),
    );
    this.log.addEventListener("scroll", () => this.scrolled());
    movesByArrows(this.log);
  }

  // Showing

  shows(screen) {
    this.revision = screen.revision;
    const stay = this.isAtBottom();
    const known = this.nodes.size;
    this.messages = new Map(screen.messages.map((message) => [message.id, message]));
    const fresh = this.reconcile(screen.messages);
    this.composer.shows(screen);
    this.tellsToasts(screen.toasts);
    if (!screen.unanswered_taps) this.log.querySelectorAll("[aria-busy]").forEach(calm);
    tabStops(this.log);
    if (stay || fresh.some((message) => message.mine)) this.toBottom(known > 0);
    else if (fresh.length) this.jump.hidden = false;
    const news = fresh.filter((message) => !message.mine).length;
    if (known && news) this.onNews(news);
  }

  // Puts every message in its place; what has not changed keeps its element.
  reconcile(messages) {
    const wanted = grouped(messages);
    const keep = new Map();
    const fresh = [];
    let after = null;
    for (const item of wanted) {
      const old = this.nodes.get(item.key);
      const node = old && old.revision === item.revision ? old.node : this.made(item, old);
      if (!old && item.messages) fresh.push(item.messages[0]);
      const place = after ? after.nextSibling : this.log.firstChild;
      if (node !== place) this.log.insertBefore(node, place);
      node.classList.toggle("follows", Boolean(item.follows));
      keep.set(item.key, { node, revision: item.revision });
      after = node;
    }
    for (const [key, { node }] of this.nodes) if (!keep.has(key)) node.remove();
    this.nodes = keep;
    this.log.classList.toggle("empty", messages.length === 0);
    this.log.dataset.hint = words.empty;
    return fresh;
  }

  made(item, old) {
    if (item.day) return h("div", { class: "day", test: "day" }, h("span", {}, item.day));
    const quoted = this.messages.get(item.messages[0].reply_to);
    const node = bubble(item.messages, { quoted, does: this.does() });
    if (old) {
      node.classList.add("changed");
      handOver(old.node, node);
      old.node.remove();
    }
    return node;
  }

  ticks() {
    this.status.textContent = hour(now());
  }

  tellsToasts(toasts) {
    if (this.toasts !== null && toasts.length > this.toasts) {
      const { text, alert } = toasts.at(-1);
      this.toast.textContent = text;
      this.toast.classList.toggle("urgent", Boolean(alert));
      this.toast.classList.remove("shown");
      requestAnimationFrame(() => this.toast.classList.add("shown"));
    }
    this.toasts = toasts.length;
  }

  complains(problem) {
    this.alert.textContent = problem;
  }

  isAtBottom() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR;
  }

  toBottom(smoothly) {
    this.log.scrollTo({ top: this.log.scrollHeight, behavior: smoothly && !calmly() ? "smooth" : "instant" });
    this.jump.hidden = true;
  }

  scrolled() {
    if (this.isAtBottom()) this.jump.hidden = true;
  }

  focus() {
    this.composer.field.focus();
  }

  // Doing

  does() {
    return {
      says: (text) => this.act("says", { text }),
      taps: (message, data) => this.act("taps", { message, data }),
      replies: (message) => this.composer.replies(message),
      edits: (message) => this.composer.edits(message),
      opens: (address) => this.opens(address),
      shows: (id) => this.pointsAt(id),
      enlarges: (address, label) => this.surroundings.enlarges(address, label),
    };
  }

  async act(name, details = {}) {
    this.complains("");
    try {
      const answer = await post(`/phones/${this.seat.name}/${name}`, details);
      return answer.messages;
    } catch (error) {
      this.complains(error.message || words.failed);
      this.log.querySelectorAll("[aria-busy]").forEach(calm);
      return null;
    }
  }

  // Follows a link into the bot's own chat; tells whether it was one.
  opens(address) {
    const link = new URL(address, "https://t.me");
    const name = link.pathname.slice(1).toLowerCase();
    if (link.hostname !== "t.me" || name !== this.bot.username.toLowerCase()) return false;
    this.act("starts", { payload: link.searchParams.get("start") });
    return true;
  }

  pointsAt(id) {
    const node = this.log.querySelector(`[data-id="${id}"]`);
    node?.scrollIntoView({ block: "center", behavior: calmly() ? "instant" : "smooth" });
    node?.focus({ preventScroll: true });
  }

  lastOwn() {
    return [...this.messages.values()].reverse().find((message) => message.mine && "text" in message.content);
  }
}

function grouped(messages) {
  const items = [];
  let date = null;
  let before = null;
  for (const message of messages) {
    const today = day(ofMessage(message.date));
    if (today !== date) items.push({ key: `day ${today}`, revision: 0, day: today });
    const album = message.content.media_group_id;
    if (album && before?.content.media_group_id === album) {
      const item = items.at(-1);
      item.messages.push(message);
      item.revision += `,${message.revision}`;
    } else {
      const follows = today === date && before?.mine === message.mine && message.date - before.date < TOGETHER_S;
      items.push({ key: message.id, revision: String(message.revision), messages: [message], follows });
    }
    date = today;
    before = message;
  }
  return items;
}

// Whoever works without a mouse keeps the place when a message changes under the hand.
function handOver(old, fresh) {
  if (!old.contains(document.activeElement)) return;
  const label = document.activeElement.textContent;
  requestAnimationFrame(() => {
    const same = [...fresh.querySelectorAll("button")].find((button) => label && button.textContent === label);
    (same ?? fresh).focus({ preventScroll: true });
  });
}

function calm(button) {
  button.removeAttribute("aria-busy");
  button.classList.remove("pressed");
}

function calmly() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function initial(name) {
  return name.split(" ").at(-1).slice(0, 1).toUpperCase();
}
