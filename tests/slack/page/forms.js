// The form on top of the stack, in one dialog. What was typed stays where block, action and kind stay.

import { drawBlocks } from "/page/draw.js";
import { readAll } from "/page/fields.js";
import { make } from "/page/words.js";

const FIELD = "[data-action], [data-button]";
const drawn = new Map(); // view id → its form, as long as it is in the stack
let dialog = null;
let before = null;

/** Show these forms, the last on top. `surface(view)` makes what their blocks stand on; `deeds` are submit and dismiss. */
export function showForms(views, surface, deeds) {
  dialog ??= prepared();
  for (const id of drawn.keys()) if (!views.some((view) => view.id === id)) drawn.delete(id);
  const view = views.at(-1);
  if (!view) return shut();
  dialog.dismiss = (whole) => deeds.dismiss(view, whole);
  const key = JSON.stringify([view, surface(view).people, views.length]);
  const known = drawn.get(view.id);
  const form = known?.key === key ? known.form : drawForm(view, views.length, surface, deeds, known?.form);
  drawn.set(view.id, { key, form });
  if (dialog.firstElementChild === form) return undefined;
  return put(form, views.length, known);
}

function put(form, depth, known) {
  const at = known && dialog.contains(document.activeElement) ? fieldOf(document.activeElement) : null;
  const scroll = dialog.querySelector(".form-body")?.scrollTop ?? 0;
  dialog.replaceChildren(form);
  dialog.dataset.depth = depth;
  dialog.setAttribute("aria-labelledby", form.querySelector("h2").id);
  if (!dialog.open) {
    before = document.activeElement;
    dialog.showModal();
  }
  if (known) form.querySelector(".form-body").scrollTop = scroll;
  const wrong = form.querySelector("[aria-invalid]");
  const same = at && [...form.querySelectorAll(FIELD)].find((field) => fieldOf(field) === at);
  focusIn(wrong ?? same ?? form.querySelector("[data-first]") ?? form.querySelector("[data-action]") ?? form.querySelector("footer button"), known && !wrong);
}

function focusIn(element, still) {
  const field = element?.matches("input, select, textarea, button") ? element : element?.querySelector("input, select, textarea, button");
  field?.focus({ preventScroll: still });
}

function fieldOf(element) {
  const field = element.closest(FIELD);
  return field ? field.dataset.button ?? `${field.dataset.block}/${field.dataset.action}` : null;
}

function shut() {
  if (!dialog.open) return;
  dialog.close();
  dialog.replaceChildren();
  document.activeElement?.blur(); // where the dialog itself gave the focus back, Chromium takes no keys
  (before?.isConnected ? before : document.querySelector("#composer textarea")).focus();
}

function prepared() {
  const element = document.getElementById("form");
  element.addEventListener("cancel", (event) => {
    event.preventDefault();
    element.dismiss(false);
  });
  return element;
}

function drawForm(view, depth, surface, deeds, old) {
  const values = old ? mixed(view.values, readAll(old), old.shown) : view.values;
  const form = make("form", { className: "form", noValidate: true },
    make("header", {},
      make("h2", { id: `title-${view.id}` }, view.title),
      make("button", { type: "button", className: "quiet close", ariaLabel: depth > 1 ? "Luk alle" : "Luk", onclick: () => deeds.dismiss(view, true) }, "×")),
    make("div", { className: "form-body" }),
    make("footer", {},
      make("button", { type: "button", className: "press", onclick: () => deeds.dismiss(view, false) }, view.close),
      view.submit ? make("button", { type: "submit", className: "press primary" }, view.submit) : null));
  const body = form.querySelector(".form-body");
  const stands = surface(view);
  body.append(make("p", { className: "trouble", role: "alert", hidden: true }),
    ...drawBlocks(view.blocks, { ...stands, form: true, values, errors: view.errors, read: () => readAll(form) }));
  form.shown = view.values;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("[type=submit]");
    if (!button || button.ariaBusy) return;
    button.ariaBusy = "true";
    const notice = await deeds.submit(view, readAll(form));
    button.ariaBusy = null;
    tell(form, notice);
  });
  return form;
}

/** Say above the fields that it did not work. */
export function tell(form, notice) {
  const trouble = form?.querySelector(".trouble");
  if (!trouble) return;
  trouble.hidden = !notice;
  trouble.textContent = notice;
  if (notice) trouble.scrollIntoView({ block: "nearest" });
}

/** The server's values, but what was typed since it last said something. */
function mixed(values, typed, shown) {
  const result = structuredClone(values);
  for (const [block, actions] of Object.entries(result)) {
    for (const [action, state] of Object.entries(actions)) {
      const before = shown?.[block]?.[action];
      const now = typed[block]?.[action];
      const unchanged = JSON.stringify(before) === JSON.stringify(state);
      if (unchanged && before?.type === state.type && now !== undefined) result[block][action] = kept(state, now);
    }
  }
  return result;
}

function kept(state, now) {
  if (state.type === "file_input") return state;
  return { type: state.type, value: now }; // fields.js reads it as it stands, whatever Slack calls it
}
