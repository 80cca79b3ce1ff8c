// The page: who you are, which channel you look at, and what you send. The state comes whole, whenever it changes.

import { drawBody, drawText, make } from "/page/draw.js";

const $ = (id) => document.getElementById(id);
const seen = {}; // "person/channel" → the newest ts that was on screen
const notices = {}; // "person/channel" → what Slack itself says there
const sent = []; // what was typed, for the arrow up

let state = { version: -1, me: "", people: [], names: {}, channels: [] };
let [me, here] = location.hash.slice(1).split("/");
let thread = null;
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
  asking.abort();
  asking = new AbortController();
}

function enter(channel) {
  here = channel;
  thread = null;
  show();
  $("composer").elements[0].focus();
}

// Showing

function show() {
  me = state.me;
  const channel = state.channels.find(({ id }) => id === here) ?? state.channels.find(({ chat }) => !chat) ?? state.channels[0];
  if (!channel) return;
  here = channel.id;
  history.replaceState(null, "", `#${me}/${here}`);
  seen[`${me}/${here}`] = channel.messages.at(-1)?.ts ?? "0";

  showPeople();
  showPlaces();
  showRoom(channel);
  showThread(channel);
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
    }, make("span", { className: "sign", ariaHidden: "true" }, sign(channel)), channel.name,
    unread ? make("span", { className: "dot" }, make("span", { className: "aside" }, "ulæst")) : null));
  };
  const focused = document.activeElement?.closest?.("nav") ? document.activeElement.textContent : null;
  $("rooms").replaceChildren(...state.channels.filter(({ chat }) => !chat).map(entry));
  $("chats").replaceChildren(...state.channels.filter(({ chat }) => chat).map(entry));
  if (focused) [...document.querySelectorAll("nav button")].find((b) => b.textContent === focused)?.focus();
}

function sign(channel) {
  return channel.chat ? "•" : "#";
}

function showRoom(channel) {
  const words = channel.chat ? channel.name : `#${channel.name}`;
  document.title = `${words} · Prøve-Slack`;
  $("title").textContent = words;
  const people = channel.members === 1 ? "1 medlem" : `${channel.members} medlemmer`;
  $("about").textContent = channel.chat ? "Privat besked med appen" : `${channel.private ? "Privat kanal" : "Kanal"}, ${people}`;
  const composer = $("composer").elements[0];
  composer.placeholder = `Skriv til ${words}`;
  composer.ariaLabel = composer.placeholder;

  const top = channel.messages.filter(({ thread_ts }) => !thread_ts);
  const begin = make("p", { className: "begin" }, `Her begynder ${words}. Prøv: `,
    make("button", { type: "button", className: "try", onclick: () => write("/dap hjælp") }, "/dap hjælp"));
  begin.dataset.key = here;
  fill($("stream"), begin, [...top, ...(notices[`${me}/${here}`] ?? [])], channel);
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
  const atEnd = stream.scrollHeight - stream.scrollTop - stream.clientHeight < 80 || stream.dataset.of !== `${me}/${here}/${thread}`;
  stream.dataset.of = `${me}/${here}/${thread}`;
  const known = new Map([...stream.children].map((element) => [element.dataset.key, element]));
  let day = "";
  const elements = [...messages].sort((a, b) => (a.ts < b.ts ? -1 : 1)).map((message) => {
    const date = dayOf(message.ts);
    const first = date !== day ? date : "";
    day = date;
    const replies = inThread ? 0 : channel.messages.filter(({ thread_ts }) => thread_ts === message.ts).length;
    const key = JSON.stringify([message, first, replies, me, inThread, state.names[message.user]]);
    const element = known.get(key) ?? drawMessage(message, { first, replies, inThread });
    element.dataset.key = key;
    return element;
  });
  const wanted = [...(begin ? [known.get(here) ?? begin] : []), ...elements];
  for (const element of [...stream.children]) if (!wanted.includes(element)) element.remove();
  wanted.forEach((element, place) => {
    if (stream.children[place] !== element) stream.insertBefore(element, stream.children[place] ?? null);
  });
  if (atEnd) stream.scrollTop = stream.scrollHeight;
}

