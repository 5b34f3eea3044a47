// mvt.mjs - a strict reader of Mapbox Vector Tiles 2.1: whatever the standard does not allow throws.

import { check } from './harness.mjs';

class Bytes {
  constructor(bytes) { Object.assign(this, { bytes, at: 0 }); }
  get more() { return this.at < this.bytes.length; }
  varint() {
    let n = 0n, shift = 0n;
    for (;;) {
      check(this.at < this.bytes.length && shift < 70n, 'a number ends within the tile');
      const byte = this.bytes[this.at++];
      n |= BigInt(byte & 127) << shift;
      if (byte < 128) return Number(n);
      shift += 7n;
    }
  }
  part() {
    const n = this.varint();
    check(this.at + n <= this.bytes.length, 'a part ends within the tile');
    this.at += n;
    return new Bytes(this.bytes.subarray(this.at - n, this.at));
  }
}

/** Fields of a message as [number, value]; `kinds` says the wire type that each number must have. */
function fields(bytes, kinds, what) {
  const out = [];
  while (bytes.more) {
    const head = bytes.varint(), number = head >> 3;
    check(kinds[number] === (head & 7), `${what}: field ${number} of wire type ${head & 7}`);
    out.push([number, kinds[number] === 0 ? bytes.varint() : bytes.part()]);
  }
  return out;
}
const numbers = (bytes) => {
  const out = [];
  while (bytes.more) out.push(bytes.varint());
  return out;
};
const text = (part) => new TextDecoder('utf-8', { fatal: true }).decode(part.bytes);
const zig = (n) => (n >>> 1) ^ -(n & 1);

function valueOf(part) {
  const [[number, value], ...rest] = fields(part, { 1: 2, 4: 0, 5: 0, 6: 0, 7: 0 }, 'value');
  check(rest.length === 0, 'a value is one');
  return number === 1 ? text(value) : number === 6 ? zig(value) : value;
}

/** Rings of a polygon: closed, of three points and more, of an area that is not nothing. */
function geometryOf(kind, words) {
  const rings = [];
  let at = 0, x = 0, y = 0;
  while (at < words.length) {
    const id = words[at] & 7, n = words[at++] >> 3;
    check([1, 2, 7].includes(id) && n > 0, `command ${id}`);
    if (id === 7) {
      check(kind === 3 && n === 1 && rings.at(-1).length >= 3, 'a ring is closed once');
      rings.at(-1).closed = true;
      continue;
    }
    check(id === 1 || rings.length > 0, 'a line begins somewhere');
    check(id === 2 || kind === 1 || n === 1, 'one beginning');
    for (let i = 0; i < n; i++) {
      x += zig(words[at++]);
      y += zig(words[at++]);
      check(Number.isInteger(x) && Number.isInteger(y), 'a point has two numbers');
      if (id === 1) rings.push([]);
      const before = rings.at(-1).at(-1);
      check(id === 1 || !before || before[0] !== x || before[1] !== y, 'no step of nothing');
      rings.at(-1).push([x, y]);
    }
  }
  if (kind === 3) for (const ring of rings) {
    const area = ring.reduce((sum, [ax, ay], i) => {
      const [bx, by] = ring[(i + 1) % ring.length];
      return sum + ax * by - bx * ay;
    }, 0);
    check(ring.closed && area !== 0, 'a ring is closed and holds something');
    ring.outer = area > 0;
  }
  check(kind !== 3 || rings[0]?.outer, 'the first ring is an outer one');
  return rings;
}

function featureOf(part, keys, values) {
  const got = Object.fromEntries(fields(part, { 1: 0, 2: 2, 3: 0, 4: 2 }, 'feature'));
  const tags = got[2] ? numbers(got[2]) : [];
  check(tags.length % 2 === 0 && [1, 2, 3].includes(got[3]), 'tags come in pairs; a kind');
  const properties = {};
  for (let i = 0; i < tags.length; i += 2) {
    check(tags[i] < keys.length && tags[i + 1] < values.length, 'a tag that is there');
    check(!(keys[tags[i]] in properties), 'no tag twice');
    properties[keys[tags[i]]] = values[tags[i + 1]];
  }
  return { id: got[1], kind: got[3], properties, rings: geometryOf(got[3], numbers(got[4])) };
}

/** Layers of a tile by name: { version, extent, features: [{ id, kind, properties, rings }] }. */
export function tileRead(bytes) {
  const layers = {};
  for (const [, part] of fields(new Bytes(bytes), { 3: 2 }, 'tile')) {
    const all = fields(part, { 1: 2, 2: 2, 3: 2, 4: 2, 5: 0, 15: 0 }, 'layer');
    const of = (n) => all.filter(([number]) => number === n).map(([, value]) => value);
    const keys = of(3).map(text), values = of(4).map(valueOf), [name] = of(1).map(text);
    check(of(15)[0] === 2 && name && !(name in layers), 'version 2, a name of its own');
    check(new Set(keys).size === keys.length, 'no key twice');
    layers[name] = { extent: of(5)[0] ?? 4096, features: of(2).map((f) => featureOf(f, keys, values)) };
  }
  return layers;
}
