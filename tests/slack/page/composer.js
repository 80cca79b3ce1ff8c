// Where one writes: words, commands, files to send along, and the app's own shortcuts behind the plus.

import { acceptDrop } from "/page/fields.js";
import { openMenu } from "/page/menus.js";
import { make } from "/page/words.js";

/** Let a form be written in; `area` is where files may be dropped, `send(text, files)` and `globals()` are the page's. */
export function compose(form, area, { send, globals }) {
  const box = form.querySelector("textarea");
  const plus = form.querySelector(".plus");
  const chips = form.querySelector(".chips");
  const pick = make("input", { type: "file", multiple: true, hidden: true });
  const sent = []; // what was typed, for the arrow up
  let files = [];
  form.append(pick);

  const show = () => chips.replaceChildren(...files.map((file) => make("li", {}, file.name, make("button", {
    type: "button", ariaLabel: `Fjern ${file.name}`,
    onclick: () => { files = files.filter((each) => each !== file); show(); box.focus(); },
  }, "×"))));
  const take = (given) => { files = [...files, ...given]; show(); box.focus(); };

  pick.addEventListener("change", () => { take([...pick.files]); pick.value = ""; });
  acceptDrop(area, take);
  box.addEventListener("paste", (event) => {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    take([...event.clipboardData.files]);
  });
  plus.addEventListener("click", () => openMenu(plus, [{ label: "Vedhæft fil", act: () => pick.click() }, ...globals()]));

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (!text && !files.length) return;
    if (text) sent.push(text);
    const along = files;
    box.value = "";
    files = [];
    show();
    const stream = form.parentElement.querySelector("[role=log]");
    stream.dataset.end = "yes";
    send(text, along);
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

/** Put words where one writes. */
export function write(form, text) {
  const box = form.querySelector("textarea");
  box.value = text;
  box.focus();
}
