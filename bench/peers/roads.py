# roads.py - other engines of Debian on one net with ours, in one run: roads.py YIKE FOLDER SIDE
#
# A jittered grid of SIDE x SIDE crossings, one street in ten one way, as tables and as OSM XML.
# CPU of one thread, the question alone: for each node the nearest of 1 in 150; all within fifteen
# minutes of one node; and door to door, whole processes. A JSON line each: job, engine, ms. What
# is not installed is left out: python3-scipy, python3-igraph, python3-networkx, routino.
import json
import math
import os
import random
import resource
import subprocess
import sys
import time

YIKE, FOLDER, SIDE = sys.argv[1], sys.argv[2], int(sys.argv[3])
SPEED, LIMIT_M, CIRCLES = 0.9, 1200, 20
dice = random.Random(7)


def tell(job, engine, ms):
    print(json.dumps({"job": job, "engine": engine, "ms": round(ms, 4)}), flush=True)


def cpu(work, times=1):
    start = time.process_time()
    for i in range(times):
        work(i)
    return (time.process_time() - start) * 1000 / times


def net():
    at = [(41 + i // SIDE * 5e-4 + dice.random() * 2e-4, -30 + i % SIDE * 7e-4 +
           dice.random() * 2e-4) for i in range(SIDE * SIDE)]
    arcs = []
    for i in range(SIDE * SIDE):
        for to in ((i + 1,) if i % SIDE + 1 < SIDE else ()) + ((i + SIDE,) if i + SIDE < len(at)
                                                                 else ()):
            if dice.random() < 0.12:
                continue
            north = (at[to][0] - at[i][0]) * 111000
            east = (at[to][1] - at[i][1]) * 111320 * math.cos(math.radians(at[i][0]))
            metres = round(math.hypot(north, east) * 1.2 + 1, 1)
            arcs.append((i, to, metres))
            if dice.random() > 0.1:
                arcs.append((to, i, metres))
    return at, arcs


def path(name):
    return os.path.join(FOLDER, name)


def write(at, arcs):
    with open(path("nodes.csv"), "w", encoding="utf-8") as file:
        file.write("id,lat,lon\n")
        file.writelines(f"{i},{a:.7f},{b:.7f}\n" for i, (a, b) in enumerate(at))
    with open(path("arcs.csv"), "w", encoding="utf-8") as file:
        file.write("from,to,length_m\n")
        file.writelines(f"{a},{b},{m}\n" for a, b, m in arcs)
    with open(path("net.osm"), "w", encoding="utf-8") as file:
        file.write('<osm version="0.6">\n')
        file.writelines(f'<node id="{i + 1}" version="1" lat="{a:.7f}" lon="{b:.7f}"/>\n'
                        for i, (a, b) in enumerate(at))
        file.writelines(f'<way id="{i + 1}" version="1"><nd ref="{a + 1}"/><nd ref="{b + 1}"/>'
                        '<tag k="highway" v="residential"/></way>\n'
                        for i, (a, b, _) in enumerate(arcs) if a < b)
        file.write("</osm>\n")


def run(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True, cwd=FOLDER).stdout


def ours(places):
    run(YIKE, "roads", "import", "nodes.csv", "arcs.csv", "-o", "net.roads")
    for only, job, each in (("nearest places", "nearest one of every node", False),
                            ("circle search on the net", "circle of 15 minutes", True)):
        said = run(YIKE, "roads", "bench", "net.roads", "--k", "1", "--metres", str(LIMIT_M),
                   "--places", str(places), "--rounds", "5", "--only", only)
        line = json.loads(said.strip().split("\n")[-1])
        tell(job, "yike", line["each_us"] / 1000 if each else line["cpu_s"] * 1000)


def scipy_engine(n, arcs, places, starts):
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra
    heads, tails, lengths = zip(*arcs)
    back = csr_matrix((lengths, (tails, heads)), shape=(n, n))       # against the arcs: to places
    graph = csr_matrix((lengths, (heads, tails)), shape=(n, n))
    tell("nearest one of every node", "scipy", cpu(lambda _: dijkstra(
        back, indices=places, min_only=True, limit=LIMIT_M)))
    tell("circle of 15 minutes", "scipy", cpu(lambda i: dijkstra(
        graph, indices=starts[i], limit=SPEED * 900), CIRCLES))


def igraph_engine(n, arcs, places, starts):
    import igraph
    graph = igraph.Graph(n=n, directed=True, edges=[(a, b) for a, b, _ in arcs])
    weights = [m for _, _, m in arcs]
    tell("circle of 15 minutes", "igraph", cpu(lambda i: graph.distances(
        starts[i], weights=weights), CIRCLES))


def networkx_engine(n, arcs, places, starts):
    import networkx
    back, graph = networkx.DiGraph(), networkx.DiGraph()
    back.add_weighted_edges_from((b, a, m) for a, b, m in arcs)
    graph.add_weighted_edges_from(arcs)
    tell("nearest one of every node", "networkx", cpu(
        lambda _: networkx.multi_source_dijkstra_path_length(back, set(places), cutoff=LIMIT_M)))
    tell("circle of 15 minutes", "networkx", cpu(
        lambda i: networkx.single_source_dijkstra_path_length(graph, starts[i],
                                                              cutoff=SPEED * 900), CIRCLES))


def children(work, times):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for i in range(times):
        work(i)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ((after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)) * 1000 / times


def doors(at):
    """Two kilometres or so, each a process of its own; the same streets as OSM XML."""
    run(YIKE, "roads", "import", "net.osm", "-o", "osm.roads")
    step = min(SIDE - 1, 30)
    pairs = [(at[i], at[i + step * SIDE]) for i in (dice.randrange(SIDE * (SIDE - step))
                                                    for _ in range(CIRCLES))]
    say = "{:.6f}".format
    tell("door to door, a process", "yike", children(lambda i: run(
        YIKE, "roads", "route", "osm.roads", "--from", ",".join(map(say, pairs[i][0])), "--to",
        ",".join(map(say, pairs[i][1])), "--minutes", "120"), CIRCLES))
    run("planetsplitter", "--dir=" + FOLDER, "--tagging=/usr/share/routino/tagging.xml", "net.osm")
    tell("door to door, a process", "routino", children(lambda i: run(
        "routino-router", "--dir=" + FOLDER, "--profiles=/usr/share/routino/profiles.xml",
        "--translations=/usr/share/routino/translations.xml", "--transport=foot", "--shortest",
        "--quiet", "--output-none",
        "--lat1=" + say(pairs[i][0][0]), "--lon1=" + say(pairs[i][0][1]),
        "--lat2=" + say(pairs[i][1][0]), "--lon2=" + say(pairs[i][1][1])), CIRCLES))


def main():
    at, arcs = net()
    write(at, arcs)
    places = [dice.randrange(len(at)) for _ in range(len(at) // 150)]
    starts = [dice.randrange(len(at)) for _ in range(CIRCLES)]
    ours(len(places))
    for engine in (scipy_engine, igraph_engine, networkx_engine):
        try:
            engine(len(at), arcs, places, starts)
        except ImportError as absent:
            print(f"not installed: {absent}", file=sys.stderr)
    try:
        doors(at)
    except (FileNotFoundError, subprocess.CalledProcessError) as absent:
        print(f"not compared: {absent} {getattr(absent, 'stderr', '')}", file=sys.stderr)


main()
