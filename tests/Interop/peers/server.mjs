// A foreign OPC UA server that a test drives over JSON lines; the protocol is in README.md.
import "./lib/quiet.mjs";
import * as opcua from "node-opcua";
import { derOf } from "./lib/certificates.mjs";
import { Host } from "./lib/hosting.mjs";
import { serve } from "./lib/lines.mjs";
import { Problem } from "./lib/problems.mjs";
import { JsonReader, dataValueOut } from "./lib/values.mjs";

let host;

const running = () => {
  if (!host?.server) throw new Problem("BadServerHalted", "the server is not running; send start first");
  return host;
};

const node = (text) => {
  const { addressSpace } = running().server.engine;
  const byUri = /^nsu=([^;]*);(.*)$/s.exec(text);
  const id = byUri ? `ns=${addressSpace.getNamespaceIndex(byUri[1])};${byUri[2]}` : text;
  const found = addressSpace.findNode(opcua.coerceNodeId(id));
  if (!found) throw new Problem("BadNodeIdUnknown", `the server has no node ${text}`);
  return found;
};

const json = new JsonReader(
  (text) => node(text).nodeId,
  async (dataType) => running().server.engine.addressSpace.getExtensionObjectConstructor(dataType),
);

async function start(options) {
  if (host?.server) throw new Problem("BadInvalidState", "the server runs already");
  host = new Host(options);
  return host.start();
}

/** Stops and starts on the same port; fields given here replace those of start. */
async function restart(changes) {
  const { options } = running();
  await host.stop();
  return start({ ...options, ...changes });
}

async function shutdown() {
  await running().stop();
  return {};
}

async function setValue({ nodeId, value, statusCode, sourceTimestamp }) {
  node(nodeId).setValueFromSource(
    await json.variant(value),
    statusCode ? opcua.StatusCodes[statusCode] : opcua.StatusCodes.Good,
    sourceTimestamp ? new Date(sourceTimestamp) : undefined,
  );
  return {};
}

async function raiseEvent({ message = "plant event", severity = 500, detail = "", count = 1, nodeId }) {
  const { plant } = running();
  const source = nodeId ? node(nodeId) : plant.folder;
  for (let at = 0; at < count; at++) {
    source.raiseEvent(plant.eventType, {
      message: { dataType: opcua.DataType.LocalizedText, value: { text: count > 1 ? `${message} ${at + 1}` : message } },
      severity: { dataType: opcua.DataType.UInt16, value: severity },
      detail: { dataType: opcua.DataType.String, value: detail },
    });
  }
  return {};
}

serve(
  {
    start,
    restart,
    shutdown,
    setValue,
    raiseEvent,
    stats: async () => running().stats(),
    describe: async () => running().describe(),
    reloadTrust: async () => running().reloadTrust(),
    verify: async ({ certificateFile }) => running().verify(derOf(certificateFile)),
    getValue: async ({ nodeId }) => dataValueOut(node(nodeId).readValue()),
  },
  async () => host?.stop(),
);
