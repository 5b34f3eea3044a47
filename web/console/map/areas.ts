/* areas.ts - divisions filled by a figure: their boundary, or a disc where none is known; always with words. */
import { get } from '@shared/api'
import Feature from 'ol/Feature'
import type OlMap from 'ol/Map'
import { boundingExtent } from 'ol/extent'
import GeoJSON from 'ol/format/GeoJSON'
import OlPoint from 'ol/geom/Point'
import VectorLayer from 'ol/layer/Vector'
import { fromLonLat } from 'ol/proj'
import VectorSource from 'ol/source/Vector'
import CircleShape from 'ol/style/Circle'
import Fill from 'ol/style/Fill'
import Stroke from 'ol/style/Stroke'
import Style from 'ol/style/Style'
import Text from 'ol/style/Text'
import { FONT } from './styles'

export interface Area { id: string; scope: number; name: string; lat: number; lon: number; text: string; fill: string; hatch: boolean; chosen: boolean }
export interface AreaSet { level: string; items: Area[] }
export interface Areas { show: (set: AreaSet | undefined) => Promise<void>; fit: () => void }

const HATCH_PX = 8
const MARGIN_DEGREES = 0.02
const DISC_PX = 17

/* What is worst is hatched too, so that colour is never alone. */
function hatched(colour: string): Fill {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = HATCH_PX
  const pen = canvas.getContext('2d')
  if (!pen) return new Fill({ color: colour })
  pen.fillStyle = colour
  pen.fillRect(0, 0, HATCH_PX, HATCH_PX)
  pen.strokeStyle = 'rgba(90, 20, 8, 0.55)'
  pen.lineWidth = 1.4
  for (const shift of [-HATCH_PX, 0, HATCH_PX]) {
    pen.moveTo(shift, HATCH_PX)
    pen.lineTo(shift + HATCH_PX, 0)
  }
  pen.stroke()
  const pattern = pen.createPattern(canvas, 'repeat')
  return new Fill({ color: pattern ?? colour })
}

export function areasOn(map: OlMap): Areas {
  const source = new VectorSource()
  const view = map.getView()
  const fills = new Map<string, Fill>()
  const shapes = new Map<string, Feature>()
  let held = ''
  let turn = 0

  const fillOf = (a: Area): Fill => {
    const key = `${a.fill}${a.hatch ? '#' : ''}`
    const made = fills.get(key) ?? (a.hatch ? hatched(a.fill) : new Fill({ color: a.fill }))
    fills.set(key, made)
    return made
  }
  const styleOf = (a: Area, shape: boolean): Style[] => {
    const stroke = new Stroke({ color: a.chosen ? '#241f1a' : 'rgba(92, 83, 74, 0.75)', width: a.chosen ? 3 : 1 })
    const words = new Text({ text: `${a.name}\n${a.text}`, font: `600 12px ${FONT}`, fill: new Fill({ color: '#241f1a' }), stroke: new Stroke({ color: '#fffdf9', width: 3.5 }), overflow: true })
    if (shape) return [new Style({ fill: fillOf(a), stroke, text: words, zIndex: a.chosen ? 2 : 1 })]
    return [new Style({ image: new CircleShape({ radius: DISC_PX, fill: fillOf(a), stroke }), text: words, zIndex: a.chosen ? 2 : 1 })]
  }
  map.getLayers().insertAt(1, new VectorLayer({ source, declutter: false }))

  /* All that the set spans, once for each level and set of divisions. */
  async function fetchShapes(set: AreaSet): Promise<void> {
    const key = set.level + set.items.map((a) => a.id).sort().join()
    if (key === held || !set.items.length) return
    const lats = set.items.map((a) => a.lat), lons = set.items.map((a) => a.lon)
    const bbox = [Math.min(...lons) - MARGIN_DEGREES, Math.min(...lats) - MARGIN_DEGREES, Math.max(...lons) + MARGIN_DEGREES, Math.max(...lats) + MARGIN_DEGREES].map((n) => n.toFixed(4)).join(',')
    const answer = await get<{ features: unknown[] }>('/api/map/divisions', { level: set.level, bbox }).catch(() => ({ features: [] }))
    shapes.clear()
    for (const f of new GeoJSON().readFeatures({ type: 'FeatureCollection', ...answer }, { featureProjection: view.getProjection() }) as Feature[]) shapes.set(String(f.get('id')), f)
    held = key
  }

  return {
    async show(set) {
      const mine = ++turn
      if (!set) return source.clear(true)
      await fetchShapes(set)
      if (mine !== turn) return
      source.clear(true)
      source.addFeatures(set.items.map((a) => {
        const shape = shapes.get(a.id)?.getGeometry()
        const f = new Feature({ geometry: shape ?? new OlPoint(fromLonLat([a.lon, a.lat])), scope: a.scope })
        f.setStyle(styleOf(a, Boolean(shape)))
        return f
      }))
    },
    fit() {
      const e = source.getExtent()
      if (e && Number.isFinite(e[0])) view.fit(boundingExtent([[e[0] ?? 0, e[1] ?? 0], [e[2] ?? 0, e[3] ?? 0]]), { padding: [40, 40, 96, 40], maxZoom: 16 })
    },
  }
}
