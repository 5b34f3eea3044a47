/* borders.ts - boundaries of divisions as a layer of their own: districts from afar, communities near. */
import { Failure, get } from '@shared/api'
import type OlMap from 'ol/Map'
import GeoJSON from 'ol/format/GeoJSON'
import VectorLayer from 'ol/layer/Vector'
import { transformExtent } from 'ol/proj'
import VectorSource from 'ol/source/Vector'
import Stroke from 'ol/style/Stroke'
import Style from 'ol/style/Style'

export type BorderState = 'none' | 'shown' | 'empty' | 'cut' | 'failed'
export interface Borders { show: (on: boolean) => void; again: () => void }

/* Metres a pixel from which on a level is drawn: as the names on the tiles. */
const LEVELS = [{ level: 'district', from: 40 }, { level: 'street', from: 12 }, { level: 'community', from: 0 }]
const HALO = new Style({ stroke: new Stroke({ color: 'rgba(255, 253, 249, 0.85)', width: 4 }), zIndex: 0 })
const LINE = new Style({ stroke: new Stroke({ color: '#8f3620', width: 1.5, lineDash: [7, 5] }), zIndex: 1 })

export function bordersOn(map: OlMap, told: (state: BorderState) => void): Borders {
  const source = new VectorSource()
  const view = map.getView()
  let on = false
  let held = ''
  let turn: AbortController | undefined
  map.getLayers().insertAt(1, new VectorLayer({ source, style: [HALO, LINE] }))

  async function look(): Promise<void> {
    const level = LEVELS.find((l) => (view.getResolution() ?? 0) >= l.from)?.level ?? 'community'
    const bbox = transformExtent(view.calculateExtent(), view.getProjection(), 'EPSG:4326').map((n) => n.toFixed(4)).join(',')
    if (!on || held === level + bbox) return
    held = level + bbox
    turn?.abort()
    turn = new AbortController()
    try {
      const answer = await get<{ features: unknown[]; cut?: boolean }>('/api/map/divisions', { level, bbox }, turn.signal)
      source.clear(true)
      source.addFeatures(new GeoJSON().readFeatures(answer, { featureProjection: view.getProjection() }))
      told(answer.cut ? 'cut' : answer.features.length ? 'shown' : 'empty')
    } catch (e) {
      if (!(e instanceof Failure)) return
      held = ''
      told('failed')
    }
  }

  map.on('moveend', () => void look())
  return {
    show(wanted) {
      on = wanted
      held = ''
      if (on) void look()
      else { turn?.abort(); source.clear(true); told('none') }
    },
    again: () => void look(),
  }
}
