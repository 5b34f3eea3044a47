/* seal.c - authenticated encryption of values, blind indexes, hashes. */

#include "model/seal/keys.h"

#include <openssl/evp.h>
#include <sodium.h>
#include <string.h>

enum { FORMAT = 1, ALGORITHM = 1, HEAD = 3, NONCE = NONCE_SIZE, TAG = 16 };

static struct sv bound_to(struct arena *mem, const struct seal_place *at)
{
    struct buf b = buf_new(mem, 64);
    buf_text(&b, at->table);
    buf_byte(&b, 0);
    buf_text(&b, at->field);
    buf_byte(&b, 0);
    buf_int(&b, at->row);
    return buf_sv(&b);
}

static bool encrypt(EVP_CIPHER_CTX *x, struct sv bound, struct sv plain, uint8_t *out)
{
    int n = 0;
    uint8_t *data = out + HEAD + NONCE;
    return EVP_EncryptInit_ex2(x, NULL, NULL, out + HEAD, NULL) == 1
        && EVP_EncryptUpdate(x, NULL, &n, (const uint8_t *)bound.at, (int)bound.len) == 1
        && EVP_EncryptUpdate(x, data, &n, (const uint8_t *)plain.at, (int)plain.len) == 1
        && EVP_EncryptFinal_ex(x, data + n, &n) == 1
        && EVP_CIPHER_CTX_ctrl(x, EVP_CTRL_AEAD_GET_TAG, TAG, data + plain.len) == 1;
}

static bool decrypt(EVP_CIPHER_CTX *x, struct sv bound, const uint8_t *in, size_t len,
                    uint8_t *out)
{
    int n = 0;
    uint8_t want[TAG];
    const uint8_t *data = in + HEAD + NONCE;
    memcpy(want, data + len, TAG);
    return EVP_DecryptInit_ex2(x, NULL, NULL, in + HEAD, NULL) == 1
        && EVP_DecryptUpdate(x, NULL, &n, (const uint8_t *)bound.at, (int)bound.len) == 1
        && EVP_DecryptUpdate(x, out, &n, data, (int)len) == 1
        && EVP_CIPHER_CTX_ctrl(x, EVP_CTRL_AEAD_SET_TAG, TAG, want) == 1
        && EVP_DecryptFinal_ex(x, out + n, &n) == 1;
}

static enum err value_seal(struct ctx *c, int key_id, const uint8_t *elders,
                           const struct seal_place *at, struct sv plain, struct sv *ret_sealed)
{
    assert(plain.len < INT32_MAX);
    size_t size = plain.len + SEAL_EXTRA;
    uint8_t *out = arena_room(&c->mem, size, 1);
    out[0] = FORMAT;
    out[1] = (uint8_t)key_id;
    out[2] = ALGORITHM;
    if (!keys_nonce(c, out + HEAD))
        return fail(c, ERR_BROKEN, "seal.broken", "there is no randomness");
    EVP_CIPHER_CTX *x = cipher_take(c, CIPHER_SEALS, key_id, elders);
    bool good = x && encrypt(x, bound_to(&c->mem, at), plain, out);
    cipher_give(c, CIPHER_SEALS, key_id, x, good);
    if (!good)
        return fail(c, ERR_BROKEN, "seal.broken", "could not seal %s.%s of %lld", at->table,
                    at->field, (long long)at->row);
    *ret_sealed = (struct sv){ (char *)out, size };
    return ERR_NONE;
}

static enum err value_open(struct ctx *c, int key_id, const uint8_t *elders,
                           const struct seal_place *at, struct sv sealed, struct sv *ret_plain)
{
    size_t len = sealed.len - SEAL_EXTRA;
    uint8_t *out = arena_room(&c->mem, len + 1, 1);
    EVP_CIPHER_CTX *x = cipher_take(c, CIPHER_OPENS, key_id, elders);
    bool good = x && decrypt(x, bound_to(&c->mem, at), (const uint8_t *)sealed.at, len, out);
    cipher_give(c, CIPHER_OPENS, key_id, x, good);
    if (!good)
        return fail(c, ERR_BROKEN, "seal.broken", "%s.%s of %lld does not open: it was changed",
                    at->table, at->field, (long long)at->row);
    out[len] = 0;
    *ret_plain = (struct sv){ (char *)out, len };
    return ERR_NONE;
}

static bool well_formed(struct sv sealed)
{
    return sealed.len >= SEAL_EXTRA && sealed.at[0] == FORMAT && sealed.at[2] == ALGORITHM;
}

enum err seal_value(struct ctx *c, const struct seal_place *at, struct sv plain,
                    struct sv *ret_sealed)
{
    return value_seal(c, keys_newest(c), NULL, at, plain, ret_sealed);
}

enum err seal_open(struct ctx *c, const struct seal_place *at, struct sv sealed,
                   struct sv *ret_plain)
{
    int id = well_formed(sealed) ? (uint8_t)sealed.at[1] : ELDERS_KEY;
    if (!keys_known(c, id))
        return fail(c, ERR_BROKEN, "seal.broken", "no key for %s.%s of %lld", at->table, at->field,
                    (long long)at->row);
    return value_open(c, id, NULL, at, sealed, ret_plain);
}

