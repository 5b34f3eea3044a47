# extract.py - invented OpenStreetMap extracts, their files, and what their tags mean.
#
# invented(seed) makes a small town with whatever makes a search go wrong: streets one way, stairs,
# lifts, lights, gates, private land with several entrances or behind gates for residents, islands,
# streets on top of each other, of no length, of nodes that the extract has not. as_xml() and
# as_pbf() write it. class Meaning reads it by the rules of src/roads/README.md, written here a
# second time, from the tags.
import math
import random
import struct
import zlib
from xml.sax.saxutils import quoteattr

# --- who goes where, how fast: docs/ROADS.md ---

FOOT = {"standard": 1.2, "elder": 0.8, "frail": 0.6, "wheelchair": 1.0}
STEP_S = {"standard": 0.6, "elder": 1.0, "frail": 1.6}
LIFT_S = {"standard": 30, "elder": 40, "frail": 50, "wheelchair": 50}
LIGHT_S = {"standard": 20, "elder": 25, "frail": 30, "wheelchair": 25, "ebike": 20}
PROFILES = (*FOOT, "ebike", "car")

# highway=*: car and e-bike in m/s; 0 is not at all.
KINDS = {
    "footway": (0, 1.1), "corridor": (0, 1.1), "path": (0, 2.8), "bridleway": (0, 2.8),
    "pedestrian": (0, 1.1), "steps": (0, 0), "crossing": (0, 1.1), "elevator": (0, 0),
    "living_street": (2.8, 3.3), "residential": (5.6, 4.2), "service": (3.3, 3.3),
    "unclassified": (6.9, 4.2), "road": (6.9, 4.2), "tertiary": (8.3, 4.4),
    "tertiary_link": (8.3, 4.4), "secondary": (9.7, 4.4), "secondary_link": (9.7, 4.4),
    "primary": (11.1, 4.4), "primary_link": (11.1, 4.4), "trunk": (15.3, 4.4),
    "trunk_link": (15.3, 4.4), "track": (2.8, 2.8), "cycleway": (0, 4.4), "platform": (0, 0),
    "motorway": (22.2, 0), "motorway_link": (22.2, 0),
}
OPEN = {"yes", "designated", "permissive", "official", "public", "use_sidepath"}
RESIDENTS = {"private", "residents", "permit", "customers", "destination", "delivery"}
CLOSED = {"no", "military"}
SOLID = {"wall", "fence", "hedge", "guard_rail", "ditch"}
NARROW = {"stile", "turnstile", "full-height_turnstile", "kissing_gate", "cattle_grid", "step",
          "log"}
SMALL = {"bollard", "block", "cycle_barrier", "kissing_gate", "stile", "turnstile",
         "full-height_turnstile", "step", "log", "jersey_barrier", "motorcycle_barrier", "chain",
         "bus_trap", "planter"}
WALKERS = {"footway", "corridor", "path", "bridleway", "pedestrian", "crossing", "cycleway"}


def said(tags, *keys):
    """The first of the keys that says something of access: open, residents, closed or None."""
    for key in keys:
        for name, values in (("open", OPEN), ("residents", RESIDENTS), ("closed", CLOSED)):
            if tags.get(key) in values:
                return name
    return None


def offset(a, b):
    """Metres east and north from a to b: the ellipsoid WGS 84 by its radii of curvature."""
    middle = math.radians((a[0] + b[0]) / 2)
    e2, axis = 0.00669437999014, 6378137.0
    w = math.sqrt(1 - e2 * math.sin(middle) ** 2)
    east = ((b[1] - a[1] + 180) % 360 - 180) * axis / w * math.cos(middle)
    north = (b[0] - a[0]) * axis * (1 - e2) / w ** 3
    return math.radians(east), math.radians(north)


def metres(a, b):
    return math.hypot(*offset(a, b))


# --- an extract ---

class Extract:
    def __init__(self):
        self.nodes = {}                          # id: (lat, lon, tags)
        self.ways = []                           # (id, refs, tags)

    def node(self, id, lat, lon, **tags):
        self.nodes[id] = (round(lat, 7), round(lon, 7), tags)
        return id

    def way(self, refs, **tags):
        self.ways.append((len(self.ways) + 7, refs, {k.replace("__", ":"): v
                                                     for k, v in tags.items()}))