function drawMessage(message, { first, replies, inThread }) {
  const person = state.people.find(({ id }) => id === message.user);
  const name = message.notice ? "Slackbot" : state.names[message.user] ?? "Slack";
  const open = () => { thread = message.ts; show(); $("reply").elements[0].focus(); };
  const answerable = !inThread && !message.whisper && !message.tombstone;
  return make("article", { className: `message ${message.whisper ? "whisper" : ""} ${message.tombstone ? "gone" : ""}` },
    first ? make("p", { className: "day" }, make("span", {}, first)) : null,
    face(message.user, name),
    make("div", { className: "content" },
      message.whisper ? make("p", { className: "only" }, "Kun synlig for dig") : null,
      make("p", { className: "by" },
        make("strong", {}, name),
        message.user === state.bot || message.notice ? make("span", { className: "app" }, "app") : null,
        person?.label ? make("span", { className: "label" }, person.label) : null,
        make("time", { dateTime: when(message.ts).toISOString() }, timeOf(message.ts)),
        message.edited ? make("span", { className: "label" }, "(redigeret)") : null,
        answerable && !replies ? make("button", { type: "button", className: "quiet answer", onclick: open }, "Svar i tråd") : null),
      drawBody(message, state.names, (block, button, element) => press(message, block, button, element)),
      replies ? make("button", { type: "button", className: "replies", onclick: open }, `${replies} svar`) : null));
}

function face(id, name) {
  const initials = name.split(/\s+/).map((word) => word[0]).slice(0, 2).join("").toUpperCase();
  const element = make("span", { className: `face ${id === state.bot ? "bot" : ""}`, ariaHidden: "true" }, initials);
  element.style.setProperty("--hue", [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7));
  return element;
}

const when = (ts) => new Date(Number(ts) * 1000);
const timeOf = (ts) => when(ts).toLocaleTimeString("da-DK", { hour: "2-digit", minute: "2-digit" });
const dayOf = (ts) => {
  const part = (options) => when(ts).toLocaleDateString("da-DK", options);
  return `${part({ weekday: "long" })} den ${part({ day: "numeric", month: "long" })}`;
};

// Doing

async function press(message, block, button, element) {
  if (button.confirm && !(await confirmed(button.confirm))) return;
  if (button.url) window.open(button.url, "_blank", "noopener");
  element.ariaBusy = "true";
  await tell("press", { ts: message.ts, block_id: block.block_id, action_id: button.action_id }, message.thread_ts);
  element.ariaBusy = null;
}

function confirmed(words) {
  $("confirm-title").replaceChildren(...drawText(words.title, state.names));
  $("confirm-text").replaceChildren(...drawText(words.text, state.names));
  $("confirm-yes").replaceChildren(...drawText(words.confirm, state.names));
  $("confirm-no").replaceChildren(...drawText(words.deny, state.names));
  $("confirm-yes").className = `press ${words.style ?? "primary"}`;
  $("confirm-no").className = "press";
  $("confirm").returnValue = "no";
  $("confirm").showModal();
  $(words.style === "danger" ? "confirm-no" : "confirm-yes").focus();
  return new Promise((resolve) => {
    $("confirm").addEventListener("close", () => resolve($("confirm").returnValue === "yes"), { once: true });
  });
}

/** Send what was done; if Slack has something to say to it, it says so here, to this person only. */
async function tell(what, about, inThread) {
  const place = [me, here, ...(inThread ? [inThread] : [])].join("/");
  const body = JSON.stringify({ user: me, channel: here, ...about });
  const response = await fetch(`/page/${what}`, { method: "POST", headers: { "Content-Type": "application/json" }, body });
  const notice = response.ok ? (await response.json()).notice : "Prøve-Slack kunne ikke udføre det. Se i terminalen.";
  if (!notice) return;
  const ts = String(Date.now() / 1000);
  (notices[place] ??= []).push({ ts, thread_ts: null, user: "USLACKBOT", text: "", blocks: [plain(notice)], whisper: true, notice: true });
  show();
}

const plain = (text) => ({ type: "section", text: { type: "plain_text", text } });

function write(text) {
  const box = $("composer").elements[0];
  box.value = text;
  box.focus();
}

function compose(form, aboutThread) {
  const box = form.elements[0];
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (!text) return;
    sent.push(text);
    box.value = "";
    $("stream").scrollTop = $("stream").scrollHeight;
    tell("say", { text, ...aboutThread() }, aboutThread().thread_ts);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "ArrowUp" && !box.value && sent.length) {
      event.preventDefault();
      box.value = sent.at(-1);
    }
  });
}

compose($("composer"), () => ({}));
compose($("reply"), () => ({ thread_ts: thread }));
$("people").addEventListener("change", (event) => become(event.target.value));
$("close").addEventListener("click", () => enter(here));
$("thread").addEventListener("keydown", (event) => { if (event.key === "Escape") enter(here); });
