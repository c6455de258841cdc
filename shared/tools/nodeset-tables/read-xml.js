import { readFileSync } from "node:fs";
import { SaxesParser } from "saxes";

/** Reads an XML file into elements of { name, attributes, children, text }; names lose their prefix. */
export function readXml(file) {
  const root = element("", {});
  const open = [root];
  const parser = new SaxesParser();
  parser.on("error", (error) => { throw error; });
  parser.on("opentag", (tag) => {
    const child = element(tag.name.replace(/^.*:/, ""), tag.attributes);
    open.at(-1).children.push(child);
    open.push(child);
  });
  parser.on("text", (text) => { open.at(-1).text += text; });
  parser.on("closetag", () => { open.pop(); });
  parser.write(readFileSync(file, "utf8").replace(/^\uFEFF/, "")).close();
  return root.children[0];
}

export function child(parent, name) {
  return parent?.children.find((c) => c.name === name);
}

export function childText(parent, name) {
  return child(parent, name)?.text.trim();
}

function element(name, attributes) {
  return { name, attributes, children: [], text: "" };
}
