// The library's push client: what it asks of a ServerConfiguration object.
import { randomBytes } from "node:crypto";
import opcua from "node-opcua";
import push from "node-opcua-server-configuration";
import { refuse } from "./shared.mjs";

const bytes = (text) => (text === undefined || text === null ? undefined : Buffer.from(text, "base64"));
/** Open mode of a trust list that is written (Part 12). */
const writeAndErase = 6;

const texts = (items) => (items ?? []).map((item) => item.toString("base64"));

const management = ({ session }) => new push.ClientPushCertificateManagement(session);

const group = ({ group = "DefaultApplicationGroup" }) => group;

const type = (fields) => (fields.type ? opcua.resolveNodeId(fields.type) : push.ClientPushCertificateManagement.rsaSha256ApplicationCertificateType);

const trustList = async (connection, fields) => (await management(connection).getCertificateGroup(group(fields))).getTrustList();

export async function supportedPrivateKeyFormats(connection) {
  return { formats: await management(connection).getSupportedPrivateKeyFormats() };
}

export async function certificateTypes(connection, fields) {
  const types = await (await management(connection).getCertificateGroup(group(fields))).getCertificateTypes();
  return { types: types.map((id) => id.toString()) };
}

export async function createSigningRequest(connection, fields) {
  const { subject = null, regenerate = false } = fields;
  const nonce = bytes(fields.nonce) ?? (regenerate ? randomBytes(32) : undefined);
  const { statusCode, certificateSigningRequest } = await management(connection).createSigningRequest(group(fields), type(fields), subject, regenerate, nonce);
  return { statusCode: statusCode.name, request: certificateSigningRequest?.toString("base64") ?? null };
}

export async function updateCertificate(connection, fields) {
  const { statusCode, applyChangesRequired } = await management(connection).updateCertificate(
    group(fields),
    type(fields),
    bytes(fields.certificate ?? refuse("certificate is required")),
    (fields.issuers ?? []).map(bytes),
    fields.privateKeyFormat,
    bytes(fields.privateKey),
  );
  return { statusCode: statusCode.name, applyChangesRequired };
}

export async function applyChanges(connection) {
  return { statusCode: (await management(connection).applyChanges()).name };
}

export async function rejectedList(connection) {
  const { statusCode, certificates } = await management(connection).getRejectedList();
  return { statusCode: statusCode.name, certificates: texts(certificates) };
}

export async function readTrustList(connection, fields) {
  const list = await trustList(connection, fields);
  const read = fields.masks === undefined ? await list.readTrustedCertificateList() : await list.readTrustedCertificateListWithMasks(fields.masks);
  return {
    specifiedLists: read.specifiedLists,
    trustedCertificates: texts(read.trustedCertificates),
    trustedCrls: texts(read.trustedCrls),
    issuerCertificates: texts(read.issuerCertificates),
    issuerCrls: texts(read.issuerCrls),
  };
}

/** The library's own writer sends no content and one argument too many; unless asked for, its parts are used as the specification says. */
export async function writeTrustList(connection, fields) {
  const list = await trustList(connection, fields);
  const lists = Object.fromEntries(["trustedCertificates", "trustedCrls", "issuerCertificates", "issuerCrls"].map((name) => [name, fields[name] ?? []]));
  const content = await connection.json.structure({ dataType: "i=12554", fields: { specifiedLists: fields.specifiedLists ?? 15, ...lists } });
  if (fields.asLibrary) return { applyChangesRequired: await list.writeTrustedCertificateList(content) };
  const stream = new opcua.BinaryStream(content.binaryStoreSize());
  content.encode(stream);
  const fileHandle = await list.open(writeAndErase);
  const block = fields.block ?? 8192;
  for (let at = 0; at < stream.buffer.length; at += block) await list.write(stream.buffer.subarray(at, at + block));
  const closed = await connection.session.call({
    objectId: list.nodeId,
    methodId: list.closeAndUpdateNodeId,
    inputArguments: [{ dataType: opcua.DataType.UInt32, value: fileHandle }],
  });
  return { statusCode: closed.statusCode.name, applyChangesRequired: closed.outputArguments?.[0]?.value ?? null };
}

export async function addCertificate(connection, fields) {
  const list = await trustList(connection, fields);
  return { statusCode: (await list.addCertificate(bytes(fields.certificate ?? refuse("certificate is required")), fields.trusted ?? true)).name };
}

export async function removeCertificate(connection, fields) {
  const list = await trustList(connection, fields);
  return { statusCode: (await list.removeCertificate(fields.thumbprint ?? refuse("thumbprint is required"), fields.trusted ?? true)).name };
}
