/* tour.ts - one carer's day on the map: where she sets out, her stops by number, the order between them. */
import Feature from 'ol/Feature'
import type OlMap from 'ol/Map'
import { boundingExtent } from 'ol/extent'
import LineString from 'ol/geom/LineString'
import OlPoint from 'ol/geom/Point'
import VectorLayer from 'ol/layer/Vector'
import { fromLonLat } from 'ol/proj'
import VectorSource from 'ol/source/Vector'
import CircleShape from 'ol/style/Circle'
import Fill from 'ol/style/Fill'
import RegularShape from 'ol/style/RegularShape'
import Stroke from 'ol/style/Stroke'
import Style from 'ol/style/Style'
import Text from 'ol/style/Text'
import type { Point } from './places'
import { FONT } from './styles'

/* `id` is what a click tells; stops at one point share a mark, "1·4". */
export interface Stop extends Point { id: string; label: string; chosen: boolean; loose?: boolean }
/* The way along the streets, leg by leg; where it is not known yet, straight from stop to stop. */
export interface Leg { straight: boolean; points: Point[] }
export interface TourSet { key: string; start?: Point; stops: Stop[]; legs?: Leg[] }
export interface Tour { show: (set: TourSet | undefined) => void }

const HIT_PX = 6
const WAY = new Style({ stroke: new Stroke({ color: '#1f6f8b', width: 3, lineDash: [10, 6] }) })
const STREETS = new Style({ stroke: new Stroke({ color: '#1f6f8b', width: 4 }) })
const START = new Style({ image: new RegularShape({ points: 4, radius: 10, angle: Math.PI / 4, fill: new Fill({ color: '#241f1a' }), stroke: new Stroke({ color: '#fff', width: 2 }) }), zIndex: 2 })

function stopStyle(s: Stop): Style {
  const long = s.label.length > 2
  return new Style({
    image: new CircleShape({ radius: long ? 15 : 12, fill: new Fill({ color: s.chosen ? '#b4462a' : s.loose && s.label.includes('!') ? '#8a5a00' : '#1f6f8b' }), stroke: new Stroke({ color: s.chosen ? '#241f1a' : '#ffffff', width: 2 }) }),
    text: new Text({ text: s.label, font: `600 ${long ? 11 : 13}px ${FONT}`, fill: new Fill({ color: '#ffffff' }) }),
    zIndex: s.chosen ? 4 : 3,
  })
}
const at = (p: Point) => fromLonLat([p.lon, p.lat])

/* Stops of one point under the labels of all; chosen if one of them is. */
function joined(stops: Stop[]): Stop[] {
  const by = new Map<string, Stop>()
  for (const s of stops) {
    const key = `${s.lat},${s.lon}`
    const had = by.get(key)
    by.set(key, had ? { ...had, id: s.chosen ? s.id : had.id, label: had.label === s.label ? s.label : `${had.label}·${s.label}`, chosen: had.chosen || s.chosen } : s)
  }
  return [...by.values()]
}

export function tourOn(map: OlMap, picked: (id: string) => void): Tour {
  const source = new VectorSource()
  const layer = new VectorLayer({ source })
  const view = map.getView()
  let fitted = ''
  map.addLayer(layer)
  map.on('singleclick', (e) => {
    const id = map.forEachFeatureAtPixel(e.pixel, (f) => String(f.get('stop') ?? ''), { hitTolerance: HIT_PX, layerFilter: (l) => l === layer })
    if (id) picked(id)
  })
  const add = (geometry: OlPoint | LineString, style: Style, stop = '') => {
    const f = new Feature({ geometry, stop })
    f.setStyle(style)
    source.addFeature(f)
  }
  return {
    show(set) {
      source.clear(true)
      if (!set) return
      const tour = set.stops.filter((s) => !s.loose)
      const way = [...(set.start ? [set.start] : []), ...tour]
      for (const l of set.legs ?? []) add(new LineString(l.points.map(at)), l.straight ? WAY : STREETS)
      if (!set.legs && way.length > 1) add(new LineString(way.map(at)), WAY)
      if (set.start) add(new OlPoint(at(set.start)), START)
      for (const s of joined(set.stops)) add(new OlPoint(at(s)), stopStyle(s), s.id)
      const all = [...way, ...set.stops]
      if (fitted !== set.key && all.length) view.fit(boundingExtent(all.map(at)), { padding: [36, 36, 48, 36], maxZoom: 16 })
      fitted = all.length ? set.key : fitted
    },
  }
}
