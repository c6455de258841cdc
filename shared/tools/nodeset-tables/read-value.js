import { child, childText } from "./read-xml.js";

/**
 * Reads a Value element into { kind, isArray, items }, or undefined where there is none. Kinds are the
 * built-in types that occur plus Argument, EnumValueType and EUInformation; any other is an error, so
 * that a new NodeSet cannot lose a value unnoticed. Description texts are left out.
 */
export function readValue(e, id) {
  const body = e?.children[0];
  if (!body) return undefined;
  const isArray = body.name.startsWith("ListOf");
  const elements = isArray ? body.children : [body];
  const items = elements.map((item) => readItem(item, id));
  const kind = items[0]?.kind ?? body.name.replace(/^ListOf/, "");
  if (items.some((item) => item.kind !== kind)) throw new Error(`a list of mixed kinds below ${body.name}`);
  return { kind, isArray, items: items.map((item) => item.value) };
}

const scalars = new Set(["Boolean", "Byte", "Int32", "UInt32", "Int64", "UInt64", "Double", "String", "DateTime", "ByteString"]);

function readItem(e, id) {
  if (scalars.has(e.name)) return { kind: e.name, value: e.text };
  if (e.name === "LocalizedText") return { kind: e.name, value: localizedText(e) };
  if (e.name === "ExtensionObject") return readStructure(child(e, "Body").children[0], id);
  throw new Error(`a value of an unexpected kind: ${e.name}`);
}

function readStructure(e, id) {
  switch (e.name) {
    case "Argument": return { kind: e.name, value: {
      name: childText(e, "Name"),
      dataType: id(childText(child(e, "DataType"), "Identifier")),
      valueRank: Number(childText(e, "ValueRank") ?? -1),
      arrayDimensions: (child(e, "ArrayDimensions")?.children ?? []).map((d) => Number(d.text)),
    } };
    case "EnumValueType": return { kind: e.name, value: {
      value: childText(e, "Value"),
      displayName: localizedText(child(e, "DisplayName")),
    } };
    case "EUInformation": return { kind: e.name, value: {
      namespaceUri: childText(e, "NamespaceUri"),
      unitId: childText(e, "UnitId"),
      displayName: localizedText(child(e, "DisplayName")),
      description: localizedText(child(e, "Description")),
    } };
    default: throw new Error(`a structure of an unexpected kind: ${e.name}`);
  }
}

/** The text of a LocalizedText, as "[en]text" where it names its locale. */
function localizedText(e) {
  const locale = childText(e, "Locale");
  return (locale ? `[${locale}]` : "") + (childText(e, "Text") ?? "");
}
