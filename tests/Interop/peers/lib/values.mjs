// OPC UA values to JSON and back. The JSON forms are described in README.md.
import * as opcua from "node-opcua";
import { Problem } from "./problems.mjs";

const { DataType, VariantArrayType, Variant, DataValue, StatusCodes, StatusCode } = opcua;

const int64Out = ([high, low], signed) =>
  (signed ? BigInt.asIntN(64, (BigInt(high) << 32n) + BigInt(low)) : (BigInt(high >>> 0) << 32n) + BigInt(low >>> 0)).toString();

const int64In = (text) => {
  const bits = BigInt.asUintN(64, BigInt(text));
  return [Number(bits >> 32n), Number(bits & 0xffffffffn)];
};

const builtIn = new Set([...Object.keys(DataType).filter((name) => Number.isNaN(Number(name))), "UtcTime"]);

const numberOut = (value) => (Number.isFinite(value) ? value : String(value));

/** One scalar of a named built-in type; unknown names are structures or enumerations. */
function scalarOut(value, typeName) {
  if (value === null || value === undefined) return null;
  if (typeName === "Int64" || typeName === "UInt64") return Array.isArray(value) ? int64Out(value, typeName === "Int64") : String(value);
  return valueOut(value);
}

/** A value whose type is known only from what it is. */
export function valueOut(value) {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return numberOut(value);
  if (typeof value !== "object") return value;
  if (Buffer.isBuffer(value)) return value.toString("base64");
  if (value instanceof Date) return value.toISOString();
  if (value instanceof StatusCode) return value.name;
  if (value instanceof opcua.NodeId) return value.toString();
  if (value instanceof Variant) return variantOut(value);
  if (value instanceof DataValue) return dataValueOut(value);
  if (value instanceof opcua.LocalizedText) return { locale: value.locale ?? null, text: value.text ?? null };
  if (value instanceof opcua.QualifiedName) return { namespaceIndex: value.namespaceIndex, name: value.name ?? null };
  if (value.constructor.name === "OpaqueStructure") return { opaque: value.nodeId.toString(), body: value.buffer.toString("base64") };
  if (ArrayBuffer.isView(value) || Array.isArray(value)) return Array.from(value, valueOut);
  if (value.schema?.fields) return structureOut(value);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, valueOut(item)]));
}

function fieldsOf(schema) {
  const inherited = schema._baseSchema && schema._baseSchema !== schema ? fieldsOf(schema._baseSchema) : [];
  return [...inherited, ...schema.fields];
}

function structureOut(structure) {
  const fields = {};
  for (const field of fieldsOf(structure.schema)) {
    const value = structure[field.name];
    if (value === undefined) continue;
    fields[field.name] =
      value !== null && field.isArray ? Array.from(value, (item) => scalarOut(item, field.fieldType)) : scalarOut(value, field.fieldType);
  }
  return { typeName: structure.schema.name, fields };
}

export function variantOut(variant) {
  const type = DataType[variant.dataType];
  if (variant.arrayType === VariantArrayType.Scalar) return { type, value: scalarOut(variant.value, type) };
  const array = variant.value === null || variant.value === undefined ? null : Array.from(variant.value, (item) => scalarOut(item, type));
  const dimensions = variant.arrayType === VariantArrayType.Matrix ? { dimensions: variant.dimensions } : {};
  return { type, arrayType: VariantArrayType[variant.arrayType], ...dimensions, value: array };
}

export function dataValueOut(dataValue) {
  return {
    statusCode: dataValue.statusCode.name,
    ...(dataValue.value ? variantOut(dataValue.value) : { type: "Null", value: null }),
    sourceTimestamp: dataValue.sourceTimestamp?.toISOString() ?? null,
    serverTimestamp: dataValue.serverTimestamp?.toISOString() ?? null,
  };
}

/**
 * Turns JSON into library values for one session: `nodeId` resolves a text to a NodeId (namespace URIs
 * included) and `structureType` gives the class of a structure from the NodeId of its data type.
 */
export class JsonReader {
  constructor(nodeId, structureType) {
    this.nodeId = nodeId;
    this.structureType = structureType;
  }

  async scalar(typeName, json) {
    if (json === null || json === undefined) return null;
    switch (typeName) {
      case "Int64":
      case "UInt64":
        return int64In(json);
      case "Float":
      case "Double":
        return Number(json);
      case "ByteString":
        return Buffer.from(json, "base64");
      case "DateTime":
      case "UtcTime":
        return new Date(json);
      case "NodeId":
        return this.nodeId(json);
      case "ExpandedNodeId":
        return opcua.ExpandedNodeId.fromNodeId(await this.nodeId(json));
      case "StatusCode":
        return StatusCodes[json] ?? fail(`unknown status code "${json}"`);
      case "LocalizedText":
        return opcua.coerceLocalizedText(json);
      case "QualifiedName":
        return typeof json === "string" ? opcua.coerceQualifiedName(json) : new opcua.QualifiedName(json);
      case "Variant":
        return this.variant(json);
      case "ExtensionObject":
        return this.structure(json);
      default:
        return json;
    }
  }

  async variant({ type = "Null", arrayType, dimensions, value = null }) {
    const dataType = DataType[type] ?? fail(`unknown variant type "${type}"`);
    const shape = arrayType ?? (dimensions ? "Matrix" : Array.isArray(value) ? "Array" : "Scalar");
    if (shape === "Scalar") return new Variant({ dataType, arrayType: VariantArrayType.Scalar, value: await this.scalar(type, value) });
    const items = value === null ? null : await Promise.all(value.map((item) => this.scalar(type, item)));
    return new Variant({ dataType, arrayType: VariantArrayType[shape] ?? fail(`unknown array type "${shape}"`), dimensions, value: items });
  }

  /** { dataType: "nsu=…;i=1", fields: {…} } becomes a structure of the type that the server defines. */
  async structure({ dataType, fields = {} }) {
    const type = await this.structureType(await this.nodeId(dataType ?? fail("a structure needs dataType")));
    return new type(await this.fields(type.schema ?? type.prototype.schema, fields));
  }

  /** Field values for a library type whose schema is known, for example a service request. */
  async fields(schema, json) {
    const known = new Map(fieldsOf(schema).map((field) => [field.name, field]));
    const result = {};
    for (const [name, value] of Object.entries(json)) {
      const field = known.get(name) ?? fail(`${schema.name} has no field "${name}"; it has ${[...known.keys()].join(", ")}`);
      result[name] = field.isArray && Array.isArray(value) ? await Promise.all(value.map((item) => this.field(field, item))) : await this.field(field, value);
    }
    return result;
  }

  async field(field, json) {
    if (json === null) return null;
    if (field.category === "complex" && field.schema?.fields) return this.fields(field.schema, json);
    if (field.category === "enumeration" && typeof json === "string")
      return field.schema.enumValues?.[json] ?? fail(`${field.fieldType} has no value "${json}"`);
    return this.scalar(builtIn.has(field.fieldType) ? field.fieldType : field.schema?.subType || field.fieldType, json);
  }
}

function fail(message) {
  throw new Problem("BadInvalidArgument", message);
}
