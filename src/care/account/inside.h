/* inside.h - what the files of this folder share. */
#ifndef CARE_ACCOUNT_INSIDE_H
#define CARE_ACCOUNT_INSIDE_H

#include "http/describe/gives.h"
#include "care/account/account.h"
#include "http/http.h"

/* Rows of the endpoints' table (account.c). */
endpoint_fn password_sign_in, totp_sign_in, code_send, code_sign_in, session_get, session_role,
    session_delete, totp_enrol, password_change, password_set, account_unlock, grant_end;

/* The slow halves: what they leave in q->hashed. */
enum err password_sign_in_hash(struct ctx *c, struct request *q);
enum err password_change_hash(struct ctx *c, struct request *q);
enum err password_set_hash(struct ctx *c, struct request *q);

/* What people send. */
struct sign_in { struct sv login, password; };
struct code_in { struct sv phone, code; };
struct role_in { struct access_grant_id grant; };
struct password_in { struct sv old, new; };
extern const struct field sign_in_fields[], code_only_fields[], phone_only_fields[],
    phone_code_fields[], role_in_fields[], password_change_fields[], password_set_fields[];

/* What their endpoints answer (gives.c). */
extern const struct field session_gives[], signed_in_gives[], code_sent_gives[],
    role_taken_gives[], totp_gives[];

/* Opens a session in a role and puts its cookie into the answer. */
MUST enum err sign_in_as(struct ctx *c, const struct request *q, struct answer *a, int64_t account,
                         enum role role, bool weak);

/* The role an account acts in first: of its oldest living grant; *ret_found false: it has none. */
MUST enum err first_role(struct ctx *c, int64_t account, enum role *ret_role, bool *ret_found);

/* The caller's account, also of a session that still owes its second factor. */
MUST enum err caller_account(struct ctx *c, struct account *ret_account);

#endif
