/* tls.c - the certificate that the server makes for itself: phones on the local network. */

#include "http/wire/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DAYS = 365, LEFT_DAYS = 30 };

static void pkey_free(EVP_PKEY **p) { EVP_PKEY_free(*p); }
static void x509_free(X509 **p) { X509_free(*p); }
static void bio_free(BIO **p) { BIO_free(*p); }

/* Every IPv4 address of the machine: the phone may come by any of them. */
static struct sv names_of(struct arena *mem, const char *host)
{
    struct buf b = buf_new(mem, 256);
    struct ifaddrs *list = NULL;
    struct in_addr any;
    buf_text(&b, "DNS:localhost,IP:127.0.0.1");
    if (host && inet_pton(AF_INET, host, &any) == 1 && any.s_addr &&
        !sv_is(sv_of(host), "127.0.0.1"))
        buf_fmt(&b, ",IP:%s", host);
    if (getifaddrs(&list) != 0)
        return buf_sv(&b);
    for (struct ifaddrs *one = list; one; one = one->ifa_next) {
        char text[INET_ADDRSTRLEN];
        if (!one->ifa_addr || one->ifa_addr->sa_family != AF_INET)
            continue;
        const struct sockaddr_in *a = (const void *)one->ifa_addr;
        if (ntohl(a->sin_addr.s_addr) >> 24 != 127 &&
            inet_ntop(AF_INET, &a->sin_addr, text, sizeof text))
            buf_fmt(&b, ",IP:%s", text);
    }
    freeifaddrs(list);
    return buf_sv(&b);
}

static bool add_extension(X509 *cert, int nid, const char *value)
{
    X509V3_CTX ctx;
    X509V3_set_ctx_nodb(&ctx);
    X509V3_set_ctx(&ctx, cert, cert, NULL, NULL, 0);
    X509_EXTENSION *e = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
    bool added = e && X509_add_ext(cert, e, -1);
    X509_EXTENSION_free(e);
    return added;
}

static bool fill_certificate(struct arena *mem, X509 *cert, EVP_PKEY *key, const char *host)
{
    uint8_t serial[8];
    if (RAND_bytes(serial, sizeof serial) != 1)
        return false;
    int64_t n = 0;
    memcpy(&n, serial, sizeof n);
    X509_NAME *name = X509_get_subject_name(cert);
    return X509_set_version(cert, X509_VERSION_3) &&
           ASN1_INTEGER_set_int64(X509_get_serialNumber(cert), n & INT64_MAX) &&
           X509_gmtime_adj(X509_getm_notBefore(cert), -3600) &&
           X509_gmtime_adj(X509_getm_notAfter(cert), 86400L * DAYS) && X509_set_pubkey(cert, key) &&
           X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)"yike", -1,
                                      -1, 0) &&
           X509_set_issuer_name(cert, name) &&
           add_extension(cert, NID_subject_alt_name, sv_text(mem, names_of(mem, host))) &&
           add_extension(cert, NID_basic_constraints, "critical,CA:TRUE") &&
           add_extension(cert, NID_ext_key_usage, "serverAuth") &&
           X509_sign(cert, key, EVP_sha256()) > 0;
}

/* Only the owner may read the key, from its first byte on. */
static bool write_pem(const char *path, EVP_PKEY *key, X509 *cert)
{
    (void)unlink(path);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    AUTO(bio_free) BIO *out = BIO_new_fd(fd, BIO_CLOSE);
    return out && (key ? PEM_write_bio_PKCS8PrivateKey(out, key, NULL, NULL, 0, NULL, NULL)
                       : PEM_write_bio_X509(out, cert));
}

static enum err make(struct ctx *c, const char *key_path, const char *cert_path, const char *host)
{
    AUTO(pkey_free) EVP_PKEY *key = EVP_EC_gen("P-256");
    AUTO(x509_free) X509 *cert = X509_new();
    if (!key || !cert || !fill_certificate(&c->mem, cert, key, host))
        return fail(c, ERR_BROKEN, "broken", "could not make a certificate: %s",
                    ERR_reason_error_string(ERR_get_error()));
    if (!write_pem(key_path, key, NULL) || !write_pem(cert_path, NULL, cert))
        return fail(c, ERR_BUSY, "store.away", "could not write %s: %s", key_path, strerror(errno));
    return ERR_NONE;
}

static bool still_good(const char *path)
{
    AUTO(bio_free) BIO *in = BIO_new_file(path, "r");
    if (!in)
        return false;
    AUTO(x509_free) X509 *cert = PEM_read_bio_X509(in, NULL, NULL, NULL);
    time_t left = time(NULL) + 86400L * LEFT_DAYS;
    return cert && X509_cmp_time(X509_get0_notAfter(cert), &left) > 0;
}

static enum err read_text(struct ctx *c, const char *path, const char **ret_text)
{
    char text[16384];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text);
    int why = errno;
    if (fd >= 0)
        close(fd);
    if (n <= 0)
        return fail(c, ERR_BROKEN, "broken", "could not read %s: %s", path, strerror(why));
    *ret_text = sv_text(&c->mem, (struct sv){ text, (size_t)n });
    return ERR_NONE;
}

enum err tls_read(struct ctx *c, const char *data_dir, const char *host, struct tls *ret_tls)
{
    const char *folder = sv_fmt(&c->mem, "%s/tls", data_dir).at;
    const char *key = sv_fmt(&c->mem, "%s/key.pem", folder).at;
    const char *cert = sv_fmt(&c->mem, "%s/cert.pem", folder).at;
    (void)mkdir(folder, 0700);
    if (!still_good(cert) || access(key, R_OK) != 0)
        TRY(make(c, key, cert, host));
    TRY(read_text(c, key, &ret_tls->key));
    return read_text(c, cert, &ret_tls->cert);
}
