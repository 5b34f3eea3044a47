/* codes.ts - is this the code of the door? Told without a network, by the slow hash the phone took along. */
export interface Code { kind: 'door' | 'pin'; salt: string; hash: string }
const ROUNDS = 10000
const BITS = 128

/* Capitals and digits, as the server compares them; a scanned code has a word before it. */
export const normal = (text: string) =>
  text.trim().replace(/^YIKE-D:/i, '').replace(/[\uff01-\uff5e]/g, c => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\s-]/g, '').toUpperCase()

async function slow(code: string, salt: string): Promise<string> {
  const bytes = (t: string) => new TextEncoder().encode(t)
  const base = await crypto.subtle.importKey('raw', bytes(code), 'PBKDF2', false, ['deriveBits'])
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: bytes(salt), iterations: ROUNDS }, base, BITS)
  return Array.from(new Uint8Array(bits), b => b.toString(16).padStart(2, '0')).join('')
}

/* 'unknown' where the phone has no code to compare with: then the server says. */
export async function compare(text: string, codes: Code[], kind: Code['kind']): Promise<'right' | 'wrong' | 'unknown'> {
  const mine = codes.filter(c => c.kind === kind)
  if (!mine.length || !crypto.subtle) return 'unknown'
  for (const c of mine) if (await slow(normal(text), c.salt) === c.hash) return 'right'
  return 'wrong'
}

interface Detector { detect: (from: CanvasImageSource) => Promise<{ rawValue: string }[]> }
type Maker = new (how: { formats: string[] }) => Detector
/* The browser's own reader of QR codes, where it has one. */
export function detector(): Detector | undefined {
  const Made = (window as unknown as { BarcodeDetector?: Maker }).BarcodeDetector
  try { return Made && new Made({ formats: ['qr_code'] }) } catch { return undefined }
}
