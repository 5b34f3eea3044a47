/* pets.h - a table to try the store on. */
#ifndef STORE_PETS_H
#define STORE_PETS_H

#include "store/db.h"

struct pet_id { int64_t n; };

enum pet_kind { PET_CAT, PET_DOG };

struct pet {
    struct pet_id  id, mother;
    struct sv      name;
    int64_t        weight_g;
    struct opt_int teeth;
    double         speed;
    struct day     born;
    struct moment  seen_at;
    bool           tame;
    enum pet_kind  kind;
    struct sv      chip;
};

extern const struct field pet_fields[];          /* all but the chip */
extern const struct field pet_sealed_fields[];   /* the chip */

/* id and every field; by id; how many of a kind (or NULL); sum and mean of weight; the chip. */
SQL(pet_insert);
SQL(pet_get);
SQL(pet_count);
SQL(pet_sum);
SQL(pet_chip);

struct ctx *pets(void);                          /* a world with the empty table in it */
struct pet a_pet(int64_t id, const char *name);
enum err pet_add(struct ctx *c, const struct pet *p);
void pet_must_add(struct ctx *c, int64_t id, const char *name);
int64_t pets_n(struct ctx *c);
struct pet pet_named(struct ctx *c, int64_t id);

#endif
