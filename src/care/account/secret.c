/* secret.c - passwords and second factors. */

#include "care/account/account.h"

#include <liboath/oath.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { HASH_PASSES = 2, HASH_BYTES = 19 * 1024 * 1024, LOCK_BASE_S = 60, LOCK_MAX_S = 3600,
       TOTP_DRIFT_STEPS = 1, TOTP_SECRET_TEXT_MAX = 64 };

/* Of a password nobody has: what is compared when there is no such account. */
static const char nobody[] = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
                             "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

enum err password_hash(struct ctx *c, struct sv password, struct sv *ret_hash)
{
    char hash[crypto_pwhash_STRBYTES];
    if (sodium_init() < 0 ||
        crypto_pwhash_str(hash, password.at, password.len, HASH_PASSES, HASH_BYTES) != 0)
        return fail(c, ERR_BUSY, "account.hash", "no memory to hash a password");
    *ret_hash = sv_copy(&c->mem, sv_of(hash));
    return ERR_NONE;
}

bool password_right(struct ctx *c, struct sv hash, struct sv password)
{
    char stored[crypto_pwhash_STRBYTES] = { 0 };
    bool known = hash.len > 0 && hash.len < sizeof stored;
    (void)c;
    memcpy(stored, known ? hash.at : nobody, known ? hash.len : sizeof nobody);
    bool same = sodium_init() >= 0 &&
                crypto_pwhash_str_verify(stored, password.at, password.len) == 0;
    return known && same;
}

static bool one_kind_of_character(struct sv s)
{
    bool digits = true, same = true;
    for (size_t i = 0; i < s.len; i++) {
        digits = digits && s.at[i] >= '0' && s.at[i] <= '9';
        same = same && s.at[i] == s.at[0];
    }
    return digits || same;
}

const char *password_fault(struct sv password, struct sv login)
{
    if (sv_runes(password) < PASSWORD_LENGTH_MIN || password.len > PASSWORD_LENGTH_MAX)
        return "account.password_length";
    if (one_kind_of_character(password))
        return "account.password_simple";
    if (login.len >= 3 && sv_find(password, login) >= 0)
        return "account.password_login";
    return NULL;
}

int64_t lock_seconds(int64_t tries)
{
    if (tries < PASSWORD_TRIES)
        return 0;
    int64_t s = LOCK_BASE_S;
    for (int64_t i = PASSWORD_TRIES; i < tries && s < LOCK_MAX_S; i++)
        s *= 2;
    return s < LOCK_MAX_S ? s : LOCK_MAX_S;
}

/* --- second factor --- */

struct sv totp_secret_new(struct arena *mem)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    uint8_t bytes[TOTP_SECRET_BYTES];
    randombytes_buf(bytes, sizeof bytes);
    struct buf b = buf_new(mem, 40);
    unsigned held = 0, bits = 0;
    for (size_t i = 0; i < sizeof bytes; i++) {
        held = held << 8 | bytes[i];
        for (bits += 8; bits >= 5; bits -= 5)
            buf_byte(&b, alphabet[held >> (bits - 5) & 31]);
    }
    return buf_sv(&b);
}

bool totp_right(struct sv secret, struct sv code, struct moment now, int64_t *ret_step)
{
    char text[TOTP_SECRET_TEXT_MAX + 1] = { 0 }, digits[CODE_DIGITS + 1] = { 0 };
    if (secret.len == 0 || secret.len > TOTP_SECRET_TEXT_MAX || code.len != CODE_DIGITS)
        return false;
    memcpy(text, secret.at, secret.len);
    memcpy(digits, code.at, code.len);
    char *raw = NULL;
    size_t raw_n = 0;
    if (oath_base32_decode(text, secret.len, &raw, &raw_n) != OATH_OK)
        return false;
    int64_t step = now.ms / 1000 / TOTP_STEP_S;
    bool right = false;
    for (int64_t s = step - TOTP_DRIFT_STEPS; s <= step + TOTP_DRIFT_STEPS; s++) {
        char want[CODE_DIGITS + 1] = { 0 };
        if (oath_hotp_generate(raw, raw_n, (uint64_t)s, CODE_DIGITS, false,
                               OATH_HOTP_DYNAMIC_TRUNCATION, want) == OATH_OK &&
            sodium_memcmp(want, digits, CODE_DIGITS) == 0) {
            right = true;
            *ret_step = s;
        }
    }
    sodium_memzero(raw, raw_n);
    /* tidy: allow malloc - liboath made it */
    free(raw);
    return right;
}
