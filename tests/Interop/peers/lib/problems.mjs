// Turns whatever the library throws into { statusCode, message }.
import * as opcua from "node-opcua";

const named = /\b(?:Bad|Uncertain)[A-Z][A-Za-z]+/g;

/** An error that already knows its status code. */
export class Problem extends Error {
  constructor(statusCode, message) {
    super(message);
    this.statusCode = statusCode;
  }
}

/** The status code name in an error, or null when it carries none. */
export function describe(problem) {
  const message = problem?.message ?? String(problem);
  const known =
    (typeof problem?.statusCode === "string" ? problem.statusCode : undefined) ??
    problem?.response?.responseHeader?.serviceResult?.name ??
    problem?.statusCode?.name ??
    problem?.transactionResult?.name ??
    (message.match(named) ?? []).find((word) => word in opcua.StatusCodes);
  return { statusCode: known ?? null, message };
}
