/*
 * mood.h - how she was, said at the end of a companion visit (陪伴记录), and words that worry.
 *
 * A note is a scale of five and words of the carer's, kept SECRET. Its words are looked through for
 * risk words (风险词): rows of their own with weight, source and days, 待核 until an expert has
 * looked at them. One that is found, or a lowest mood, opens a work item for the community's social
 * worker (SIGNAL_MOOD): the item says that it was found and of what kind, never the words. No note
 * is a diagnosis, and a word that is not in the list raises nothing.
 */
#ifndef CARE_MOOD_H
#define CARE_MOOD_H

#include "care/parameter/parameter.h"
#include "care/visit/visit.h"

enum mood { MOOD_NOT_SAID, MOOD_VERY_LOW, MOOD_LOW, MOOD_EVEN, MOOD_GOOD, MOOD_VERY_GOOD };
extern const struct choice moods[];

enum risk_kind { RISK_SELF_HARM, RISK_ABUSE, RISK_LONELY, RISK_CONFUSED, RISK_MONEY };
extern const struct choice risk_kinds[];

struct mood_note_id { int64_t n; };

struct mood_note {
    struct mood_note_id id;
    struct row  row;                       /* scope: of the elder */
    struct visit_id visit;
    struct elder_id elder;
    struct organisation_id org;
    struct carer_id carer;
    int         mood;
    struct sv   words;                     /* SECRET: what she said and how she was */
    struct set  risks;                     /* of risk_kinds, found in the words */
    struct moment noted_at;
};

struct risk_word_id { int64_t n; };

struct risk_word {
    struct risk_word_id id;
    struct row  row;
    struct sv   word;                      /* found anywhere in the words */
    int         kind;
    struct day  valid_from, valid_to;
    struct sv   source;
    int         status;                    /* parameter_statuses */
};

extern const struct field  mood_note_fields[], risk_word_fields[];
extern const struct entity mood_note_entity, risk_word_entity;
extern const struct module mood_module;

/* Which kinds of risk word stand in a text on that day. */
MUST enum err mood_risks(struct ctx *c, struct sv words, struct day day, struct set *ret_risks);

#endif
