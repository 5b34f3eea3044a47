// bodies.mjs - bodies and addresses that nobody should send, made from the API's own document.

const bytes = (...parts) =>
  Buffer.concat(parts.map((p) => (typeof p === 'string' ? Buffer.from(p) : Buffer.from(p))));

/** Values that are wrong for nearly every field; each field of a body gets each of them. */
const wrong = [
  {},
  [],
  ['x'],
  { a: 1 },
  true,
  -1,
  1e300,
  0.5,
  '',
  'x',
  '\u0000',
  '\ud800',
  '9'.repeat(40),
  '長'.repeat(5000),
  "'; DROP TABLE elder; --",
  '<script>',
  '-9223372036854775809',
  '2026-13-45',
  null,
];

/** Whole bodies that are no body: broken, deep, large, of other kinds. */
export const broken = [
  ['nothing', ''],
  ['half an object', '{'],
  ['a list', '[]'],
  ['null', 'null'],
  ['a text', '"x"'],
  ['a number', '17'],
  ['two objects', '{}{}'],
  ['a comma too many', '{"a":1,}'],
  ['NaN', '{"a":NaN}'],
  ['a key twice', '{"name":"a","name":"b"}'],
  ['an unknown member', '{"no_such_member_1":1}'],
  ['10,000 deep', '['.repeat(10000) + ']'.repeat(10000)],
  ['deep objects', '{"a":'.repeat(5000) + '1' + '}'.repeat(5000)],
  ['bad UTF-8', bytes('{"name":"', [0xff, 0xfe, 0xc0, 0x80], '"}')],
  ['a surrogate in bytes', bytes('{"name":"', [0xed, 0xa0, 0x80], '"}')],
  ['UTF-16', Buffer.from('\ufeff{"name":"x"}', 'utf16le')],
  ['a byte order mark', bytes([0xef, 0xbb, 0xbf], '{}')],
  ['half of a pair, escaped', '{"name":"\\ud800"}'],
  ['the halves of a pair, the wrong way round', '{"name":"\\udc00\\ud800"}'],
  ['a key twice, once escaped', '{"name":"a","n\\u0061me":"b"}'],
  ['a number beyond all doubles', '{"quantity":1e400}'],
  ['a number below all doubles', '{"quantity":1e-400}'],
  ['nothing, negative', '{"quantity":-0}'],
  ['a number that begins with nought', '{"quantity":01}'],
  ['a number of 10,000 digits', `{"quantity":${'9'.repeat(10000)}}`],
];
export const tooLarge = Buffer.alloc(1024 * 1024 + 1, 0x20);

/** The fields of an operation's JSON body, with their schemas. */
export function fieldsOf(doc, op) {
  let schema = op.requestBody?.content?.['application/json']?.schema;
  if (schema?.$ref) schema = doc.components.schemas[schema.$ref.split('/').pop()];
  const parts = schema?.allOf ?? [schema];
  return Object.assign({}, ...parts.map((p) => p?.properties ?? {}));
}

/** Something the schema allows, so that one wrong value stands alone. */
export function fitting(schema) {
  if (schema.enum) return schema.enum[0];
  if (schema.pattern?.startsWith('^[0-9]')) return '1';
  if (schema.type === 'integer') return Math.max(schema.minimum ?? 1, 1);
  if (schema.type === 'number') return 30.2;
  if (schema.type === 'boolean') return true;
  if (schema.type === 'array') return [];
  if (schema.format === 'date') return '2026-11-21';
  if (schema.format === 'date-time') return '2026-11-21T09:00:00+08:00';
  return schema.type === 'string' ? 'abc' : {};
}

/** Bodies with one field wrong; the others fit. */
export function* wrongBodies(fields) {
  const good = Object.fromEntries(Object.entries(fields).map(([n, s]) => [n, fitting(s)]));
  for (const name of Object.keys(fields))
    for (const value of wrong)
      yield [`${name} is ${JSON.stringify(value)?.slice(0, 30)}`, { ...good, [name]: value }];
  yield ['nothing but an empty object', {}];
  yield ['all that fits', good];
}

export const badSegments = [
  '0',
  '-1',
  '9223372036854775808',
  '99999999999999999999',
  'abc',
  '%00',
  '%FF%FE',
  '1%2F2',
  '1%00',
  '..',
  '%2e%2e',
  '1;2',
  '%E9',
  'x'.repeat(3000),
];
export const badValues = [
  '',
  'x',
  '-1',
  '99999999999999999999999',
  '%00',
  '%FF',
  '%',
  '%zz',
  '1,2,,3',
  "'",
  '*',
  '%F0%9F%98%80',
  '長'.repeat(300),
  '1e9',
  'true',
  '[]',
];
