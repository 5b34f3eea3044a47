/*
 * catalogue.h - what may be ordered: eight domains, categories, items with unit and duration.
 */
#ifndef CARE_CATALOGUE_H
#define CARE_CATALOGUE_H

#include "care/carer/carer.h"
#include "model/house.h"

/* The eight-domain tree that every module and statistic uses. */
enum domain { DOMAIN_INSTITUTION, DOMAIN_DAY_CARE, DOMAIN_HOME, DOMAIN_MEAL, DOMAIN_CULTURE,
              DOMAIN_EMERGENCY, DOMAIN_MEDICAL, DOMAIN_REHAB };
extern const struct choice domain_choices[];

enum category { CATEGORY_MEAL, CATEGORY_BATH, CATEGORY_CLEAN, CATEGORY_WALK, CATEGORY_MEDICAL,
                CATEGORY_URGENT, CATEGORY_COMPANION, CATEGORY_DAY_CARE, CATEGORY_ERRAND,
                CATEGORY_REHAB, CATEGORY_REPAIR, CATEGORY_COURSE };
extern const struct choice category_choices[];

enum unit { UNIT_TIME, UNIT_HOUR, UNIT_MEAL, UNIT_DAY, UNIT_MONTH };
extern const struct choice unit_choices[];

/* The citizen's doors. */
enum door { DOOR_HOME, DOOR_MEAL, DOOR_INSTITUTION, DOOR_OTHER };
extern const struct choice door_choices[];

/* What an errand is run for (care/errand, care/escort); no errand: none. */
enum errand_kind { ERRAND_NONE, ERRAND_SHOPPING, ERRAND_MEAL, ERRAND_BILLS, ERRAND_MEDICINE,
                   ERRAND_REGISTRATION, ERRAND_HOUSEKEEPING, ERRAND_CLINIC, ERRAND_KINDS };
extern const struct choice errand_kinds[];

struct catalogue_item_id { int64_t n; };

struct catalogue_item {
    struct catalogue_item_id id;
    struct row row;
    int        domain, category;
    struct sv  name;               /* 助浴（上门） */
    struct sv  plain_name;         /* 上门洗澡: what a citizen calls it */
    int        unit;
    int64_t    duration_min;
    int        skill;
    bool       gender_matters;     /* a wish for a woman or a man is asked for */
    bool       at_home;            /* somebody comes; else one goes there */
    struct sv  description;
    int        door;
    int        errand;             /* what is fetched, paid or arranged for her */
    int64_t    carers;             /* who come together: 1 (also 0) or 2 */
};

/* Do two carers come together? */
bool item_two(const struct catalogue_item *item);

extern const struct field  catalogue_item_fields[];
extern const struct entity catalogue_item_entity;
extern const struct module catalogue_module;

#endif
