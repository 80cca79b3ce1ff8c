// A small menu beside the button that opens it: arrows move, Escape closes, and the focus goes back to the button.

import { make } from "/page/words.js";

/** Show `items` ({ label, note, act }) at a button. */
export function openMenu(button, items) {
  document.querySelector(".menu")?.remove();
  const menu = make("div", { className: "menu", popover: "auto", role: "menu" },
    items.map(({ label, note, act }) => make("button", {
      type: "button",
      role: "menuitem",
      onclick: () => { menu.hidePopover(); button.focus(); act(); },
    }, make("span", {}, label), note ? make("small", {}, note) : null)));
  menu.addEventListener("toggle", ({ newState }) => {
    if (newState !== "closed") return;
    if (menu.contains(document.activeElement) || document.activeElement === document.body) button.focus();
    button.ariaExpanded = "false";
    menu.remove();
  });
  menu.addEventListener("keydown", (event) => move(event, menu));
  (button.closest("dialog") ?? document.body).append(menu);
  menu.showPopover();
  place(menu, button);
  button.ariaExpanded = "true";
  menu.firstElementChild?.focus();
}

function move(event, menu) {
  const items = [...menu.children];
  const here = items.indexOf(document.activeElement);
  const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: items.length - 1 }[event.key];
  if (event.key === "Tab") menu.hidePopover();
  if (event.key === "Escape") event.stopPropagation();
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length).focus();
}

function place(menu, button) {
  const at = button.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const below = at.bottom + 4 + size.height < innerHeight;
  menu.style.top = `${Math.max(8, below ? at.bottom + 4 : at.top - size.height - 4)}px`;
  const left = at.left + size.width + 8 < innerWidth ? at.left : at.right - size.width;
  menu.style.left = `${Math.max(8, Math.min(left, innerWidth - size.width - 8))}px`;
}
