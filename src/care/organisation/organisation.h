/*
 * organisation.h - who gives care: institutions, stations, providers, offices; their papers and
 * the communities they answer for.
 *
 * A branch names its chain as parent. An organisation is shown to the public when published, and
 * published only by somebody else than who submitted it (care/review). Papers (证照) belong to an
 * organisation or to one of its staff and expire; a duty area (责任片区) says since when an
 * organisation answers for a community.
 */
#ifndef CARE_ORGANISATION_H
#define CARE_ORGANISATION_H

#include "care/division/division.h"
#include "care/review/review.h"

enum org_kind {
    ORG_INSTITUTION, ORG_STATION, ORG_DISTRICT_CENTRE, ORG_DAY_CENTRE, ORG_MEAL_POINT,
    ORG_CENTRAL_KITCHEN, ORG_CLINIC, ORG_PHARMACY, ORG_PROVIDER, ORG_PROPERTY, ORG_SHOP, ORG_BANK,
    ORG_BARBER, ORG_ASSESSOR, ORG_GOVERNMENT, ORG_COMMUNITY_OFFICE, ORG_OTHER, ORG_KINDS
};
extern const struct choice org_kinds[];

/* What an organisation and a place can both be, once: rows of org_kinds and place_kinds. */
#define KINDS_OF_PLACES \
    { "institution", "养老机构", "care home" },                    \
    { "station", "养老服务驿站", "care station" },                  \
    { "district_centre", "区域养老服务中心", "area care centre" },   \
    { "day_centre", "日间照料中心", "day centre" },                 \
    { "meal_point", "养老助餐点", "meal point" },                   \
    { "central_kitchen", "老年餐集中配送中心", "central kitchen" },  \
    { "clinic", "社区卫生服务机构", "clinic" },                     \
    { "pharmacy", "药店", "pharmacy" },                            \
    { "provider", "服务商", "provider" },                          \
    { "property", "物业公司", "property firm" },                   \
    { "shop", "便民商户", "shop" },                                \
    { "bank", "银行网点", "bank" },                                \
    { "barber", "理发店", "barber" }
#define KINDS_AT_LAST \
    { "community_office", "居(村)委会", "community office" }, { "other", "其他", "other" }

struct organisation_id { int64_t n; };

struct organisation {
    struct organisation_id id;
    struct row             row;
    struct sv              name;
    int                    kind;
    struct sv              uscc;            /* 统一社会信用代码, GB 32100 */
    struct organisation_id parent;          /* the chain of a branch */
    struct division_id     division;
    struct sv              legal_person, phone, duty_phone, address, description;
    int                    state;           /* enum review_state */
    struct account_id    submitted_by;
    struct moment          verified_at;     /* 核实: somebody saw that it is still true */
    struct account_id    verified_by;
    struct day             verify_until;    /* by then it must be seen again */
};

extern const struct field  organisation_fields[];
extern const struct entity organisation_entity;

enum paper_kind {
    PAPER_LEGAL_PERSON, PAPER_FILING, PAPER_FOOD, PAPER_MEDICAL, PAPER_FIRE, PAPER_EQUIPMENT,
    PAPER_CARER_CERTIFICATE, PAPER_HEALTH, PAPER_ASSISTANT_CERTIFICATE, PAPER_KINDS
};
extern const struct choice paper_kinds[];

struct paper_id { int64_t n; };
struct paper_holder { int64_t n; };         /* a carer's id; 0: the organisation's own paper */

struct paper {
    struct paper_id        id;
    struct row             row;
    struct organisation_id org;
    struct paper_holder    carer;
    int                    kind;
    struct sv              number, issued_by;
    struct day             valid_from, valid_to;
};

extern const struct field  paper_fields[];
extern const struct entity paper_entity;

struct duty_area_id { int64_t n; };

struct duty_area {
    struct duty_area_id    id;
    struct row             row;             /* scope: of the division answered for */
    struct organisation_id org;
    struct division_id     division;
    struct day             valid_from, valid_to;
};

extern const struct field  duty_area_fields[];
extern const struct entity duty_area_entity;

extern const struct module organisation_module;

/* NULL when the 18 characters are a 统一社会信用代码 with the right check character (either case),
 * else the message key. */
const char *uscc_check(struct sv value);

/* The duty phone of the station that answers for a scope on a day; "" when none does. */
MUST enum err duty_phone_of(struct ctx *c, int64_t scope, struct day day, struct sv *ret_phone,
                            struct sv *ret_org_name);

#endif
