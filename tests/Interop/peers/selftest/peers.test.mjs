// Proves the two peers against each other, so that a failure in a test against ours is ours.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { Peer } from "./peer.mjs";
import { distrust, selfSigned, trust } from "./pki.mjs";

const policies = ["Basic256Sha256", "Aes128_Sha256_RsaOaep", "Aes256_Sha256_RsaPss"];
const plant = (name) => `nsu=urn:gdssuite:interop:plant;s=${name}`;
const folder = mkdtempSync(join(tmpdir(), "peers-"));
const pki = { server: join(folder, "server"), client: join(folder, "client"), users: join(folder, "users") };
const mine = {
  server: selfSigned(folder, "server", "urn:localhost:peers:server"),
  client: selfSigned(folder, "client", "urn:localhost:peers:client"),
  stranger: selfSigned(folder, "stranger", "urn:localhost:peers:stranger"),
  user: selfSigned(folder, "user", "urn:localhost:peers:user"),
};
trust(pki.server, mine.client.certificateFile);
trust(pki.client, mine.server.certificateFile);
trust(pki.users, mine.user.certificateFile);

let server, client, endpointUrl;

const options = (more) => ({ endpointUrl, pkiFolder: pki.client, ...mine.client, ...more });

/** Runs a body on a connection that is closed afterwards. */
async function connected(more, body) {
  await client.do("connect", options(more));
  try {
    return await body();
  } finally {
    await client.do("close");
  }
}

before(async () => {
  server = new Peer("server.mjs");
  client = new Peer("client.mjs");
  const started = await server.do("start", {
    pkiFolder: pki.server,
    userPkiFolder: pki.users,
    ...mine.server,
    policies: ["None", ...policies],
    users: { operator: "secret" },
  });
  endpointUrl = started.endpointUrl;
  assert.match(endpointUrl, /^opc\.tcp:\/\/127\.0\.0\.1:\d+/);
  assert.equal(started.applicationUri, "urn:localhost:peers:server");
});

after(async () => {
  assert.equal(await client.leave(), 0, client.errors);
  assert.equal(await server.leave(), 0, server.errors);
  assert.deepEqual([...client.unexpected, ...server.unexpected], [], "only JSON lines on standard output");
  rmSync(folder, { recursive: true });
});

describe("discovery", () => {
  test("endpoints and servers are listed", async () => {
    const { endpoints } = await client.do("getEndpoints", options());
    assert.deepEqual(
      new Set(endpoints.map((endpoint) => `${endpoint.policy} ${endpoint.mode}`)),
      new Set(["None None", ...policies.flatMap((policy) => [`${policy} Sign`, `${policy} SignAndEncrypt`])]),
    );
    const { servers } = await client.do("findServers", options());
    assert.equal(servers[0].applicationUri, "urn:localhost:peers:server");
  });
});

describe("channels", () => {
  for (const [policy, mode] of [["None", "None"], ...policies.flatMap((name) => [[name, "Sign"], [name, "SignAndEncrypt"]])]) {
    test(`${policy} ${mode}`, () =>
      connected({ policy, mode }, async () => {
        const called = await client.do("call", {
          objectId: plant("Plant"),
          methodId: plant("Add"),
          args: [{ type: "Int32", value: 2 }, { type: "Int32", value: 40 }],
        });
        assert.deepEqual(called.outputs, [{ type: "Int32", value: 42 }]);
        assert.equal((await server.do("stats")).sessions, 1);
      }));
  }

  test("a name and password, a user certificate and a wrong password", async () => {
    const secured = { policy: "Basic256Sha256", mode: "SignAndEncrypt" };
    await connected({ ...secured, user: "operator", password: "secret" }, async () => {});
    const user = { userCertificateFile: mine.user.certificateFile, userPrivateKeyFile: mine.user.privateKeyFile };
    await connected({ ...secured, ...user }, async () => {});
    const refused = await client.ask("connect", options({ ...secured, user: "operator", password: "wrong" }));
    assert.equal(refused.ok, false);
    assert.match(refused.statusCode, /^Bad(UserAccessDenied|IdentityTokenRejected)$/);
  });

  test("trust is what the folder says after a reload", async () => {
    const stranger = options({ ...mine.stranger, policy: "Basic256Sha256", mode: "SignAndEncrypt" });
    const refused = await client.ask("connect", stranger);
    assert.equal(refused.ok, false);
    trust(pki.server, mine.stranger.certificateFile);
    await server.do("reloadTrust");
    await client.do("connect", stranger);
    await client.do("close");
    distrust(pki.server, mine.stranger.certificateFile);
    await server.do("reloadTrust");
    assert.equal((await client.ask("connect", stranger)).ok, false);
  });

  test("a token is renewed and the session goes on", () =>
    connected({ policy: "Basic256Sha256", mode: "SignAndEncrypt", tokenLifetime: 2000 }, async () => {
      const { tokenId } = await client.do("status");
      const renewed = await client.do("waitFor", { event: "tokensRenewed", count: 2, timeout: 10_000 });
      assert.equal(renewed.complete, true);
      assert.notEqual(renewed.tokenId, tokenId);
      assert.equal((await client.do("read", { nodeId: plant("Int32") })).value, -42);
    }));

  test("a broken socket is repaired and the subscription goes on", () =>
    connected({ reconnect: true }, async () => {
      const { subscription } = await client.do("subscribe", { nodes: [plant("Counter")], publishingInterval: 100 });
      await client.do("collect", { subscription, count: 2 });
      const repaired = await client.do("kill");
      assert.equal(repaired.complete, true);
      assert.equal((await client.do("collect", { count: 3 })).complete, true);
    }));
});