STREETS = ("residential", "residential", "footway", "footway", "path", "service", "tertiary",
           "secondary", "primary", "trunk", "living_street", "pedestrian", "cycleway", "track",
           "unclassified", "corridor", "motorway", "tertiary_link", "construction", "proposed")
SAYS = ({}, {}, {}, {}, {"oneway": "yes"}, {"oneway": "-1"},
        {"oneway": "yes", "cycleway": "opposite"},
        {"oneway__bicycle": "no", "oneway": "yes"}, {"oneway": "no"}, {"junction": "roundabout"},
        {"foot": "no"}, {"bicycle": "yes"}, {"bicycle": "no"}, {"motor_vehicle": "no"},
        {"vehicle": "no"}, {"access": "no"}, {"access": "no", "foot": "yes"},
        {"motorroad": "yes"}, {"wheelchair": "no"}, {"oneway__foot": "yes"},
        {"access": "permissive"}, {"bicycle": "designated", "foot": "designated"},
        {"foot": "no", "access": "private"}, {"foot": "no", "motor_vehicle": "private"},
        {"foot": "no", "vehicle": "destination", "bicycle": "yes"},
        {"access": "no", "motor_vehicle": "permit"}, {"access__conditional": "no @ (22:00-06:00)"},
        {"layer": "-1", "tunnel": "yes"}, {"conveying": "yes"},
        {"name": "一号路"}, {"name__zh": "和平里", "name": "Heping Li"}, {"bridge": "yes"})
AT_NODES = ({"barrier": "gate"}, {"barrier": "bollard"}, {"barrier": "wall"},
            {"barrier": "gate", "foot": "no"}, {"barrier": "gate", "access": "no"},
            {"barrier": "stile"}, {"barrier": "fence", "access": "yes"}, {"kerb": "raised"},
            {"barrier": "turnstile", "wheelchair": "yes"}, {"highway": "elevator"},
            {"barrier": "gate", "access": "private"}, {"barrier": "lift_gate", "foot": "residents"},
            {"barrier": "gate", "access": "private", "foot": "yes"},
            {"barrier": "bollard", "access": "private"},
            {"crossing": "traffic_signals"}, {"barrier": "lift_gate", "motor_vehicle": "no"},
            {"highway": "crossing", "crossing__signals": "yes"}, {"natural": "tree"})


def invented(seed, lat=30.1, lon=114.2):
    dice, e = random.Random(seed), Extract()
    side, first = dice.randint(7, 14), dice.choice((1, -5000, 10 ** 11, 4_294_967_200))

    def at(x, y):
        return first + y * side + x
    for y in range(side):
        for x in range(side):
            says = dice.choice(AT_NODES) if dice.random() < 0.08 else {}
            e.node(at(x, y), lat + y * 6e-4 + dice.random() * 2e-4,
                   (lon + x * 7e-4 + dice.random() * 2e-4 + 180) % 360 - 180,
                   **{k.replace("__", ":"): v for k, v in says.items()})
    for y in range(side):                        # lines cut into ways of some nodes
        lines(e, dice, [at(x, y) for x in range(side)])
        lines(e, dice, [at(y, x) for x in range(side)])
    spare = first + side * side
    stairs_and_lifts(e, dice, at, side)
    compound(e, dice, at, side, spare, lat, lon)
    for i in range(dice.randint(1, 3)):
        estate(e, dice, at, side, spare + 400 + i * 20)
    for i in range(dice.randint(1, 3)):          # islands
        refs = [e.node(spare + 200 + i * 10 + k, lat - 4e-3 - i * 1e-3 + dice.random() * 2e-4,
                       (lon + k * 5e-4 + 180) % 360 - 180) for k in range(4)]
        e.way(refs, highway=dice.choice(("footway", "residential")))
    oddities(e, dice, at, side, spare + 300)
    return e


def lines(e, dice, refs):
    while len(refs) > 1:
        n = dice.randint(2, 5)
        if dice.random() < 0.85:
            says = dice.choice(SAYS)
            e.way(refs[:n], highway=dice.choice(STREETS), **says)
        refs = refs[n - 1:]


