/*
 * carer.h - staff members who go to the homes: photo, skills, certificates, away or here.
 *
 * Certificates and the health certificate are papers (care/organisation) that link the carer;
 * the photo is the row's first file.
 */
#ifndef CARE_CARER_H
#define CARE_CARER_H

#include "care/organisation/organisation.h"
#include "care/place/place.h"
#include "model/house.h"

enum gender { GENDER_UNKNOWN, GENDER_MALE, GENDER_FEMALE };
extern const struct choice gender_choices[];

/* What one must have learnt to do an item; a catalogue item names at most one. */
enum skill { SKILL_NONE, SKILL_BATH, SKILL_CLEAN, SKILL_MEAL, SKILL_WALK, SKILL_MEDICAL, SKILL_HAIR,
             SKILL_REPAIR, SKILL_COMPANION, SKILL_NURSE };
extern const struct choice skill_choices[];

enum carer_state { CARER_WORKING, CARER_AWAY, CARER_LEFT };
extern const struct choice carer_states[];

enum contract_kind { CONTRACT_NONE, CONTRACT_LABOUR, CONTRACT_SERVICE, CONTRACT_DISPATCH };
extern const struct choice contract_kinds[];

enum travel { TRAVEL_WALK, TRAVEL_BICYCLE, TRAVEL_EBIKE, TRAVEL_BUS, TRAVEL_CAR };
extern const struct choice travels[];

extern const struct choice languages[];

struct carer_id { int64_t n; };

struct carer {
    struct carer_id        id;
    struct row             row;
    struct organisation_id org;
    struct sv              name;
    int                    gender;
    struct sv              phone;            /* SEALED */
    struct set             skills;           /* bit per enum skill */
    struct sv              about;
    struct place_id        works_at;
    struct day away_from, away_to; /* both ends included; away_to open: until told */
    struct day             employed_from;
    int                    contract;         /* contract_kinds */
    struct day             contract_to;
    struct set             languages;
    int                    travel;           /* how she gets about */
    int                    state;
};

extern const struct field  carer_fields[];
extern const struct entity carer_entity;
extern const struct module carer_module;

bool carer_has(const struct carer *a, enum skill skill);          /* SKILL_NONE: always */
bool carer_away(const struct carer *a, struct day day);

#endif