describe("services", () => {
  before(() => client.do("connect", options({ policy: "Aes256_Sha256_RsaPss", mode: "SignAndEncrypt" })));
  after(() => client.do("close"));

  test("browse follows continuation points and translate finds the same nodes", async () => {
    const whole = await client.do("browse", { nodeId: plant("Plant") });
    const paged = await client.do("browse", { nodeId: plant("Plant"), maxReferences: 3 });
    assert.equal(whole.pages, 1);
    assert.ok(paged.pages > 3);
    assert.deepEqual(paged.references, whole.references);
    const found = await client.do("translate", { path: "/Objects/nsu=urn:gdssuite:interop:plant;Plant/nsu=urn:gdssuite:interop:plant;Int32" });
    assert.equal(found.targets[0].nodeId, whole.references.find((reference) => reference.browseName.name === "Int32").nodeId);
  });

  const values = {
    Boolean: { type: "Boolean", value: false },
    Byte: { type: "Byte", value: 255 },
    UInt32: { type: "UInt32", value: 4294967295 },
    Int64: { type: "Int64", value: "-9007199254740993" },
    Double: { type: "Double", value: -0.25 },
    String: { type: "String", value: "Grüße" },
    ByteString: { type: "ByteString", value: "AP+A" },
    DateTime: { type: "DateTime", value: "2031-05-06T07:08:09.123Z" },
    LocalizedText: { type: "LocalizedText", value: { locale: "de", text: "Anlage" } },
    Int32Array: { type: "Int32", arrayType: "Array", value: [-1, 0, 1] },
    StringArray: { type: "String", arrayType: "Array", value: ["x", null, ""] },
    DoubleMatrix: { type: "Double", arrayType: "Matrix", dimensions: [2, 3], value: [6, 5, 4, 3, 2, 1] },
  };
  for (const [name, value] of Object.entries(values)) {
    test(`${name} is written and read back`, async () => {
      assert.equal((await client.do("write", { nodeId: plant(name), value })).statusCode, "Good");
      const { type, arrayType, dimensions, value: read } = await client.do("read", { nodeId: plant(name) });
      assert.deepEqual(JSON.parse(JSON.stringify({ type, arrayType, dimensions, value: read })), value);
    });
  }

  test("structures are written and read back by the type that the server defines", async () => {
    const value = { type: "ExtensionObject", value: { dataType: "i=884", fields: { low: 1.5, high: 2.5 } } };
    assert.equal((await client.do("write", { nodeId: plant("Range"), value })).statusCode, "Good");
    const read = await client.do("read", { nodeId: plant("Range") });
    assert.deepEqual(read.value, { typeName: "Range", fields: { low: 1.5, high: 2.5 } });
    assert.equal((await server.do("getValue", { nodeId: plant("Range") })).value.fields.high, 2.5);
  });

  test("a field that a structure does not have is refused before it is sent", async () => {
    const value = { type: "ExtensionObject", value: { dataType: "i=884", fields: { lower: 1 } } };
    const refused = await client.ask("write", { nodeId: plant("Range"), value });
    assert.equal(refused.statusCode, "BadInvalidArgument");
    assert.match(refused.message, /low, high/);
  });

  test("parts of arrays are read and written by index range", async () => {
    const range = { nodeId: plant("Int32Array"), indexRange: "1:2" };
    assert.equal((await client.do("write", { nodeId: plant("Int32Array"), value: { type: "Int32", value: [1, 2, 3, 4] } })).statusCode, "Good");
    assert.equal((await client.do("write", { ...range, value: { type: "Int32", value: [20, 30] } })).statusCode, "Good");
    assert.deepEqual((await client.do("read", { nodeId: plant("Int32Array") })).value, [1, 20, 30, 4]);
    assert.deepEqual((await client.do("read", range)).value, [20, 30]);
  });

  test("several writes, calls and any other service", async () => {
    const nodes = [
      { nodeId: plant("Byte"), value: { type: "Byte", value: 1 } },
      { nodeId: plant("ReadOnly"), value: { type: "Int32", value: 1 } },
    ];
    assert.deepEqual((await client.do("writeMany", { nodes })).statusCodes, ["Good", "BadNotWritable"]);
    const add = (...values) => ({ objectId: plant("Plant"), methodId: plant("Add"), args: values.map((value) => ({ type: "Int32", value })) });
    const { results } = await client.do("callMany", { calls: [add(1, 2), add(1)] });
    assert.deepEqual(results.map((result) => result.statusCode), ["Good", "BadArgumentsMissing"]);
    const { response } = await client.do("request", { name: "RegisterNodesRequest", fields: { nodesToRegister: [plant("Byte")] } });
    assert.equal(response.registeredNodeIds.length, 1);
    const read = { nodesToRead: [{ nodeId: plant("Byte"), attributeId: 13 }], timestampsToReturn: "Both" };
    assert.equal((await client.do("request", { name: "ReadRequest", fields: read })).response.results[0].value, 1);
  });

  test("a value of 200 kB crosses in chunks of 8 kB", async () => {
    const value = Buffer.alloc(200_000, 7).toString("base64");
    const transportSettings = { sendBufferSize: 8192, receiveBufferSize: 8192, maxMessageSize: 1_000_000, maxChunkCount: 200 };
    await client.do("connect", options({ connection: "narrow", policy: "Basic256Sha256", mode: "SignAndEncrypt", transportSettings }));
    const narrow = { connection: "narrow", nodeId: plant("ByteString") };
    assert.equal((await client.do("write", { ...narrow, value: { type: "ByteString", value } })).statusCode, "Good");
    assert.equal((await client.do("read", narrow)).value, value);
    await client.do("close", { connection: "narrow" });
  });

  test("the user of a session changes", async () => {
    assert.equal((await client.do("changeUser", { user: "operator", password: "secret" })).statusCode, "Good");
    const refused = await client.ask("changeUser", { user: "operator", password: "wrong" });
    assert.match(refused.statusCode, /^Bad(UserAccessDenied|IdentityTokenRejected)$/);
    assert.equal((await client.do("changeUser")).statusCode, "Good");
  });

  test("refusals come with their status code", async () => {
    assert.equal((await client.do("read", { nodeId: plant("Nothing") })).statusCode, "BadNodeIdUnknown");
    assert.equal((await client.do("write", { nodeId: plant("ReadOnly"), value: { type: "Int32", value: 2 } })).statusCode, "BadNotWritable");
    assert.equal((await client.do("call", { objectId: plant("Plant"), methodId: plant("Refuse") })).statusCode, "BadInvalidState");
    const results = (await client.do("readMany", { nodes: [plant("Int32"), plant("Nothing")] })).results;
    assert.deepEqual(results.map((result) => result.statusCode), ["Good", "BadNodeIdUnknown"]);
    assert.equal((await client.ask("nothing")).ok, false);
    assert.equal((await client.ask("request", { name: "RepublishRequest", fields: { subscriptionId: 1, retransmitSequenceNumber: 1 } })).statusCode, "BadSubscriptionIdInvalid");
  });

  test("a data type is discovered from its definition", async () => {
    const { type, definition } = await client.do("dataType", { nodeId: "i=884" });
    assert.equal(definition.value.typeName, "StructureDefinition");
    assert.deepEqual(type.fields.map((field) => `${field.name}: ${field.fieldType}`), ["Low: Double", "High: Double"]);
    assert.ok((await client.do("extractTypes")).namespaces.some((namespace) => namespace.uri === "urn:gdssuite:interop:plant"));
    assert.deepEqual((await client.do("argumentDefinition", { methodId: plant("Add") })).inputs.map((argument) => argument.fields.name), ["A", "B"]);
  });
});

