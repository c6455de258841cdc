import { child, childText, readXml } from "./read-xml.js";
import { readValue } from "./read-value.js";

const classes = {
  UAObject: "O", UAVariable: "V", UAMethod: "M",
  UAObjectType: "OT", UAVariableType: "VT", UADataType: "DT", UAReferenceType: "RT",
};

/**
 * Reads one NodeSet2 file: { uris, models, nodes }. `uris` are the namespaces by the index that the
 * NodeIds of the result use; `nodes` is a map by NodeId text ("85" in namespace 0, "1:141" elsewhere).
 */
export function readNodeSet(file) {
  const root = readXml(file);
  const aliases = new Map(child(root, "Aliases").children.map((a) => [a.attributes.Alias, a.text.trim()]));
  const id = (text) => nodeId(aliases.get(text) ?? text);
  const uris = ["http://opcfoundation.org/UA/", ...(child(root, "NamespaceUris")?.children ?? []).map((u) => u.text.trim())];
  const models = child(root, "Models").children.map((m) => ({ uri: m.attributes.ModelUri, version: m.attributes.Version }));
  const nodes = new Map();
  for (const e of root.children.filter((c) => c.name in classes)) {
    const node = readNode(e, id);
    if (nodes.has(node.id)) throw new Error(`${file}: node ${node.id} appears twice`);
    nodes.set(node.id, node);
  }
  return { uris, models, nodes };
}

/** "i=85" becomes "85", "ns=1;i=141" becomes "1:141"; only numeric ids are expected in standard nodes. */
export function nodeId(text) {
  const match = /^(?:ns=(\d+);)?i=(\d+)$/.exec(text);
  if (!match) throw new Error(`not a numeric NodeId: ${text}`);
  return match[1] && match[1] !== "0" ? `${match[1]}:${match[2]}` : match[2];
}

function readNode(e, id) {
  const a = e.attributes;
  const displayName = child(e, "DisplayName");
  if (displayName.attributes.Locale) throw new Error(`${a.NodeId}: a localized DisplayName`);
  return {
    id: nodeId(a.NodeId),
    class: classes[e.name],
    browseName: a.BrowseName,
    displayName: displayName.text.trim(),
    parent: a.ParentNodeId && nodeId(a.ParentNodeId),
    designToolOnly: a.DesignToolOnly === "true",
    isAbstract: a.IsAbstract === "true",
    symmetric: a.Symmetric === "true",
    inverseName: childText(e, "InverseName"),
    dataType: e.name === "UAVariable" || e.name === "UAVariableType" ? id(a.DataType ?? "i=24") : undefined,
    valueRank: a.ValueRank === undefined ? -1 : Number(a.ValueRank),
    arrayDimensions: a.ArrayDimensions ? a.ArrayDimensions.split(",").map(Number) : [],
    accessLevel: Number(a.AccessLevel ?? 1),
    eventNotifier: Number(a.EventNotifier ?? 0),
    minimumSamplingInterval: Number(a.MinimumSamplingInterval ?? 0),
    historizing: a.Historizing === "true",
    accessRestrictions: a.AccessRestrictions === undefined ? undefined : Number(a.AccessRestrictions),
    methodDeclaration: a.MethodDeclarationId && nodeId(a.MethodDeclarationId),
    rolePermissions: (child(e, "RolePermissions")?.children ?? []).map((p) => ({ role: id(p.text.trim()), permissions: Number(p.attributes.Permissions) })),
    references: (child(e, "References")?.children ?? []).map((r) => ({
      type: id(r.attributes.ReferenceType),
      forward: r.attributes.IsForward !== "false",
      target: id(r.text.trim()),
    })),
    definition: readDefinition(child(e, "Definition"), id),
    value: readValue(child(e, "Value"), id),
  };
}

function readDefinition(e, id) {
  if (!e) return undefined;
  return {
    isUnion: e.attributes.IsUnion === "true",
    isOptionSet: e.attributes.IsOptionSet === "true",
    fields: e.children.filter((f) => f.name === "Field").map((f) => ({
      name: f.attributes.Name,
      value: f.attributes.Value,
      dataType: id(f.attributes.DataType ?? "i=24"),
      valueRank: f.attributes.ValueRank === undefined ? -1 : Number(f.attributes.ValueRank),
      arrayDimensions: f.attributes.ArrayDimensions ? f.attributes.ArrayDimensions.split(",").map(Number) : [],
      isOptional: f.attributes.IsOptional === "true",
      allowSubTypes: f.attributes.AllowSubTypes === "true",
    })),
  };
}
