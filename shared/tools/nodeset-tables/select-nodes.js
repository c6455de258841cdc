const hasSubtype = "45";
const hasTypeDefinition = "40";
const hierarchicalReferences = "33";
const dataTypeDictionaryType = "72";

/**
 * Chooses what a server shows: leaves out nodes meant for design tools only and the deprecated data type
 * dictionaries (the old schema blobs) with everything below them, and every reference to what is gone.
 * Each reference is then given to one node only: to the child where it names the parent, else to its
 * source, else (source in another namespace) to its target. `known` are the namespaces below this one.
 */
export function selectNodes(nodes, known) {
  const hierarchical = subtypesOf(hierarchicalReferences, [...known.values(), ...nodes.values()]);
  const gone = unwanted(nodes, hierarchical);
  const kept = [...nodes.values()].filter((n) => !gone.has(n.id));
  const exists = (id) => !gone.has(id) && (nodes.has(id) || known.has(id));

  const given = new Map();
  for (const node of kept) {
    for (const r of node.references) {
      if (gone.has(r.target)) continue;
      if (!exists(r.target) || !exists(r.type)) throw new Error(`${node.id}: ${r.type} to ${r.target} leads nowhere`);
      const [source, target] = r.forward ? [node.id, r.target] : [r.target, node.id];
      given.set(`${source} ${r.type} ${target}`, { source, type: r.type, target });
    }
  }

  const selected = new Map(kept.map((n) => [n.id, { ...n, references: [] }]));
  for (const node of selected.values()) {
    const up = [...given.values()].filter((r) => r.target === node.id && hierarchical.has(r.type));
    const parent = up.find((r) => r.type === hasSubtype) ?? up.find((r) => r.source === node.parent) ?? up[0];
    if (!parent) continue;
    node.references.push({ type: parent.type, forward: false, target: parent.source });
    given.delete(`${parent.source} ${parent.type} ${node.id}`);
  }
  for (const r of given.values()) {
    const source = selected.get(r.source);
    if (source) source.references.push({ type: r.type, forward: true, target: r.target });
    else selected.get(r.target).references.push({ type: r.type, forward: false, target: r.source });
  }
  return selected;
}

function unwanted(nodes, hierarchical) {
  const gone = new Set();
  const remove = (node) => {
    gone.add(node.id);
    for (const other of nodes.values()) {
      if (!gone.has(other.id) && other.references.some((r) => !r.forward && r.target === node.id && hierarchical.has(r.type))) remove(other);
    }
  };
  for (const node of nodes.values()) {
    const type = node.references.find((r) => r.forward && r.type === hasTypeDefinition)?.target;
    if (node.designToolOnly || type === dataTypeDictionaryType) remove(node);
  }
  return gone;
}

function subtypesOf(root, nodes) {
  const found = new Set([root]);
  for (let size = 0; size !== found.size;) {
    size = found.size;
    for (const node of nodes) {
      if (node.references.some((r) => !r.forward && r.type === hasSubtype && found.has(r.target))) found.add(node.id);
    }
  }
  return found;
}
