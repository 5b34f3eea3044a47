/*
 * pbf.c - reads OSM PBF: blobs of up to 32 MiB, each a block of nodes and ways.
 *
 * A block names keys and values by their place in its table of strings; which of them matter is
 * found once for each block. Relations and everything about editing is skipped. A file may keep its
 * nodes' points in the ways (LocationsOnWays) and leave out nodes that say nothing else.
 */

#include "roads/import/import.h"
#include "roads/import/proto.h"
#include "roads/import/tags.h"

#include <string.h>
#include <zlib.h>

enum { HEADER_MAX = 64 * 1024, BLOB_MAX = 32 * 1024 * 1024, REFS_MAX = 32000 };

/* Grown blocks that one file's blobs share. */
struct pbf {
    struct source *source;
    const struct why *wrong;            /* NULL while all is right */
    uint8_t       *packed, *raw;     /* a blob as it stands in the file, and unpacked */
    size_t         packed_room, raw_room;
    struct sv     *string;
    uint8_t       *tag;              /* enum osm_tag of each string */
    size_t         strings, strings_room;
    int64_t        granularity, lat_offset, lon_offset;
    int64_t       *ref;              /* REFS_MAX */
};

static struct sv string_at(const struct pbf *p, uint64_t n)
{
    return n < p->strings ? p->string[n] : SV("");
}

static enum osm_tag tag_at(const struct pbf *p, uint64_t n)
{
    return n < p->strings ? (enum osm_tag)p->tag[n] : TAG_NONE;
}

static void read_strings(struct pbf *p, struct proto table)
{
    struct proto_field f;
    while (proto_next(&table, &f)) {
        if (f.number != 1 || f.wire != WIRE_BYTES)
            continue;
        if (p->strings == p->strings_room) {
            p->strings_room = p->strings_room * 2 + 4096;
            p->string = block_resize(p->string, p->strings_room * sizeof *p->string);
            p->tag = block_resize(p->tag, p->strings_room);
        }
        p->string[p->strings] = proto_text(f.bytes);
        p->tag[p->strings] = (uint8_t)tag_of(p->string[p->strings]);
        p->strings++;
    }
    if (table.bad)
        p->wrong = WHY("文字表已损坏", "a table of strings is broken");
}

/* --- nodes --- */

/* Degrees in units of the block to 1e-7 degree; out of range when it does not fit. */
static int64_t degrees_e7(const struct pbf *p, int64_t offset, int64_t n)
{
    int64_t nano;
    if (p->granularity == 100 && offset == 0)
        return n;
    if (__builtin_mul_overflow(n, p->granularity, &nano) ||
        __builtin_add_overflow(nano, offset, &nano))
        return INT64_MAX;
    return nano / 100;
}

static bool node_at(const struct pbf *p, int64_t lat, int64_t lon, struct point *ret_at)
{
    int64_t lat_e7 = degrees_e7(p, p->lat_offset, lat), lon_e7 = degrees_e7(p, p->lon_offset, lon);
    *ret_at = (struct point){ (int32_t)lat_e7, (int32_t)lon_e7 };
    return point_valid(lat_e7, lon_e7);
}

static void add_node(struct pbf *p, int64_t id, int64_t lat, int64_t lon, unsigned flags)
{
    struct point at;
    if (!node_at(p, lat, lon, &at)) {
        p->wrong = WHY("有节点在地球之外", "a node lies outside the earth");
        return;
    }
    p->source->nodes++;
    road_builder_node(p->source->builder, id, at, flags);
}

/* The keys and values of one dense node: pairs of string numbers, ended by 0. */
static unsigned dense_flags(struct pbf *p, struct proto *keys_values)
{
    struct osm_tags tags = { 0 };
    bool any = false;
    while (proto_more(keys_values)) {
        uint64_t key = proto_varint(keys_values);
        if (key == 0)
            break;
        uint64_t value = proto_varint(keys_values);
        enum osm_tag tag = tag_at(p, key);
        if (tag == TAG_NONE)
            continue;
        tags.value[tag] = string_at(p, value);
        any = true;
    }
    return any ? tags_node(&tags) : 0;
}

