import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { formatTable } from "./format-table.js";
import { readNodeSet } from "./read-nodeset.js";
import { selectNodes } from "./select-nodes.js";

const here = dirname(fileURLToPath(import.meta.url));
const nodesets = join(dirname(createRequire(import.meta.url).resolve("node-opcua-nodesets/package.json")), "nodesets");

const ns0 = write("Opc.Ua.NodeSet2.xml", new Map(), "../../Ua.Server/Nodes/Tables/ns0.nodes");
write("Opc.Ua.Gds.NodeSet2.xml", ns0, "../../Ua.Gds/Nodes/gds.nodes");

function write(source, known, target) {
  const { uris, models, nodes } = readNodeSet(join(nodesets, source));
  const selected = selectNodes(nodes, known);
  const file = join(here, target);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, formatTable(uris, models, selected));
  console.log(`${file}: ${selected.size} of ${nodes.size} nodes`);
  return selected;
}
