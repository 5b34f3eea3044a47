/* names.h - the index as it lies in memory: a trie of hashes over all names. For this folder. */
#ifndef CARE_ADDRESS_NAMES_H
#define CARE_ADDRESS_NAMES_H

#include "base/hash.h"
#include "care/address/address.h"

enum name_kind {
    NAME_DIVISION, NAME_STREET,
    NAME_COMPOUND,             /* its name */
    NAME_VARIANT,              /* its name with or without 小区 */
    NAME_ALIAS, NAME_LEARNT,
    NAME_ADDRESS,              /* street and number, without 号 */
};

/* `building` is index + 1, `next` another name of the same words, index + 1. */
struct name { uint32_t ref, building, next; uint8_t kind; struct sv text; };

struct kept_division { int64_t id, scope, high; int level; struct sv name; struct point at; };
struct kept_compound {
    int64_t id, scope, division;
    struct sv name;
    struct point at;
    uint32_t buildings;
};
struct kept_building { int64_t id; struct point at; uint32_t compound, entrances, only; };
struct kept_entrance { int64_t id; struct point at; };

struct address_index {
    struct arena mem;
    int64_t built_ms;
    struct hash_table names;           /* prefixes of names, token by token: index + 1 of name */
    struct hash_table sounds;          /* the same by folded sound, compounds only */
    struct hash_table doors;           /* (compound, building key), (building, entrance key) */
    struct hash_table ids;             /* (kind, id) → index + 1 */
    struct name      *name;
    struct kept_division *division;
    struct kept_compound *compound;    /* by scope once finished, through by_scope */
    struct kept_building *building;
    struct kept_entrance *entrance;
    uint32_t *by_scope;
    size_t names_n, divisions, compounds, buildings, entrances;
    size_t names_room, divisions_room, compounds_room, buildings_room, entrances_room;
};

const struct name *index_first(const struct address_index *ix, const struct hash_table *t,
                               uint64_t key, bool *ret_goes_on);
/* Indexes + 1, 0: unknown. */
uint32_t index_compound(const struct address_index *ix, int64_t id);
uint32_t index_building_of(const struct address_index *ix, int64_t id);
const struct kept_division *index_division(const struct address_index *ix, int64_t scope);
uint32_t index_building(const struct address_index *ix, uint32_t compound, uint64_t key);
uint32_t index_entrance(const struct address_index *ix, uint32_t building, uint64_t key);
static inline bool division_covers(const struct kept_division *d, int64_t scope)
{
    return scope >= d->scope && scope <= d->high;
}
/* Compounds of a scope: places first .. first + n - 1 of ix->by_scope. */
size_t index_within(const struct address_index *ix, int64_t scope, size_t *ret_first);

#endif
