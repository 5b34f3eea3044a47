/* keys.h - the loaded keys, for seal.c only. */
#ifndef MODEL_KEYS_H
#define MODEL_KEYS_H

#include "model/seal.h"

#include <assert.h>
#include <openssl/types.h>

const EVP_CIPHER *keys_cipher(const struct ctx *c);              /* AES-256-GCM, fetched once */
const uint8_t *keys_newest(const struct ctx *c, int *ret_id);
const uint8_t *keys_numbered(const struct ctx *c, int id);       /* NULL when there is none */
const uint8_t *keys_index(const struct ctx *c);

#endif
