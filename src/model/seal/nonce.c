/* nonce.c - random bytes for nonces, drawn from OpenSSL many at a time. */

#include "model/seal/keys.h"

#include <openssl/rand.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

enum { NONCES = 64 };

/* Stands in memory that a fork finds zeroed, so that parent and child never share a nonce. */
struct nonces { atomic_flag busy; size_t left; uint8_t random[NONCES][NONCE_SIZE]; };

struct nonces *nonces_open(void)
{
    void *at = mmap(NULL, sizeof(struct nonces), PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED)
        return NULL;
    if (madvise(at, sizeof(struct nonces), MADV_WIPEONFORK) == 0)
        return at;
    munmap(at, sizeof(struct nonces));
    return NULL;
}

void nonces_close(struct nonces *n)
{
    if (n)
        munmap(n, sizeof *n);
}

static bool take(struct nonces *n, uint8_t ret_nonce[NONCE_SIZE])
{
    if (n->left == 0) {
        if (RAND_bytes(n->random[0], sizeof n->random) != 1)
            return false;
        n->left = NONCES;
    }
    uint8_t *next = n->random[--n->left];
    memcpy(ret_nonce, next, NONCE_SIZE);
    memset(next, 0, NONCE_SIZE);
    return true;
}

bool nonce_take(struct nonces *n, uint8_t ret_nonce[NONCE_SIZE])
{
    if (!n || atomic_flag_test_and_set(&n->busy))        /* another thread is at it */
        return RAND_bytes(ret_nonce, NONCE_SIZE) == 1;
    bool good = take(n, ret_nonce);
    atomic_flag_clear(&n->busy);
    return good;
}
