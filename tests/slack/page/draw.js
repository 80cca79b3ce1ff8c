// From blocks to what one sees: of a message, a form or the Home tab.
//
// A surface is what the blocks stand on: { names, people, channels, values, act(block, element, value, source) };
// `act` without a value is a press. In a form it also has { form: true, errors }.

import { drawElement, drawInput } from "/page/fields.js";
import { drawText, make, markdown, mrkdwn, richText } from "/page/words.js";

/** The body of a message. */
export function drawBody(message, surface) {
  const words = message.blocks.length ? drawBlocks(message.blocks, surface)
    : message.text ? make("div", { className: "block" }, mrkdwn(message.text, surface.names)) : null;
  return make("div", {}, words, (message.files ?? []).map(drawFile));
}

export function drawBlocks(blocks, surface) {
  return blocks.map((block) => drawBlock(block, surface));
}

function drawBlock(block, surface) {
  const { names } = surface;
  switch (block.type) {
    case "divider":
      return make("hr");
    case "header":
      return make("h3", { className: "block head" }, drawText(block.text, names));
    case "context":
      return make("div", { className: "block context" }, block.elements.map((element) =>
        element.type === "image" ? drawImage(element) : make("div", {}, drawText(element, names))));
    case "section":
      return drawSection(block, surface);
    case "actions":
      return make("div", { className: "block actions" },
        block.elements.map((element) => drawElement(block, element, surface)));
    case "input":
      return drawInput(block, surface);
    case "image":
      return make("figure", { className: "block picture" },
        block.title ? make("figcaption", {}, drawText(block.title, names)) : null, drawImage(block));
    case "rich_text":
      return make("div", { className: "block" }, richText(block, names));
    case "table":
      return drawTable(block, names);
    case "markdown":
      return make("div", { className: "block" }, markdown(block.text, names));
    default:
      return make("div", { className: "block context" }, `(${block.type})`);
  }
}

function drawSection(block, surface) {
  const { names } = surface;
  const beside = block.accessory?.type === "image" ? drawImage(block.accessory)
    : block.accessory ? drawElement(block, block.accessory, surface) : null;
  return make("div", { className: "block section" },
    make("div", { className: "said" },
      block.text ? make("div", {}, drawText(block.text, names)) : null,
      block.fields ? make("div", { className: "fields" },
        block.fields.map((field) => make("div", {}, drawText(field, names)))) : null),
    beside);
}

function drawImage({ image_url: url, slack_file: file, alt_text: alt }) {
  return make("img", { src: url ?? (file.id ? `/page/files/${file.id}/${alt}` : file.url), alt });
}

function drawFile(file) {
  const address = `/page/files/${file.id}/${encodeURIComponent(file.name)}`;
  const size = file.size < 1024 ? `${file.size} bytes` : file.size < 1024 ** 2 ? `${Math.round(file.size / 1024)} kB`
    : `${(file.size / 1024 ** 2).toLocaleString("da-DK", { maximumFractionDigits: 1 })} MB`;
  return make("a", { className: `file ${file.image ? "seen" : ""}`, href: address, download: file.name },
    file.image ? make("img", { src: address, alt: "" })
      : make("span", { className: "file-kind", ariaHidden: "true" }, file.name.split(".").at(-1).slice(0, 4)),
    make("span", { className: "file-words" },
      make("span", { className: "file-name" }, file.name),
      make("span", { className: "file-size" }, `${file.kind}, ${size}`)));
}

function drawTable(block, names) {
  const settings = block.column_settings ?? [];
  const row = (cells, tag) => make("tr", {}, cells.map((cell, column) => {
    const { align = "left", is_wrapped: wrapped = false } = settings[column] ?? {};
    const content = cell.type === "raw_text" ? [cell.text] : richText(cell, names);
    return make(tag, { className: `${align} ${wrapped ? "wrapped" : ""}` }, content);
  }));
  const [head, ...rows] = block.rows;
  return make("div", { className: "block table", tabIndex: 0, role: "group", ariaLabel: "Tabel" },
    make("table", {},
      make("thead", {}, row(head, "th")),
      make("tbody", {}, rows.map((cells) => row(cells, "td")))));
}
