/*
 * nickname.h - what an organisation calls an elder: 老李头, 303王奶奶 (习惯称呼).
 *
 * Learnt when staff say whom a typed word means, found by only those who learnt it: the rows of an
 * organisation carry it and lie in no division; an office's lie in the division it answers for.
 * Nobody else's search is led by them. Forgetting one ends the row.
 */
#ifndef CARE_SEARCH_NICKNAME_H
#define CARE_SEARCH_NICKNAME_H

#include "care/elder/elder.h"
#include "care/organisation/organisation.h"
#include "model/search/units.h"

enum nickname_state { NICKNAME_KEPT, NICKNAME_FORGOTTEN };

struct nickname_id { int64_t n; };

struct nickname {
    struct nickname_id     id;
    struct row             row;
    struct elder_id        elder;
    struct sv              text;
    struct organisation_id org;          /* 0: an office's */
    struct account_id      learnt_by;
    int                    state;
};

extern const struct entity nickname_entity;

#endif
