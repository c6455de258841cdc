// A foreign OPC UA client that a test drives over JSON lines; the protocol is in README.md.
import "./lib/quiet.mjs";
import * as alarming from "./lib/alarming.mjs";
import { Connection, identity, refuse } from "./lib/connection.mjs";
import * as discovering from "./lib/discovering.mjs";
import { serve } from "./lib/lines.mjs";
import * as reading from "./lib/reading.mjs";
import * as subscribing from "./lib/subscribing.mjs";

const connections = new Map();

const opened = ({ connection = "main" }) => connections.get(connection) ?? refuse(`connection "${connection}" is not open`);

async function connect({ connection = "main", ...options }) {
  if (connections.has(connection)) refuse(`connection "${connection}" is open already`);
  const made = new Connection(options);
  await made.open();
  connections.set(connection, made);
  return made.status();
}

async function close(fields) {
  const made = opened(fields);
  connections.delete(fields.connection ?? "main");
  await made.close(fields.deleteSubscriptions ?? true);
  return {};
}

async function changeUser(fields) {
  const { session } = opened(fields);
  return { statusCode: (await session.changeUser(identity(fields))).name };
}

async function waitFor(fields) {
  const made = opened(fields);
  const { event, count = 1, timeout = 15_000 } = fields;
  if (!Object.hasOwn(made.counts, event)) refuse(`unknown event "${event}"; there are ${Object.keys(made.counts).join(", ")}`);
  return { complete: await made.reached(event, count, timeout), ...made.status() };
}

/** Breaks the socket; with wait, answers once the library has its session back. */
async function kill(fields) {
  const made = opened(fields);
  const before = made.counts.connectionsReestablished;
  made.kill();
  if (!(fields.wait ?? true)) return {};
  const complete = await made.reached("connectionsReestablished", before + 1, fields.timeout ?? 15_000);
  return { complete, ...made.status() };
}

const onConnection = (commands) =>
  Object.fromEntries(Object.entries(commands).map(([name, command]) => [name, (fields) => command(opened(fields), fields)]));

const { getEndpoints, findServers, findServersOnNetwork, extractTypes, dataType } = discovering;

serve(
  {
    connect,
    close,
    changeUser,
    waitFor,
    kill,
    getEndpoints,
    findServers,
    findServersOnNetwork,
    status: async (fields) => opened(fields).status(),
    namespaces: async (fields) => ({ uris: await opened(fields).session.readNamespaceArray() }),
    ...onConnection({ extractTypes, dataType, ...reading, ...subscribing, ...alarming }),
  },
  async () => {
    for (const made of connections.values()) await made.close();
  },
);
