/* styles.ts - how the map is drawn: quiet ground, readable names, kinds by colour and shape. */
import type { FeatureLike } from 'ol/Feature'
import CircleShape from 'ol/style/Circle'
import Fill from 'ol/style/Fill'
import RegularShape from 'ol/style/RegularShape'
import Stroke from 'ol/style/Stroke'
import Style from 'ol/style/Style'
import Text from 'ol/style/Text'
import { t } from '../say'
import { lookOf, shutKey } from './places'

export const FONT = '"PingFang SC","Noto Sans CJK SC","Microsoft YaHei","WenQuanYi Zen Hei",sans-serif'
const words = (text: string, size: number, color: string, offset = 0) =>
  new Text({ text, font: `${size}px ${FONT}`, fill: new Fill({ color }), stroke: new Stroke({ color: '#fffdf9', width: 3 }), offsetY: offset })

const road = (color: string, width: number) => new Style({ stroke: new Stroke({ color, width }) })
const MINOR = road('#ffffff', 2)
const PATH = road('#e6dccb', 1)
const MAJOR = road('#f3d9b8', 4)

/* Resolution in metres a pixel, below which names of compounds are worth reading. */
const NAMES_BELOW = 6

/* Names of districts from afar, of streets nearer, of communities when one can walk them. */
function shownLevel(level: string, resolution: number): boolean {
  if (level === 'community') return resolution < 2 * NAMES_BELOW && resolution > 1
  return level === 'street' ? resolution < 40 && resolution >= 2 * NAMES_BELOW : resolution >= 40
}

export function tileStyle(feature: FeatureLike, resolution: number): Style | undefined {
  const layer = String(feature.get('layer') ?? '')
  if (layer === 'streets') {
    const kind = String(feature.get('kind') ?? '')
    if (/primary|secondary|trunk|tertiary/.test(kind)) return MAJOR
    return /foot|path|steps|cycle|pedestrian|track|crossing/.test(kind) ? PATH : MINOR
  }
  if (layer === 'divisions' && shownLevel(String(feature.get('level') ?? ''), resolution)) return new Style({ text: words(String(feature.get('name') ?? ''), 14, '#8f3620') })
  if (layer === 'compounds' && resolution < NAMES_BELOW) return new Style({ text: words(String(feature.get('name') ?? ''), 12, '#5c534a') })
  return undefined
}

/* What is shut is hollow with a broken rim. */
function mark(kind: string, big: boolean, shut: boolean) {
  const look = lookOf(kind)
  const fill = new Fill({ color: shut ? '#ffffff' : look.fill })
  const stroke = shut ? new Stroke({ color: big ? '#241f1a' : look.fill, width: 2.5, lineDash: [4, 3], lineCap: 'butt' }) : new Stroke({ color: big ? '#241f1a' : '#ffffff', width: big ? 2.5 : 1.5 })
  const radius = big ? 11 : 7
  return look.points ? new RegularShape({ fill, stroke, points: look.points, radius: radius + 1, angle: look.angle }) : new CircleShape({ fill, stroke, radius })
}

export function placeStyle(feature: FeatureLike, resolution: number): Style {
  const big = Boolean(feature.get('chosen')) || feature.get('kind') === 'proposal'
  const near = resolution < NAMES_BELOW || big
  const shut = shutKey(feature.get('open') as string | undefined)
  const name = String(feature.get('name') ?? '') + (shut ? `（${t(shut)}）` : '')
  return new Style({ image: mark(String(feature.get('kind')), big, Boolean(shut)), text: near ? words(name, big ? 14 : 12, '#241f1a', 19) : undefined, zIndex: big ? 2 : 1 })
}

export const circleStyle = new Style({ fill: new Fill({ color: 'rgba(31, 111, 139, 0.14)' }), stroke: new Stroke({ color: '#1f6f8b', width: 2 }) })
export const pointStyle = new Style({ image: new CircleShape({ radius: 7, fill: new Fill({ color: '#241f1a' }), stroke: new Stroke({ color: '#ffffff', width: 2 }) }) })
