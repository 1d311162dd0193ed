/** A JSON Schema, as far as `schemaErrors` understands it. */
export type Schema = Readonly<Record<string, unknown>>;

const KNOWN = new Set(
  `$schema $id $defs $ref title description type const enum properties required additionalProperties items oneOf minimum
  maximum minLength maxLength pattern minItems maxItems format`.split(/\s+/),
);

/**
 * What is wrong with `value`, one line each with its place; empty when it fits. Knows the keywords our schema uses and
 * throws for any other, so that none is passed over in silence. `format` is checked for date-time only.
 */
export function schemaErrors(root: Schema, value: unknown, schema: Schema = root, at = ''): string[] {
  for (const keyword of Object.keys(schema)) if (!KNOWN.has(keyword)) throw new Error(`unknown keyword ${keyword}`);
  const wrong = (what: string) => [`${at || '/'}: ${what}`];
  if (typeof schema.$ref === 'string') {
    const target = schema.$ref
      .split('/')
      .slice(1)
      .reduce<unknown>((node, key) => (node as Schema)[key], root);
    return schemaErrors(root, value, target as Schema, at);
  }
  if (Array.isArray(schema.oneOf)) {
    const fits = schema.oneOf.map((option: Schema) => schemaErrors(root, value, option, at));
    return fits.filter((errors) => errors.length === 0).length === 1 ? [] : fits.flat();
  }
  if ('const' in schema && value !== schema.const) return wrong(`is not ${String(schema.const)}`);
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) return wrong(`${String(value)} is not listed`);
  if (typeof schema.type === 'string' && !hasType(value, schema.type)) return wrong(`is no ${schema.type}`);
  if (typeof schema.minimum === 'number' && typeof value === 'number' && value < schema.minimum) {
    return wrong(`${value} is below ${schema.minimum}`);
  }
  if (typeof schema.maximum === 'number' && typeof value === 'number' && value > schema.maximum) {
    return wrong(`${value} is above ${schema.maximum}`);
  }
  const length = typeof value === 'string' || Array.isArray(value) ? value.length : undefined;
  const [least, most] = typeof value === 'string' ? ['minLength', 'maxLength'] : ['minItems', 'maxItems'];
  if (length !== undefined && length < Number(schema[least!] ?? 0)) return wrong(`has only ${length}`);
  if (length !== undefined && length > Number(schema[most!] ?? Infinity)) return wrong(`has ${length}`);
  if (typeof schema.pattern === 'string' && typeof value === 'string' && !new RegExp(schema.pattern).test(value)) {
    return wrong(`${value} does not match`);
  }
  if (schema.format === 'date-time' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(String(value))) {
    return wrong(`${String(value)} is no time`);
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, i) => schemaErrors(root, item, (schema.items ?? {}) as Schema, `${at}/${i}`));
  }
  return hasType(value, 'object') ? objectErrors(root, value as Schema, schema, at) : [];
}

function objectErrors(root: Schema, value: Schema, schema: Schema, at: string): string[] {
  const properties = (schema.properties ?? {}) as Readonly<Record<string, Schema>>;
  const errors: string[] = [];
  for (const key of (schema.required ?? []) as string[])
    if (!Object.hasOwn(value, key)) errors.push(`${at}/${key}: missing`);
  for (const [key, item] of Object.entries(value)) {
    const known = Object.hasOwn(properties, key) ? properties[key] : undefined;
    const rest = schema.additionalProperties;
    if (known) errors.push(...schemaErrors(root, item, known, `${at}/${key}`));
    else if (rest === false) errors.push(`${at}/${key}: not in the schema`);
    else if (typeof rest === 'object') errors.push(...schemaErrors(root, item, rest as Schema, `${at}/${key}`));
  }
  return errors;
}

function hasType(value: unknown, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}
