// The foreign server: its options, its certificate stores and its life.
import { createServer } from "node:net";
import { existsSync } from "node:fs";
import * as opcua from "node-opcua";
import { applicationUriOf, thumbprintOf } from "./certificates.mjs";
import { Problem } from "./problems.mjs";
import { buildPlant } from "./plant.mjs";

const host = "127.0.0.1";

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, host, () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const chosen = (kinds, names, what) =>
  names.map((name) => {
    if (!(name in kinds)) throw new Problem("BadInvalidArgument", `unknown ${what} "${name}"`);
    return kinds[name];
  });

/** The smaller of what the client asked for and what the options allow; 0 means without limit. */
const limited = (hello, limits) =>
  Object.fromEntries(Object.entries(hello).map(([name, asked]) => [name, limits[name] ? Math.min(asked || Infinity, limits[name]) : asked]));

async function store(rootFolder) {
  const certificates = new opcua.OPCUACertificateManager({ rootFolder, automaticallyAcceptUnknownCertificate: false });
  await certificates.initialize();
  return certificates;
}

export class Host {
  constructor(options) {
    this.options = options;
    this.openFailures = 0;
    this.refused = 0;
  }

  async start() {
    const { options } = this;
    if (!options.pkiFolder) throw new Problem("BadInvalidArgument", "pkiFolder is required");
    options.port ||= await freePort();
    this.certificates = await store(options.pkiFolder);
    this.userCertificates = await store(options.userPkiFolder ?? `${options.pkiFolder}-users`);
    const users = options.users ?? {};
    this.server = new opcua.OPCUAServer({
      host,
      hostname: host,
      port: options.port,
      securityPolicies: chosen(opcua.SecurityPolicy, options.policies ?? ["None", "Basic256Sha256"], "policy"),
      securityModes: chosen(opcua.MessageSecurityMode, options.modes ?? ["None", "Sign", "SignAndEncrypt"], "mode"),
      allowAnonymous: options.allowAnonymous ?? true,
      certificateFile: options.certificateFile,
      privateKeyFile: options.privateKeyFile,
      serverCertificateManager: this.certificates,
      userCertificateManager: this.userCertificates,
      defaultSecureTokenLifetime: options.tokenLifetime,
      serverInfo: {
        applicationUri: options.applicationUri ?? (options.certificateFile ? applicationUriOf(options.certificateFile) : "urn:gdssuite:interop:server"),
        productUri: "urn:gdssuite:interop",
        applicationName: { text: options.applicationName ?? "Interop server", locale: "en" },
      },
      transportSettings: options.transportLimits && { adjustTransportLimits: (hello) => limited(hello, options.transportLimits) },
      registerServerMethod: opcua.RegisterServerMethod.HIDDEN,
      maxConnectionsPerEndpoint: options.maxConnections ?? 20,
      serverCapabilities: { maxSessions: options.maxSessions ?? 20, operationLimits: options.operationLimits },
      userManager: {
        isValidUser: (name, password) => Object.hasOwn(users, name) && users[name] === password,
        getUserRoles: (name) => opcua.makeRoles(options.roles?.[name] ?? "AuthenticatedUser"),
      },
    });
    this.server.on("openSecureChannelFailure", () => this.openFailures++);
    this.server.on("connectionRefused", () => this.refused++);
    try {
      await this.server.initialize();
      await this.furnish();
      await this.server.start();
    } catch (problem) {
      await this.stop();
      throw problem;
    }
    return this.describe();
  }

  /** Fills the address space of an initialized server before it listens. */
  async furnish() {
    this.plant = buildPlant(this.server);
  }

  describe() {
    const endpoints = this.server.endpoints.flatMap((endpoint) => endpoint.endpointDescriptions());
    return {
      port: this.options.port,
      endpointUrl: endpoints[0].endpointUrl,
      endpoints: endpoints.map((endpoint) => ({
        endpointUrl: endpoint.endpointUrl,
        policy: endpoint.securityPolicyUri.split("#").at(-1),
        mode: opcua.MessageSecurityMode[endpoint.securityMode],
      })),
      applicationUri: this.server.serverInfo.applicationUri,
      certificateThumbprint: thumbprintOf(this.server.getCertificate()),
    };
  }

  async stop() {
    this.plant?.stop();
    await this.server?.shutdown(0);
    this.server = this.plant = undefined;
    await this.certificates?.dispose();
    await this.userCertificates?.dispose();
  }

  async reloadTrust() {
    await this.certificates.reloadCertificates();
    await this.userCertificates.reloadCertificates();
    return { trusted: this.certificates.getTrustedCertificateCount() };
  }

  /** How the server's own store judges a certificate file, as it would for a client that connects. */
  async verify(der) {
    return { statusCode: await this.certificates.verifyCertificate(der, { acceptCertificateWithValidIssuerChain: true }) };
  }

  stats() {
    const { server } = this;
    return {
      sessions: server.currentSessionCount,
      channels: server.currentChannelCount,
      subscriptions: server.currentSubscriptionCount,
      rejectedSessions: server.rejectedSessionCount,
      channelFailures: this.openFailures,
      refusedConnections: this.refused,
      transactions: server.transactionsCount,
      bytesRead: server.bytesRead,
      bytesWritten: server.bytesWritten,
      trusted: this.certificates.getTrustedCertificateCount(),
      pkiFolder: existsSync(this.options.pkiFolder),
    };
  }
}
