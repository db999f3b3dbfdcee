/** Any value that a schema of the document allows, small, for fast-check. Knows of JSON Schema what is used there. */
import fc from "fast-check";

const MAX_ENTRIES = 3;
/** JSON has larger ones, but no program that counts has. */
const MAX_INTEGER = Number.MAX_SAFE_INTEGER;

/**
 * @param {any} schema
 * @param {any} components the schemas that references lead to
 * @returns {fc.Arbitrary<any>}
 */
export function anyValue(schema, components) {
  const inner = (one) => anyValue(one, components);
  if (schema.$ref) return inner(components[schema.$ref.split("/").at(-1)]);
  if (schema.allOf) return fc.tuple(...schema.allOf.map(inner)).map((parts) => Object.assign({}, ...parts));
  if (schema.oneOf ?? schema.anyOf) return fc.oneof(...(schema.oneOf ?? schema.anyOf).map(inner));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if ("const" in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.type)) return fc.oneof(...schema.type.map((type) => inner({ ...schema, type })));
  const make = TYPES[schema.type];
  if (!make) throw new Error(`No values are known for ${JSON.stringify(schema)}`);
  return make(schema, inner);
}

/** @type {Record<string, (schema: any, inner: (one: any) => fc.Arbitrary<any>) => fc.Arbitrary<any>>} */
const TYPES = {
  null: () => fc.constant(null),
  boolean: () => fc.boolean(),
  integer: ({ minimum = -MAX_INTEGER, maximum = MAX_INTEGER }) => fc.integer({ min: minimum, max: maximum }),
  string: ({ format, pattern }) =>
    format === "date-time" ? instant() : pattern ? fc.stringMatching(new RegExp(pattern)) : fc.string(),
  array: ({ items, minItems = 0 }, inner) =>
    fc.array(inner(items), { minLength: minItems, maxLength: minItems + MAX_ENTRIES }),
  object: ({ properties, required = [], additionalProperties }, inner) => {
    if (!properties) return fc.dictionary(address(), inner(additionalProperties), { maxKeys: MAX_ENTRIES });
    const members = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, inner(one)]));
    return fc.record(members, { requiredKeys: required });
  },
};

/** What maps are kept by. */
function address() {
  return fc.string().map((path) => `https://news.example/${encodeURIComponent(path)}`);
}

/** With a fraction of a second and without, as the backend writes them. */
function instant() {
  const dates = fc.date({ min: new Date("1990-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });
  return fc
    .tuple(dates, fc.boolean())
    .map(([date, isExact]) => (isExact ? date.toISOString() : date.toISOString().replace(/\.\d+/, "")));
}
