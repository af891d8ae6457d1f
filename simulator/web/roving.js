// The conversation by keyboard: Tab meets only the newest buttons, the arrows reach everything else.

const FOCUSABLE = "button:not([disabled]), a[href]";

// Leaves the buttons of the newest message that has any in the tab order, and takes out the others.
export function tabStops(log) {
  const bubbles = [...log.querySelectorAll(".bubble")];
  const newest = bubbles.findLast((bubble) => bubble.querySelector(".keyboard button"));
  for (const bubble of bubbles) {
    for (const part of bubble.querySelectorAll(".keyboard button, .photo, .file, .text button, .text a, .quoted")) {
      part.tabIndex = bubble === newest && part.closest(".keyboard") ? 0 : -1;
    }
  }
}

// Up and down go from message to message, left and right through what a message offers.
export function movesByArrows(log) {
  log.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const bubbles = [...log.querySelectorAll(".bubble")];
    const current = event.target.closest(".bubble");
    const goal = GOALS[event.key]?.(bubbles, current, event.target);
    if (!goal) return;
    event.preventDefault();
    goal.focus({ preventScroll: true });
    goal.scrollIntoView({ block: "nearest" });
  });
}

const GOALS = {
  ArrowUp: (all, current) => (current ? all[all.indexOf(current) - 1] : all.at(-1)),
  ArrowDown: (all, current) => (current ? all[all.indexOf(current) + 1] : null),
  Home: (all) => all[0],
  End: (all) => all.at(-1),
  ArrowRight: (_, current, at) => beside(current, at, 1),
  ArrowLeft: (_, current, at) => beside(current, at, -1),
};

function beside(current, at, step) {
  if (!current) return null;
  const parts = [current, ...current.querySelectorAll(FOCUSABLE)];
  return parts[parts.indexOf(at) + step] ?? null;
}
