/* canvas.ts - OpenLayers kept behind a few words: places, point, circle, centre. */
import Feature from 'ol/Feature'
import OlMap from 'ol/Map'
import View from 'ol/View'
import { defaults } from 'ol/control/defaults'
import ScaleLine from 'ol/control/ScaleLine'
import { boundingExtent } from 'ol/extent'
import GeoJSON from 'ol/format/GeoJSON'
import MVT from 'ol/format/MVT'
import OlPoint from 'ol/geom/Point'
import VectorLayer from 'ol/layer/Vector'
import VectorTileLayer from 'ol/layer/VectorTile'
import { fromLonLat, toLonLat, transformExtent } from 'ol/proj'
import VectorSource from 'ol/source/Vector'
import VectorTileSource from 'ol/source/VectorTile'
import { areasOn, type Areas } from './areas'
import { bordersOn, type BorderState, type Borders } from './borders'
import { clusterStyle, type Cluster } from './clusters'
import { streetsOn, type Streets } from './streets'
import { circleStyle, placeStyle, pointStyle, tileStyle } from './styles'
import { tourOn, type Tour } from './tour'
import type { Circle, Point, ShownPlace } from './places'

export interface MapHandle {
  places: (places: ShownPlace[], chosen: string) => void
  clusters: (clusters: Cluster[]) => void
  borders: Borders
  areas: Areas
  streets: Streets
  tour: Tour
  point: (p: Point | undefined) => void
  circle: (c: Circle | undefined) => void
  centre: (p: Point, zoom?: number) => void
  resize: () => void
  end: () => void
}
interface Told { moved: (bbox: string, width: number) => void; borders: (state: BorderState) => void; clicked: (at: Point, id: string) => void; stop: (id: string) => void }

const TILE_ZOOM_MAX = 17 /* lifts are drawn only then */
const HIT_PX = 8
const START_ZOOM = 14
const CLOSER = 2
const FALLBACK = [116.4, 39.9]

export function mapMake(target: HTMLElement, told: Told, names: { in: string; out: string }): MapHandle {
  const places = new VectorSource()
  const clusters = new VectorSource()
  const marks = new VectorSource()
  const rings = new VectorSource()
  const map = new OlMap({
    target,
    controls: defaults({ zoom: true, rotate: false, attribution: false, zoomOptions: { zoomInTipLabel: names.in, zoomOutTipLabel: names.out } }).extend([new ScaleLine()]),
    layers: [
      new VectorTileLayer({
        source: new VectorTileSource({ format: new MVT(), url: '/api/tiles/{z}/{x}/{y}', maxZoom: TILE_ZOOM_MAX }),
        style: tileStyle,
        declutter: true,
      }),
      new VectorLayer({ source: rings, style: circleStyle }),
      new VectorLayer({ source: places, style: placeStyle, declutter: true }),
      new VectorLayer({ source: clusters, style: clusterStyle }),
      new VectorLayer({ source: marks, style: pointStyle }),
    ],
    view: new View({ center: fromLonLat(FALLBACK), zoom: START_ZOOM, maxZoom: 19, minZoom: 6 }),
  })
  const view = map.getView()

  map.on('moveend', () => {
    const [west, south, east, north] = transformExtent(view.calculateExtent(), view.getProjection(), 'EPSG:4326')
    told.moved([west, south, east, north].map((n) => (n ?? 0).toFixed(6)).join(','), map.getSize()?.[0] ?? 0)
  })
  map.on('singleclick', (e) => {
    const heap = map.forEachFeatureAtPixel(e.pixel, (f) => f, { layerFilter: (l) => (l as VectorLayer).getSource?.() === clusters })
    if (heap) return view.animate({ center: e.coordinate, zoom: (view.getZoom() ?? START_ZOOM) + CLOSER, duration: 200 })
    const hit = map.forEachFeatureAtPixel(e.pixel, (f) => String(f.get('id') ?? ''), { hitTolerance: HIT_PX, layerFilter: (l) => l.getLayerState().managed && (l as VectorLayer).getSource?.() === places })
    const [lon = 0, lat = 0] = toLonLat(e.coordinate)
    told.clicked({ lat, lon }, hit ?? '')
  })

  return {
    places(list, chosen) {
      places.clear(true)
      places.addFeatures(list.map((p) => new Feature({ geometry: new OlPoint(fromLonLat([p.lon, p.lat])), id: p.id, name: p.name, kind: p.kind, open: p.open, chosen: p.id === chosen })))
    },
    clusters(list) {
      clusters.clear(true)
      clusters.addFeatures(list.map((c) => new Feature({ geometry: new OlPoint(fromLonLat([c.lon, c.lat])), total: c.total })))
    },
    areas: areasOn(map),
    borders: bordersOn(map, told.borders),
    streets: streetsOn(map),
    tour: tourOn(map, told.stop),
    point(p) {
      marks.clear()
      rings.clear()
      if (p) marks.addFeature(new Feature(new OlPoint(fromLonLat([p.lon, p.lat]))))
    },
    circle(c) {
      rings.clear()
      if (!c) return
      rings.addFeatures(new GeoJSON().readFeatures(c, { featureProjection: view.getProjection() }))
      const extent = rings.getExtent()
      if (extent && Number.isFinite(extent[0])) view.fit(boundingExtent([[extent[0] ?? 0, extent[1] ?? 0], [extent[2] ?? 0, extent[3] ?? 0]]), { padding: [40, 40, 70, 40], duration: 250, maxZoom: 17 })
    },
    centre: (p, zoom = START_ZOOM) => view.animate({ center: fromLonLat([p.lon, p.lat]), zoom, duration: 0 }),
    resize: () => map.updateSize(),
    end: () => map.setTarget(undefined),
  }
}
