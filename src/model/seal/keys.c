/* keys.c - the key folder: one file a key, 64 hex digits, read once at start. */

#include "model/seal/keys.h"
#include "model/house.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <sodium.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READY = 4 };                      /* ciphers kept a key and use: some threads at once */

struct keys {
    EVP_CIPHER    *cipher;
    int            newest;
    bool           known[KEYS_MAX];
    uint8_t        data[KEYS_MAX][KEY_SIZE];         /* by number; 0 is never used */
    struct keyed_hash index;
    struct nonces *nonces;
    _Atomic(EVP_CIPHER_CTX *) ready[CIPHER_USES][KEYS_MAX][READY];
};

int keys_newest(const struct ctx *c)
{
    return c->house->keys->newest;
}

bool keys_known(const struct ctx *c, int id)
{
    return id > 0 && id < KEYS_MAX && c->house->keys->known[id];
}

const struct keyed_hash *keys_index(const struct ctx *c)
{
    return &c->house->keys->index;
}

bool keys_nonce(struct ctx *c, uint8_t ret_nonce[NONCE_SIZE])
{
    return nonce_take(c->house->keys->nonces, ret_nonce);
}

/* --- ciphers kept ready --- */

static EVP_CIPHER_CTX *cipher_new(const struct keys *k, enum cipher_use use, const uint8_t *key)
{
    EVP_CIPHER_CTX *x = EVP_CIPHER_CTX_new();
    if (x && EVP_CipherInit_ex2(x, k->cipher, key, NULL, use == CIPHER_SEALS, NULL) == 1)
        return x;
    EVP_CIPHER_CTX_free(x);
    return NULL;
}

EVP_CIPHER_CTX *cipher_take(struct ctx *c, enum cipher_use use, int id, const uint8_t *elders)
{
    struct keys *k = c->house->keys;
    for (int i = 0; i < READY && id != ELDERS_KEY; i++) {
        EVP_CIPHER_CTX *x = atomic_exchange(&k->ready[use][id][i], NULL);
        if (x)
            return x;
    }
    return cipher_new(k, use, id == ELDERS_KEY ? elders : k->data[id]);
}

void cipher_give(struct ctx *c, enum cipher_use use, int id, EVP_CIPHER_CTX *x, bool good)
{
    struct keys *k = c->house->keys;
    for (int i = 0; i < READY && good && id != ELDERS_KEY; i++) {
        EVP_CIPHER_CTX *none = NULL;
        if (atomic_compare_exchange_strong(&k->ready[use][id][i], &none, x))
            return;
    }
    EVP_CIPHER_CTX_free(x);
}

static void ciphers_free(struct keys *k)
{
    for (int use = 0; use < CIPHER_USES; use++)
        for (int id = 0; id < KEYS_MAX; id++)
            for (int i = 0; i < READY; i++)
                EVP_CIPHER_CTX_free(k->ready[use][id][i]);
}

/* --- the folder --- */

static void file_close(int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

/* *ret_found false when there is no such file. */
static enum err key_read(struct ctx *c, const char *path, uint8_t *key, bool *ret_found)
{
    *ret_found = false;
    AUTO(file_close) int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT)
        return ERR_NONE;
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0)
        return fail(c, ERR_BROKEN, "keys.missing", "could not open key %s: %s", path,
                    strerror(errno));
    if (st.st_mode & (S_IRWXG | S_IRWXO))
        return fail(c, ERR_BROKEN, "keys.open", "key %s may be read by others: chmod 600", path);
    char text[2 * KEY_SIZE];
    if (read(fd, text, sizeof text) != (ssize_t)sizeof text
        || !sv_unhex((struct sv){ text, sizeof text }, key, KEY_SIZE))
        return fail(c, ERR_BROKEN, "keys.missing", "key %s is not 64 hex digits", path);
    sodium_memzero(text, sizeof text);
    *ret_found = true;
    return ERR_NONE;
}

/* Synced before it is used: what was sealed under a lost key is lost. */
static enum err key_write(struct ctx *c, const char *path, uint8_t *key)
{
    randombytes_buf(key, KEY_SIZE);
    struct buf b = buf_new(&c->mem, 2 * KEY_SIZE + 2);
    buf_hex(&b, key, KEY_SIZE);
    buf_byte(&b, '\n');
    AUTO(file_close) int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool good = fd >= 0 && write(fd, b.at, b.len) == (ssize_t)b.len && fsync(fd) == 0;
    sodium_memzero(b.at, b.len);
    if (!good)
        return fail(c, ERR_BROKEN, "keys.missing", "could not write key %s: %s", path,
                    strerror(errno));
    return ERR_NONE;
}

