/* inside.h - what the files of care/open311 share. */
#ifndef CARE_OPEN311_INSIDE_H
#define CARE_OPEN311_INSIDE_H

#include "care/open311/open311.h"
#include "http/http.h"

/* --- read.c: a query or a form as pairs --- */

enum { PAIRS_MAX = 64, FORM_MAX = 256 * 1024 };
struct pair { struct sv name, value; };
struct pairs { struct pair at[PAIRS_MAX]; size_t n; };

/* "a=1&b=2", percent-decoded. ERR_MALFORMED "open311.form". */
MUST enum err pairs_read(struct ctx *c, struct sv text, struct pairs *ret_pairs);
/* A body, as its type says: urlencoded, or the text parts of multipart/form-data. */
MUST enum err pairs_of_body(struct ctx *c, const struct request *q, struct pairs *ret_pairs);
/* The last of that name, trimmed; "" when absent. */
struct sv pair_of(const struct pairs *p, const char *name);
/* "attribute[name]" or "attribute[name][]". */
struct sv attribute_of(struct ctx *c, const struct pairs *p, const char *name);

/* --- shape.c: one answer in two writings, and what a failure looks like --- */

/* Writes the members or elements of the answer's top container. */
typedef enum err open311_fill(struct ctx *c, const struct request *q, struct json *j);
/* `root`: of the XML. The container is an array where the endpoint gives many. */
MUST enum err open311_answer(struct ctx *c, const struct request *q, struct answer *a,
                             const char *root, open311_fill *fill);
void open311_refuses(struct ctx *c, struct sv path, struct answer *a);
/* A JSON tree as XML below `name`; elements of a list are named by the table in shape.c. */
void xml_put(struct buf *out, struct sv name, const struct json_value *v);
/* Text between tags; what XML cannot hold is left out. */
void xml_text(struct buf *out, struct sv text);

/* --- client.c --- */

/* Whose key it is; id 0 for none. ERR_FORBIDDEN "open311.key" for one that is not known. */
MUST enum err client_of_key(struct ctx *c, struct sv key, struct open311_client *ret_client);

/* --- services.c --- */

/* Refuses a foreign jurisdiction_id: ERR_MISSING "open311.jurisdiction". */
MUST enum err jurisdiction_check(struct ctx *c, struct sv said);
/* The topic of a service code; ERR_MISSING "open311.service". */
MUST enum err service_of(struct ctx *c, struct sv code, int *ret_topic);

/* --- post.c --- */

endpoint_fn open311_post;

/* --- module.c --- */

extern const struct endpoint open311_endpoints[], open311_client_endpoints[];
endpoint_fn discovery_get, services_get, service_get, requests_get, request_get, token_get;

#endif
