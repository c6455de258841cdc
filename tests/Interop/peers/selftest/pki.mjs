// Certificates made with openssl, and trust folders that hold them.
import { execFileSync } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const openssl = (...words) => execFileSync("openssl", words, { stdio: "pipe" });

export function selfSigned(folder, name, applicationUri) {
  mkdirSync(folder, { recursive: true });
  const [certificateFile, privateKeyFile, config] = [`${name}.pem`, `${name}.key`, `${name}.cnf`].map((file) => join(folder, file));
  writeFileSync(
    config,
    [
      "[req]",
      "distinguished_name=dn",
      "x509_extensions=ext",
      "prompt=no",
      "[dn]",
      `CN=${name}`,
      "[ext]",
      "basicConstraints=critical,CA:FALSE",
      "subjectKeyIdentifier=hash",
      "keyUsage=critical,digitalSignature,nonRepudiation,keyEncipherment,dataEncipherment,keyCertSign",
      "extendedKeyUsage=serverAuth,clientAuth",
      `subjectAltName=URI:${applicationUri},IP:127.0.0.1,DNS:localhost`,
    ].join("\n"),
  );
  openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-config", config, "-keyout", privateKeyFile, "-out", certificateFile);
  return { certificateFile, privateKeyFile };
}

const nameOf = (certificateFile) => {
  const certificate = new X509Certificate(readFileSync(certificateFile));
  return `peer[${createHash("sha1").update(certificate.raw).digest("hex")}].pem`;
};

/** Puts a certificate into the trusted part of a trust folder; a copy among the rejected ones would win over it. */
export function trust(pkiFolder, certificateFile) {
  const fingerprint = new X509Certificate(readFileSync(certificateFile)).fingerprint;
  const rejected = join(pkiFolder, "rejected");
  for (const file of existsSync(rejected) ? readdirSync(rejected) : [])
    if (new X509Certificate(readFileSync(join(rejected, file))).fingerprint === fingerprint) rmSync(join(rejected, file));
  mkdirSync(join(pkiFolder, "trusted", "certs"), { recursive: true });
  copyFileSync(certificateFile, join(pkiFolder, "trusted", "certs", nameOf(certificateFile)));
}

export const distrust = (pkiFolder, certificateFile) => rmSync(join(pkiFolder, "trusted", "certs", nameOf(certificateFile)));
