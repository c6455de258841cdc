// The small address space of the foreign server: variables of the usual kinds, methods, an event type.
import * as opcua from "node-opcua";

const { DataType, VariantArrayType, StatusCodes } = opcua;

export const plantNamespace = "urn:gdssuite:interop:plant";

const writable = ["Boolean", "Byte", "Int32", "UInt32", "Int64", "Double", "String", "ByteString", "DateTime", "Guid", "LocalizedText"];

const initial = {
  Boolean: true,
  Byte: 7,
  Int32: -42,
  UInt32: 42,
  Int64: [0, 9],
  Double: 3.5,
  String: "plant",
  ByteString: Buffer.from([1, 2, 3]),
  DateTime: new Date("2026-01-02T03:04:05.000Z"),
  Guid: "72962B91-FA75-4AE6-8D28-B404DC7DAF63",
  LocalizedText: { locale: "en", text: "plant" },
};

/** Fills the server's address space; answers what the commands need to reach it later. */
export function buildPlant(server) {
  const { addressSpace } = server.engine;
  const namespace = addressSpace.registerNamespace(plantNamespace);
  const folder = namespace.addFolder("ObjectsFolder", { browseName: "Plant", nodeId: "s=Plant", eventNotifier: 1 });
  addressSpace.rootFolder.objects.server.addReference({ referenceType: "HasNotifier", nodeId: folder });
  const variable = (name, options) => namespace.addVariable({ componentOf: folder, browseName: name, nodeId: `s=${name}`, ...options });

  for (const type of writable) variable(type, { dataType: type, value: { dataType: DataType[type], arrayType: VariantArrayType.Scalar, value: initial[type] } });
  variable("Int32Array", {
    dataType: "Int32",
    valueRank: 1,
    value: { dataType: DataType.Int32, arrayType: VariantArrayType.Array, value: Int32Array.from([1, 2, 3, 4]) },
  });
  variable("StringArray", {
    dataType: "String",
    valueRank: 1,
    value: { dataType: DataType.String, arrayType: VariantArrayType.Array, value: ["a", "b", "c"] },
  });
  variable("DoubleMatrix", {
    dataType: "Double",
    valueRank: 2,
    arrayDimensions: [2, 3],
    value: { dataType: DataType.Double, arrayType: VariantArrayType.Matrix, dimensions: [2, 3], value: [1, 2, 3, 4, 5, 6] },
  });
  variable("ReadOnly", { dataType: "Int32", accessLevel: "CurrentRead", userAccessLevel: "CurrentRead", value: { dataType: DataType.Int32, value: 1 } });
  structure(addressSpace, variable, "Range", opcua.DataTypeIds.Range, { low: -10, high: 110 });
  structure(addressSpace, variable, "EUInformation", opcua.DataTypeIds.EUInformation, {
    namespaceUri: "http://www.opcfoundation.org/UA/units/un/cefact",
    unitId: 4408652,
    displayName: { locale: "en", text: "°C" },
    description: { locale: "en", text: "degree Celsius" },
  });
  const temperature = namespace.addAnalogDataItem({
    componentOf: folder,
    browseName: "Temperature",
    nodeId: "s=Temperature",
    dataType: "Double",
    engineeringUnitsRange: { low: 0, high: 100 },
    value: { dataType: DataType.Double, value: 20 },
  });
  const counter = variable("Counter", { dataType: "UInt32", accessLevel: "CurrentRead", value: { dataType: DataType.UInt32, value: 0 } });
  let count = 0;
  const timer = setInterval(() => counter.setValueFromSource({ dataType: DataType.UInt32, value: ++count }), 100);

  addMethods(namespace, folder);
  const eventType = namespace.addEventType({ subtypeOf: "BaseEventType", browseName: "PlantEventType", nodeId: "s=PlantEventType" });
  namespace.addVariable({ propertyOf: eventType, browseName: "Detail", dataType: "String", modellingRule: "Mandatory" });
  return { folder, eventType, temperature, stop: () => clearInterval(timer) };
}

function structure(addressSpace, variable, name, dataTypeId, fields) {
  variable(name, {
    dataType: opcua.resolveNodeId(dataTypeId),
    value: { dataType: DataType.ExtensionObject, value: addressSpace.constructExtensionObject(opcua.resolveNodeId(dataTypeId), fields) },
  });
}

function addMethods(namespace, folder) {
  const int32 = (name) => ({ name, dataType: DataType.Int32, valueRank: -1, description: { text: name } });
  const add = namespace.addMethod(folder, {
    browseName: "Add",
    nodeId: "s=Add",
    inputArguments: [int32("A"), int32("B")],
    outputArguments: [int32("Sum")],
  });
  add.bindMethod(([a, b], _context, done) =>
    done(null, { statusCode: StatusCodes.Good, outputArguments: [{ dataType: DataType.Int32, value: a.value + b.value }] }),
  );
  const refuse = namespace.addMethod(folder, { browseName: "Refuse", nodeId: "s=Refuse", inputArguments: [], outputArguments: [] });
  refuse.bindMethod((_inputs, _context, done) => done(null, { statusCode: StatusCodes.BadInvalidState, outputArguments: [] }));
}
