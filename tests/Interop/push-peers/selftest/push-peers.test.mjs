// Proves the two push peers against each other, quirks included, so that a failure in a test against ours is ours.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { X509Certificate, createHash } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { Peer } from "../../peers/selftest/peer.mjs";
import { selfSigned, trust } from "../../peers/selftest/pki.mjs";

const script = (name) => new URL(`../${name}`, import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "push-peers-"));
const pki = { server: join(folder, "server"), client: join(folder, "client") };
const uri = "urn:localhost:push-peers:server";
const mine = {
  server: selfSigned(folder, "server", uri),
  client: selfSigned(folder, "client", "urn:localhost:push-peers:client"),
  other: selfSigned(folder, "other", "urn:localhost:push-peers:other"),
};
trust(pki.server, mine.client.certificateFile);
trust(pki.client, mine.server.certificateFile);

const der = (file) => new X509Certificate(readFileSync(file)).raw.toString("base64");
const sha1 = (base64) => createHash("sha1").update(Buffer.from(base64, "base64")).digest("hex");

const authority = { certificate: join(folder, "ca.pem"), key: join(folder, "ca.key") };
const openssl = (...words) => execFileSync("openssl", words, { stdio: "pipe" });

function makeAuthority() {
  openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=Push CA", "-keyout", authority.key, "-out", authority.certificate);
  const [config, index, crl] = ["ca.cnf", "ca.index", "ca.crl"].map((file) => join(folder, file));
  writeFileSync(index, "");
  writeFileSync(config, ["[ca]", "default_ca=it", "[it]", `database=${index}`, "default_md=sha256", "default_crl_days=10"].join("\n"));
  openssl("ca", "-gencrl", "-config", config, "-keyfile", authority.key, "-cert", authority.certificate, "-out", crl);
  for (const [kind, file] of [["certs", authority.certificate], ["crl", crl]]) {
    const issuers = join(pki.client, "issuers", kind);
    mkdirSync(issuers, { recursive: true });
    copyFileSync(file, join(issuers, basename(file)));
  }
}

/** A certificate for a request, issued as a CA does: with the names that the server has, not those that it asked for. */
function issue(request) {
  const [csr, extensions, certificate] = ["push.csr", "push.ext", "push.pem"].map((file) => join(folder, file));
  writeFileSync(csr, Buffer.from(request, "base64"));
  writeFileSync(
    extensions,
    [
      "basicConstraints=critical,CA:FALSE",
      "keyUsage=critical,digitalSignature,nonRepudiation,keyEncipherment,dataEncipherment",
      "extendedKeyUsage=serverAuth,clientAuth",
      `subjectAltName=URI:${uri},IP:127.0.0.1,DNS:localhost`,
    ].join("\n"),
  );
  openssl(
    ...["x509", "-req", "-inform", "DER", "-in", csr, "-CA", authority.certificate, "-CAkey", authority.key, "-CAcreateserial"],
    ...["-days", "10", "-sha256", "-extfile", extensions, "-out", certificate],
  );
  return certificate;
}

let server, client, endpointUrl;

async function connected(more, body) {
  await client.do("connect", {
    endpointUrl,
    pkiFolder: pki.client,
    ...mine.client,
    policy: "Basic256Sha256",
    mode: "SignAndEncrypt",
    user: "admin",
    password: "secret",
    ...more,
  });
  try {
    return await body();
  } finally {
    await client.do("close");
  }
}

before(async () => {
  makeAuthority();
  server = new Peer(script("push-server.mjs"));
  client = new Peer(script("push-client.mjs"));
  const started = await server.do("start", {
    pkiFolder: pki.server,
    ...mine.server,
    users: { admin: "secret", operator: "secret" },
    roles: { admin: "AuthenticatedUser;SecurityAdmin" },
  });
  endpointUrl = started.endpointUrl;
  assert.match(endpointUrl, /^opc\.tcp:\/\/127\.0\.0\.1:\d+/);
  assert.equal(started.applicationUri, uri);
});

