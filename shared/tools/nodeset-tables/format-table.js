/** Writes selected nodes as a table; the format is described in README.md. */
export function formatTable(uris, models, nodes) {
  const namespaces = uris.map((uri, index) => {
    const version = models.find((m) => m.uri === uri)?.version;
    return `#namespace ${index} ${uri}${version ? ` ${version}` : ""}`;
  });
  const rows = [...nodes.values()].sort((a, b) => compareIds(a.id, b.id)).map(formatNode);
  return ["#nodes 1", ...namespaces, ...rows, ""].join("\n");
}

function formatNode(node) {
  const columns = [
    node.id,
    node.class,
    escape(browseName(node.browseName)),
    node.references.map((r) => `${r.type}${r.forward ? ">" : "<"}${r.target}`).sort(compareReferences(node)).join(" "),
    node.dataType ? shaped(node.dataType, node) : "",
    attributes(node).join(";"),
    node.definition ? definition(node.definition) : "",
    node.value ? value(node.value) : "",
  ];
  return columns.join("\t").replace(/\t+$/, "");
}

/** The parent stays first; the others by reference type, then by target. */
function compareReferences(node) {
  const first = node.references[0];
  const parent = first && !first.forward ? `${first.type}<${first.target}` : "";
  const key = (text) => text.split(/[<>]/);
  return (a, b) => (b === parent) - (a === parent) || compareIds(key(a)[0], key(b)[0]) || compareIds(key(a)[1], key(b)[1]);
}

function compareIds(a, b) {
  const key = (id) => id.split(":").map(Number);
  const [x, y] = [key(a), key(b)].map((k) => (k.length === 1 ? [0, ...k] : k));
  return x[0] - y[0] || x[1] - y[1];
}

function browseName(text) {
  const [, index, name] = /^(?:(\d+):)?(.*)$/s.exec(text);
  return index && index !== "0" ? `${index}:${name}` : name;
}

function shaped(type, { valueRank, arrayDimensions }) {
  if (arrayDimensions.length > 0) {
    if (arrayDimensions.length !== valueRank) throw new Error(`${arrayDimensions.length} dimensions with value rank ${valueRank}`);
    return `${type}[${arrayDimensions.join(",")}]`;
  }
  if (valueRank === -1) return type;
  return valueRank === 1 ? `${type}[]` : `${type}{${valueRank}}`;
}

function attributes(node) {
  const list = [];
  if (node.displayName !== node.browseName.replace(/^\d+:/, "")) list.push(`display=${plain(node.displayName)}`);
  if (node.isAbstract) list.push("abstract");
  if (node.symmetric) list.push("symmetric");
  if (node.inverseName) list.push(`inverse=${plain(node.inverseName)}`);
  if (node.class === "V" && node.accessLevel !== 1) list.push(`access=${node.accessLevel}`);
  if (node.historizing) list.push("historizing");
  if (node.minimumSamplingInterval !== 0) list.push(`sampling=${node.minimumSamplingInterval}`);
  if (node.eventNotifier !== 0) list.push(`notifier=${node.eventNotifier}`);
  if (node.methodDeclaration) list.push(`declaration=${node.methodDeclaration}`);
  if (node.accessRestrictions !== undefined) list.push(`restrictions=${node.accessRestrictions}`);
  if (node.rolePermissions.length > 0) list.push(`roles=${node.rolePermissions.map((p) => `${p.role}/${p.permissions}`).join(",")}`);
  return list;
}

function definition({ isUnion, isOptionSet, fields }) {
  if (fields.some((f) => f.value !== undefined) || isOptionSet) {
    return `${isOptionSet ? "options" : "enum"} ${fields.map((f) => `${plain(f.name)}=${f.value}`).join(";")}`;
  }
  const field = (f) => `${plain(f.name)}:${shaped(f.dataType, f)}${f.isOptional ? "?" : ""}${f.allowSubTypes ? "*" : ""}`;
  return `${isUnion ? "union" : "structure"} ${fields.map(field).join(";")}`;
}

function value({ kind, isArray, items }) {
  return `${kind}${isArray ? "[]" : ""} ${items.map((item) => escape(formatItem(kind, item)).replaceAll("|", "\\p")).join("|")}`;
}

function formatItem(kind, item) {
  switch (kind) {
    case "Argument": return `${plain(item.name)}:${shaped(item.dataType, item)}`;
    case "EnumValueType": return `${item.value}=${item.displayName}`;
    case "EUInformation": return [item.namespaceUri, item.unitId, item.displayName, item.description].map(plain).join(";");
    default: return item;
  }
}

/** A text inside a list; the separators of the format may not occur in it. */
function plain(text) {
  if (/[\t\r\n\\;|]/.test(text)) throw new Error(`a text with a separator in it: ${text}`);
  return text;
}

function escape(text) {
  return text.replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\r", "\\r").replaceAll("\n", "\\n");
}
