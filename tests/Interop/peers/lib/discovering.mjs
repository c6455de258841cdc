// Endpoints and servers, and what a client learns about data types from the server itself.
import * as opcua from "node-opcua";
import { thumbprintOf } from "./certificates.mjs";
import { Connection } from "./connection.mjs";
import { dataValueOut, valueOut } from "./values.mjs";

/** Runs `ask` on a channel without security and without a session. */
async function onOpenChannel(fields, ask) {
  const connection = new Connection({ ...fields, policy: "None", mode: "None", session: false });
  await connection.open();
  try {
    return await ask(connection.client);
  } finally {
    await connection.close();
  }
}

const applicationOut = (server) => ({
  applicationUri: server.applicationUri,
  productUri: server.productUri,
  applicationName: valueOut(server.applicationName),
  applicationType: opcua.ApplicationType[server.applicationType],
  gatewayServerUri: server.gatewayServerUri ?? null,
  discoveryProfileUri: server.discoveryProfileUri ?? null,
  discoveryUrls: server.discoveryUrls ?? [],
});

const endpointOut = (endpoint) => ({
  endpointUrl: endpoint.endpointUrl,
  server: applicationOut(endpoint.server),
  serverCertificate: endpoint.serverCertificate?.toString("base64") ?? null,
  serverCertificateThumbprint: thumbprintOf(endpoint.serverCertificate),
  policy: endpoint.securityPolicyUri?.split("#").at(-1) ?? null,
  mode: opcua.MessageSecurityMode[endpoint.securityMode],
  securityLevel: endpoint.securityLevel,
  transportProfileUri: endpoint.transportProfileUri,
  userTokens: (endpoint.userIdentityTokens ?? []).map((token) => ({
    policyId: token.policyId,
    tokenType: opcua.UserTokenType[token.tokenType],
    securityPolicyUri: token.securityPolicyUri ?? null,
    issuedTokenType: token.issuedTokenType ?? null,
  })),
});

export const getEndpoints = async (fields) => ({
  endpoints: (await onOpenChannel(fields, (client) => client.getEndpoints({ profileUris: fields.profileUris ?? [] }))).map(endpointOut),
});

export const findServers = async (fields) => ({
  servers: (await onOpenChannel(fields, (client) => client.findServers({ serverUris: fields.serverUris ?? [] }))).map(applicationOut),
});

export const findServersOnNetwork = async (fields) => ({
  servers: valueOut(
    await onOpenChannel(fields, (client) =>
      client.findServersOnNetwork({
        startingRecordId: fields.startingRecordId ?? 0,
        maxRecordsToReturn: fields.maxRecords ?? 0,
        serverCapabilityFilter: fields.capabilities ?? [],
      }),
    ),
  ),
});

/** Lets the library discover every structure and enumeration of the server, as it does for its own users. */
export async function extractTypes(connection) {
  const manager = await connection.session.extractNamespaceDataType();
  return {
    namespaces: manager.namespaceArray.map((uri, index) => {
      if (index === 0 || !manager.hasDataTypeFactory(index)) return { uri, structures: [], enumerations: [] };
      const factory = manager.getDataTypeFactoryForNamespace(index);
      return {
        uri,
        structures: [...factory.getStructureIterator()].map((entry) => entry.schema.name),
        enumerations: [...(factory.getEnumIterator?.() ?? [])].map((entry) => entry.name),
      };
    }),
  };
}

/** DataTypeDefinition as read, and the dynamic type that the library builds from it. */
export async function dataType(connection, { nodeId }) {
  const id = await connection.nodeId(nodeId);
  const [definition, abstract, browseName] = await connection.session.read([
    { nodeId: id, attributeId: opcua.AttributeIds.DataTypeDefinition },
    { nodeId: id, attributeId: opcua.AttributeIds.IsAbstract },
    { nodeId: id, attributeId: opcua.AttributeIds.BrowseName },
  ]);
  const described = {
    browseName: valueOut(browseName.value?.value ?? null),
    isAbstract: abstract.value?.value ?? null,
    definition: dataValueOut(definition),
  };
  if (definition.value?.value?.schema?.name !== "StructureDefinition") return { ...described, type: null };
  const manager = await opcua.getExtraDataTypeManager(connection.session);
  const built = await manager.getExtensionObjectConstructorFromDataTypeAsync(id);
  return {
    ...described,
    type: {
      name: built.schema.name,
      baseType: built.schema.baseType,
      binaryEncodingId: built.encodingDefaultBinary?.toString() ?? built.schema.encodingDefaultBinary?.toString() ?? null,
      fields: built.schema.fields.map((field) => ({
        name: field.originalName,
        fieldType: field.fieldType,
        isArray: Boolean(field.isArray),
        optionalBit: field.switchBit ?? null,
        unionValue: field.switchValue ?? null,
      })),
    },
  };
}
