/*
 * osm_xml.c - reads OSM XML, plain or gzip, as it streams by.
 *
 * Entities can blow a small file up to any size, so a document type is refused, and so is what
 * unpacks to more than a hundred times its size or holds an element of more than a mebibyte.
 */

#include "geo/degrees.h"
#include "roads/import/import.h"
#include "roads/import/tags.h"

#include <expat.h>
#include <string.h>
#include <zlib.h>

enum { PART = 64 * 1024, DEPTH_MAX = 16, REFS_MAX = 32000, ELEMENT_MAX = 1024 * 1024,
       VALUE_MAX = 256, RATIO_MAX = 100, RATIO_SPARE = 16 * 1024 * 1024 };

enum inside { INSIDE_NOTHING, INSIDE_NODE, INSIDE_WAY };

struct xml {
    struct source  *source;
    XML_Parser      parser;
    const struct why *wrong;
    int             depth;
    bool            root_seen;
    enum inside     inside;
    bool            dropped;         /* the element is deleted or has no place */
    int64_t         id;
    struct point    at;
    struct osm_tags tags;
    char          (*value)[VALUE_MAX * 4];     /* of each tag, since expat's text does not stay */
    int64_t        *ref;
    struct point   *ref_at;          /* where the way says of its node where it lies */
    bool           *ref_told;
    size_t          refs;
    uint64_t        unpacked;
};

static void stop(struct xml *x, const struct why *wrong)
{
    if (!x->wrong)
        x->wrong = wrong;
    XML_StopParser(x->parser, XML_FALSE);
}

static struct sv attribute(const XML_Char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return sv_of(attributes[1]);
    return SV("");
}

static void begin(struct xml *x, enum inside inside, const XML_Char **attributes)
{
    x->inside = inside;
    x->dropped = sv_is(attribute(attributes, "visible"), "false") ||
                 sv_is(attribute(attributes, "action"), "delete");
    x->tags = (struct osm_tags){ 0 };
    x->refs = 0;
    if (!sv_int(attribute(attributes, "id"), INT64_MIN, INT64_MAX, &x->id))
        stop(x, WHY("有元素没有编号", "an element has no id"));
}

static void begin_node(struct xml *x, const XML_Char **attributes)
{
    int64_t lat, lon;
    begin(x, INSIDE_NODE, attributes);
    if (x->dropped)
        return;
    if (!sv_degrees_e7(attribute(attributes, "lat"), LAT_E7_MAX, &lat) ||
        !sv_degrees_e7(attribute(attributes, "lon"), LON_E7_MAX, &lon)) {
        stop(x, WHY("有节点在地球之外，或没有位置", "a node lies outside the earth, or nowhere"));
        return;
    }
    x->at = (struct point){ (int32_t)lat, (int32_t)lon };
}

/* A file may keep its nodes' points in the ways, and leave out nodes that say nothing else. */
static void add_ref(struct xml *x, const XML_Char **attributes)
{
    int64_t lat, lon;
    if (x->refs == REFS_MAX) {
        stop(x, WHY("有道路的节点过多", "a way names too many nodes"));
        return;
    }
    size_t at = x->refs++;
    if (!sv_int(attribute(attributes, "ref"), INT64_MIN, INT64_MAX, &x->ref[at]))
        stop(x, WHY("有道路引用的节点不是编号", "a way names a node that is no number"));
    x->ref_told[at] = sv_degrees_e7(attribute(attributes, "lat"), LAT_E7_MAX, &lat) &&
                      sv_degrees_e7(attribute(attributes, "lon"), LON_E7_MAX, &lon);
    if (x->ref_told[at])
        x->ref_at[at] = (struct point){ (int32_t)lat, (int32_t)lon };
}

static void add_tag(struct xml *x, const XML_Char **attributes)
{
    enum osm_tag tag = tag_of(attribute(attributes, "k"));
    struct sv value = attribute(attributes, "v");
    if (tag == TAG_NONE || value.len >= sizeof x->value[tag])
        return;
    memcpy(x->value[tag], value.at, value.len);
    x->tags.value[tag] = (struct sv){ x->value[tag], value.len };
}

static void XMLCALL on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
    struct xml *x = data;
    if (x->wrong)
        return;
    if (++x->depth > DEPTH_MAX)
        stop(x, WHY("元素嵌套过深", "its elements are nested too deeply"));
    else if (!x->root_seen && strcmp(name, "osm") != 0)
        stop(x, WHY("它不是 OSM XML", "it is not OSM XML"));
    else if (strcmp(name, "node") == 0)
        begin_node(x, attributes);
    else if (strcmp(name, "way") == 0)
        begin(x, INSIDE_WAY, attributes);
    else if (x->inside == INSIDE_WAY && strcmp(name, "nd") == 0)
        add_ref(x, attributes);
    else if (x->inside != INSIDE_NOTHING && strcmp(name, "tag") == 0)
        add_tag(x, attributes);
    x->root_seen = true;
}

static void end_node(struct xml *x)
{
    x->source->nodes++;
    road_builder_node(x->source->builder, x->id, x->at, tags_node(&x->tags));
}

static void end_way(struct xml *x)
{
    struct road_way way;
    x->source->ways++;
    if (!tags_way(&x->tags, &way))
        return;
    way.id = x->id;
    for (size_t i = 0; i < x->refs; i++) {
        if (!x->ref_told[i])
            continue;
        x->source->nodes++;
        road_builder_node(x->source->builder, x->ref[i], x->ref_at[i], 0);
    }
    road_builder_way(x->source->builder, &way, x->ref, x->refs);
}

