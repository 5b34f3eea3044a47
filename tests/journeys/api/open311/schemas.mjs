// schemas.mjs - what GeoReport v2 demands of each answer, as JSON Schema: names, types, and what
// must be there, as the standard's text says it. Members that it does not know are refused.

const text = { type: 'string' };
const maybe = { type: ['string', 'null'] };
const moment = { type: 'string', format: 'date-time', pattern: '(Z|[+-]\\d\\d:\\d\\d)$' };
const maybeMoment = { anyOf: [moment, { type: 'null' }] };
const object = (required, properties) => ({ type: 'object', required, properties, additionalProperties: false });
const list = (items) => ({ type: 'array', items });

export const services = list(
  object(['service_code', 'service_name', 'metadata', 'type'], {
    service_code: text,
    service_name: text,
    description: maybe,
    metadata: { type: 'boolean' },
    type: { enum: ['realtime', 'batch', 'blackbox'] },
    keywords: maybe,
    group: maybe,
  }),
);

export const definition = object(['service_code', 'attributes'], {
  service_code: text,
  attributes: list(
    object(['variable', 'code', 'datatype', 'required'], {
      variable: { type: 'boolean' },
      code: text,
      datatype: { enum: ['string', 'number', 'datetime', 'text', 'singlevaluelist', 'multivaluelist'] },
      required: { type: 'boolean' },
      datatype_description: maybe,
      order: { type: ['integer', 'null'] },
      description: maybe,
      values: list(object(['key', 'name'], { key: text, name: text })),
    }),
  ),
});

export const requests = list(
  object(['service_request_id', 'status', 'service_code', 'requested_datetime'], {
    service_request_id: text,
    status: { enum: ['open', 'closed'] },
    status_notes: maybe,
    service_name: maybe,
    service_code: text,
    description: { type: ['string', 'null'], maxLength: 5000 },
    agency_responsible: maybe,
    service_notice: maybe,
    requested_datetime: moment,
    updated_datetime: maybeMoment,
    expected_datetime: maybeMoment,
    address: maybe,
    address_id: maybe,
    zipcode: maybe,
    lat: { type: ['number', 'null'] },
    long: { type: ['number', 'null'] },
    media_url: { anyOf: [{ type: 'string', format: 'uri' }, { type: 'null' }] },
  }),
);

export const sent = list({
  ...object([], { service_request_id: text, token: text, service_notice: maybe, account_id: maybe }),
  oneOf: [{ required: ['service_request_id'] }, { required: ['token'] }],
});

export const tokens = list(object(['service_request_id', 'token'], { service_request_id: text, token: text }));

export const errors = { ...list(object(['code', 'description'], { code: text, description: text })), minItems: 1 };