static void read_dense(struct pbf *p, struct proto dense)
{
    struct proto ids = { 0 }, lats = { 0 }, lons = { 0 }, keys_values = { 0 };
    struct proto_field f;
    while (proto_next(&dense, &f)) {
        struct proto *part = f.number == 1 ? &ids : f.number == 8 ? &lats : f.number == 9 ? &lons :
                             f.number == 10 ? &keys_values : NULL;
        if (part && f.wire == WIRE_BYTES)
            *part = f.bytes;
    }
    uint64_t id = 0, lat = 0, lon = 0;                   /* unsigned: hostile sums wrap */
    while (proto_more(&ids) && !p->wrong && !p->source->builder->full) {
        id += (uint64_t)proto_signed(&ids);
        lat += (uint64_t)proto_signed(&lats);
        lon += (uint64_t)proto_signed(&lons);
        unsigned flags = proto_more(&keys_values) ? dense_flags(p, &keys_values) : 0;
        if (ids.bad || lats.bad || lons.bad || keys_values.bad)
            break;
        add_node(p, (int64_t)id, (int64_t)lat, (int64_t)lon, flags);
    }
    if (dense.bad || ids.bad || lats.bad || lons.bad || keys_values.bad)
        p->wrong = WHY("节点块已损坏", "a block of nodes is broken");
}

/* Keys and values in two parallel lists, as single nodes and ways have them. */
static bool read_tags(const struct pbf *p, struct proto keys, struct proto values,
                      struct osm_tags *tags)
{
    while (proto_more(&keys)) {
        enum osm_tag tag = tag_at(p, proto_varint(&keys));
        struct sv value = string_at(p, proto_varint(&values));
        if (tag != TAG_NONE)
            tags->value[tag] = value;
    }
    return !keys.bad && !values.bad;
}

static void read_node(struct pbf *p, struct proto node)
{
    struct proto keys = { 0 }, values = { 0 };
    struct proto_field f;
    struct osm_tags tags = { 0 };
    int64_t id = 0, lat = 0, lon = 0;
    while (proto_next(&node, &f)) {
        int64_t n = (int64_t)(f.n >> 1 ^ (0 - (f.n & 1)));
        if (f.number == 1)
            id = n;
        else if (f.number == 8)
            lat = n;
        else if (f.number == 9)
            lon = n;
        else if (f.number == 2)
            keys = f.bytes;
        else if (f.number == 3)
            values = f.bytes;
    }
    if (node.bad || !read_tags(p, keys, values, &tags))
        p->wrong = WHY("有节点已损坏", "a node is broken");
    else
        add_node(p, id, lat, lon, tags_node(&tags));
}

/* --- ways --- */

/* The nodes it names and, where the file keeps them in the ways, their points. */
struct way_refs { struct proto ids, lats, lons; };

/* A node of the way that the extract has not lies nowhere, and is not there. */
static size_t read_refs(struct pbf *p, struct way_refs refs)
{
    uint64_t ref = 0, lat = 0, lon = 0;                  /* unsigned: hostile sums wrap */
    struct point at;
    size_t n = 0;
    bool located = proto_more(&refs.lats);
    for (; proto_more(&refs.ids) && n < REFS_MAX; n++) {
        ref += (uint64_t)proto_signed(&refs.ids);
        p->ref[n] = (int64_t)ref;
        if (!located)
            continue;
        lat += (uint64_t)proto_signed(&refs.lats);
        lon += (uint64_t)proto_signed(&refs.lons);
        if (refs.lats.bad || refs.lons.bad || !node_at(p, (int64_t)lat, (int64_t)lon, &at))
            continue;
        p->source->nodes++;
        road_builder_node(p->source->builder, (int64_t)ref, at, 0);
    }
    if (refs.ids.bad || refs.ids.at < refs.ids.end || refs.lats.bad || refs.lons.bad)
        p->wrong = WHY("有道路的节点过多或已损坏", "a way names too many nodes, or is broken");
    return n;
}