enum err seal_value_with(struct ctx *c, const uint8_t key[KEY_SIZE], const struct seal_place *at,
                         struct sv plain, struct sv *ret_sealed)
{
    return value_seal(c, ELDERS_KEY, key, at, plain, ret_sealed);
}

enum err seal_open_with(struct ctx *c, const uint8_t key[KEY_SIZE], const struct seal_place *at,
                        struct sv sealed, struct sv *ret_plain)
{
    if (!well_formed(sealed))
        return fail(c, ERR_BROKEN, "seal.broken", "%s.%s of %lld is no sealed value", at->table,
                    at->field, (long long)at->row);
    return value_open(c, ELDERS_KEY, key, at, sealed, ret_plain);
}

/* --- blind indexes --- */

/* Full-width letters and digits become ASCII; other characters stay. */
static uint32_t narrow(uint32_t rune)
{
    return rune >= 0xFF01 && rune <= 0xFF5E ? rune - 0xFEE0 : rune;
}

struct sv seal_normal(struct arena *mem, enum mask mask, struct sv value)
{
    struct buf b = buf_new(mem, value.len + 1);
    uint32_t rune;
    while (sv_rune(&value, &rune)) {
        rune = narrow(rune);
        if (rune >= 'a' && rune <= 'z')
            rune -= 'a' - 'A';
        bool digit = rune >= '0' && rune <= '9';
        bool skip = rune == ' ' || rune == '-' || rune == 0x3000;
        if (mask == MASK_PHONE ? digit : !skip)
            buf_rune(&b, rune);
    }
    struct sv s = buf_sv(&b);
    if (mask == MASK_PHONE && s.len == 13 && sv_starts(s, SV("86")))
        return sv_from(s, 2);
    return s;
}

bool seal_last4(const struct field *f)
{
    return f->class == SEALED && (f->mask == MASK_PHONE || f->mask == MASK_ID);
}

struct sv seal_index(struct ctx *c, const char *table, const char *field, const char *use,
                     struct sv normal)
{
    struct buf b = buf_new(&c->mem, 64);
    buf_text(&b, table);
    buf_byte(&b, 0);
    buf_text(&b, field);
    buf_byte(&b, 0);
    buf_text(&b, use);
    buf_byte(&b, 0);
    buf_put(&b, normal);
    uint8_t mac[HASH_SIZE];
    struct sv bytes = buf_sv(&b);
    struct keyed_hash h = *keys_index(c);
    SHA256_Update(&h.inner, bytes.at, bytes.len);
    SHA256_Final(mac, &h.inner);
    SHA256_Update(&h.outer, mac, sizeof mac);
    SHA256_Final(mac, &h.outer);
    struct buf hex = buf_new(&c->mem, 33);
    buf_hex(&hex, mac, 16);
    return buf_sv(&hex);
}

/* --- hashes and text forms --- */

void seal_hash(const struct sv *parts, size_t n, uint8_t ret_hash[HASH_SIZE])
{
    SHA256_CTX s;
    SHA256_Init(&s);
    for (size_t i = 0; i < n; i++) {
        uint8_t len[8];
        for (int k = 0; k < 8; k++)
            len[k] = (uint8_t)(parts[i].len >> (8 * k));
        SHA256_Update(&s, len, sizeof len);
        SHA256_Update(&s, parts[i].at, parts[i].len);
    }
    SHA256_Final(ret_hash, &s);
}

struct sv seal_hash_hex(struct arena *mem, struct sv bytes)
{
    uint8_t hash[HASH_SIZE];
    SHA256((const uint8_t *)bytes.at, bytes.len, hash);
    struct buf b = buf_new(mem, 2 * HASH_SIZE + 1);
    buf_hex(&b, hash, HASH_SIZE);
    return buf_sv(&b);
}

struct sv seal_random_hex(struct arena *mem, size_t bytes)
{
    uint8_t *random = NEW(mem, uint8_t, bytes);
    randombytes_buf(random, bytes);
    struct buf b = buf_new(mem, 2 * bytes + 1);
    buf_hex(&b, random, bytes);
    return buf_sv(&b);
}

struct sv base64_of(struct arena *mem, struct sv bytes)
{
    size_t room = sodium_base64_encoded_len(bytes.len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *out = NEW(mem, char, room);
    sodium_bin2base64(out, room, (const uint8_t *)bytes.at, bytes.len,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return sv_of(out);
}

bool base64_read(struct arena *mem, struct sv text, struct sv *ret_bytes)
{
    uint8_t *out = NEW(mem, uint8_t, text.len + 1);
    size_t len;
    const char *end;
    if (sodium_base642bin(out, text.len + 1, text.at, text.len, NULL, &len, &end,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        end != text.at + text.len)
        return false;
    *ret_bytes = (struct sv){ (char *)out, len };
    return true;
}
