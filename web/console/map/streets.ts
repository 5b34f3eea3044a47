/* streets.ts - street edits on the map: lines by state, the points of a drawing, what the server says of it. */
import Feature from 'ol/Feature'
import LineString from 'ol/geom/LineString'
import OlPoint from 'ol/geom/Point'
import VectorLayer from 'ol/layer/Vector'
import type OlMap from 'ol/Map'
import { fromLonLat } from 'ol/proj'
import VectorSource from 'ol/source/Vector'
import CircleShape from 'ol/style/Circle'
import Fill from 'ol/style/Fill'
import Stroke from 'ol/style/Stroke'
import Style from 'ol/style/Style'
import { textOf, type Row } from '../rows'
import type { Point } from './places'

import type { Walk } from '../answers'

export type { Walk } from '../answers'
export type StreetEnd = Walk['start']
export interface Line { id: string; state: string; closed: boolean; points: Point[] }
/* What is being drawn, and the two points a walk is measured between. */
export interface Drawing { points: Point[]; dots?: Point[]; from?: Point; to?: Point }

export const lineOf = (points: Point[]) => ({ type: 'LineString', coordinates: points.map((p) => [p.lon, p.lat]) })

export function linesOf(rows: Row[]): Line[] {
  return rows.flatMap((r) => {
    const line = r['line'] as { coordinates?: number[][] } | undefined
    const points = (line?.coordinates ?? []).map(([lon = 0, lat = 0]) => ({ lat, lon }))
    return points.length > 1 ? [{ id: String(r.id), state: textOf(r, 'state'), closed: textOf(r, 'kind') === 'closed', points }] : []
  })
}

/* "41.15,-8.61" as people write it, latitude first. */
export function pointOf(text: string): Point | undefined {
  const [lat, lon, more] = text.split(/[,，\s]+/).filter(Boolean).map(Number)
  if (lat === undefined || lon === undefined || more !== undefined) return undefined
  if (!(Math.abs(lat) <= 90) || !(Math.abs(lon) <= 180)) return undefined
  return { lat, lon }
}
export const pointText = (p: Point | undefined): string => (p ? `${p.lat.toFixed(6)}, ${p.lon.toFixed(6)}` : '')

/* State by dash and colour, so that colour is never alone. */
const stroke = (color: string, lineDash?: number[]) => new Style({ stroke: new Stroke({ color, width: 4, ...(lineDash ? { lineDash } : {}) }) })
const LOOKS: Record<string, Style> = { published: stroke('#2f6b3c'), submitted: stroke('#8a5a00', [10, 5]), draft: stroke('#1f6f8b', [3, 6]), withdrawn: stroke('#9b948b', [1, 8]) }
const CLOSED = stroke('#a4262c', [12, 4, 2, 4])
const DRAWN = stroke('#b4462a')
const dot = (color: string, radius: number) => new Style({ image: new CircleShape({ radius, fill: new Fill({ color }), stroke: new Stroke({ color: '#fff', width: 2 }) }), zIndex: 3 })
const CORNER = dot('#b4462a', 6)
const ENDS = [dot('#1f6f8b', 8), dot('#6a4a8a', 8)]

export interface Streets { lines: (lines: Line[]) => void; drawing: (d: Drawing | undefined) => void }

export function streetsOn(map: OlMap): Streets {
  const saved = new VectorSource()
  const drawn = new VectorSource()
  const at = (p: Point) => fromLonLat([p.lon, p.lat])
  map.addLayer(new VectorLayer({ source: saved, style: (f) => (f.get('closed') ? CLOSED : LOOKS[String(f.get('state'))]) ?? CLOSED }))
  map.addLayer(new VectorLayer({ source: drawn, style: (f) => f.get('style') as Style }))
  const add = (source: VectorSource, geometry: OlPoint | LineString, more: object) => source.addFeature(new Feature({ geometry, ...more }))
  return {
    lines(lines) {
      saved.clear()
      for (const l of lines) add(saved, new LineString(l.points.map(at)), { state: l.state, closed: l.closed })
    },
    drawing(d) {
      drawn.clear()
      if (!d) return
      if (d.points.length > 1) add(drawn, new LineString(d.points.map(at)), { style: DRAWN })
      for (const p of d.points) add(drawn, new OlPoint(at(p)), { style: CORNER })
      for (const p of d.dots ?? []) add(drawn, new OlPoint(at(p)), { style: CORNER })
      for (const [n, p] of [d.from, d.to].entries()) if (p) add(drawn, new OlPoint(at(p)), { style: ENDS[n] })
    },
  }
}
