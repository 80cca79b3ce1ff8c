// From blocks to what one sees. Everything a message says goes in as text, never as HTML.

export function make(tag, properties = {}, ...children) {
  const { dataset, ...others } = properties;
  const element = Object.assign(document.createElement(tag), others);
  Object.assign(element.dataset, dataset);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** The body of a message; `names` by id, `press(block, button)` for its buttons. */
export function drawBody(message, names, press) {
  if (!message.blocks.length) return make("div", { className: "block" }, mrkdwn(message.text, names));
  return make("div", {}, message.blocks.map((block) => drawBlock(block, names, press)));
}

export function drawText(text, names) {
  return text.type === "mrkdwn" ? mrkdwn(text.text, names) : [unescape(text.text)];
}

function drawBlock(block, names, press) {
  const buttons = (elements) => elements.map((button) => drawButton(block, button, press));
  switch (block.type) {
    case "divider":
      return make("hr");
    case "header":
      return make("h3", { className: "block head" }, drawText(block.text, names));
    case "context":
      return make("div", { className: "block context" },
        block.elements.map((text) => make("div", {}, drawText(text, names))));
    case "section":
      return make("div", { className: "block section" },
        make("div", { className: "said" },
          block.text ? make("div", {}, drawText(block.text, names)) : null,
          block.fields ? make("div", { className: "fields" },
            block.fields.map((field) => make("div", {}, drawText(field, names)))) : null),
        block.accessory ? buttons([block.accessory]) : []);
    case "actions":
      return make("div", { className: "block actions" }, buttons(block.elements));
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

function drawButton(block, button, press) {
  return make("button", {
    type: "button",
    className: `press ${button.style ?? ""}`,
    ariaLabel: button.accessibility_label ?? null,
    onclick: (event) => press(block, button, event.currentTarget),
  }, unescape(button.text.text));
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

// Rich text

function richText(block, names) {
  return block.elements.map((part) => {
    const words = (elements) => elements.map((element) => richWord(element, names));
    switch (part.type) {
      case "rich_text_list": {
        const items = part.elements.map((item) => make("li", {}, words(item.elements)));
        const list = make(part.style === "ordered" ? "ol" : "ul", {}, items);
        if (part.offset) list.start = part.offset + 1;
        list.style.marginInlineStart = `${(part.indent ?? 0) * 1.4}em`;
        return list;
      }
      case "rich_text_preformatted":
        return make("pre", {}, words(part.elements));
      case "rich_text_quote":
        return make("blockquote", {}, words(part.elements));
      default:
        return make("p", {}, words(part.elements));
    }
  });
}

function richWord(element, names) {
  switch (element.type) {
    case "link": return styled(link(element.url, element.text ?? element.url), element.style);
    case "emoji": return `:${element.name}:`;
    case "user": return mention(`@${names[element.user_id] ?? element.user_id}`);
    case "channel": return mention(`#${names[element.channel_id] ?? element.channel_id}`);
    case "broadcast": return mention(`@${element.range}`);
    default: return styled(element.text, element.style);
  }
}

function styled(content, style = {}) {
  const tags = { code: "code", bold: "strong", italic: "em", strike: "s" };
  return Object.keys(tags).filter((name) => style[name])
    .reduce((inner, name) => make(tags[name], {}, inner), content);
}

// Slack's own markup

const INLINE = /<([^<>]*)>|(?<!\w)([*_~`])(?=\S)([^\n]*?\S)\2(?!\w)/;
const MARKS = { "*": "strong", _: "em", "~": "s", "`": "code" };

/** Nodes for a text in mrkdwn: fences, quotes, marks, links and mentions. */
function mrkdwn(text, names) {
  return text.split(/```\n?/).flatMap((piece, place) => {
    if (place % 2) return [make("pre", {}, unescape(piece))];
    return quoted(piece).map(({ quote, lines }) => {
      const nodes = inline(lines.join("\n"), names);
      return quote ? make("blockquote", {}, nodes) : nodes;
    }).flat();
  });
}

function quoted(text) {
  const parts = [];
  for (const line of text.split("\n")) {
    const quote = line.startsWith("&gt;") || line.startsWith(">");
    const bare = quote ? line.replace(/^(&gt;|>) ?/, "") : line;
    if (parts.at(-1)?.quote === quote) parts.at(-1).lines.push(bare);
    else parts.push({ quote, lines: [bare] });
  }
  return parts;
}

function inline(text, names) {
  const found = INLINE.exec(text);
  if (!found) return text ? [unescape(text)] : [];
  const [whole, angle, mark, inside] = found;
  const node = angle !== undefined ? angled(angle, names)
    : make(MARKS[mark], {}, mark === "`" ? unescape(inside) : inline(inside, names));
  const before = text.slice(0, found.index);
  return [...(before ? [unescape(before)] : []), node, ...inline(text.slice(found.index + whole.length), names)];
}

function angled(inside, names) {
  const bar = inside.indexOf("|");
  const [target, label] = bar < 0 ? [inside, ""] : [inside.slice(0, bar), inside.slice(bar + 1)];
  if (target.startsWith("@")) return mention(`@${names[target.slice(1)] ?? target.slice(1)}`);
  if (target.startsWith("#")) return mention(`#${names[target.slice(1)] ?? (label || target.slice(1))}`);
  if (target.startsWith("!")) return mention(unescape(label) || `@${target.slice(1)}`);
  return link(unescape(target), unescape(label || target));
}

function mention(words) {
  return make("span", { className: "mention" }, words);
}

function link(url, words) {
  if (!/^(https?|mailto):/i.test(url)) return document.createTextNode(words);
  return make("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, words);
}

function unescape(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

// Markdown: headings, lists and marks, which is what the bot writes

function markdown(text, names) {
  return text.split("\n").map((line) => {
    const [, head, item, words] = /^(#{1,6} )?([-*] )?(.*)$/.exec(line);
    const slack = words.replace(/\*\*(.+?)\*\*/g, "*$1*").replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, "<$2|$1>");
    if (head) return make("h4", {}, inline(slack, names));
    if (item) return make("ul", {}, make("li", {}, inline(slack, names)));
    return make("p", {}, inline(slack, names));
  });
}
