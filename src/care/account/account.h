/*
 * account.h - signing in: password and second factor for staff, a code by message for citizens.
 *
 * The tables are model's (model/who/account.h); here is how a person proves to be who she says.
 * Passwords are Argon2id strings that carry their own parameters. After PASSWORD_TRIES wrong ones
 * an account waits, each further one twice as long. A second factor (TOTP, 30 s, six digits, one
 * step of drift) is used once: a step at or before the last one is refused. A code by message has
 * six digits, holds five minutes and five tries, and is kept only as a keyed hash.
 */
#ifndef CARE_ACCOUNT_H
#define CARE_ACCOUNT_H

#include "model/who/account.h"
#include "model/house.h"

enum { PASSWORD_LENGTH_MIN = 10, PASSWORD_LENGTH_MAX = 128, PASSWORD_TRIES = 5, CODE_TRIES = 5,
       CODE_DIGITS = 6, CODE_MINUTES = 5, TOTP_STEP_S = 30, TOTP_SECRET_BYTES = 20 };

extern const struct module account_module;

/*
 * The citizen's account of a telephone number; made when there is none, named `name` ("": after
 * the number's last digits). Who signs in with a code to that number then finds it.
 */
MUST enum err citizen_account(struct ctx *c, struct sv number, struct sv name,
                              int64_t *ret_account);

/* --- secrets: pure, and slow where they should be --- */

/* An Argon2id string in mem (2 passes, 19 MiB): some 20 ms. ERR_BUSY when memory is short. */
MUST enum err password_hash(struct ctx *c, struct sv password, struct sv *ret_hash);

/* True when the password is the hash's; takes as long when `hash` is "" (nobody of that name). */
bool password_right(struct ctx *c, struct sv hash, struct sv password);

/* NULL when the password may be used, else the message key: length, variety, not the login name. */
const char *password_fault(struct sv password, struct sv login);

/* A new second factor's key, base32. */
struct sv totp_secret_new(struct arena *mem);

/* True when `code` is the secret's within one step of `now`; *ret_step is the step it is for. */
bool totp_right(struct sv secret, struct sv code, struct moment now, int64_t *ret_step);

/* Seconds to wait after so many wrong passwords in a row; 0: none. */
int64_t lock_seconds(int64_t tries);

#endif