static void read_way(struct pbf *p, struct proto way)
{
    struct proto keys = { 0 }, values = { 0 };
    struct way_refs refs = { 0 };
    struct proto_field f;
    struct osm_tags tags = { 0 };
    struct road_way made;
    int64_t id = 0;
    while (proto_next(&way, &f)) {
        if (f.number == 1 && f.wire == WIRE_VARINT)
            id = (int64_t)f.n;
        else if (f.number == 2)
            keys = f.bytes;
        else if (f.number == 3)
            values = f.bytes;
        else if (f.number >= 8 && f.number <= 10 && f.wire == WIRE_BYTES)
            *(f.number == 8 ? &refs.ids : f.number == 9 ? &refs.lats : &refs.lons) = f.bytes;
    }
    if (way.bad || !read_tags(p, keys, values, &tags)) {
        p->wrong = WHY("有道路已损坏", "a way is broken");
        return;
    }
    p->source->ways++;
    if (!tags_way(&tags, &made))
        return;
    made.id = id;
    size_t n = read_refs(p, refs);
    if (!p->wrong)
        road_builder_way(p->source->builder, &made, p->ref, n);
}

/* --- blocks --- */

static void read_group(struct pbf *p, struct proto group)
{
    struct proto_field f;
    while (!p->wrong && proto_next(&group, &f)) {
        if (f.wire != WIRE_BYTES)
            continue;
        if (f.number == 1)
            read_node(p, f.bytes);
        else if (f.number == 2)
            read_dense(p, f.bytes);
        else if (f.number == 3)
            read_way(p, f.bytes);
    }
    if (group.bad && !p->wrong)
        p->wrong = WHY("有数据组已损坏", "a group is broken");
}

/* Offsets and granularity may stand behind the groups, so the block is walked twice. */
static void read_block(struct pbf *p, struct proto block)
{
    struct proto again = block;
    struct proto_field f;
    p->strings = 0;
    p->granularity = 100;
    p->lat_offset = p->lon_offset = 0;
    while (!p->wrong && proto_next(&block, &f)) {
        if (f.number == 1 && f.wire == WIRE_BYTES)
            read_strings(p, f.bytes);
        else if (f.number == 17)
            p->granularity = (int64_t)f.n;
        else if (f.number == 19)
            p->lat_offset = (int64_t)f.n;
        else if (f.number == 20)
            p->lon_offset = (int64_t)f.n;
    }
    if (block.bad)
        p->wrong = WHY("有数据块已损坏", "a block is broken");
    while (!p->wrong && proto_next(&again, &f))
        if (f.number == 2 && f.wire == WIRE_BYTES)
            read_group(p, f.bytes);
}

static void read_header_block(struct pbf *p, struct proto block)
{
    struct proto_field f;
    while (proto_next(&block, &f)) {
        if (f.number != 4 || f.wire != WIRE_BYTES)
            continue;
        struct sv feature = proto_text(f.bytes);
        if (sv_is(feature, "HistoricalInformation"))
            p->wrong = WHY("它含历史数据，请取今天的地图（osmium time-filter）",
                           "it holds what was once there; take an extract of today's map "
                           "(osmium time-filter)");
        else if (!sv_is(feature, "OsmSchema-V0.6") && !sv_is(feature, "DenseNodes") &&
                 !sv_is(feature, "LocationsOnWays"))
            p->wrong = WHY("它用了不支持的特性，请重写为普通 OSM PBF"
                          "（osmium cat IN.osm.pbf -o OUT.osm.pbf）",
                           "it asks for a feature that is not supported; write it anew as plain "
                           "OSM PBF (osmium cat IN.osm.pbf -o OUT.osm.pbf)");
    }
    if (block.bad)
        p->wrong = WHY("文件头已损坏", "its header is broken");
}

/* --- blobs --- */

/* A block of at least `size` bytes. */
static uint8_t *roomy(uint8_t *at, size_t *room, size_t size)
{
    if (size <= *room)
        return at;
    *room = size + size / 4;
    return block_resize(at, *room);
}

static struct proto unpack(struct pbf *p, struct proto zlib, uint64_t raw_size)
{
    uLongf size = (uLongf)raw_size;
    if (raw_size == 0 || raw_size > BLOB_MAX) {
        p->wrong = WHY("有数据块超过 32 MiB", "a block is larger than 32 MiB");
        return (struct proto){ 0 };
    }
    p->raw = roomy(p->raw, &p->raw_room, raw_size);
    if (uncompress(p->raw, &size, zlib.at, (uLong)(zlib.end - zlib.at)) != Z_OK ||
        size != raw_size)
        p->wrong = WHY("有数据块解压不了", "a block cannot be unpacked");
    return p->wrong ? (struct proto){ 0 } : proto_of(p->raw, size);
}

