/* clusters.ts - places that lie too close to tell apart, as one disc with their number. */
import type { FeatureLike } from 'ol/Feature'
import CircleShape from 'ol/style/Circle'
import Fill from 'ol/style/Fill'
import Stroke from 'ol/style/Stroke'
import Style from 'ol/style/Style'
import Text from 'ol/style/Text'
import { count } from '../format'
import { FONT } from './styles'

export interface Cluster { lat: number; lon: number; total: number }

/* How many cells the server draws a view together by, from side to side: one every 90 points or so. */
export const cellsOf = (width: number): number => Math.min(64, Math.max(4, Math.round(width / 90)))

/* The areas of the discs, not their radii, are to each other as the numbers, within what can be hit. */
export function clusterStyle(feature: FeatureLike): Style {
  const total = Number(feature.get('total'))
  const radius = Math.min(32, 13 + Math.sqrt(total) * 0.9)
  return new Style({
    image: new CircleShape({ radius, fill: new Fill({ color: 'rgba(31, 111, 139, 0.92)' }), stroke: new Stroke({ color: '#ffffff', width: 2 }) }),
    text: new Text({ text: count(total), font: `600 13px ${FONT}`, fill: new Fill({ color: '#ffffff' }) }),
    zIndex: 1,
  })
}

interface Feature { properties?: { total?: number }; geometry?: { coordinates: number[] } }

export function clustersOf(answer: unknown): Cluster[] {
  const features = (answer as { features?: Feature[] } | undefined)?.features ?? []
  return features.flatMap((f) => {
    const [lon, lat] = f.geometry?.coordinates ?? []
    const total = f.properties?.total
    return total === undefined || lon === undefined || lat === undefined ? [] : [{ lat, lon, total }]
  })
}
