/*
 * notice.h - what an office tells everybody of a division: 通知公告, from a day until a day.
 */
#ifndef CARE_NOTICE_H
#define CARE_NOTICE_H

#include "care/division/division.h"
#include "care/review/review.h"

enum notice_state { NOTICE_DRAFT, NOTICE_PUBLISHED, NOTICE_WITHDRAWN };
extern const struct choice notice_states[];

struct notice_id { int64_t n; };

struct notice {
    struct notice_id   id;
    struct row         row;
    struct sv          title, body;
    struct division_id division;         /* shown there and below */
    int                state;
    struct day         show_from, show_to;
};

extern const struct field  notice_fields[];
extern const struct entity notice_entity;
extern const struct module notice_module;

#endif