describe("subscriptions", () => {
  before(() => client.do("connect", options({ policy: "Basic256Sha256", mode: "Sign" })));
  after(() => client.do("close"));

  test("data changes arrive in order, and not while publishing is off", async () => {
    const made = await client.do("subscribe", { nodes: [{ nodeId: plant("Counter"), samplingInterval: 50 }, plant("Nothing")], publishingInterval: 100 });
    assert.deepEqual(made.items.map((item) => item.statusCode), ["Good", "BadNodeIdUnknown"]);
    const { values, complete } = await client.do("collect", { count: 4 });
    assert.equal(complete, true);
    assert.deepEqual(values.map((entry) => entry.value), values.map((entry) => entry.value).toSorted((a, b) => a - b));
    assert.equal((await client.do("setPublishingMode", { enabled: false })).statusCode, "Good");
    await client.do("collect", { count: 1, timeout: 400 });
    assert.equal((await client.do("collect", { count: 1, timeout: 500 })).complete, false);
    await client.do("setPublishingMode", { enabled: true });
    assert.equal((await client.do("collect", { count: 2 })).complete, true);
    assert.equal((await client.do("setMonitoringMode", { mode: "Disabled" })).statusCode, "Good");
    assert.equal((await client.do("setMonitoringMode", { mode: "Reporting" })).statusCode, "Good");
    assert.equal((await client.do("monitor", { nodes: [plant("Int32")] })).items[0].statusCode, "Good");
    assert.deepEqual((await client.do("setTriggering", { item: 0, add: [2] })).addResults, ["Good"]);
    assert.equal((await client.do("modifyItem", { item: 0, samplingInterval: 500, queueSize: 3 })).revisedQueueSize, 3);
    assert.equal((await client.do("modifySubscription", { publishingInterval: 250 })).revisedPublishingInterval, 250);
    await client.do("deleteItem", { item: 0 });
    await client.do("deleteSubscription");
    assert.equal((await server.do("stats")).subscriptions, 0);
  });

  test("an absolute deadband holds back what stays within it", async () => {
    await client.do("subscribe", {
      nodes: [{ nodeId: plant("Temperature"), samplingInterval: 50, deadband: { type: "Absolute", value: 5 } }],
      publishingInterval: 50,
    });
    await client.do("collect", { count: 1 });
    await server.do("setValue", { nodeId: plant("Temperature"), value: { type: "Double", value: 22 } });
    assert.equal((await client.do("collect", { count: 1, timeout: 400 })).complete, false);
    await server.do("setValue", { nodeId: plant("Temperature"), value: { type: "Double", value: 30 } });
    assert.deepEqual((await client.do("collect", { count: 1 })).values.map((entry) => entry.value), [30]);
    await client.do("deleteSubscription");
  });

  test("events carry the selected fields", async () => {
    const detail = "nsu=urn:gdssuite:interop:plant;Detail";
    const select = ["Message", "Severity", "EventType", detail];
    const ofType = plant("PlantEventType");
    const made = await client.do("subscribeEvents", { nodeId: "i=2253", select, ofType, typeDefinition: ofType, publishingInterval: 100 });
    assert.equal(made.items[0].statusCode, "Good");
    await server.do("raiseEvent", { message: "valve open", severity: 700, detail: "v1" });
    const { events } = await client.do("collect", { events: 1 });
    assert.equal(events[0].fields.Message.value.text, "valve open");
    assert.equal(events[0].fields.Severity.value, 700);
    assert.equal(events[0].fields.EventType.type, "NodeId");
    assert.deepEqual(events[0].fields[detail], { type: "String", value: "v1" });
    await client.do("deleteSubscription");
  });
});

