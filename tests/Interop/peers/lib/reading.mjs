// Browse, translate, read, write, call: the commands that ask once and are answered once.
import * as opcua from "node-opcua";
import { refuse } from "./connection.mjs";
import { dataValueOut, valueOut, variantOut } from "./values.mjs";

const attribute = (name) => opcua.AttributeIds[name ?? "Value"] ?? refuse(`unknown attribute "${name}"`);

const readValueId = async (connection, item) => ({
  nodeId: await connection.nodeId(typeof item === "string" ? item : (item.nodeId ?? refuse("nodeId is required"))),
  attributeId: attribute(item.attribute),
  indexRange: item.indexRange === undefined ? undefined : opcua.NumericRange.coerce(item.indexRange),
  dataEncoding: item.dataEncoding === undefined ? undefined : { namespaceIndex: 0, name: item.dataEncoding },
});

const referenceOut = (reference) => ({
  referenceTypeId: reference.referenceTypeId.toString(),
  isForward: reference.isForward,
  nodeId: reference.nodeId.toString(),
  browseName: valueOut(reference.browseName),
  displayName: valueOut(reference.displayName),
  nodeClass: opcua.NodeClass[reference.nodeClass],
  typeDefinition: reference.typeDefinition?.toString() ?? null,
});

const callOut = (result) => ({
  statusCode: result.statusCode.name,
  inputArgumentResults: (result.inputArgumentResults ?? []).map((code) => code.name),
  outputs: (result.outputArguments ?? []).map(variantOut),
});

export async function browse(connection, fields) {
  const { session } = connection;
  const asked = {
    nodeId: await connection.nodeId(fields.nodeId),
    browseDirection: opcua.BrowseDirection[fields.direction ?? "Forward"] ?? refuse(`unknown direction "${fields.direction}"`),
    referenceTypeId: await connection.nodeId(fields.referenceTypeId ?? "i=33"),
    includeSubtypes: fields.includeSubtypes ?? true,
    nodeClassMask: fields.nodeClassMask ?? 0,
    resultMask: fields.resultMask ?? 63,
  };
  // The limit is the session's; it is read while the request is made, before anyone else can set it.
  session.requestedMaxReferencesPerNode = fields.maxReferences ?? 0;
  let result = await session.browse(asked);
  const references = [...(result.references ?? [])];
  let pages = 1;
  while (fields.follow !== false && result.statusCode.isGood() && result.continuationPoint?.length > 0) {
    result = await session.browseNext(result.continuationPoint, false);
    references.push(...(result.references ?? []));
    pages++;
  }
  return {
    statusCode: result.statusCode.name,
    references: references.map(referenceOut),
    pages,
    continuationPoint: result.continuationPoint?.length > 0 ? result.continuationPoint.toString("base64") : null,
  };
}

export async function browseNext(connection, { continuationPoint, release = false }) {
  const result = await connection.session.browseNext(Buffer.from(continuationPoint, "base64"), release);
  return {
    statusCode: result?.statusCode.name ?? "Good",
    references: (result?.references ?? []).map(referenceOut),
    continuationPoint: result?.continuationPoint?.length > 0 ? result.continuationPoint.toString("base64") : null,
  };
}

/** `path` is a browse path text such as "/0:Server/0:NamespaceArray"; a name may carry "nsu=uri;" for its index. */
export async function translate(connection, { nodeId = "i=84", path }) {
  const result = await connection.session.translateBrowsePath(opcua.makeBrowsePath(await connection.nodeId(nodeId), await connection.path(path)));
  return {
    statusCode: result.statusCode.name,
    targets: (result.targets ?? []).map((target) => ({ nodeId: target.targetId.toString(), remainingPathIndex: target.remainingPathIndex })),
  };
}

export async function read(connection, fields) {
  return dataValueOut(await connection.session.read(await readValueId(connection, fields), fields.maxAge ?? 0));
}

export async function readMany(connection, { nodes, maxAge = 0 }) {
  const items = await Promise.all(nodes.map((node) => readValueId(connection, node)));
  return { results: (await connection.session.read(items, maxAge)).map(dataValueOut) };
}

export async function write(connection, fields) {
  const { statusCodes } = await writeMany(connection, { nodes: [fields] });
  return { statusCode: statusCodes[0] };
}

export async function writeMany(connection, { nodes }) {
  const items = await Promise.all(
    nodes.map(async (node) => ({
      ...(await readValueId(connection, node)),
      value: { value: await connection.json.variant(node.value), ...(node.statusCode ? { statusCode: opcua.StatusCodes[node.statusCode] } : {}) },
    })),
  );
  return { statusCodes: (await connection.session.write(items)).map((code) => code.name) };
}

export async function call(connection, fields) {
  const { results } = await callMany(connection, { calls: [fields] });
  return results[0];
}

export async function callMany(connection, { calls }) {
  const items = await Promise.all(
    calls.map(async ({ objectId, methodId, args = [] }) => ({
      objectId: await connection.nodeId(objectId),
      methodId: await connection.nodeId(methodId),
      inputArguments: await Promise.all(args.map((argument) => connection.json.variant(argument))),
    })),
  );
  return { results: (await connection.session.call(items)).map(callOut) };
}

export async function argumentDefinition(connection, { methodId }) {
  const { inputArguments, outputArguments } = await connection.session.getArgumentDefinition(await connection.nodeId(methodId));
  return { inputs: valueOut(inputArguments), outputs: valueOut(outputArguments) };
}

export async function request(connection, { name, fields }) {
  return { response: valueOut(await connection.request(name, fields)).fields };
}