static void XMLCALL on_end(void *data, const XML_Char *name)
{
    struct xml *x = data;
    x->depth--;
    bool node = x->inside == INSIDE_NODE && strcmp(name, "node") == 0;
    bool way = x->inside == INSIDE_WAY && strcmp(name, "way") == 0;
    if (x->wrong || (!node && !way))
        return;
    x->inside = INSIDE_NOTHING;
    if (x->dropped)
        return;
    if (node)
        end_node(x);
    else
        end_way(x);
    if (x->source->builder->full)
        stop(x, WHY("里面的节点比这样大小的地图可能有的还多",
                    "it holds more nodes than a map of its size can have"));
}

static void XMLCALL on_doctype(void *data, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public, int internal)
{
    (void)name, (void)system, (void)public, (void)internal;
    stop(data, WHY("它声明了文档类型（DOCTYPE），OSM XML 从不这样",
                   "it declares a document type, which OSM XML never does"));
}

/* --- feeding the parser --- */

static void feed(struct xml *x, const char *text, size_t size, bool last)
{
    x->unpacked += size;
    if (x->unpacked > x->source->size * RATIO_MAX + RATIO_SPARE) {
        x->wrong = WHY("解压后超过原大小的一百倍", "it unpacks to more than a hundred times its size");
        return;
    }
    enum XML_Status status = XML_Parse(x->parser, text, (int)size, last);
    if (status != XML_STATUS_OK && !x->wrong)
        x->wrong = last ? WHY("文件不完整，或不是 XML", "it is cut short, or not XML")
                 : x->root_seen ? WHY("XML 格式不正确", "it is not well-formed XML")
                                : WHY("它本身和解压后的内容都不是 OSM XML",
                                      "neither it nor what it unpacks to is OSM XML");
    XML_Index at = XML_GetCurrentByteIndex(x->parser);
    if (!x->wrong && at >= 0 && x->unpacked - (uint64_t)at > ELEMENT_MAX)
        x->wrong = WHY("有元素超过 1 MiB", "an element is larger than a mebibyte");
}

static size_t read_part(struct xml *x, char part[PART])
{
    size_t n = fread(part, 1, PART, x->source->in);
    x->source->done += n;
    source_progress(x->source);
    return n;
}

static void read_plain(struct xml *x, char part[PART])
{
    size_t n;
    while (!x->wrong && (n = read_part(x, part)) > 0)
        feed(x, part, n, false);
}

/* Unpacks what has been read; true when a gzip member ended with it. */
static bool unpack(struct xml *x, z_stream *z, char out[PART])
{
    int status = Z_OK;
    while (!x->wrong && (z->avail_in || z->avail_out == 0) && status != Z_STREAM_END) {
        z->next_out = (Bytef *)out;
        z->avail_out = PART;
        status = inflate(z, Z_NO_FLUSH);
        if (status == Z_BUF_ERROR)
            break;
        if (status != Z_OK && status != Z_STREAM_END)
            x->wrong = WHY("gzip 部分已损坏", "its gzip part is broken");
        else
            feed(x, out, PART - z->avail_out, false);
    }
    return status == Z_STREAM_END;
}

static void read_gzip(struct xml *x, char part[PART], char out[PART])
{
    z_stream z = { 0 };
    bool ended = false;
    size_t n;
    if (inflateInit2(&z, 16 + MAX_WBITS) != Z_OK) {
        x->wrong = WHY("gzip 解压启动不了", "gzip could not be started");
        return;
    }
    while (!x->wrong && (n = read_part(x, part)) > 0) {
        z.next_in = (Bytef *)part;
        z.avail_in = (uInt)n;
        do {
            if (ended)
                inflateReset(&z);                        /* a file of several members */
            z.avail_out = PART;
            ended = unpack(x, &z, out);
        } while (ended && z.avail_in && !x->wrong);
    }
    inflateEnd(&z);
    if (!ended && !x->wrong)
        x->wrong = WHY("文件不完整，后面被截断了", "it is cut short");
}

struct xml_parts { char in[PART], out[PART]; char value[TAG_COUNT][VALUE_MAX * 4];
                   int64_t ref[REFS_MAX]; struct point ref_at[REFS_MAX]; bool ref_told[REFS_MAX]; };

enum err xml_read(struct ctx *c, struct source *s, bool gzip)
{
    struct xml_parts *parts = block_take(sizeof *parts);
    struct xml x = { .source = s, .value = parts->value, .ref = parts->ref,
                     .ref_at = parts->ref_at, .ref_told = parts->ref_told };
    x.parser = XML_ParserCreate(NULL);
    XML_SetUserData(x.parser, &x);
    XML_SetElementHandler(x.parser, on_start, on_end);
    XML_SetStartDoctypeDeclHandler(x.parser, on_doctype);
    if (gzip)
        read_gzip(&x, parts->in, parts->out);
    else
        read_plain(&x, parts->in);
    if (!x.wrong)
        feed(&x, "", 0, true);
    XML_ParserFree(x.parser);
    block_free(parts);
    return x.wrong ? source_bad(c, s, x.wrong) : ERR_NONE;
}
