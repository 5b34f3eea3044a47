/*
 * file.c - opens a road file: maps it, and believes nothing in it before it is checked.
 *
 * After road_image_check every number that is used as an index lies within its array, so a
 * corrupt or hostile file cannot lead the reader astray, whatever its checksum says.
 */

#include "roads/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

const struct message road_messages[] = {
    { "roads.file", "路网文件 {0} 不能用：{1}", "road file {0} cannot be used: {1}" },
    { "roads.source", "地图文件 {0} 不能导入：{1}", "map file {0} cannot be imported: {1}" },
    { "roads.write", "路网文件 {0} 写不了：{1}", "road file {0} cannot be written: {1}" },
    { "roads.empty", "文件里没有可以通行的街道", "there is no street in it that can be used" },
    { "roads.arcs", "弧表中有{0}个端点在节点表里找不到",
      "{0} ends of arcs are nodes that no table of nodes has" },
    { "roads.limit", "节点或街道超过上限", "more nodes or streets than allowed" },
    { 0 },
};

/*
 * Four lanes, each word multiplied in; every step can be undone, so one changed word always
 * changes the sum. Against accidents, not against malice.
 */
uint64_t road_checksum(const void *image, size_t size)
{
    const uint64_t odd = 0x9E3779B97F4A7C15u;
    const size_t own = offsetof(struct road_header, checksum) / sizeof(uint64_t);
    const char *bytes = image;
    uint64_t lane[4] = { 1, 2, 3, 4 };
    size_t words = size / sizeof(uint64_t);
    for (size_t i = 0; i < words; i++) {
        uint64_t word;
        memcpy(&word, bytes + i * sizeof word, sizeof word);
        uint64_t mixed = (lane[i & 3] ^ (i == own ? 0 : word)) * odd;
        lane[i & 3] = mixed ^ mixed >> 29;
    }
    for (size_t i = words * sizeof(uint64_t); i < size; i++)
        lane[0] = (lane[0] ^ (uint8_t)bytes[i]) * odd;
    uint64_t sum = size;
    for (int i = 0; i < 4; i++)
        sum = (sum ^ lane[i]) * odd;
    return sum ^ sum >> 32;
}

int tree_levels(uint32_t edges, uint32_t ret_n[TREE_LEVELS_MAX])
{
    int levels = 0;
    for (uint32_t n = edges; n && levels < TREE_LEVELS_MAX; n = (n + TREE_WIDTH - 1) / TREE_WIDTH) {
        ret_n[levels++] = n;
        if (n == 1)
            break;
    }
    return levels;
}

/* --- the checks, from the outside in --- */

static const struct why *check_header(const struct road_header *h, size_t size)
{
    if (size < sizeof *h || memcmp(h->magic, ROAD_MAGIC, sizeof h->magic) != 0)
        return WHY("它不是路网文件", "it is not a road file");
    if (h->version != ROAD_VERSION || h->header_size != sizeof *h)
        return WHY("它由另一版本生成，请重新导入地图", "it was made by another version; import the map again");
    if (h->size != size)
        return h->size > size
             ? WHY("文件不完整，后面被截断了", "it is cut short")
             : WHY("它比自己说的长", "it is longer than it says");
    if (h->profiles != profile_fingerprint())
        return WHY("它按另一套步行参数生成，请重新导入地图",
                   "it was made for other walking profiles; import the map again");
    if (h->checksum != road_checksum(h, size))
        return WHY("校验和不对，文件已损坏", "its checksum is wrong");
    return NULL;
}

void road_section_sizes(const struct road_header *h, uint64_t name_bytes,
                        uint64_t ret_sizes[SECTION_COUNT])
{
    const uint64_t sizes[SECTION_COUNT] = {
        [SECTION_AT] = h->junctions * sizeof(struct point),
        [SECTION_JUNCTION_FLAGS] = h->junctions,
        [SECTION_FIRST_ARC] = ((uint64_t)h->junctions + 1) * sizeof(uint32_t),
        [SECTION_ARC ... SECTION_ARC + PROFILE_COUNT - 1] = h->arcs * sizeof(struct arc),
        [SECTION_ARC_EDGE] = h->arcs * sizeof(uint32_t),
        [SECTION_EDGE] = ((uint64_t)h->edges + 1) * sizeof(struct edge),
        [SECTION_WHEELS] = h->edges * sizeof(uint16_t),
        [SECTION_SHAPE] = h->shapes * sizeof(struct point),
        [SECTION_NAME_AT] = ((uint64_t)h->names + 1) * sizeof(uint32_t),
        [SECTION_NAME_TEXT] = name_bytes,
        [SECTION_TREE] = h->boxes * sizeof(struct point_box),
    };
    memcpy(ret_sizes, sizes, sizeof sizes);
}

