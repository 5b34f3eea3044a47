/*
 * office.h - lists that other offices send (殡葬火化, 社保认证, …), and comparison (比对): what we
 * ask them about.
 *
 * An incoming list goes through the mapper (care/intake) into entries. An entry finds its elder by
 * the document's number; one without a number by name and birthday or address, by the points that
 * lists of elders have (care/intake/read/alike.h), and then a person says whether it is she. What
 * differs is said once she is known: each difference keeps the old and the new value,
 * where it comes from, the day it happened and the day it was known here, and waits for a person
 * to take, keep or ask. A list of the dead marks nobody by itself. Entries stay as facts with
 * their source, answers to a comparison among them.
 *
 * An outgoing list carries names and numbers only, for a purpose, approved by another person than
 * the one who asked; taking it out is a line in the access log.
 */
#ifndef CARE_OFFICE_H
#define CARE_OFFICE_H

#include "care/elder/elder.h"

enum list_kind { LIST_CREMATION, LIST_PENSION, LIST_LTCI, LIST_DISABLED, LIST_VETERANS,
                 LIST_SPECIAL_FAMILY, LIST_ANSWER, LIST_OTHER };
extern const struct choice list_kinds[];

struct comparison_id { int64_t n; };
enum comparison_state { COMPARISON_DRAFT, COMPARISON_ASKED, COMPARISON_APPROVED, COMPARISON_SENT,
                        COMPARISON_ANSWERED, COMPARISON_REFUSED };
struct comparison {
    struct comparison_id id;
    struct row           row;
    struct sv            name, office, purpose;
    struct set           asks;                 /* what goes out: numbers, names */
    struct division_id   division;             /* whose elders */
    int                  state;
    struct account_id    asked_by, approved_by;
    int64_t              elders_n;             /* in the list that went out */
    struct moment        sent_at;
};
extern const struct field  comparison_fields[];
extern const struct entity comparison_entity;

enum { COMPARISON_ELDERS_MAX = 50000 };

struct office_list_id { int64_t n; };
struct office_list {
    struct office_list_id id;
    struct row            row;
    struct sv             name, office;
    int                   kind;
    struct day            known_on;            /* when it came here; today unless said */
    struct comparison_id  comparison;          /* LIST_ANSWER: what it answers */
    struct sv             note;
};
extern const struct field  office_list_fields[];
extern const struct entity office_list_entity;

enum entry_match { ENTRY_UNMATCHED, ENTRY_MATCHED, ENTRY_OUTSIDE, ENTRY_DOUBTFUL };

struct office_entry_id { int64_t n; };
struct office_entry {
    struct office_entry_id id;
    struct row             row;
    struct office_list_id  list;
    struct sv              name;
    struct sv              id_number;          /* SEALED */
    struct day             birth;
    struct sv              address;            /* MASKED */
    struct day             happened_on, known_on;
    int                    answer;             /* 0 not said, 1 yes, 2 no */
    struct sv              detail;
    int                    kind, match;
    struct elder_id        elder;
    struct elder_id        maybe;              /* ENTRY_DOUBTFUL: who it probably is … */
    int64_t                points;             /* … and how much agrees */
};
extern const struct field  office_entry_fields[];
extern const struct entity office_entry_entity;

enum difference_state { DIFFERENCE_OPEN, DIFFERENCE_TAKEN, DIFFERENCE_KEPT, DIFFERENCE_ASKED };

struct office_difference_id { int64_t n; };
struct office_difference {
    struct office_difference_id id;
    struct row                  row;
    struct elder_id             elder;
    struct office_list_id       list;
    struct office_entry_id      entry;
    int                         what;          /* enum difference_what */
    struct sv                   was, becomes;  /* as people read them */
    struct day                  happened_on, known_on;
    struct sv                   source;
    int                         state;
    struct account_id           decided_by;
    struct moment               decided_at;
};
enum difference_what { DIFFERS_DIED, DIFFERS_DIED_TWICE, DIFFERS_FLAG, DIFFERS_NAME };
extern const struct field  office_difference_fields[];
extern const struct entity office_difference_entity;

extern const struct module office_module;

/* What follows an entry: its elder and what differs. */
MUST enum err office_entry_follow(struct ctx *c, const void *before, const void *row,
                                  const char *action);
MUST enum err office_entry_rules(struct ctx *c, const void *before, void *row);
/* Steps of an entry: it is she; it is somebody else; it is the elder named. */
MUST enum err entry_same(struct ctx *c, void *row, const void *input);
MUST enum err entry_other(struct ctx *c, void *row, const void *input);
MUST enum err entry_choose(struct ctx *c, void *row, const void *input);
MUST enum err difference_take(struct ctx *c, void *row, const void *input);
MUST enum err difference_decide(struct ctx *c, void *row, const void *input);


#endif
