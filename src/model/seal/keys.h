/*
 * keys.h - the loaded keys, for seal.c only.
 *
 * Setting up a cipher costs more than sealing a value with it. So those of the house's keys are
 * kept ready, their schedule made, until keys_close(); an elder's are set up for each call and
 * her schedule is wiped behind it, for her key must end when it is destroyed.
 */
#ifndef MODEL_KEYS_H
#define MODEL_KEYS_H

/* libcrypto's plain functions hash by the machine's instructions; EVP looks them up each time. */
#define OPENSSL_SUPPRESS_DEPRECATED

#include "model/seal/seal.h"

#include <assert.h>
#include <openssl/sha.h>
#include <openssl/types.h>
#include <sodium.h>

enum { NONCE_SIZE = 12, ELDERS_KEY = 0 };

int keys_newest(const struct ctx *c);                            /* the number that seals */
bool keys_known(const struct ctx *c, int id);

/* What seals or opens. */
enum cipher_use { CIPHER_OPENS, CIPHER_SEALS, CIPHER_USES };

/*
 * AES-256-GCM with the schedule of data key `id`, or, when it is ELDERS_KEY, of `elders`; the
 * caller's alone until it is given back. NULL: there is no cipher.
 */
EVP_CIPHER_CTX *cipher_take(struct ctx *c, enum cipher_use use, int id, const uint8_t *elders);
/* One that failed (not `good`) is not used again. */
void cipher_give(struct ctx *c, enum cipher_use use, int id, EVP_CIPHER_CTX *x, bool good);

/* HMAC-SHA-256 (RFC 2104) with the index key taken in: to be copied. */
struct keyed_hash { SHA256_CTX inner, outer; };
const struct keyed_hash *keys_index(const struct ctx *c);

bool keys_nonce(struct ctx *c, uint8_t ret_nonce[NONCE_SIZE]);   /* false: no randomness */

/* --- nonce.c --- */

struct nonces;
struct nonces *nonces_open(void);                /* NULL: the system cannot; that is no fault */
void nonces_close(struct nonces *n);             /* accepts NULL */
/* From any thread; n may be NULL. False: there is no randomness. */
bool nonce_take(struct nonces *n, uint8_t ret_nonce[NONCE_SIZE]);

#endif
