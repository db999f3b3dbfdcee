/**
 * The backend's OpenAPI document as tests read it: closed, so that an answer may say nothing that the document does not
 * say. `tests/server/described.py` closes it in the same way; both are held to tests/cases/closing.json.
 */
import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const DOCUMENT = new URL("../../server/rowback/web/api/openapi.json", import.meta.url);
const COMPONENT = "#/components/schemas/";
const PART = ".part";
const PROBLEM = "application/problem+json";
const JSON_TYPE = "application/json";
const ALTERNATIVES = ["anyOf", "oneOf"];

/** The document as it is written. @returns {any} */
export function openapi() {
  return JSON.parse(readFileSync(DOCUMENT, "utf8"));
}

/** A document, asked for what it says. @param {any} [written] */
export function described(written = openapi()) {
  const document = closed(written);
  const errors = checker(document);

  /** The schema of an answer, undefined where it has no body. */
  const schema = (method, path, status) =>
    responseOf(document, method, path, status)?.content?.[status < 400 ? JSON_TYPE : PROBLEM]?.schema;

  /** What in an answer is not as the document says. */
  function untrue(method, path, status, body) {
    if (!responseOf(document, method, path, status)) return [`${method} ${path} is not described`];
    const found = schema(method, path, status);
    if (!found) return body === undefined ? [] : [`${method} ${path} ${status} has no body`];
    return errors(found, body).map((error) => `${method} ${path} ${status}: ${error}`);
  }

  /** What in a request is not as the document says. */
  function unasked(method, address, body) {
    const { pathname, searchParams } = new URL(address);
    const operation = operationOf(document, method, pathname);
    if (!operation) return [`${method} ${pathname} is not described`];
    const known = new Set((operation.parameters ?? []).map(({ name }) => name));
    const strangers = [...searchParams.keys()].filter((name) => !known.has(name));
    return [
      ...strangers.map((name) => `${method} ${pathname} takes no ${name}`),
      ...wrongBody(operation, body, errors),
    ];
  }

  return { document, template: (path) => templateOf(document, path), schema, untrue, unasked };
}

/** Checks values by schemas of the document, each compiled once. @param {any} document */
function checker(document) {
  const ajv = new Ajv2020.default({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, "document");
  const compiled = new Map();

  /** What in a value is not as a schema says. @param {any} schema @param {unknown} value @returns {string[]} */
  return function errors(schema, value) {
    const key = JSON.stringify(schema);
    const check = compiled.get(key) ?? ajv.compile(pointed(schema));
    compiled.set(key, check);
    if (check(value)) return [];
    return check.errors.map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
}

/** The path of the document that an address has. @param {any} document @param {string} path */
function templateOf(document, path) {
  return Object.keys(document.paths).find((one) => new RegExp(`^${one.replace(/\{\w+\}/g, "[^/]+")}$`).test(path));
}

/** @param {any} document @param {string} method @param {string} path */
function operationOf(document, method, path) {
  return document.paths[templateOf(document, path) ?? ""]?.[method.toLowerCase()];
}

/** What an operation answers with a status; what by default where that is not named. */
function responseOf(document, method, path, status) {
  const responses = operationOf(document, method, path)?.responses;
  const found = responses?.[status] ?? responses?.default;
  return found?.$ref ? document.components.responses[found.$ref.split("/").at(-1)] : found;
}

/** @param {any} operation @param {unknown} body @param {(schema: any, value: unknown) => string[]} errors */
function wrongBody({ operationId, requestBody }, body, errors) {
  if (body === undefined) return requestBody?.required ? [`${operationId} wants a body`] : [];
  return requestBody ? errors(requestBody.content[JSON_TYPE].schema, body) : [`${operationId} takes no body`];
}

/** References lead into the document, wherever the schema is read. @param {any} schema @returns {any} */
function pointed(schema) {
  return JSON.parse(JSON.stringify(schema), (key, value) => (key === "$ref" ? `document${value}` : value));
}

/** The document with every object of its answers closed. What only requests hold stays open. @param {any} document */
export function closed(document) {
  const whole = structuredClone(document);
  const made = {};
  const responses = [
    ...Object.values(whole.paths)
      .flatMap((methods) => Object.values(methods))
      .flatMap((operation) => Object.values(operation.responses)),
    ...Object.values(whole.components.responses ?? {}),
  ];
  for (const { content = {} } of responses) {
    for (const body of Object.values(content))
      body.schema = close(body.schema, true, document.components.schemas, made);
  }
  Object.assign(whole.components.schemas, made);
  return whole;
}

/**
 * A schema, closed. One that is not the whole object (a part of `allOf`) is closed by the schema around it.
 *
 * @param {any} schema
 * @param {boolean} isWhole
 * @param {any} components as they are written
 * @param {any} made those closed so far
 * @returns {any}
 */
function close(schema, isWhole, components, made) {
  if (typeof schema !== "object" || schema === null) return schema;
  const isComposed =
    "allOf" in schema || ("properties" in schema && ["$ref", ...ALTERNATIVES].some((key) => key in schema));
  const inner = (one, whole = true) => close(one, whole, components, made);
  const copy = { ...schema };
  if ("$ref" in schema) copy.$ref = component(schema.$ref, isWhole && !isComposed, components, made);
  for (const key of ["allOf", ...ALTERNATIVES])
    if (key in schema) copy[key] = schema[key].map((one) => inner(one, isWhole && !isComposed));
  for (const key of ["properties", "patternProperties"]) {
    if (key in schema)
      copy[key] = Object.fromEntries(Object.entries(schema[key]).map(([name, one]) => [name, inner(one)]));
  }
  for (const key of ["items", "additionalProperties", "if", "then", "else"])
    if (key in schema) copy[key] = inner(schema[key]);
  if (isWhole && isComposed) copy.unevaluatedProperties = false;
  else if (isWhole && "properties" in schema && typeof schema.additionalProperties !== "object")
    copy.additionalProperties = false;
  return copy;
}

/** @param {string} reference @param {boolean} isWhole @param {any} components @param {any} made */
function component(reference, isWhole, components, made) {
  if (!reference.startsWith(COMPONENT)) return reference;
  const name = reference.slice(COMPONENT.length);
  const kept = isWhole ? name : name + PART;
  if (!(kept in made)) {
    made[kept] = {}; // before it is closed: it may lead to itself
    made[kept] = close(components[name], isWhole, components, made);
  }
  return COMPONENT + kept;
}