def stairs_and_lifts(e, dice, at, side):
    for _ in range(6):
        x, y = dice.randrange(side - 1), dice.randrange(side - 1)
        e.way([at(x, y), at(x + 1, y + 1)], highway="steps",
              **dice.choice(({}, {"step_count": str(dice.randint(3, 300))}, {"step_count": "many"},
                             {"ramp__wheelchair": "yes"}, {"conveying": "forward"},
                             {"conveying": "backward"}, {"handrail": "yes"})))
    for _ in range(4):
        x, y = dice.randrange(side - 1), dice.randrange(side - 1)
        e.way([at(x + 1, y), at(x, y + 1)], **dice.choice((
            {"highway": "crossing", "crossing": "traffic_signals"},
            {"highway": "footway", "footway": "crossing", "crossing__signals": "yes"},
            {"highway": "footway", "footway": "crossing", "crossing": "zebra"},
            {"highway": "elevator"}, {"railway": "platform"}, {"man_made": "pier"},
            {"public_transport": "platform"}, {"waterway": "river"})))


def compound(e, dice, at, side, spare, lat, lon):
    """Private land in the middle of the town, with several entrances; a drive into it."""
    middle = side / 2
    inner = [e.node(spare + k, lat + (middle + 0.3 * math.sin(k)) * 6e-4 + 1e-5 * k,
                    (lon + (middle + 0.3 * math.cos(k)) * 7e-4 + 180) % 360 - 180)
             for k in range(6)]
    private = dice.choice(({"access": "private"}, {"foot": "residents"}, {"access": "destination"}))
    e.way(inner, highway="service", **private)
    e.way([inner[0], inner[3], inner[5]], highway="footway", **private)
    for k in range(dice.randint(2, 4)):
        x, y = dice.randrange(side), dice.randrange(side)
        e.way([at(x, y), inner[dice.randrange(6)]], highway="footway", **private)
    e.way([at(0, 0), at(side - 1, side - 1)], highway="service", access="private")


def estate(e, dice, at, side, spare):
    """Streets that say nothing, behind one to three gates, some for residents; its court."""
    x, y = dice.uniform(1, side - 2), dice.uniform(1, side - 2)
    lat, lon, _ = e.nodes[at(0, 0)]
    inner = [e.node(spare + k, lat + (y + 0.25 * math.sin(k)) * 6e-4,
                    (lon + (x + 0.25 * math.cos(k)) * 7e-4 + 180) % 360 - 180) for k in range(6)]
    e.way([*inner, inner[0]], highway=dice.choice(("service", "residential", "footway")))
    for k in range(dice.randint(1, 3)):
        says = dice.choice(({"access": "private"}, {"access": "private"}, {"foot": "customers"},
                            {}))
        gx, gy = x + 0.4 * math.sin(k * 2), y + 0.4 * math.cos(k * 2)
        gate = e.node(spare + 8 + k, lat + gy * 6e-4, (lon + gx * 7e-4 + 180) % 360 - 180,
                      barrier=dice.choice(("gate", "lift_gate", "swing_gate")), **says)
        street = at(dice.randrange(side), dice.randrange(side))
        refs = [street, gate, inner[dice.randrange(6)]]
        for part in ([refs] if dice.random() < 0.5 else [refs[:2], refs[1:]]):
            e.way(part[::dice.choice((1, -1))], highway="service")
    if dice.random() < 0.5:                      # a court behind a gate of its own
        gate = e.node(spare + 12, lat + y * 6e-4, (lon + x * 7e-4 + 180) % 360 - 180,
                      barrier="gate", access="private")
        court = e.node(spare + 13, lat + (y + 0.1) * 6e-4, e.nodes[gate][1])
        e.way([inner[1], gate, court], highway="footway")


def oddities(e, dice, at, side, spare):
    x, y = dice.randrange(side - 1), dice.randrange(side - 1)
    a, b = at(x, y), at(x + 1, y)
    e.way([a, b], highway="residential")                         # on top of each other
    e.way([b, a], highway="footway")
    e.way([a, a, b, b, at(x, y + 1), a], highway="path")         # said twice, and closed
    e.way([at(0, side - 1), spare + 99, at(1, side - 1), at(1, side - 2)], highway="footway")
    lat, lon, _ = e.nodes[b]
    e.node(spare, lat, lon)                                      # of no length
    e.node(spare + 1, lat + 3e-4, lon)
    e.way([b, spare], highway="footway")
    e.way([spare, spare + 1], highway="footway")
    e.way([a], highway="footway")
    e.way([], highway="footway")


# --- its meaning ---