static struct proto blob_content(struct pbf *p, struct proto blob)
{
    struct proto_field f;
    struct proto raw = { 0 }, zlib = { 0 };
    uint64_t raw_size = 0;
    while (proto_next(&blob, &f)) {
        if (f.number == 1 && f.wire == WIRE_BYTES)
            raw = f.bytes;
        else if (f.number == 2)
            raw_size = f.n;
        else if (f.number == 3 && f.wire == WIRE_BYTES)
            zlib = f.bytes;
        else if (f.number >= 4 && f.number <= 7)
            p->wrong = WHY("压缩方式不支持（只支持 zlib）",
                           "it is packed in a way that is not supported (only zlib is)");
    }
    if (blob.bad)
        p->wrong = WHY("有数据块已损坏", "a block is broken");
    if (p->wrong)
        return (struct proto){ 0 };
    return zlib.at ? unpack(p, zlib, raw_size) : raw;
}

/* Into p->packed; false when the file ends before. */
static bool read_packed(struct pbf *p, size_t size)
{
    p->packed = roomy(p->packed, &p->packed_room, size);
    size_t n = fread(p->packed, 1, size, p->source->in);
    p->source->done += n;
    return n == size;
}


/* Reads the next blob into p->packed: 0 at the end of the file, or what is wrong in p->wrong. */
static size_t next_blob(struct pbf *p, char type[16])
{
    uint8_t length[4];
    size_t n = fread(length, 1, sizeof length, p->source->in);
    p->source->done += n;
    if (n == 0)
        return 0;
    uint32_t header = (uint32_t)length[0] << 24 | (uint32_t)length[1] << 16 |
                      (uint32_t)length[2] << 8 | length[3];
    if (n == sizeof length && (header == 0 || header > HEADER_MAX))
        p->wrong = WHY("有数据块的头长度不对", "a block's header has no right length");
    else if (n < sizeof length || !read_packed(p, header))
        p->wrong = WHY("文件不完整，后面被截断了", "it is cut short");
    if (p->wrong)
        return 0;

    struct proto h = proto_of(p->packed, header);
    struct proto_field f;
    uint64_t size = 0;
    while (proto_next(&h, &f)) {
        if (f.number == 1 && f.wire == WIRE_BYTES && f.bytes.end - f.bytes.at < 16)
            memcpy(type, f.bytes.at, (size_t)(f.bytes.end - f.bytes.at));
        else if (f.number == 3)
            size = f.n;
    }
    if (h.bad || size == 0 || size > BLOB_MAX)
        p->wrong = WHY("有数据块的头已损坏", "a block's header is broken");
    else if (!read_packed(p, size))
        p->wrong = WHY("文件不完整，后面被截断了", "it is cut short");
    return p->wrong ? 0 : size;
}

static void read_blobs(struct pbf *p)
{
    bool header_seen = false;
    while (!p->wrong && !p->source->builder->full) {
        char type[16] = { 0 };
        size_t size = next_blob(p, type);
        if (size == 0)
            break;
        bool header = sv_is(SV("OSMHeader"), type), data = sv_is(SV("OSMData"), type);
        if (!header_seen && !header) {
            p->wrong = WHY("它不是 OSM PBF，也不是 OSM XML", "it is neither OSM PBF nor OSM XML");
            break;
        }
        header_seen = true;
        struct proto content = header || data ? blob_content(p, proto_of(p->packed, size)) :
                                                (struct proto){ 0 };
        if (header && !p->wrong)
            read_header_block(p, content);
        else if (data && !p->wrong)
            read_block(p, content);
        source_progress(p->source);
    }
}

static void pbf_end(struct pbf *p)
{
    void *const blocks[] = { p->packed, p->raw, p->string, p->tag, p->ref };
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        block_free(blocks[i]);
}

enum err pbf_read(struct ctx *c, struct source *s)
{
    AUTO(pbf_end) struct pbf p = {
        .source = s,
        .ref = block_take(REFS_MAX * sizeof(int64_t)),
    };
    read_blobs(&p);
    return p.wrong ? source_bad(c, s, p.wrong) : ERR_NONE;
}
