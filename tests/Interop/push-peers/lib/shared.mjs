// The parts of ../peers that these drivers use, loaded with the library of this folder.
import { register } from "node:module";
import "../../peers/lib/quiet.mjs";

register("./resolving.mjs", import.meta.url);

export const { serve } = await import("../../peers/lib/lines.mjs");
export const { Connection, refuse } = await import("../../peers/lib/connection.mjs");
export const { Problem } = await import("../../peers/lib/problems.mjs");
export const { Host } = await import("../../peers/lib/hosting.mjs");
export const reading = await import("../../peers/lib/reading.mjs");
export const { applicationUriOf, derOf } = await import("../../peers/lib/certificates.mjs");
