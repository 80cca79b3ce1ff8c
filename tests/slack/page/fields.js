// What one presses, picks and fills in. A field's element has a `read()` that gives its value as the server takes it,
// and dataset.block and dataset.action that say which field it is.

import { openMenu } from "/page/menus.js";
import { make, unescape } from "/page/words.js";

let count = 0;
const fileNames = new Map(); // what the files are called that were chosen here

/** An element in a row or beside a text: it acts as soon as something is chosen. */
export function drawElement(block, element, surface) {
  if (element.type === "button") return drawButton(block, element, surface);
  if (element.type === "overflow") return drawOverflow(block, element, surface);
  const field = drawField(block, element, surface);
  field.ariaLabel = words(element.placeholder) || words(block.text) || "Vælg";
  field.addEventListener("change", () => surface.act(block, element, field.read(), field));
  return field;
}

/** A field with its label above, and below it a hint and what is wrong with it. */
export function drawInput(block, surface) {
  const { element } = block;
  const field = drawField(block, element, surface);
  const wrong = surface.errors?.[block.block_id];
  const id = `field-${++count}`;
  const group = ["radio_buttons", "checkboxes", "file_input"].includes(element.type) || element.type.startsWith("multi_");
  const hint = block.hint ? make("p", { className: "hint", id: `${id}-hint` }, words(block.hint)) : null;
  const error = wrong ? make("p", { className: "wrong", id: `${id}-wrong`, role: "alert" }, wrong) : null;
  const label = make(group ? "legend" : "label", group ? {} : { htmlFor: id }, words(block.label),
    block.optional ? make("span", { className: "optional" }, "valgfri") : null);
  if (!group) field.id = id;
  const inner = group ? field.querySelector("input") ?? field : field;
  inner.setAttribute("aria-describedby", [error && `${id}-wrong`, hint && `${id}-hint`].filter(Boolean).join(" "));
  if (wrong) inner.ariaInvalid = "true";
  if (block.dispatch_action) field.addEventListener("change", () => surface.act(block, element, field.read(), field));
  return make(group ? "fieldset" : "div", { className: `entry ${wrong ? "in-error" : ""}` }, label, field, error, hint);
}

/** What stands in all fields under `root`, by block and action. */
export function readAll(root) {
  const values = {};
  for (const field of root.querySelectorAll("[data-action]")) {
    (values[field.dataset.block] ??= {})[field.dataset.action] = field.read();
  }
  return values;
}

// Kinds of fields

function drawField(block, element, surface) {
  const state = surface.values?.[block.block_id]?.[element.action_id];
  const field = KINDS[element.type](element, valueOf(state), surface);
  field.dataset.block = block.block_id;
  field.dataset.action = element.action_id;
  if (element.focus_on_load) field.dataset.first = "yes";
  return field;
}

const people = (surface) => surface.people.map(({ id, name, label }) => ({ value: id, text: label ? `${name}, ${label}` : name }));
const rooms = (surface) => surface.channels.map(({ id, name, chat }) => ({ value: id, text: chat ? name : `#${name}` }));
const open = (surface) => rooms(surface).filter(({ text }) => text.startsWith("#"));
const offered = (element) => (element.options ?? []).map(choice);
const choice = (option) => ({ value: option.value, text: words(option.text), note: words(option.description) });

const KINDS = {
  plain_text_input: (element, value) => typed(element, value, element.multiline ? "textarea" : "text"),
  number_input: (element, value) => typed(element, value, "text", "decimal"),
  email_text_input: (element, value) => typed(element, value, "email"),
  url_text_input: (element, value) => typed(element, value, "url"),
  datepicker: (element, value) => typed(element, value, "date"),
  timepicker: (element, value) => typed(element, value, "time"),
  static_select: (element, value) => select(element, value, offered(element), element.option_groups),
  users_select: (element, value, surface) => select(element, value, people(surface)),
  conversations_select: (element, value, surface) => select(element, value, rooms(surface)),
  channels_select: (element, value, surface) => select(element, value, open(surface)),
  multi_static_select: (element, value) =>
    several(element, value, [...offered(element), ...(element.option_groups ?? []).flatMap(({ options }) => options.map(choice))]),
  multi_users_select: (element, value, surface) => several(element, value, people(surface)),
  multi_conversations_select: (element, value, surface) => several(element, value, rooms(surface)),
  multi_channels_select: (element, value, surface) => several(element, value, open(surface)),
  radio_buttons: (element, value) => ticks(element, value === null ? [] : [value], offered(element), "radio"),
  checkboxes: (element, value) => ticks(element, value ?? [], offered(element), "checkbox"),
  file_input: (element, value, surface) => files(element, value ?? [], surface),
};

