/*
 * birthday.h - when an elder's birthday is kept, by the sun or by the moon.
 *
 * Rules count age by the date of the document alone (age_on); here is only when she is wished well.
 * Somebody born in a leap month keeps the plain month of that number; a 30th falls on the 29th of a
 * short month, 29 February on the 28th. `turns` is the age in full years of the calendar she keeps.
 */
#ifndef CARE_BIRTHDAY_H
#define CARE_BIRTHDAY_H

#include "care/elder/elder.h"
#include "http/http.h"

enum birthday_by {
    BIRTHDAY_SOLAR,
    BIRTHDAY_LUNAR,              /* the lunar day on which the document's day fell */
    BIRTHDAY_LUNAR_WRITTEN,      /* the document's month and day are themselves lunar ones */
};
extern const struct choice birthday_ways[];

struct birthday {
    struct day  next;
    int         turns;
    int         month, day;      /* of the calendar she keeps */
    bool        born_in_leap;
};

/* The first on or after `from`; false when the birthday is unknown or the lunar table ends. */
bool birthday_next(struct day birth, enum birthday_by by, struct day from,
                   struct birthday *ret_birthday);

/* 80, 90, and each year from 100 on; else 0. */
int birthday_milestone(int turns);

/* False: the document's day cannot be a lunar one (a 31st, or a 30th where that month had 29). */
bool birthday_fits(struct day birth, enum birthday_by by);

/* Members of an open object: next, lunar text, turns … nothing when there is none. */
void birthday_json(struct ctx *c, struct json *j, const char *name, const struct elder *e);

extern const struct field birthday_gives[], birthdays_gives[], birthdays_asked[];
struct birthdays_asked { struct opt_int days; struct division_id division; bool milestones; };
endpoint_fn birthdays_get;

#endif
