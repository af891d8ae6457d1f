// The line below a conversation: writing, answering, changing, attaching, the bot's commands and its keyboard.

import { choosesFiles } from "./attaching.js";
import { inShort, textOf } from "./bubbles.js";
import { h, icon, iconButton } from "./dom.js";
import { choosesPlace } from "./place.js";
import { words } from "./words.js";

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.answered = null;
    this.edited = null;
    this.commands = "";
    this.keys = "";
    this.build();
  }

  build() {
    const { seat } = this.phone;
    this.field = h("textarea", {
      rows: "1",
      maxlength: "20000",
      placeholder: words.write,
      "aria-label": words.writeTo(seat.first_name),
      test: `write-${seat.name}`,
    });
    this.field.addEventListener("keydown", (event) => this.keyed(event));
    this.field.addEventListener("input", () => this.grows());
    this.field.addEventListener("paste", (event) => this.pasted(event));
    this.menu = h("div", { class: "commands", role: "menu", hidden: true, "aria-label": words.menu });
    this.menu.addEventListener("keydown", (event) => this.inMenu(event));
    this.menuButton = iconButton("menu", words.menu, {
      class: "round",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      test: `menu-${seat.name}`,
      on: { click: () => this.opensMenu(this.menu.hidden) },
    });
    this.about = h("div", { class: "about", hidden: true, test: `about-${seat.name}` });
    this.keyboard = h("div", { class: "replykeys", hidden: true });
    this.starter = h("button", { type: "button", class: "start", hidden: true, test: `start-${seat.name}` });
    this.starter.addEventListener("click", () => this.starts());
    this.send = iconButton("send", words.send, { type: "submit", class: "round send", test: `send-${seat.name}` });
    const attach = { class: "round", test: `attach-${seat.name}`, on: { click: () => this.attaches([]) } };
    const pin = { class: "round", test: `pin-${seat.name}`, on: { click: () => this.pins() } };
    this.bar = h(
      "form",
      { class: "writing" },
      this.menuButton,
      this.field,
      iconButton("clip", words.attach, attach),
      iconButton("pin", words.place, pin),
      this.send,
    );
    this.bar.addEventListener("submit", (event) => {
      event.preventDefault();
      this.sends();
    });
    this.node = h("div", { class: "composer" }, this.menu, this.about, this.bar, this.starter, this.keyboard);
    this.node.addEventListener("focusout", (event) => {
      if (!this.node.contains(event.relatedTarget)) this.opensMenu(false);
    });
  }

  shows(screen) {
    this.blocked = screen.blocked;
    this.starter.hidden = !(screen.blocked || screen.messages.length === 0);
    this.starter.textContent = screen.blocked ? words.unblock : words.start;
    this.bar.hidden = screen.blocked;
    this.showsCommands(screen.commands);
    this.showsKeys(screen.keyboard?.keyboard ?? []);
  }

  // Writing

  async sends() {
    const text = this.field.value.trim();
    if (!text) return;
    const { edited, answered } = this;
    this.field.value = "";
    this.settles();
    const done = edited
      ? await this.phone.act("edits", { message: edited.id, text })
      : await this.phone.act("says", { text, reply_to: answered?.id ?? null });
    if (done === null && !this.field.value) {
      this.field.value = text;
      this.grows();
    }
  }

  replies(message) {
    this.settles();
    this.answered = message;
    this.tells("reply", words.replying(message.mine ? words.you : message.sender), inShort(message));
  }

  edits(message) {
    this.settles();
    this.edited = message;
    this.field.value = textOf(message);
    this.send.setAttribute("aria-label", words.save);
    this.tells("edit", words.editing, inShort(message));
  }

  // Back to an empty line.
  settles() {
    if (this.edited) this.field.value = "";
    this.answered = this.edited = null;
    this.about.hidden = true;
    this.send.setAttribute("aria-label", words.send);
    this.grows();
  }

  tells(symbol, title, text) {
    const stop = iconButton("close", words.cancel, { class: "round", on: { click: () => this.stops() } });
    this.about.replaceChildren(icon(symbol), h("span", {}, h("strong", {}, title), text), stop);
    this.about.hidden = false;
    this.grows();
    this.field.focus();
  }

  stops() {
    this.settles();
    this.field.focus();
  }

  keyed(event) {
    const empty = !this.field.value;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.sends();
    } else if (event.key === "Escape" && (this.edited || this.answered)) {
      event.preventDefault();
      this.stops();
    } else if (event.key === "ArrowUp" && empty && this.phone.lastOwn()) {
      event.preventDefault();
      this.edits(this.phone.lastOwn());
    }
  }

  grows() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 132)}px`;
  }

  // Attaching

  pasted(event) {
    const files = [...event.clipboardData.files];
    if (!files.length) return;
    event.preventDefault();
    this.attaches(files);
  }

  async attaches(files) {
    const acts = await choosesFiles(files);
    for (const { name, details } of acts) await this.phone.act(name, details);
    this.field.focus();
  }

  async pins() {
    const location = await choosesPlace(this.phone.surroundings.home);
    if (location) await this.phone.act("sends_content", { content: { location }, reply_to: this.answered?.id ?? null });
    this.field.focus();
  }

  async starts() {
    await this.phone.act(this.blocked ? "unblocks" : "starts");
    this.field.focus();
  }

  // The bot's commands and its own keyboard

  showsCommands(commands) {
    this.menuButton.hidden = commands.length === 0;
    if (JSON.stringify(commands) === this.commands) return;
    this.commands = JSON.stringify(commands);
    this.menu.replaceChildren(
      ...commands.map(({ command, description }) =>
        h(
          "button",
          { type: "button", role: "menuitem", test: `command-${command}`, on: { click: () => this.commanded(command) } },
          h("span", {}, description),
          h("code", {}, `/${command}`),
        ),
      ),
    );
  }

  commanded(command) {
    this.opensMenu(false);
    this.phone.act("says", { text: `/${command}` });
    this.field.focus();
  }

  opensMenu(open) {
    if (this.menu.hidden === !open) return;
    this.menu.hidden = !open;
    this.menuButton.setAttribute("aria-expanded", String(open));
    if (open) this.menu.querySelector("button")?.focus();
  }

  inMenu(event) {
    const items = [...this.menu.querySelectorAll("button")];
    const at = items.indexOf(document.activeElement);
    const goals = { ArrowDown: items[at + 1] ?? items[0], ArrowUp: items[at - 1] ?? items.at(-1), Home: items[0], End: items.at(-1) };
    if (event.key === "Escape") {
      this.opensMenu(false);
      this.menuButton.focus();
    } else if (goals[event.key]) {
      event.preventDefault();
      goals[event.key].focus();
    }
  }

  showsKeys(rows) {
    if (JSON.stringify(rows) === this.keys) return;
    this.keys = JSON.stringify(rows);
    this.keyboard.hidden = rows.length === 0;
    this.keyboard.replaceChildren(...rows.map((row) => h("div", {}, ...row.map((key) => this.replyKey(key)))));
  }

  replyKey(key) {
    const whole = typeof key === "string" ? { text: key } : key;
    return h("button", { type: "button", on: { click: () => this.pressed(whole) } }, whole.text);
  }

  pressed(key) {
    const { first_name, id } = this.phone.seat;
    const contact = { phone_number: "+6281200000001", first_name, user_id: id };
    if (key.request_location) this.pins();
    else if (key.request_contact) this.phone.act("sends_content", { content: { contact } });
    else this.phone.act("says", { text: key.text });
  }
}
