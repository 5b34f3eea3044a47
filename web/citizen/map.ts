/* map.ts - the map on canvas: our vector tiles below, the circle, the places as numbered points. */
import Feature from 'ol/Feature'
import Map from 'ol/Map'
import View from 'ol/View'
import GeoJSON from 'ol/format/GeoJSON'
import MVT from 'ol/format/MVT'
import Point from 'ol/geom/Point'
import VectorLayer from 'ol/layer/Vector'
import VectorTileLayer from 'ol/layer/VectorTile'
import { fromLonLat } from 'ol/proj'
import VectorSource from 'ol/source/Vector'
import VectorTileSource from 'ol/source/VectorTile'
import CircleStyle from 'ol/style/Circle'
import Fill from 'ol/style/Fill'
import Stroke from 'ol/style/Stroke'
import Style from 'ol/style/Style'
import Text from 'ol/style/Text'
import type { FeatureLike } from 'ol/Feature'
import 'ol/ol.css'

export interface Spot { lat: number; lon: number; name: string }
/* `mark` is its number in the list; `shut` says in words why nobody can go there now. */
export interface Pin { id: string; lat: number; lon: number; name: string; mark?: string; shut?: string }
export interface Drawn {
  places: (items: Pin[]) => void
  circle: (shape: unknown) => void
  close: () => void
}

const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
const sans = '"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif'
const at = (p: { lat: number; lon: number }) => fromLonLat([p.lon, p.lat])

const label = (text: string, size: number, fill: string) => new Text({ text, font: `${size}px ${sans}`,
  fill: new Fill({ color: fill }), stroke: new Stroke({ color: '#f3eee5', width: 3 }) })

/* A road by its kind: foot ways thin and broken, big roads broad; its name where there is room. */
function road(feature: FeatureLike, zoom: number): Style {
  const kind = String(feature.get('kind') ?? '')
  const big = /^(primary|secondary|trunk|motorway)/.test(kind)
  const foot = /^(footway|path|steps|pedestrian|cycleway|track|bridleway)/.test(kind)
  const name = feature.get('name') as string | undefined
  const style = new Style({ zIndex: big ? 2 : 1, stroke: foot
    ? new Stroke({ color: '#c3b49f', width: 1.5, lineDash: [4, 3] })
    : new Stroke({ color: '#ffffff', width: (big ? 6 : 3) * (zoom > 15 ? 1.4 : 0.8) }) })
  if (name && zoom >= (big ? 14 : 16)) {
    const text = label(name, 12, '#5c534a')
    text.setPlacement('line')
    style.setText(text)
  }
  return style
}

/* The ground below the places: roads, names of compounds and of communities. */
function ground(feature: FeatureLike, zoom: number): Style | undefined {
  const layer = feature.get('layer') as string
  const name = feature.get('name') as string | undefined
  if (layer === 'streets') return road(feature, zoom)
  if (layer === 'divisions' && name && zoom < 15) return new Style({ text: label(name, 13, '#5c534a') })
  if (layer === 'compounds' && name && zoom > 15) return new Style({ text: label(name, 12, '#6f5f4c') })
  return undefined
}

/* Shut: hollow, its rim broken, and the words below: never by colour alone. */
function shutPin(n: number, mark: string, shut: string): Style[] {
  const grey = '#5c534a'
  return [
    new Style({ image: new CircleStyle({ radius: 13, fill: new Fill({ color: '#fff' }), stroke: new Stroke({ color: grey, width: 2.5, lineDash: [4, 3], lineCap: 'butt' }) }),
      text: new Text({ text: mark, font: `bold 14px ${sans}`, fill: new Fill({ color: grey }) }), zIndex: 100 - n }),
    new Style({ text: new Text({ text: shut, offsetY: 23, font: `bold 12px ${sans}`, fill: new Fill({ color: grey }), stroke: new Stroke({ color: '#fff', width: 4 }) }), zIndex: 100 - n }),
  ]
}

function pin(n: number): Style {
  return new Style({
    image: new CircleStyle({ radius: 14, fill: new Fill({ color: colour('action') }), stroke: new Stroke({ color: '#fff', width: 2 }) }),
    text: new Text({ text: String(n), font: `bold 14px ${sans}`, fill: new Fill({ color: '#fff' }) }),
    zIndex: 100 - n,
  })
}

function homePin(name: string): Style {
  return new Style({
    image: new CircleStyle({ radius: 9, fill: new Fill({ color: '#fff' }), stroke: new Stroke({ color: colour('info'), width: 5 }) }),
    text: new Text({ text: name, offsetY: 22, font: `bold 13px ${sans}`, fill: new Fill({ color: colour('info-deep') }), stroke: new Stroke({ color: '#fff', width: 4 }) }),
    zIndex: 200,
  })
}

/* Draws into `box` around `home`; `picked` is told the id of a place that was tapped. */
export function drawMap(box: HTMLElement, home: Spot, picked: (id: string) => void): Drawn {
  const points = new VectorSource()
  const ring = new VectorSource()
  const view = new View({ center: at(home), zoom: 15, minZoom: 10, maxZoom: 18 })
  const roads = new VectorTileLayer({
    source: new VectorTileSource({ format: new MVT(), url: '/api/tiles/{z}/{x}/{y}', maxZoom: 16 }),
    style: f => ground(f, view.getZoom() ?? 15),
  })
  const area = new VectorLayer({ source: ring, style: new Style({ fill: new Fill({ color: 'rgba(31,111,139,0.12)' }), stroke: new Stroke({ color: colour('info'), width: 2 }) }) })
  const map = new Map({ target: box, layers: [roads, area, new VectorLayer({ source: points })], view })

  map.on('click', e => {
    const hit = map.forEachFeatureAtPixel(e.pixel, f => f.get('id') as string | undefined, { hitTolerance: 8 })
    if (hit) picked(hit)
  })

  function places(items: Pin[]) {
    points.clear()
    const spots = items.map((p, i) => {
      const f = new Feature({ geometry: new Point(at(p)), id: p.id })
      f.setStyle(p.shut ? shutPin(i + 1, p.mark ?? String(i + 1), p.shut) : pin(i + 1))
      return f
    })
    const me = new Feature({ geometry: new Point(at(home)) })
    me.setStyle(homePin(home.name))
    points.addFeatures([...spots, me])
  }

  function circle(shape: unknown) {
    ring.clear()
    ring.addFeatures(new GeoJSON().readFeatures(shape, { featureProjection: 'EPSG:3857' }))
    const extent = ring.getExtent()
    if (extent && Number.isFinite(extent[0])) view.fit(extent, { padding: [24, 24, 24, 24], maxZoom: 16 })
  }

  return { places, circle, close: () => map.setTarget(undefined) }
}
