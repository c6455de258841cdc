// A foreign server with push management that a test drives over JSON lines; the protocol is in README.md.
import { Problem, derOf, serve } from "./lib/shared.mjs";
import { PushHost } from "./lib/pushed.mjs";

let host;

const running = () => host ?? stopped();

function stopped() {
  throw new Problem("BadServerHalted", "the server is not running; send start first");
}

async function start(options) {
  if (host) throw new Problem("BadInvalidState", "the server runs already");
  const made = new PushHost(options);
  const description = await made.start();
  host = made;
  return description;
}

async function shutdown() {
  const { options } = running();
  await host.stop();
  host = undefined;
  return { port: options.port };
}

/** Stops and starts on the same port with what lies in the trust folder now; fields given here replace those of start. */
async function restart(changes) {
  const { options, seeds } = running();
  await shutdown();
  return start({ ...options, ...seeds, ...changes });
}

serve(
  {
    start,
    restart,
    shutdown,
    describe: async () => running().describe(),
    verify: async ({ certificateFile }) => running().verify(derOf(certificateFile)),
  },
  async () => host?.stop(),
);
