/*
 * door_code.h - codes that hang in an elder's home, and her own number.
 *
 * A door code is eight characters, printed with its QR and hung up by the supervisor, who takes the
 * old one away and signs; it holds from that day. A number (PIN) is four to six digits that the
 * elder tells. Both lie sealed; a phone that goes off line takes along only a salted, slow hash of
 * those of its visits, enough to say at the door whether it is the right one.
 */
#ifndef CARE_DOOR_CODE_H
#define CARE_DOOR_CODE_H

#include "care/proof/proof.h"

enum door_code_kind { CODE_DOOR, CODE_PIN };
enum door_code_state { CODE_MADE, CODE_HUNG, CODE_ENDED };
/* Before the code in its QR. */
#define DOOR_CODE_QR "YIKE-D:"
enum { DOOR_CODE_LENGTH = 8, CODE_ROUNDS = 10000, CODE_CHECK_BYTES = 16 };
extern const struct choice door_code_kinds[], door_code_states[];

struct door_code {
    struct door_code_id    id;
    struct row             row;
    struct elder_id        elder;
    struct organisation_id org;                 /* who issued it */
    int                    kind, state;
    struct sv              code;                /* SEALED */
    struct sv              salt, check_hash;    /* of the slow hash, hex */
    struct day             valid_from, valid_to;
    struct day             hung_on;
    struct sv              hung_by;             /* who signed for it */
};

extern const struct field  door_code_fields[];
extern const struct entity door_code_entity;
extern const struct module door_code_module;

/* A code (fresh where none is given) with its hash into *d; kind, elder, days are the caller's. */
MUST enum err door_code_make(struct ctx *c, struct door_code *d);

/* What the phone computes too: PBKDF2-HMAC-SHA256 of the normal form, CODE_ROUNDS, hex. */
struct sv door_code_hash(struct arena *mem, struct sv code, struct sv salt);

/* What a code says at this elder's door on a day. */
MUST enum err door_code_judge(struct ctx *c, struct elder_id elder, enum door_code_kind kind,
                              struct sv given, struct day day, enum proof_why *ret_why,
                              struct door_code_id *ret_code);

/* "codes": [{kind, salt, hash}] of an elder for a phone that goes off line. */
MUST enum err door_codes_json(struct ctx *c, struct json *j, struct elder_id elder, struct day day);

/* Some homes (CODES_DUE_MAX) an organisation goes to until `to`, without a code of that time. */
enum { CODES_DUE_MAX = 10 };
MUST enum err door_codes_due(struct ctx *c, struct organisation_id org, struct day from,
                             struct day to, int64_t *ret_elders, size_t *ret_n);

MUST enum err job_door_codes(struct ctx *c, const struct job *j);

#endif
