// workbook.mjs - a small workbook as another office's program writes it: one sheet of text, stored unpacked.

import { spawnSync } from 'node:child_process';

const TABLE = Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});
const crc = (b) => (b.reduce((c, x) => TABLE[(c ^ x) & 255] ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

/** Numbers of the zip's heads, each with its width in bytes. */
function packed(...fields) {
  const b = Buffer.alloc(fields.reduce((n, [, w]) => n + w, 0));
  let at = 0;
  for (const [v, w] of fields) at = b.writeUIntLE(v, at, w);
  return b;
}

function zip(files) {
  const parts = [], heads = [];
  let at = 0;
  for (const [name, text] of files) {
    const n = Buffer.from(name), body = Buffer.from(text);
    const common = [[20, 2], [0x800, 2], [0, 2], [0, 2], [0x5a21, 2], [crc(body), 4], [body.length, 4],
      [body.length, 4], [n.length, 2], [0, 2]];
    const local = Buffer.concat([packed([0x04034b50, 4], ...common), n, body]);
    heads.push(packed([0x02014b50, 4], [20, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]), n);
    parts.push(local);
    at += local.length;
  }
  const list = Buffer.concat(heads);
  return Buffer.concat([...parts, list, packed([0x06054b50, 4], [0, 2], [0, 2], [files.length, 2],
    [files.length, 2], [list.length, 4], [at, 4], [0, 2])]);
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = 'http://schemas.openxmlformats.org', PACKAGE = `${OFFICE}/package/2006`;
const DOCUMENT = `${OFFICE}/officeDocument/2006/relationships`, SHEET = `${OFFICE}/spreadsheetml/2006/main`;
const MAKER = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const cell = (text) => '<c t="inlineStr"><is><t>' +
  String(text).replace(/&/g, '&amp;').replace(/</g, '&lt;') + '</t></is></c>';

/** Rows of text as the bytes of an .xlsx. */
export const workbook = (rows, sheet = '工单') => workbookOf([{ name: sheet, rows }]);

/** The same with several sheets: { name, rows, merged: ['A1:C1'] }. */
export function workbookOf(sheets) {
  const part = (i) => `worksheets/sheet${i + 1}.xml`;
  return zip([
    ['[Content_Types].xml', `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ` +
      `ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
      `<Override PartName="/xl/workbook.xml" ContentType="${MAKER}.sheet.main+xml"/>` +
      sheets.map((_, i) => `<Override PartName="/xl/${part(i)}" ContentType="${MAKER}.worksheet+xml"/>`).join('') +
      '</Types>'],
    ['_rels/.rels', `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" ` +
      `Type="${DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
    ['xl/workbook.xml', `${XML}<workbook xmlns="${SHEET}" xmlns:r="${DOCUMENT}"><sheets>` +
      sheets.map(({ name }, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('') +
      '</sheets></workbook>'],
    ['xl/_rels/workbook.xml.rels', `${XML}<Relationships xmlns="${PACKAGE}/relationships">` +
      sheets.map((_, i) =>
        `<Relationship Id="rId${i + 1}" Type="${DOCUMENT}/worksheet" Target="${part(i)}"/>`).join('') +
      '</Relationships>'],
    ...sheets.map(({ rows, merged = [] }, i) => [`xl/${part(i)}`, `${XML}<worksheet xmlns="${SHEET}"><sheetData>` +
      rows.map((r, n) => `<row r="${n + 1}">${r.map(cell).join('')}</row>`).join('') + '</sheetData>' +
      (merged.length ? `<mergeCells>${merged.map((m) => `<mergeCell ref="${m}"/>`).join('')}</mergeCells>` : '') +
      '</worksheet>']),
  ]);
}

/** All text of a workbook's parts, read by a program that is not ours. */
export function wordsOf(file) {
  const said = spawnSync('python3', ['-c', 'import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1])\n' +
    'print("\\n".join(z.read(n).decode() for n in z.namelist() if n.endswith(".xml")))', file],
  { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (said.status !== 0) throw new Error(said.stderr);
  return said.stdout;
}