after(async () => {
  assert.equal(await client.leave(), 0, client.errors);
  assert.equal(await server.leave(), 0, server.errors);
  assert.deepEqual([...client.unexpected, ...server.unexpected], [], "only JSON lines on standard output");
  rmSync(folder, { recursive: true });
});

describe("push", () => {
  test("the server says what it accepts", () =>
    connected({}, async () => {
      assert.deepEqual((await client.do("supportedPrivateKeyFormats")).formats, ["PEM"]);
      assert.deepEqual((await client.do("certificateTypes")).types, ["ns=0;i=12560"]);
    }));

  test("a user without SecurityAdmin is refused", () =>
    connected({ user: "operator" }, async () => {
      assert.equal((await client.do("createSigningRequest")).statusCode, "BadUserAccessDenied");
      assert.equal((await client.do("applyChanges")).statusCode, "BadUserAccessDenied");
      assert.equal((await client.do("rejectedList")).statusCode, "BadUserAccessDenied");
    }));

  test("the trust list is read, and grows by AddCertificate", () =>
    connected({}, async () => {
      const own = der(mine.client.certificateFile);
      const other = der(mine.other.certificateFile);
      const before = (await client.do("readTrustList")).trustedCertificates;
      assert.ok(before.includes(own) && !before.includes(other));
      assert.equal((await client.do("addCertificate", { certificate: other })).statusCode, "Good");
      const { specifiedLists, trustedCertificates } = await client.do("readTrustList", { masks: 1 });
      assert.equal(specifiedLists, 1);
      assert.deepEqual(new Set(trustedCertificates), new Set([...before, other]));
    }));

  test("the server says Good to RemoveCertificate and CloseAndUpdate, and does nothing", () =>
    connected({}, async () => {
      const before = await client.do("readTrustList");
      assert.equal((await client.do("removeCertificate", { thumbprint: sha1(der(mine.other.certificateFile)) })).statusCode, "Good");
      const written = await client.do("writeTrustList", { trustedCertificates: [der(mine.client.certificateFile)] });
      assert.deepEqual([written.statusCode, written.applyChangesRequired], ["Good", null]);
      assert.deepEqual((await client.do("readTrustList")).trustedCertificates, before.trustedCertificates);
    }));

  test("the client's own writer opens for write without erase, which the server refuses", () =>
    connected({}, async () => {
      assert.equal((await client.ask("writeTrustList", { asLibrary: true })).statusCode, "BadInvalidArgument");
    }));

  test("a stranger's certificate is in the rejected list", async () => {
    const stranger = selfSigned(folder, "stranger", "urn:localhost:push-peers:stranger");
    assert.equal((await client.ask("connect", { endpointUrl, pkiFolder: pki.client, ...stranger, policy: "Basic256Sha256", mode: "SignAndEncrypt" })).ok, false);
    await connected({}, async () => {
      const rejected = await client.do("rejectedList");
      assert.equal(rejected.statusCode, "Good");
      assert.ok(rejected.certificates.includes(der(stranger.certificateFile)));
    });
  });

  for (const regenerate of [false, true]) {
    test(`a certificate is pushed ${regenerate ? "with a new key" : "for the key at hand"} and served after the cut`, async () => {
      const certificate = await connected({}, async () => {
        const { statusCode, request } = await client.do("createSigningRequest", { regenerate });
        assert.equal(statusCode, "Good");
        const issued = issue(request);
        const updated = await client.do("updateCertificate", { certificate: der(issued), issuers: [der(authority.certificate)] });
        assert.deepEqual([updated.statusCode, updated.applyChangesRequired], ["Good", true]);
        assert.equal((await client.do("applyChanges")).statusCode, "Good");
        return issued;
      });
      trust(pki.client, certificate);
      await connected({ reconnect: true }, async () => {
        assert.equal((await client.do("status")).serverCertificateThumbprint, sha1(der(certificate)));
      });
    });
  }

  test("the pushed pair is served after a restart", async () => {
    const before = (await server.do("describe")).certificateThumbprint;
    assert.equal((await server.do("restart")).certificateThumbprint, before);
    await connected({}, async () => assert.equal((await client.do("status")).serverCertificateThumbprint, before));
  });
});
