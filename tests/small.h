/* small.h - a small set of entities that the tests of model share. */
#ifndef TESTS_SMALL_H
#define TESTS_SMALL_H

#include "house.h"

struct small_id { int64_t n; };

/* A directory entry, seen by all. */
struct small_town {
    struct small_id id;
    struct row      row;
    struct sv       name;
    int64_t         size;
};
extern const struct entity small_town;

/* A person: every class of field. */
struct small_person {
    struct small_id id;
    struct row      row;
    struct small_id town;
    struct sv       name, phone, id_number, address, illness;
    struct day      birth;
    struct opt_int  grade;
    struct degrees  lon, home_lon;
    bool            alone;
    struct set      flags;
    struct money    pension;
};
extern const struct entity small_person;

/* Something that lives through states. */
enum small_state { SMALL_DRAFT, SMALL_PLACED, SMALL_ACCEPTED, SMALL_DONE, SMALL_CANCELLED };
struct small_errand {
    struct small_id id;
    struct row      row;
    struct small_id elder, account, org, carer;
    int             state;
    struct sv       what;
    int64_t         minutes;
};
struct small_result { int64_t minutes; };
extern const struct entity small_errand;

/* A fact that is never changed. */
struct small_fact { struct small_id id; struct row row; struct sv text; };
extern const struct entity small_fact;

extern const struct module small_module;

/* Two towns (scopes 990101001000, 990102001000), made by the house. */
struct small { struct ctx *c; int64_t near, far; };
struct small small_world(void);

struct small_person small_someone(const struct small *s, const char *name);
int64_t small_add(const struct small *s, const char *name, int64_t town);
struct sv small_json(struct ctx *c, const struct entity *e, const void *row);

#endif
