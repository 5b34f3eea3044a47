/* runmap.ts - a small map of rounds: the kitchen, compounds in their order, one line a round. */
import Feature from 'ol/Feature'
import OlMap from 'ol/Map'
import View from 'ol/View'
import { defaults } from 'ol/control/defaults'
import { createEmpty, extend, isEmpty } from 'ol/extent'
import MVT from 'ol/format/MVT'
import LineString from 'ol/geom/LineString'
import OlPoint from 'ol/geom/Point'
import { defaults as interactions } from 'ol/interaction/defaults'
import VectorLayer from 'ol/layer/Vector'
import VectorTileLayer from 'ol/layer/VectorTile'
import { fromLonLat } from 'ol/proj'
import VectorSource from 'ol/source/Vector'
import VectorTileSource from 'ol/source/VectorTile'
import CircleShape from 'ol/style/Circle'
import Fill from 'ol/style/Fill'
import RegularShape from 'ol/style/RegularShape'
import Stroke from 'ol/style/Stroke'
import Style from 'ol/style/Style'
import Text from 'ol/style/Text'
import { FONT, tileStyle } from '../map/styles'
import { lookOf, type Plan, type Round } from './delivery'

export interface RunMap { show: (plan: Plan, rounds: Round[]) => void; end: () => void }
interface Halt { lon: number; lat: number; words: string }

const white = new Stroke({ color: '#ffffff', width: 2 })
const KITCHEN = new Style({ image: new RegularShape({ points: 4, angle: Math.PI / 4, radius: 10, fill: new Fill({ color: '#241f1a' }), stroke: white }), zIndex: 9 })

/* Doors of one compound that follow one another are one halt: "2–5". */
function halts(plan: Plan, round: Round): Halt[] {
  const spots = new Map(plan.spots.map((s) => [s.care_order, s]))
  const all: (Halt & { from: number })[] = []
  for (const stop of round.stops) {
    const spot = spots.get(String(stop.care_order)), last = all[all.length - 1]
    if (!spot) continue
    const seq = Number(stop.seq)
    if (last && last.lon === spot.lon && last.lat === spot.lat) last.words = `${last.from}–${seq}`
    else all.push({ lon: spot.lon, lat: spot.lat, words: String(seq), from: seq })
  }
  return all
}

export function runMapMake(target: HTMLElement, names: { in: string; out: string }): RunMap {
  const drawn = new VectorSource()
  const map = new OlMap({
    target,
    controls: defaults({ zoom: true, rotate: false, attribution: false, zoomOptions: { zoomInTipLabel: names.in, zoomOutTipLabel: names.out } }),
    interactions: interactions({ mouseWheelZoom: false }),
    layers: [
      new VectorTileLayer({ source: new VectorTileSource({ format: new MVT(), url: '/api/tiles/{z}/{x}/{y}', maxZoom: 17 }), style: tileStyle, declutter: true }),
      new VectorLayer({ source: drawn }),
    ],
    view: new View({ center: [0, 0], zoom: 14, maxZoom: 18 }),
  })
  const add = (geometry: LineString | OlPoint, style: Style) => {
    const feature = new Feature({ geometry })
    feature.setStyle(style)
    drawn.addFeature(feature)
  }
  return {
    show(plan, rounds) {
      const kitchen = fromLonLat([plan.lon, plan.lat])
      drawn.clear()
      rounds.forEach((round, nth) => {
        const look = lookOf(nth), stops = halts(plan, round)
        const shift = (nth - rounds.length / 2) * 3        /* rounds through one compound stand side by side */
        const points = stops.map((h) => fromLonLat([h.lon, h.lat])).map(([x = 0, y = 0]) => [x + shift, y + shift])
        if (!points.length) return
        add(new LineString([kitchen, ...points, kitchen]), new Style({ stroke: new Stroke({ color: look.color, width: 3, lineDash: look.dash }), zIndex: 1 }))
        stops.forEach((h, i) => add(new OlPoint(points[i]!), new Style({
          image: new CircleShape({ radius: 5, fill: new Fill({ color: look.color }), stroke: white }), zIndex: 5,
          text: new Text({ text: h.words, font: `600 12px ${FONT}`, offsetY: -13, fill: new Fill({ color: look.color }), stroke: new Stroke({ color: '#fffdf9', width: 4 }) }),
        })))
      })
      add(new OlPoint(kitchen), KITCHEN)
      const all = createEmpty()
      for (const f of drawn.getFeatures()) extend(all, f.getGeometry()!.getExtent())
      if (!isEmpty(all)) map.getView().fit(all, { padding: [34, 34, 34, 34], maxZoom: 16 })
    },
    end: () => map.setTarget(undefined),
  }
}