class Meaning:
    """Segments between two nodes of a way, with what each profile takes for them."""

    def __init__(self, extract):
        self.extract, self.segments = extract, []
        for _, refs, tags in extract.ways:
            self.read_way(refs, tags)
        self.close_gates()
        self.ends, self.border, self.zone = {}, set(), {}
        for s in self.segments:
            for node in s["nodes"]:
                self.ends[node] = self.ends.get(node, 0) + 1
                if not s["private"]:
                    self.border.add(node)
        self.find_zones()

    def read_way(self, refs, tags):
        kind = tags.get("highway")
        if kind is None and "platform" in (tags.get("railway"), tags.get("public_transport")):
            kind = "platform"
        elif kind is None and tags.get("man_made") == "pier":
            kind = "footway"
        if kind not in KINDS:
            return
        car, cycle = KINDS[kind]
        on_foot = said(tags, "foot", "access")
        motorroad = tags.get("motorroad") == "yes"
        no_foot = (kind.startswith("motorway") or on_foot == "closed" or
                   (motorroad and on_foot != "open"))
        no_car = car == 0 or said(tags, "motor_vehicle", "vehicle", "access") == "closed"
        no_cycle = (cycle == 0 or said(tags, "bicycle", "vehicle", "access") == "closed" or
                    (motorroad and said(tags, "bicycle") != "open"))
        if no_foot and no_car and no_cycle:
            return
        private = on_foot == "residents"
        if no_foot:
            private = all(closed or said(tags, own, "vehicle", "access") == "residents"
                          for closed, own in ((no_car, "motor_vehicle"), (no_cycle, "bicycle")))
        if kind in ("footway", "corridor") and tags.get("footway") == "crossing":
            kind = "crossing"
        lights = kind == "crossing" and (tags.get("crossing") == "traffic_signals" or
                                         tags.get("crossing:signals") == "yes")
        street = {"kind": kind, "tags": tags, "private": private, "lights": lights,
                  "no_foot": no_foot, "no_car": no_car, "no_cycle": no_cycle}
        nodes = self.extract.nodes
        for a, b in zip(refs, refs[1:]):
            if a in nodes and b in nodes and a != b:
                self.segments.append({**street, "nodes": (a, b),
                                      "m": metres(nodes[a], nodes[b])})

    def close_gates(self):
        """Of the parts that meet at a gate for residents all but the longest are private."""
        gates = {n for n, (_, _, tags) in self.extract.nodes.items()
                 if tags.get("barrier") and said(tags, "foot", "access") == "residents"}
        part, metres_of, met = {}, {}, {}

        def leader(node):
            while part.setdefault(node, node) != node:
                node = part[node]
            return node
        open_streets = [s for s in self.segments if not s["private"]]
        for s in open_streets:
            a, b = s["nodes"]
            if a not in gates and b not in gates:
                part[leader(a)] = leader(b)
        for s in open_streets:
            inner = [n for n in s["nodes"] if n not in gates]
            s["part"] = leader(inner[0]) if inner else None
            if inner:
                metres_of[s["part"]] = metres_of.get(s["part"], 0) + s["m"]
            for n in s["nodes"]:
                if n in gates and inner:
                    met.setdefault(n, set()).add(s["part"])
        behind = {p for parts in met.values() for p in parts
                  if metres_of[p] < max(metres_of[q] for q in parts)}
        for s in open_streets:
            s["private"] = s["part"] is None or s["part"] in behind

    def find_zones(self):
        """Private land that hangs together without touching a public street."""
        for s in self.segments:
            for node in s["nodes"]:
                if s["private"] and node not in self.border:
                    self.zone.setdefault(node, node)
        grown = True
        while grown:
            grown = False
            for s in self.segments:
                a, b = s["nodes"]
                if a in self.zone and b in self.zone and self.zone[a] != self.zone[b]:
                    self.zone[a] = self.zone[b] = min(self.zone[a], self.zone[b])
                    grown = True

    def stops(self, node, profile):
        tags = self.extract.nodes[node][2]
        barrier, foot, every = tags.get("barrier"), said(tags, "foot"), said(tags, "access")
        blocked = barrier and (foot == "closed" or (foot is None and (
            every == "closed" or (barrier in SOLID and every != "open"))))
        if profile == "wheelchair" and tags.get("wheelchair") != "yes":
            return (blocked or barrier in NARROW or tags.get("kerb") == "raised" or
                    tags.get("wheelchair") == "no")
        car = said(tags, "motor_vehicle", "vehicle", "access")
        if profile == "car" and barrier and (car == "closed" or (car is None and barrier in SMALL)):
            return True
        return bool(blocked)

    def directions(self, s, profile):
        tags = s["tags"]
        if profile in FOOT:
            if tags.get("conveying") == "forward" or tags.get("oneway:foot") == "yes":
                return (True, False)
            back = tags.get("conveying") == "backward" or tags.get("oneway:foot") == "-1"
            return (not back, True)
        oneway = tags.get("oneway")
        if oneway in ("yes", "true", "1"):
            way = 1
        elif oneway in ("-1", "reverse"):
            way = -1
        else:
            way = int(oneway != "no" and (s["kind"].startswith("motorway") or
                                          tags.get("junction") == "roundabout"))
        if profile == "ebike" and (tags.get("oneway:bicycle") == "no" or
                                   tags.get("cycleway", "").startswith("opposite")):
            way = 0
        return (way >= 0, way <= 0)

    def speed(self, s, profile):
        tags, kind = s["tags"], s["kind"]
        if profile == "car":
            return 0 if s["no_car"] else KINDS[kind][0]
        if profile == "ebike":
            rides = said(tags, "bicycle") == "open"
            return 0 if s["no_cycle"] else 4.2 if rides else KINDS[kind][1]
        ramp = tags.get("ramp:wheelchair") == "yes"
        if profile == "wheelchair" and ((tags.get("wheelchair") == "no" and not ramp) or
                                        (kind == "steps" and not ramp)):
            return 0
        return 0 if s["no_foot"] else FOOT[profile]

    def seconds(self, s, profile):
        """For the whole segment; None where it may not be used. Stairs are one segment each."""
        speed = self.speed(s, profile)
        if not speed:
            return None
        flat, kind = s["m"] / speed, s["kind"]
        if kind == "steps" and profile in STEP_S:
            count = s["tags"].get("step_count", "")
            steps = int(count) if count.isdigit() else round(s["m"] * 100) // 30
            flat = max(flat, steps * STEP_S[profile])
        halves = 2 * (kind == "elevator")
        lights = 2 * s["lights"]
        for node in s["nodes"]:
            tags = self.extract.nodes[node][2]
            halves += kind != "elevator" and tags.get("highway") == "elevator"
            lights += (not s["lights"] and kind in WALKERS and
                       (tags.get("crossing") == "traffic_signals" or
                        tags.get("crossing:signals") == "yes"))
        return (flat + halves * LIFT_S.get(profile, 0) / 2 + lights * LIGHT_S.get(profile, 0) / 2)

    def arcs(self, profile, zone=None):
        """(from, to, seconds) for who sets out from a zone; (node, 1) is behind a gate."""
        out = []
        for s in self.segments:
            took = self.seconds(s, profile)
            if took is None:
                continue
            for (a, b), may in zip((s["nodes"], s["nodes"][::-1]), self.directions(s, profile)):
                if not may or self.stops(b, profile):
                    continue
                own = zone is not None and zone in (self.zone.get(a), self.zone.get(b))
                if not s["private"] or own:
                    out.append(((a, 0), (b, 0), took))
                elif b not in self.border:
                    out += [((a, 0), (b, 1), took), ((a, 1), (b, 1), took)]
        return out

    def corners(self, profile):
        """Where the profile may stand without doubt about the street that is meant."""
        used, public, other = set(), set(), set()
        for s in self.segments:
            if self.seconds(s, profile) is not None:
                used.update(s["nodes"])
            (other if s["private"] else public).update(s["nodes"])
        return sorted(n for n in used if self.ends[n] != 2 and not (n in public and n in other) and
                      not self.stops(n, profile) and not self.beside(n))

    def beside(self, node):
        """Whether a street that does not end there passes within two metres."""
        nodes, at = self.extract.nodes, self.extract.nodes[node]
        for s in self.segments:
            if node in s["nodes"]:
                continue
            (ax, ay), (bx, by) = (offset(at, nodes[n]) for n in s["nodes"])
            x, y = bx - ax, by - ay
            t = max(0, min(1, -(ax * x + ay * y) / (x * x + y * y))) if x or y else 0
            if math.hypot(ax + t * x, ay + t * y) < 2:
                return True
        return False


