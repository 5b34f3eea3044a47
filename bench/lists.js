// lists.js - a page of a million orders: two filters and a sort, in an open loop.
'use strict';
const lib = require('./lib.js');

const ROWS = lib.smoke ? 5000 : 1000000,
  SECONDS = 15;
const STATES = ['placed', 'accepted', 'served', 'confirmed', 'rated', 'cancelled'];

const rows = (house, ...args) =>
  lib.run(lib.built('bench-rows'), [house.data, house.db || '-', ...args]).trim();

function fill(data, db) {
  rows({ data, db }, 'orders', `${ROWS}`);
  return {};
}

const pages = (token) =>
  STATES.flatMap((state) =>
    ['true', 'false'].flatMap((paid) =>
      ['day', '-day'].map((sort) => [
        'GET',
        `/api/care_order?state=${state}&paid=${paid}&sort=${sort}&size=20`,
        token,
      ]),
    ),
  );

async function measure(name, house) {
  const logins = { community: 'worker', street: 'street', city: 'district' };
  for (const [scope, login] of Object.entries(logins))
    await lib.openLoop(house, 'lists', `${name}, ${scope}`, pages(rows(house, 'token', login)), {
      mark: scope === 'city' ? 300 : 50,
      seconds: SECONDS,
    });
}

exports.run = () => lib.eachEngine('lists', fill, measure);
