/* builder.c - takes in nodes, ways and names, each in one growing block. */

#include "roads/import/builder.h"

#include "roads/file.h"

#include <string.h>

/* What a way may be given; the rest is set when the net is known. */
enum { WAY_FLAGS = (ROAD_ISLAND - 1) | ROAD_RAMP | ROAD_HANDRAIL | ROAD_NO_FOOT,
       WAY_WHEELS = WHEELS_ISLAND_CYCLE - 1 };

/* The rows of a block, widened so that `more` fit behind the n there are. */
static void *widen(void *at, size_t size, size_t n, size_t more, size_t *room)
{
    if (n + more <= *room)
        return at;
    size_t wider = *room + *room / 2 + 1024;
    if (wider < n + more)
        wider = n + more;
    *room = wider;
    return block_resize(at, wider * size);
}

#define WIDEN(at, n, more, room) ((__typeof__(at))widen((at), sizeof *(at), (n), (more), &(room)))

static bool limited(struct road_builder *b, size_t n, size_t more, uint64_t max)
{
    if (n + more > ROAD_COUNT_MAX || (max && n + more > max))
        b->full = true;
    return b->full;
}

void road_builder_node(struct road_builder *b, int64_t id, struct point at, unsigned flags)
{
    if (limited(b, b->nodes, 1, b->nodes_max))
        return;
    b->node = WIDEN(b->node, b->nodes, 1, b->nodes_room);
    b->node[b->nodes++] = (struct road_node){ id, at };
    if (!flags)
        return;
    b->flag = WIDEN(b->flag, b->flags, 1, b->flags_room);
    b->flag[b->flags++] = (struct road_node_flag){ id, flags };
}

static uint64_t hash_of(struct sv s)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (size_t i = 0; i < s.len; i++)
        hash = (hash ^ (uint8_t)s.at[i]) * 0x100000001B3u;
    return hash ^ hash >> 29;
}

static struct sv name_of(const struct road_builder *b, uint32_t name)
{
    return (struct sv){ b->name_text + b->name_at[name], b->name_at[name + 1] - b->name_at[name] };
}

/* The slot that holds `name`, or the empty one where it belongs. */
static size_t name_slot(const struct road_builder *b, struct sv name)
{
    size_t slot = hash_of(name) & (b->name_slots - 1);
    while (b->name_slot[slot] && !sv_eq(name_of(b, b->name_slot[slot] - 1), name))
        slot = (slot + 1) & (b->name_slots - 1);
    return slot;
}

static void names_rehash(struct road_builder *b)
{
    block_free(b->name_slot);
    b->name_slots = b->name_slots ? b->name_slots * 2 : 1024;
    b->name_slot = block_take(b->name_slots * sizeof *b->name_slot);
    for (uint32_t name = 0; name < b->names; name++)
        b->name_slot[name_slot(b, name_of(b, name))] = name + 1;
}

static uint32_t name_add(struct road_builder *b, struct sv name)
{
    if (b->names * 2 >= b->name_slots)
        names_rehash(b);
    size_t slot = name_slot(b, name);
    if (b->name_slot[slot])
        return b->name_slot[slot] - 1;
    if (limited(b, b->name_bytes, name.len, 0))
        return 0;
    b->name_at = WIDEN(b->name_at, b->names, 2, b->names_room);
    b->name_text = WIDEN(b->name_text, b->name_bytes, name.len + 1, b->name_bytes_room);
    if (name.len)
        memcpy(b->name_text + b->name_bytes, name.at, name.len);
    b->name_at[b->names] = (uint32_t)b->name_bytes;
    b->name_bytes += name.len;
    b->name_at[b->names + 1] = (uint32_t)b->name_bytes;
    b->name_slot[slot] = (uint32_t)b->names + 1;
    return (uint32_t)b->names++;
}

void road_builder_way(struct road_builder *b, const struct road_way *way, const int64_t *nodes,
                      size_t n)
{
    if (b->names == 0)
        name_add(b, SV(""));
    if (n < 2 || limited(b, b->refs, n, b->refs_max) || limited(b, b->ways, 1, 0))
        return;
    b->ref = WIDEN(b->ref, b->refs, n, b->refs_room);
    b->way = WIDEN(b->way, b->ways, 1, b->ways_room);
    memcpy(b->ref + b->refs, nodes, n * sizeof *nodes);
    b->way[b->ways++] = (struct road_way_row){
        .id = way->id,
        .first_ref = (uint32_t)b->refs,
        .refs = (uint32_t)n,
        .name = name_add(b, sv_utf8(way->name) ? sv_runes_head(way->name, 255) : SV("")),
        .length_cm = way->length_cm < ROAD_LENGTH_CM_MAX ? way->length_cm : ROAD_LENGTH_CM_MAX,
        .flags = (uint16_t)(way->flags & WAY_FLAGS),
        .steps = (uint16_t)(way->steps < UINT16_MAX ? way->steps : UINT16_MAX),
        .wheels = (uint16_t)(way->wheels & WAY_WHEELS),
        .kind = (uint8_t)way->kind,
        .wait = (uint8_t)(way->wait < UINT8_MAX ? way->wait : UINT8_MAX),
        .slope = { way->slope[0], way->slope[1] },
    };
    b->refs += n;
}

void road_builder_free(struct road_builder *b)
{
    void *const blocks[] = { b->node, b->flag, b->way, b->ref, b->name_at, b->name_text,
                             b->name_slot };
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        block_free(blocks[i]);
    *b = (struct road_builder){ 0 };
}
