// What a peer has to know about its own certificate.
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";

/** DER of a certificate file that holds PEM or DER. */
export const derOf = (file) => new X509Certificate(readFileSync(file)).raw;

/** The ApplicationUri that a certificate carries, or undefined. */
export function applicationUriOf(file) {
  const names = new X509Certificate(readFileSync(file)).subjectAltName ?? "";
  return names
    .split(", ")
    .find((name) => name.startsWith("URI:"))
    ?.slice("URI:".length);
}

/** SHA-1 of a certificate in lower-case hexadecimal, or null. */
export const thumbprintOf = (der) =>
  der && der.length > 0 ? new X509Certificate(der).fingerprint.replaceAll(":", "").toLowerCase() : null;
