// One client connection: channel, session and what happened to it since it was opened.
import { readFileSync } from "node:fs";
import * as opcua from "node-opcua";
import { applicationUriOf, derOf, thumbprintOf } from "./certificates.mjs";
import { Problem } from "./problems.mjs";
import { JsonReader } from "./values.mjs";

const counted = {
  connection_lost: "connectionsLost",
  connection_reestablished: "connectionsReestablished",
  security_token_renewed: "tokensRenewed",
  secure_channel_created: "channelsCreated",
  start_reconnection: "reconnectionsStarted",
  timed_out_request: "requestsTimedOut",
  abort: "aborts",
};

export class Connection {
  constructor(options) {
    this.options = options;
    this.counts = Object.fromEntries(Object.values(counted).map((name) => [name, 0]));
    this.subscriptions = new Map();
    this.waiters = new Set();
    this.json = new JsonReader(
      (text) => this.nodeId(text),
      async (dataType) => opcua.getExtensionObjectConstructor(this.session, dataType),
    );
  }

  async open() {
    const { options } = this;
    this.certificates = new opcua.OPCUACertificateManager({
      rootFolder: options.pkiFolder ?? refuse("pkiFolder is required"),
      automaticallyAcceptUnknownCertificate: false,
    });
    await this.certificates.initialize();
    this.client = opcua.OPCUAClient.create({
      applicationName: options.applicationName ?? "Interop client",
      applicationUri: options.applicationUri ?? (options.certificateFile && applicationUriOf(options.certificateFile)),
      securityPolicy: opcua.SecurityPolicy[options.policy ?? "None"] ?? refuse(`unknown policy "${options.policy}"`),
      securityMode: opcua.MessageSecurityMode[options.mode ?? "None"] ?? refuse(`unknown mode "${options.mode}"`),
      certificateFile: options.certificateFile,
      privateKeyFile: options.privateKeyFile,
      clientCertificateManager: this.certificates,
      serverCertificate: options.serverCertificateFile && derOf(options.serverCertificateFile),
      endpointMustExist: options.endpointMustExist ?? false,
      defaultSecureTokenLifetime: options.tokenLifetime,
      requestedSessionTimeout: options.sessionTimeout ?? 60_000,
      keepSessionAlive: options.keepSessionAlive ?? false,
      transportTimeout: options.transportTimeout ?? 10_000,
      defaultTransactionTimeout: options.requestTimeout ?? 15_000,
      transportSettings: options.transportSettings,
      connectionStrategy: options.reconnect
        ? { maxRetry: 20, initialDelay: 100, maxDelay: 500 }
        : { maxRetry: 0, initialDelay: 100, maxDelay: 100 },
    });
    for (const [event, name] of Object.entries(counted)) {
      this.client.on(event, () => {
        this.counts[name]++;
        for (const check of this.waiters) check();
      });
    }
    try {
      await this.client.connect(options.endpointUrl ?? refuse("endpointUrl is required"));
      if (options.session ?? true) this.session = await this.client.createSession(identity(options));
      if (this.session) await this.session.readNamespaceArray();
    } catch (problem) {
      await this.close().catch((second) => console.error(second));
      throw problem;
    }
  }

  /** Resolves once a counter has reached a value; false when the time is over first. */
  reached(name, count, timeout) {
    return new Promise((resolve) => {
      const finish = (result) => {
        clearTimeout(timer);
        this.waiters.delete(check);
        resolve(result);
      };
      const check = () => {
        if (this.counts[name] >= count) finish(true);
      };
      const timer = setTimeout(() => finish(false), timeout);
      this.waiters.add(check);
      check();
    });
  }

  /** A NodeId from "i=85", "ns=2;s=Name" or "nsu=http://…;i=141". */
  async nodeId(text) {
    const byUri = /^nsu=([^;]*);(.*)$/s.exec(text);
    return opcua.coerceNodeId(byUri ? `ns=${await this.namespaceIndex(byUri[1])};${byUri[2]}` : text);
  }

  /** A browse path whose names may carry "nsu=uri;" in place of an index. */
  async path(text) {
    const uris = [...text.matchAll(/nsu=([^;]+);/g)].map((match) => match[1]);
    let result = text;
    for (const uri of uris) result = result.replace(`nsu=${uri};`, `${await this.namespaceIndex(uri)}:`);
    return result;
  }

  async namespaceIndex(uri) {
    const namespaces = await this.session.readNamespaceArray();
    const index = namespaces.indexOf(uri);
    if (index < 0) throw new Problem("BadNodeIdUnknown", `the server has no namespace "${uri}"; it has ${namespaces.join(", ")}`);
    return index;
  }

  /** Sends any service request by the name of its type. */
  async request(name, fields) {
    const type = opcua[name] ?? refuse(`unknown request "${name}"`);
    const request = new type(await this.json.fields(type.schema, fields ?? {}));
    const response = await new Promise((resolve, reject) =>
      this.session.performMessageTransaction(request, (problem, answer) => (problem ? reject(problem) : resolve(answer))),
    );
    if (response.responseHeader.serviceResult.isNotGood())
      throw new Problem(response.responseHeader.serviceResult.name, `${name} was answered with ${response.responseHeader.serviceResult.name}`);
    return response;
  }

  status() {
    const channel = this.client?._secureChannel;
    return {
      connected: Boolean(this.client && channel && !this.client.isReconnecting),
      reconnecting: Boolean(this.client?.isReconnecting),
      channelId: channel?.channelId ?? null,
      tokenId: channel?.activeSecurityToken?.tokenId ?? null,
      tokenLifetime: channel?.activeSecurityToken?.revisedLifetime ?? null,
      sessionId: this.session?.sessionId?.toString() ?? null,
      sessionTimeout: this.session?.timeout ?? null,
      serverCertificateThumbprint: thumbprintOf(this.session?.serverCertificate),
      subscriptions: [...this.subscriptions.keys()],
      ...this.counts,
    };
  }

  /** Destroys the socket as a failing network would. */
  kill() {
    const channel = this.client._secureChannel ?? refuse("there is no channel to kill");
    channel.forceConnectionBreak();
  }

  async close(deleteSubscriptions = true) {
    const { client, session } = this;
    this.client = this.session = undefined;
    try {
      if (session) await session.close(deleteSubscriptions);
    } finally {
      if (client) await client.disconnect();
      await this.certificates?.dispose();
    }
  }
}

/** The user identity that connect or changeUser asked for. */
export function identity(options) {
  if (options.user !== undefined) return { type: opcua.UserTokenType.UserName, userName: options.user, password: options.password ?? "" };
  if (options.userCertificateFile) {
    return {
      type: opcua.UserTokenType.Certificate,
      certificateData: derOf(options.userCertificateFile),
      privateKey: readFileSync(options.userPrivateKeyFile ?? refuse("userPrivateKeyFile is required"), "ascii"),
    };
  }
  return { type: opcua.UserTokenType.Anonymous };
}

export function refuse(message) {
  throw new Problem("BadInvalidArgument", message);
}
