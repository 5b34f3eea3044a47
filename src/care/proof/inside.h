/* inside.h - what the files of this folder share. */
#ifndef CARE_PROOF_INSIDE_H
#define CARE_PROOF_INSIDE_H

#include "care/proof/door_code.h"

/* After an attachment of a proof was stored: the job that looks at it (photo.c). */
MUST enum err proof_filed(struct ctx *c, const void *row, struct sv hash, struct sv type);
MUST enum err job_proof_photo(struct ctx *c, const struct job *j);
/* The visit of who went with her; 0: she went alone. */
MUST enum err proof_mate(struct ctx *c, struct visit_id id, struct visit_id *ret_mate);
extern const struct table photo_tables[];

endpoint_fn visit_proofs_get;

#endif