function typed(element, value, type, inputMode) {
  const field = type === "textarea" ? make("textarea", { rows: 4 }) : make("input", { type });
  Object.assign(field, { className: "field", value: value ?? "", placeholder: words(element.placeholder), autocomplete: "off" });
  if (inputMode) field.inputMode = inputMode;
  field.read = () => field.value || null;
  return field;
}

function select(element, value, options, groups = []) {
  const draw = ({ value: id, text }) => make("option", { value: id, selected: id === value }, text);
  const field = make("select", { className: "field" },
    make("option", { value: "" }, words(element.placeholder) || "Vælg"),
    options.map(draw),
    groups.map((group) => make("optgroup", { label: words(group.label) }, group.options.map(choice).map(draw))));
  field.read = () => field.value || null;
  return field;
}

function several(element, value, options) {
  const box = ticks(element, value ?? [], options, "checkbox");
  box.classList.add("several");
  if (options.length > 8) {
    box.prepend(make("input", {
      type: "search", className: "field", placeholder: "Find", ariaLabel: "Find i listen",
      oninput: ({ target }) => {
        for (const line of box.querySelectorAll("label")) line.hidden = !line.textContent.toLowerCase().includes(target.value.toLowerCase());
      },
    }));
  }
  return box;
}

function ticks(_element, chosen, options, type) {
  const name = `ticks-${++count}`;
  const box = make("div", { className: "ticks" }, options.map(({ value, text, note }) =>
    make("label", {}, make("input", { type, name, value, checked: chosen.includes(value) }),
      make("span", {}, text, note ? make("small", {}, note) : null))));
  box.read = () => {
    const marked = [...box.querySelectorAll("input:checked")].map((input) => input.value);
    return type === "radio" ? marked[0] ?? null : marked;
  };
  return box;
}

function files(element, chosen, surface) {
  const kept = chosen.map((file) => (file.id ? file : { id: file, name: fileNames.get(file) }));
  const list = make("ul", { className: "chips" });
  const box = make("div", { className: "drop" });
  const pick = make("input", { type: "file", multiple: (element.max_files ?? 10) > 1 });
  if (element.filetypes) pick.accept = element.filetypes.map((kind) => `.${kind}`).join(",");
  const show = () => list.replaceChildren(...kept.map((file) => make("li", {}, file.name, make("button", {
    type: "button", ariaLabel: `Fjern ${file.name}`, onclick: () => { kept.splice(kept.indexOf(file), 1); show(); },
  }, "×"))));
  const take = async (given) => {
    const more = given.length ? await surface.keep(given) : [];
    for (const { id, name } of more) fileNames.set(id, name);
    kept.push(...more);
    pick.value = "";
    show();
  };
  pick.addEventListener("change", () => take([...pick.files]));
  acceptDrop(box, take);
  show();
  box.append(make("label", {}, pick, make("span", {}, "Vælg en fil"), " eller slip den her"), list);
  box.read = () => kept.map(({ id }) => id);
  return box;
}

/** Let files be dropped on an element. */
export function acceptDrop(element, take) {
  let depth = 0;
  const carries = (event) => event.dataTransfer?.types.includes("Files");
  const mark = (on) => element.classList.toggle("dropping", on);
  element.addEventListener("dragenter", (event) => { if (carries(event)) { event.preventDefault(); mark(++depth > 0); } });
  element.addEventListener("dragover", (event) => { if (carries(event)) event.preventDefault(); });
  element.addEventListener("dragleave", (event) => { if (carries(event)) mark(--depth > 0); });
  element.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    event.stopPropagation();
    depth = 0;
    mark(false);
    take([...event.dataTransfer.files]);
  });
}

// Buttons

function drawButton(block, button, surface) {
  return make("button", {
    type: "button",
    dataset: { button: button.action_id },
    className: `press ${button.style ?? ""}`,
    ariaLabel: button.accessibility_label ?? null,
    onclick: (event) => surface.act(block, button, undefined, event.currentTarget),
  }, words(button.text), button.url ? make("span", { className: "out", ariaHidden: "true" }, " ↗") : null);
}

function drawOverflow(block, element, surface) {
  return make("button", {
    type: "button",
    className: "press more",
    ariaLabel: "Flere valg",
    ariaHasPopup: "menu",
    onclick: ({ currentTarget: button }) => openMenu(button, element.options.map((option) => ({
      label: words(option.text),
      note: words(option.description),
      act: () => surface.act(block, { ...element, url: option.url }, option.value, button),
    }))),
  }, "⋯");
}

// Values

/** The value of a field out of Slack's state. */
export function valueOf(state) {
  if (!state) return null;
  const key = Object.keys(state).find((name) => name === "value" || name === "files" || name.startsWith("selected_"));
  const value = state[key] ?? null;
  if (Array.isArray(value)) return value.map((each) => (key === "files" ? { id: each.id, name: each.name } : each.value ?? each));
  return value?.value ?? value;
}

function words(text) {
  return text ? unescape(text.text) : "";
}
