// The JSON lines protocol: one command object per line in, one result object per line out.
import { write } from "./quiet.mjs";
import { createInterface } from "node:readline";
import { describe } from "./problems.mjs";

const answer = (result) => write(JSON.stringify(result) + "\n");

async function run(commands, line) {
  let request;
  try {
    request = JSON.parse(line);
  } catch (problem) {
    return answer({ ok: false, statusCode: "BadSyntaxError", message: `not a JSON object: ${problem.message}` });
  }
  const { id, cmd, ...fields } = request;
  const identity = id === undefined ? {} : { id };
  try {
    if (!Object.hasOwn(commands, cmd)) throw new Error(`unknown command "${cmd}"`);
    answer({ ...identity, ok: true, ...(await commands[cmd](fields)) });
  } catch (problem) {
    answer({ ...identity, ok: false, ...describe(problem) });
  }
}

/** Answers commands until standard input ends; then `leave` cleans up and the process exits. */
export function serve(commands, leave) {
  const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
  lines.on("line", (line) => {
    if (line.trim() !== "") run(commands, line);
  });
  lines.on("close", async () => {
    const tooLong = setTimeout(() => process.exit(1), 5000);
    await leave().catch((problem) => console.error(problem));
    clearTimeout(tooLong);
    process.exit(0);
  });
  process.on("unhandledRejection", (problem) => console.error("unhandled rejection", problem));
}