static enum err folder_sync(struct ctx *c, const char *dir)
{
    AUTO(file_close) int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0)
        return fail(c, ERR_BROKEN, "keys.missing", "could not sync %s: %s", dir, strerror(errno));
    return ERR_NONE;
}

static const char *key_path(struct ctx *c, const char *dir, const char *kind, int number)
{
    return sv_fmt(&c->mem, "%s/%s-%d.key", dir, kind, number).at;
}

static void key_take(SHA256_CTX *hash, const uint8_t key[KEY_SIZE], uint8_t with)
{
    uint8_t block[SHA256_CBLOCK];
    memset(block, with, sizeof block);
    for (int i = 0; i < KEY_SIZE; i++)
        block[i] ^= key[i];
    SHA256_Init(hash);
    SHA256_Update(hash, block, sizeof block);
    sodium_memzero(block, sizeof block);
}

static void index_take(struct keys *k, uint8_t key[KEY_SIZE])
{
    key_take(&k->index.inner, key, 0x36);
    key_take(&k->index.outer, key, 0x5C);
    sodium_memzero(key, KEY_SIZE);
}

static enum err keys_load(struct ctx *c, const char *dir, struct keys *k, bool *ret_index)
{
    for (int i = 1; i < KEYS_MAX; i++) {
        TRY(key_read(c, key_path(c, dir, "data", i), k->data[i], &k->known[i]));
        if (k->known[i])
            k->newest = i;
    }
    uint8_t index[KEY_SIZE];
    TRY(key_read(c, key_path(c, dir, "index", 1), index, ret_index));
    if (*ret_index)
        index_take(k, index);
    return ERR_NONE;
}

static enum err keys_make(struct ctx *c, const char *dir, struct keys *k)
{
    uint8_t index[KEY_SIZE];
    TRY(key_write(c, key_path(c, dir, "index", 1), index));
    index_take(k, index);
    TRY(key_write(c, key_path(c, dir, "data", 1), k->data[1]));
    k->known[1] = true;
    k->newest = 1;
    return folder_sync(c, dir);
}

static enum err keys_fill(struct ctx *c, const char *dir, bool create, struct keys *k)
{
    if (create && mkdir(dir, 0700) != 0 && errno != EEXIST)
        return fail(c, ERR_BROKEN, "keys.missing", "could not make %s: %s", dir, strerror(errno));
    struct stat st;
    if (stat(dir, &st) != 0)
        return fail(c, ERR_BROKEN, "keys.missing", "there is no key folder %s", dir);
    if (st.st_mode & (S_IRWXG | S_IRWXO))
        return fail(c, ERR_BROKEN, "keys.open", "%s may be read by others: chmod 700", dir);

    bool index = false;
    TRY(keys_load(c, dir, k, &index));
    if (k->newest == 0 && !index && create)
        return keys_make(c, dir, k);
    if (k->newest == 0 || !index)        /* one half alone: making the other would hide a loss */
        return fail(c, ERR_BROKEN, "keys.missing", "keys are missing in %s: restore them", dir);
    return ERR_NONE;
}

enum err keys_open(struct ctx *c, const char *dir, bool create, struct keys **ret_keys)
{
    if (sodium_init() < 0)
        return fail(c, ERR_BROKEN, "keys.missing", "libsodium does not start");
    struct keys *k = block_take(sizeof *k);
    k->cipher = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
    k->nonces = nonces_open();
    enum err e = k->cipher ? keys_fill(c, dir, create, k)
                           : fail(c, ERR_BROKEN, "keys.missing", "there is no AES-256-GCM");
    if (e != ERR_NONE) {
        keys_close(k);
        return e;
    }
    *ret_keys = k;
    return ERR_NONE;
}

void keys_close(struct keys *k)
{
    if (!k)
        return;
    ciphers_free(k);
    nonces_close(k->nonces);
    EVP_CIPHER_free(k->cipher);
    sodium_memzero(k, sizeof *k);
    block_free(k);
}
