// A foreign push client that a test drives over JSON lines; the protocol is in README.md.
import { Connection, reading, refuse, serve } from "./lib/shared.mjs";
import * as pushing from "./lib/pushing.mjs";

let connection;

const opened = () => connection ?? refuse("the connection is not open");

async function connect(options) {
  if (connection) refuse("the connection is open already");
  const made = new Connection(options);
  await made.open();
  connection = made;
  return made.status();
}

async function close() {
  const made = opened();
  connection = undefined;
  await made.close();
  return {};
}

const onConnection = (commands) =>
  Object.fromEntries(Object.entries(commands).map(([name, command]) => [name, (fields) => command(opened(), fields)]));

serve(
  { connect, close, status: async () => opened().status(), ...onConnection({ ...reading, ...pushing }) },
  async () => connection?.close(),
);
