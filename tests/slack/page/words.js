// Slack's ways of writing: rich text, its own markup, and Markdown. Everything goes in as text, never as HTML.

export function make(tag, properties = {}, ...children) {
  const { dataset, ...others } = properties;
  const element = Object.assign(document.createElement(tag), others);
  Object.assign(element.dataset, dataset);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

export function drawText(text, names) {
  return text.type === "mrkdwn" ? mrkdwn(text.text, names) : [unescape(text.text)];
}

// Rich text

export function richText(block, names) {
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
export function mrkdwn(text, names) {
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

export function unescape(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

// Markdown: headings, lists and marks, which is what the bot writes

export function markdown(text, names) {
  return text.split("\n").map((line) => {
    const [, head, item, words] = /^(#{1,6} )?([-*] )?(.*)$/.exec(line);
    const slack = words.replace(/\*\*(.+?)\*\*/g, "*$1*").replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, "<$2|$1>");
    if (head) return make("h4", {}, inline(slack, names));
    if (item) return make("ul", {}, make("li", {}, inline(slack, names)));
    return make("p", {}, inline(slack, names));
  });
}
