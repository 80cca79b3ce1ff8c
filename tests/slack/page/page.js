// The page: who you are, where you look, and what you do. The state comes whole, whenever it changes.

import { compose, write } from "/page/composer.js";
import { drawBlocks, drawBody } from "/page/draw.js";
import { readAll } from "/page/fields.js";
import { showForms, tell as tellInForm } from "/page/forms.js";
import { openMenu } from "/page/menus.js";
import { drawText, make } from "/page/words.js";

const $ = (id) => document.getElementById(id);
const seen = {}; // "person/channel" → the newest ts that was on screen
const notices = {}; // "person/channel" → what Slack itself says there

let state = { version: -1, me: "", people: [], names: {}, channels: [], forms: [], shortcuts: [] };
let [me, here] = location.hash.slice(1).split("/");
let thread = null;
let tab = "chat";
let asking = new AbortController();

listen();

async function listen() {
  for (;;) {
    try {
      const response = await fetch(`/page/state?user=${me ?? ""}&since=${state.version}`, { signal: asking.signal });
      state = await response.json();
      $("away").hidden = true;
      show();
    } catch (error) {
      if (error.name === "AbortError") continue;
      $("away").hidden = false;
      state.version = -1;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

function become(person) {
  me = person;
  state.version = -1;
  thread = null;
  tab = "chat";
  asking.abort();
  asking = new AbortController();
}

function enter(channel) {
  here = channel;
  thread = null;
  tab = "chat";
  show();
  $("composer").querySelector("textarea").focus();
}

// Showing

function show() {
  me = state.me;
  const channel = state.channels.find(({ id }) => id === here) ?? state.channels.find(({ chat }) => !chat) ?? state.channels[0];
  if (!channel) return;
  here = channel.id;
  history.replaceState(null, "", `#${me}/${here}`);
  seen[`${me}/${here}`] = channel.messages.at(-1)?.ts ?? "0";

  showTime();
  showPeople();
  showPlaces();
  showRoom(channel);
  showHome(channel);
  showThread(channel);
  showForms(state.forms, formSurface, deeds);
}

function showTime() {
  $("time").hidden = !state.clock;
  if (!state.clock) return;
  const now = new Date(state.clock.slice(0, 19)); // wall time where the group is, whatever the browser's zone
  $("now").dateTime = state.clock;
  const day = now.toLocaleDateString("da-DK", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  $("now").textContent = `${day} kl. ${now.toLocaleTimeString("da-DK", { hour: "2-digit", minute: "2-digit" })}`;
}

function showPeople() {
  const options = state.people.map(({ id, name, label }) =>
    make("option", { value: id, selected: id === me }, label ? `${name}, ${label}` : name));
  if ($("people").dataset.known !== JSON.stringify([state.people, me])) $("people").replaceChildren(...options);
  $("people").dataset.known = JSON.stringify([state.people, me]);
}

function showPlaces() {
  const entry = (channel) => {
    const last = channel.messages.filter(({ user }) => user !== me).at(-1)?.ts ?? "0";
    const unread = last > (seen[`${me}/${channel.id}`] ?? "0");
    return make("li", {}, make("button", {
      type: "button",
      className: `place ${unread ? "unread" : ""}`,
      ariaCurrent: channel.id === here ? "page" : null,
      onclick: () => enter(channel.id),
    }, make("span", { className: "sign", ariaHidden: "true" }, channel.chat ? "•" : "#"), channel.name,
    unread ? make("span", { className: "dot" }, make("span", { className: "aside" }, "ulæst")) : null));
  };
  const focused = document.activeElement?.closest?.("nav") ? document.activeElement.textContent : null;
  $("rooms").replaceChildren(...state.channels.filter(({ chat }) => !chat).map(entry));
  $("chats").replaceChildren(...state.channels.filter(({ chat }) => chat).map(entry));
  if (focused) [...document.querySelectorAll("nav button")].find((b) => b.textContent === focused)?.focus();
}

function showRoom(channel) {
  const words = channel.chat ? channel.name : `#${channel.name}`;
  document.title = `${words} · Prøve-Slack`;
  $("title").textContent = words;
  const people = channel.members === 1 ? "1 medlem" : `${channel.members} medlemmer`;
  $("about").textContent = channel.chat ? "" : `${channel.private ? "Privat kanal" : "Kanal"}, ${people}`;
  const composer = $("composer").querySelector("textarea");
  composer.placeholder = `Skriv til ${words}`;
  composer.ariaLabel = composer.placeholder;

  const top = channel.messages.filter(({ thread_ts }) => !thread_ts);
  const begin = make("p", { className: "begin" }, `Her begynder ${words}. Prøv: `,
    make("button", { type: "button", className: "try", onclick: () => write($("composer"), "/dap hjælp") }, "/dap hjælp"));
  begin.dataset.key = here;
  fill($("stream"), begin, [...top, ...(notices[`${me}/${here}`] ?? [])], channel);
}

function showHome(channel) {
  const home = channel.chat && tab === "home";
  $("tabs").hidden = !channel.chat;
  $("tab-home").ariaSelected = String(home);
  $("tab-chat").ariaSelected = String(!home);
  $("tab-home").tabIndex = home ? 0 : -1;
  $("tab-chat").tabIndex = home ? -1 : 0;
  $("home").hidden = !home;
  $("stream").hidden = $("composer").hidden = Boolean(home);
  const key = JSON.stringify([me, state.home]);
  if (!home || $("home").dataset.key === key) return;
  $("home").dataset.key = key;
  $("home").replaceChildren(make("div", { className: "content" }, state.home
    ? drawBlocks(state.home.blocks, { ...formSurface(state.home), values: state.home.values, read: () => readAll($("home")) })
    : make("p", { className: "begin" }, "Appen har ikke lagt noget på Hjem endnu.")));
}

function showThread(channel) {
  const parent = channel.messages.find(({ ts }) => ts === thread);
  $("thread").hidden = !parent;
  if (!parent) return;
  const replies = channel.messages.filter(({ thread_ts }) => thread_ts === thread);
  const local = notices[`${me}/${here}/${thread}`] ?? [];
  fill($("replies"), null, [parent, ...replies, ...local], channel, true);
}

/** Put messages into a stream; what has not changed stays, with its focus. */
function fill(stream, begin, messages, channel, inThread = false) {
  if (stream.dataset.of !== `${me}/${here}/${thread}`) stream.dataset.end = "yes";
  stream.dataset.of = `${me}/${here}/${thread}`;
  const known = new Map([...stream.children].map((element) => [element.dataset.key, element]));
  let day = "";
  const elements = [...messages].sort((a, b) => (a.ts < b.ts ? -1 : 1)).map((message) => {
    const date = dayOf(message);
    const first = date !== day ? date : "";
    day = date;
    const replies = inThread ? 0 : channel.messages.filter(({ thread_ts }) => thread_ts === message.ts).length;
    const key = JSON.stringify([message, first, replies, me, inThread, state.names[message.user], state.shortcuts]);
    const element = known.get(key) ?? drawMessage(message, { first, replies, inThread });
    element.dataset.key = key;
    return element;
  });
  const wanted = [...(begin ? [known.get(here) ?? begin] : []), ...elements];
  for (const element of [...stream.children]) if (!wanted.includes(element)) element.remove();
  wanted.forEach((element, place) => {
    if (stream.children[place] !== element) stream.insertBefore(element, stream.children[place] ?? null);
  });
  stay(stream);
}

/** Keep to the end if that is where one was; a picture that comes late pushes it down. */
function stay(stream) {
  if (stream.dataset.end !== "no") stream.scrollTop = stream.scrollHeight;
}

for (const stream of [$("stream"), $("replies")]) {
  stream.addEventListener("scroll", () => {
    stream.dataset.end = stream.scrollHeight - stream.scrollTop - stream.clientHeight < 80 ? "yes" : "no";
  });
  stream.addEventListener("load", () => stay(stream), true);
  new ResizeObserver(() => stay(stream)).observe(stream);
}

function drawMessage(message, { first, replies, inThread }) {
  const person = state.people.find(({ id }) => id === message.user);
  const name = message.notice ? "Slackbot" : state.names[message.user] ?? "Slack";
  return make("article", { className: `message ${message.whisper ? "whisper" : ""} ${message.tombstone ? "gone" : ""}` },
    first ? make("p", { className: "day" }, make("span", {}, first)) : null,
    face(message.user, name),
    make("div", { className: "content" },
      message.whisper ? make("p", { className: "only" }, "Kun synlig for dig") : null,
      make("p", { className: "by" },
        make("strong", {}, name),
        message.user === state.bot || message.notice ? make("span", { className: "app" }, "app") : null,
        person?.label ? make("span", { className: "label" }, person.label) : null,
        make("time", { dateTime: when(message).toISOString() }, timeOf(message)),
        message.edited ? make("span", { className: "label" }, "(redigeret)") : null),
      drawBody(message, { ...surface(), values: message.values ?? {}, act: (...what) => act({ channel: here, ts: message.ts }, ...what) }),
      replies ? make("button", { type: "button", className: "replies", onclick: () => openThread(message) }, `${replies} svar`) : null,
      message.tombstone || message.notice ? null : tools(message, inThread)));
}

function tools(message, inThread) {
  const shortcuts = message.whisper ? [] : state.shortcuts.filter(({ type }) => type === "message");
  const answer = !inThread && !message.whisper
    ? make("button", { type: "button", className: "quiet", onclick: () => openThread(message) }, "Svar i tråd") : null;
  const more = shortcuts.length ? make("button", {
    type: "button", className: "quiet", ariaLabel: "Flere handlinger", ariaHasPopup: "menu",
    onclick: ({ currentTarget: button }) => openMenu(button, shortcuts.map(({ id, name }) => ({
      label: name, note: state.names[state.bot], act: () => tell("shortcut", { callback_id: id, channel: here, ts: message.ts }),
    }))),
  }, "…") : null;
  return answer || more ? make("div", { className: "tools" }, answer, more) : null;
}

function openThread(message) {
  thread = message.ts;
  show();
  $("reply").querySelector("textarea").focus();
}

function face(id, name) {
  const initials = name.split(/\s+/).map((word) => word[0]).slice(0, 2).join("").toUpperCase();
  const element = make("span", { className: `face ${id === state.bot ? "bot" : ""}`, ariaHidden: "true" }, initials);
  element.style.setProperty("--hue", [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7));
  return element;
}

const when = ({ ts, at }) => (at ? new Date(at.slice(0, 19)) : new Date(Number(ts) * 1000));
const timeOf = (message) => when(message).toLocaleTimeString("da-DK", { hour: "2-digit", minute: "2-digit" });
const dayOf = (message) => {
  const part = (options) => when(message).toLocaleDateString("da-DK", options);
  return `${part({ weekday: "long" })} den ${part({ day: "numeric", month: "long" })}`;
};

// Doing

const surface = () => ({ names: state.names, people: state.people, channels: state.channels, keep });
const formSurface = (view) => ({
  ...surface(),
  act(...what) {
    return act({ view: view.id, values: this.read() }, ...what);
  },
});

const deeds = {
  dismiss: (view, whole) => ask("dismiss", { view: view.id, whole }),
  submit: async (view, values) => (await ask("submit", { view: view.id, values })).notice,
};

/** Press (without a value) or choose; `where` is a message, or a view with what stands in its fields. */
async function act(where, block, element, value, source) {
  if (element.confirm && !(await confirmed(element.confirm))) return;
  if (element.url) window.open(element.url, "_blank", "noopener");
  source.ariaBusy = "true";
  const about = { ...where, block_id: block.block_id, action_id: element.action_id };
  const { notice } = value === undefined ? await ask("press", about) : await ask("choose", { ...about, value });
  source.ariaBusy = null;
  const form = source.closest(".form");
  if (form) tellInForm(form, notice);
  else if (notice) say(notice, source.closest("#thread") ? thread : null);
}

function confirmed(words) {
  const dialog = $("confirm");
  for (const part of ["title", "text"]) $(`confirm-${part}`).replaceChildren(...drawText(words[part], state.names));
  $("confirm-yes").replaceChildren(...drawText(words.confirm, state.names));
  $("confirm-no").replaceChildren(...drawText(words.deny, state.names));
  $("confirm-yes").className = `press ${words.style ?? "primary"}`;
  $("confirm-no").className = "press";
  dialog.returnValue = "no";
  dialog.showModal();
  $(words.style === "danger" ? "confirm-no" : "confirm-yes").focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

/** Send what was done, and hear what the page shall show. */
async function ask(what, about) {
  const body = JSON.stringify({ user: me, ...about });
  const response = await fetch(`/page/${what}`, { method: "POST", headers: { "Content-Type": "application/json" }, body });
  return response.ok ? response.json() : { notice: "Prøve-Slack kunne ikke udføre det. Se i terminalen." };
}

/** Send it; if Slack has something to say to it, it says so here, to this person only. */
async function tell(what, about, inThread) {
  const { notice } = await ask(what, about);
  if (notice) say(notice, inThread);
}

function say(notice, inThread) {
  const place = [me, here, ...(inThread ? [inThread] : [])].join("/");
  const ts = String(Date.now() / 1000);
  const plain = { type: "section", text: { type: "plain_text", text: notice } };
  (notices[place] ??= []).push({ ts, at: state.clock, thread_ts: null, user: "USLACKBOT", text: "", blocks: [plain], whisper: true, notice: true });
  show();
}

/** Take files in for a form; they wait there. */
async function keep(files) {
  return (await upload(files, { channel: "" })).files ?? [];
}

async function upload(files, about) {
  const body = new FormData();
  for (const [name, value] of Object.entries({ user: me, ...about })) if (value) body.append(name, value);
  if (!about.channel) body.append("channel", "");
  for (const file of files) body.append("file", file, file.name);
  const response = await fetch("/page/upload", { method: "POST", body });
  return response.ok ? response.json() : { notice: "Filen kom ikke frem." };
}

async function send(text, files, inThread) {
  const about = { channel: here, text, ...(inThread ? { thread_ts: inThread } : {}) };
  if (!files.length) return tell("say", about, inThread);
  const { notice } = await upload(files, about);
  return notice ? say(notice, inThread) : undefined;
}

function globals() {
  return state.shortcuts.filter(({ type }) => type === "global").map(({ id, name }) => ({
    label: name, note: state.names[state.bot], act: () => tell("shortcut", { callback_id: id }),
  }));
}

async function passTime(button) {
  const about = { hours: Number(button.dataset.hours ?? 0), days: Number(button.dataset.days ?? 0) };
  button.ariaBusy = "true";
  const { notice, happened } = await ask("pass_time", about);
  button.ariaBusy = null;
  $("happened").textContent = notice || happened || "";
}

function choose(which) {
  tab = which;
  show();
  if (which === "home") ask("home", {});
}

compose($("composer"), $("room"), { send: (text, files) => send(text, files, null), globals });
compose($("reply"), $("thread"), { send: (text, files) => send(text, files, thread), globals: () => [] });
$("people").addEventListener("change", (event) => become(event.target.value));
$("close").addEventListener("click", () => enter(here));
$("thread").addEventListener("keydown", (event) => { if (event.key === "Escape") enter(here); });
$("tab-home").addEventListener("click", () => choose("home"));
$("tab-chat").addEventListener("click", () => choose("chat"));
$("tabs").addEventListener("keydown", ({ key }) => {
  if (!["ArrowLeft", "ArrowRight"].includes(key)) return;
  choose(tab === "home" ? "chat" : "home");
  $(`tab-${tab}`).focus();
});
for (const button of $("time").querySelectorAll("button")) button.addEventListener("click", () => passTime(button));