describe("server", () => {
  test("limits of the server bound a client", async () => {
    await server.do("restart", { transportLimits: { receiveBufferSize: 8192, sendBufferSize: 8192, maxMessageSize: 81_920, maxChunkCount: 10 } });
    await client.do("connect", options());
    const refused = await client.ask("write", { nodeId: plant("ByteString"), value: { type: "ByteString", value: Buffer.alloc(100_000).toString("base64") } });
    assert.equal(refused.ok, false);
    await client.ask("close");
    await server.do("restart", { transportLimits: {} });
  });

  test("roles decide who a user is", async () => {
    await server.do("restart", { roles: { operator: "AuthenticatedUser;SecurityAdmin" } });
    await client.do("connect", options({ policy: "Basic256Sha256", mode: "SignAndEncrypt", user: "operator", password: "secret" }));
    await client.do("close");
  });

  test("a restart keeps the port and takes a new certificate", async () => {
    const renewed = selfSigned(folder, "renewed", "urn:localhost:peers:server");
    trust(pki.client, renewed.certificateFile);
    const before = await server.do("describe");
    const after = await server.do("restart", renewed);
    assert.equal(after.port, before.port);
    assert.notEqual(after.certificateThumbprint, before.certificateThumbprint);
    const { serverCertificateThumbprint } = await client.do("connect", options({ policy: "Basic256Sha256", mode: "SignAndEncrypt" }));
    assert.equal(serverCertificateThumbprint, after.certificateThumbprint);
    await client.do("close");
  });
});