static const struct why *check_sections(const struct road_header *h)
{
    const uint32_t counts[] = { h->junctions, h->edges, h->arcs, h->names, h->shapes, h->boxes };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (counts[i] > ROAD_COUNT_MAX)
            return WHY("里面的数目过大", "its counts are too large");
    if (h->junctions == 0 || h->edges == 0 || h->names == 0)
        return WHY("它是空的", "it is empty");
    uint64_t sizes[SECTION_COUNT];
    road_section_sizes(h, h->section[SECTION_NAME_TEXT].size, sizes);
    for (int s = 0; s < SECTION_COUNT; s++) {
        const struct road_section_place *place = &h->section[s];
        if (place->size != sizes[s] || place->at % SECTION_ALIGN || place->at < sizeof *h ||
            place->at > h->size || place->size > h->size - place->at)
            return WHY("各段的位置不对", "its sections are out of place");
    }
    return NULL;
}

static const struct why *check_points(const struct roads *r)
{
    for (uint32_t j = 0; j < r->junctions; j++)
        if (!point_valid(r->at[j].lat_e7, r->at[j].lon_e7))
            return WHY("有路口在地球之外", "a junction lies outside the earth");
    for (uint32_t s = 0; s < r->shapes; s++)
        if (!point_valid(r->shape[s].lat_e7, r->shape[s].lon_e7))
            return WHY("有点在地球之外", "a point lies outside the earth");
    return NULL;
}

static const struct why *check_edges(const struct roads *r)
{
    for (uint32_t e = 0; e < r->edges; e++) {
        const struct edge *edge = &r->edge[e];
        if (edge->a >= r->junctions || edge->b >= r->junctions || edge->a > edge->b)
            return WHY("有路段的端点不存在", "an edge leads nowhere");
        if (edge->first_shape > edge[1].first_shape || edge->length_cm > ROAD_LENGTH_CM_MAX)
            return WHY("有路段的形状不对", "an edge has no right shape");
        if (edge->name >= r->names || edge->kind >= ROAD_KIND_COUNT ||
            edge->flags >= ROAD_FLAG_END || r->wheels[e] >= WHEELS_FLAG_END)
            return WHY("有路段的名称或种类不对", "an edge has no right name or kind");
    }
    if (r->edge[r->edges].first_shape != r->shapes)
        return WHY("路段形状的结尾不对", "the edges' shapes do not end where they should");
    return NULL;
}

static bool arc_fits(const struct roads *r, uint32_t arc, uint32_t tail)
{
    if (r->arc_edge[arc] / 2 >= r->edges)
        return false;
    const struct edge *edge = &r->edge[r->arc_edge[arc] / 2];
    bool back = r->arc_edge[arc] % 2;
    uint32_t head = back ? edge->a : edge->b;
    if (tail != (back ? edge->b : edge->a))
        return false;
    for (int p = 0; p < PROFILE_COUNT; p++)
        if ((r->arc[p][arc].head & ~ARC_EXIT) != head)
            return false;
    return true;
}

static const struct why *check_arcs(const struct roads *r)
{
    if (r->first_arc[0] != 0 || r->first_arc[r->junctions] != r->arcs)
        return WHY("弧的结尾不对", "its arcs do not end where they should");
    for (uint32_t j = 0; j < r->junctions; j++)
        if (r->first_arc[j] > r->first_arc[j + 1])
            return WHY("弧的次序不对", "its arcs are out of order");
    for (uint32_t j = 0; j < r->junctions; j++)
        for (uint32_t arc = r->first_arc[j]; arc < r->first_arc[j + 1]; arc++)
            if (!arc_fits(r, arc, j))
                return WHY("有弧与它的路段不符", "an arc does not follow its edge");
    return NULL;
}

static const struct why *check_names(const struct roads *r, uint64_t bytes)
{
    if (r->name_at[0] != 0 || r->name_at[r->names] != bytes)
        return WHY("名称的结尾不对", "its names do not end where they should");
    for (uint32_t n = 0; n < r->names; n++)
        if (r->name_at[n] > r->name_at[n + 1])
            return WHY("名称的次序不对", "its names are out of order");
    for (uint32_t n = 0; n < r->names; n++)
        if (!sv_utf8((struct sv){ r->name_text + r->name_at[n],
                                  r->name_at[n + 1] - r->name_at[n] }))
            return WHY("有名称不是文字", "a name is not text");
    return NULL;
}

static const struct why *check_tree(const struct roads *r)
{
    uint32_t level[TREE_LEVELS_MAX], boxes = 0;
    for (int i = tree_levels(r->edges, level); i > 0; i--)
        boxes += level[i - 1];
    return boxes == r->boxes
         ? NULL : WHY("索引与路段不符", "its tree of boxes does not fit its edges");
}

