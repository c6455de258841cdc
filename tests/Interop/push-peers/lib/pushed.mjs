// The foreign server whose certificate and trust list are pushed: its trust folder owns its key pair.
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import push from "node-opcua-server-configuration";
import { Host, Problem, applicationUriOf } from "./shared.mjs";

const certificateIn = (pkiFolder) => join(pkiFolder, "own/certs/certificate.pem");

/** Gives a new trust folder its first pair; a pair that lies there, for example a pushed one, stays. */
function seed(pkiFolder, certificateFile, privateKeyFile) {
  if (existsSync(certificateIn(pkiFolder))) return;
  for (const folder of ["own/certs", "own/private"]) mkdirSync(join(pkiFolder, folder), { recursive: true });
  copyFileSync(privateKeyFile, join(pkiFolder, "own/private/private_key.pem"));
  copyFileSync(certificateFile, certificateIn(pkiFolder));
}

export class PushHost extends Host {
  constructor({ pkiFolder, certificateFile, privateKeyFile, ...options }) {
    if (!pkiFolder || !certificateFile || !privateKeyFile)
      throw new Problem("BadInvalidArgument", "pkiFolder, certificateFile and privateKeyFile are required");
    seed(pkiFolder, certificateFile, privateKeyFile);
    super({
      policies: ["Basic256Sha256"],
      modes: ["SignAndEncrypt"],
      applicationUri: applicationUriOf(certificateIn(pkiFolder)),
      ...options,
      pkiFolder,
    });
    this.seeds = { certificateFile, privateKeyFile };
  }

  async furnish() {
    await super.furnish();
    await push.installPushCertificateManagementOnServer(this.server);
  }
}
