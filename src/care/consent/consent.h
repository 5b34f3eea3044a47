/*
 * consent.h - on what ground something is done with or about an elder, and who speaks for her.
 *
 * A consent (同意记录) names what for, on which basis (her own word, her guardian's, a duty of
 * law, an emergency), how it was given and until when; withdrawn it stays in the record. A
 * guardian (监护与代理) is who decides with or for her, in which matters, on which paper, from
 * when to when. Sources: 民法典 33-35 (guardianship), 个人信息保护法 13-15 (bases, withdrawal).
 */
#ifndef CARE_CONSENT_H
#define CARE_CONSENT_H

#include "care/family/family.h"

enum guardian_kind {
    GUARDIAN_LEGAL,              /* 法定监护人 */
    GUARDIAN_AGREED,             /* 意定监护人, chosen beforehand in writing */
    GUARDIAN_APPOINTED,          /* 指定监护人, by a court or the committee */
    GUARDIAN_ENTRUSTED,          /* 委托代理人: she decides herself, he carries it out */
};
extern const struct choice guardian_kinds[];

enum matter { MATTER_CARE, MATTER_MEDICAL, MATTER_SUBSIDY, MATTER_PROPERTY };
extern const struct choice matters[];

struct guardian_id { int64_t n; };

struct guardian {
    struct guardian_id id;
    struct row         row;           /* scope: of the elder */
    struct elder_id    elder;
    struct sv          name;
    int                kind;
    int                relation;      /* relation_kinds */
    struct sv          phone;         /* SEALED */
    struct set         may;           /* matters */
    struct day         valid_from, valid_to;     /* valid_to unknown: until further notice */
    struct sv          paper;         /* notary's deed, judgment, power of attorney: number */
    struct sv          note;
};

extern const struct field  guardian_fields[];
extern const struct entity guardian_entity;

enum consent_purpose {
    CONSENT_REGISTER, CONSENT_SHARE, CONSENT_HEALTH, CONSENT_PHOTO, CONSENT_DEVICE, CONSENT_PROXY
};
extern const struct choice consent_purposes[];

enum consent_basis { BASIS_CONSENT, BASIS_GUARDIAN, BASIS_DUTY, BASIS_EMERGENCY };
extern const struct choice consent_bases[];

enum consent_state { CONSENT_GIVEN, CONSENT_REFUSED, CONSENT_WITHDRAWN };
extern const struct choice consent_states[];

struct consent_id { int64_t n; };

struct consent {
    struct consent_id  id;
    struct row         row;           /* scope: of the elder */
    struct elder_id    elder;
    int                purpose, basis, way;      /* way: consent_ways of care/family */
    struct guardian_id guardian;      /* BASIS_GUARDIAN: whose word it is */
    struct sv          article;       /* BASIS_DUTY: the law or document that says so */
    struct day         given_on, valid_until, withdrawn_on;
    int                state;
    struct account_id  heard_by;
    struct sv          note;          /* BASIS_EMERGENCY: what happened */
};

extern const struct field  consent_fields[];
extern const struct entity consent_entity;
extern const struct module consent_module;

/* Is there a ground for this purpose on that day: given, not withdrawn, not past? */
MUST enum err consent_stands(struct ctx *c, struct elder_id elder, enum consent_purpose purpose,
                             struct day day, bool *ret_stands);

/* Who decides for her in a matter on a day; the latest of several. */
MUST enum err guardian_for(struct ctx *c, struct elder_id elder, enum matter matter,
                           struct day day, struct guardian *ret_guardian, bool *ret_found);

#endif