static struct roads roads_over(const struct road_header *h)
{
    const char *image = (const char *)h;
    const struct road_section_place *s = h->section;
    struct roads r = {
        .junctions = h->junctions,
        .edges = h->edges,
        .arcs = h->arcs,
        .names = h->names,
        .shapes = h->shapes,
        .boxes = h->boxes,
        .box = h->box,
        .total_m = h->total_m,
        .checksum = h->checksum,
        .size = h->size,
        .at = (const void *)(image + s[SECTION_AT].at),
        .junction_flags = (const void *)(image + s[SECTION_JUNCTION_FLAGS].at),
        .first_arc = (const void *)(image + s[SECTION_FIRST_ARC].at),
        .arc_edge = (const void *)(image + s[SECTION_ARC_EDGE].at),
        .edge = (const void *)(image + s[SECTION_EDGE].at),
        .wheels = (const void *)(image + s[SECTION_WHEELS].at),
        .shape = (const void *)(image + s[SECTION_SHAPE].at),
        .name_at = (const void *)(image + s[SECTION_NAME_AT].at),
        .name_text = image + s[SECTION_NAME_TEXT].at,
        .tree = (const void *)(image + s[SECTION_TREE].at),
    };
    for (int p = 0; p < PROFILE_COUNT; p++)
        r.arc[p] = (const void *)(image + s[SECTION_ARC + p].at);
    return r;
}

const struct why *road_image_check(const void *image, size_t size, struct roads *ret_roads)
{
    const struct road_header *h = image;
    const struct why *wrong = check_header(h, size);
    if (wrong || (wrong = check_sections(h)))
        return wrong;
    struct roads r = roads_over(h);
    if ((wrong = check_points(&r)) || (wrong = check_edges(&r)) || (wrong = check_arcs(&r)) ||
        (wrong = check_names(&r, h->section[SECTION_NAME_TEXT].size)) || (wrong = check_tree(&r)))
        return wrong;
    *ret_roads = r;
    return NULL;
}

/* --- opening --- */

static enum err refuse(struct ctx *c, const char *path, const struct why *why)
{
    enum err kind = fail(c, ERR_INVALID, "roads.file", "%s: %s", path, why->en);
    c->fault.arg0 = sv_copy(&c->mem, sv_of(path));
    c->fault.arg1 = why_said(c, why);
    return kind;
}

static void file_close(int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

enum err roads_open(struct ctx *c, const char *path, struct roads *ret_roads)
{
    AUTO(file_close) int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0)
        return refuse(c, path, why_of_errno(c, errno));
    if (!S_ISREG(st.st_mode) || (size_t)st.st_size < sizeof(struct road_header))
        return refuse(c, path, st.st_size ? WHY("它不是路网文件", "it is not a road file")
                                          : WHY("它是空的", "it is empty"));
    size_t size = (size_t)st.st_size;
    void *map = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
    if (map == MAP_FAILED)
        return refuse(c, path, why_of_errno(c, errno));
    const struct why *wrong = road_image_check(map, size, ret_roads);
    if (wrong) {
        munmap(map, size);
        return refuse(c, path, wrong);
    }
    ret_roads->map = map;
    return ERR_NONE;
}

void roads_close(struct roads *r)
{
    if (r->map)
        munmap(r->map, r->size);
    block_free(r->block);
    *r = (struct roads){ 0 };
}

/* --- what an edge is --- */

struct sv edge_name(const struct roads *r, uint32_t edge)
{
    uint32_t name = r->edge[edge].name;
    return (struct sv){ r->name_text + r->name_at[name], r->name_at[name + 1] - r->name_at[name] };
}

struct point *edge_points(struct arena *mem, const struct roads *r, uint32_t edge, size_t *ret_n)
{
    const struct edge *e = &r->edge[edge];
    size_t inner = e[1].first_shape - e->first_shape;
    struct point *points = NEW(mem, struct point, inner + 2);
    points[0] = r->at[e->a];
    if (inner)
        memcpy(points + 1, r->shape + e->first_shape, inner * sizeof *points);
    points[inner + 1] = r->at[e->b];
    *ret_n = inner + 2;
    return points;
}

static struct profile_street street_of(const struct roads *r, uint32_t edge, bool back)
{
    const struct edge *e = &r->edge[edge];
    return (struct profile_street){
        .kind = (enum road_kind)e->kind,
        .flags = e->flags,
        .wheels = r->wheels[edge],
        .length_cm = e->length_cm,
        .steps = e->steps,
        .wait = e->wait,
        .slope = e->slope[back],
    };
}

int64_t edge_ms(const struct roads *r, enum profile profile, uint32_t edge, bool back)
{
    if (profile_closed(profile, r->edge[edge].flags, r->wheels[edge], back))
        return TIME_FORBIDDEN;
    struct profile_street s = street_of(r, edge, back);
    return profile_ms(profile, &s);
}

bool edge_allows(const struct roads *r, enum profile profile, uint32_t edge)
{
    struct profile_street s = street_of(r, edge, false);
    return profile_allows(profile, &s);
}

bool edge_island(const struct roads *r, enum profile profile, uint32_t edge)
{
    switch (profiles[profile].vehicle) {
    case BY_CAR:
        return r->wheels[edge] & WHEELS_ISLAND_CAR;
    case BY_CYCLE:
        return r->wheels[edge] & WHEELS_ISLAND_CYCLE;
    default:
        return r->edge[edge].flags & (profiles[profile].steps ? ROAD_ISLAND : ROAD_ISLAND_WHEEL);
    }
}