# --- its files ---

def as_xml(e, located=False):
    """`located`: points stand in the ways, nodes that say nothing else are left out."""
    out = ['<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6" generator="invented">\n',
           '<bounds minlat="-90" minlon="-180" maxlat="90" maxlon="180"/>\n']

    def tags_of(tags):
        return "".join(f"<tag k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in tags.items())
    for id, (lat, lon, tags) in e.nodes.items():
        if located and not tags:
            continue
        out.append(f'<node id="{id}" version="1" lat="{lat:.7f}" lon="{lon:.7f}">{tags_of(tags)}'
                   "</node>\n")
    for id, refs, tags in e.ways:
        out.append(f'<way id="{id}">' + "".join(
            f'<nd ref="{r}"' + (' lat="{:.7f}" lon="{:.7f}"'.format(*e.nodes[r][:2])
                                if located and r in e.nodes else "") + "/>" for r in refs) +
                   f"{tags_of(tags)}</way>\n")
    out.append('<relation id="1"><member type="way" ref="7" role="outer"/>'
               '<tag k="highway" v="pedestrian"/></relation>\n</osm>\n')
    return "".join(out).encode()


def varint(n):
    n &= (1 << 64) - 1
    out = bytearray()
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    return bytes(out) + bytes([n])


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def packed(numbers, signed=False, delta=False):
    out, last = [], 0
    for n in numbers:
        n, last = (n - last, n) if delta else (n, last)
        out.append(varint((n << 1) ^ (n >> 63) if signed else n))
    return b"".join(out)


def blob(kind, data, zipped=True):
    body = field(2, len(data)) + field(3, zlib.compress(data)) if zipped else field(1, data)
    head = field(1, kind.encode()) + field(3, len(body))
    return struct.pack(">I", len(head)) + head + body


class Strings:
    def __init__(self):
        self.all = [b"", b"unused", b"highway"]          # what stands twice, or for nothing, counts
        self.at = {}

    def __call__(self, text):
        if text not in self.at:
            self.at[text] = len(self.all)
            self.all.append(text.encode())
        return self.at[text]


def node_block(ids, nodes, granularity, offsets):
    text, keys_values = Strings(), []
    for id in ids:
        for k, v in nodes[id][2].items():
            keys_values += [text(k), text(v)]
        keys_values.append(0)
    said = [[round((round(nodes[i][part] * 10 ** 7) * 100 - offsets[part]) / granularity)
             for i in ids] for part in (0, 1)]
    info = field(1, packed([1] * len(ids))) + field(2, packed([9] * len(ids), True, True))
    dense = (field(1, packed(ids, True, True)) + field(5, info) +
             field(8, packed(said[0], True, True)) + field(9, packed(said[1], True, True)) +
             field(10, packed(keys_values)))
    table = b"".join(field(1, s) for s in text.all)
    return (field(1, table) + field(2, field(2, dense)) + field(17, granularity) +
            field(19, offsets[0]) + field(20, offsets[1]))


NOWHERE = 2147483647, 2147483647             # as osmium says it of a node that is missing


def way_block(ways, nodes=None):
    text, group = Strings(), b""
    for id, refs, tags in ways:
        group += field(3, field(1, id) + field(2, packed([text(k) for k in tags])) +
                       field(3, packed([text(v) for v in tags.values()])) +
                       field(4, field(1, 3)) + field(8, packed(refs, True, True)) +
                       way_points(refs, nodes))
    relation = field(4, field(1, 1) + field(2, packed([text("type")])) +
                     field(3, packed([text("route")])) + field(9, packed([7], True, True)))
    table = b"".join(field(1, s) for s in text.all)
    return field(1, table) + field(2, group) + field(2, relation)


def way_points(refs, nodes):
    if nodes is None:
        return b""
    at = [[round(part * 10 ** 7) for part in nodes[r][:2]] if r in nodes else NOWHERE for r in refs]
    return b"".join(field(9 + part, packed([one[part] for one in at], True, True))
                    for part in (0, 1))


def as_pbf(e, granularity=100, offsets=(0, 0), zipped=True, size=50, first="nodes",
           located=False):
    head = field(4, b"OsmSchema-V0.6") + field(4, b"DenseNodes") + field(16, b"invented")
    if located:
        head += field(4, b"LocationsOnWays")
    ids = [n for n in e.nodes if e.nodes[n][2] or not located]
    nodes = [node_block(ids[i:i + size], e.nodes, granularity, offsets)
             for i in range(0, len(ids), size)]
    ways = [way_block(e.ways[i:i + size], e.nodes if located else None)
            for i in range(0, len(e.ways), size)]
    blocks = nodes + ways if first == "nodes" else ways + nodes
    return blob("OSMHeader", head) + b"".join(blob("OSMData", b, zipped) for b in blocks)
