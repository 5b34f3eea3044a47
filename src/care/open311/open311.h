/*
 * open311.h - Open311 GeoReport v2 at the edge of the requests: other offices' programs send one,
 * read its state and its answer, in XML and JSON, under /open311.
 *
 * Services are the matters of a request (request_topics); what else we ask stands in the service's
 * attributes. Whoever sends needs a key: a client (接入应用) that an administrator named; the key is
 * shown once and kept as a hash. Failures have the standard's own shape.
 *
 * What comes out without the client's key is public and names nobody: number, matter, state, days,
 * office, and the place where it is a published one; no words, no person, no home, no photograph.
 * Requests that came by other doors, that name an elder, or whose sender is hidden from who it is
 * about, stand in no such answer at all (docs/decisions/0057). With the key of the client that sent
 * it the words and the reply come too.
 *
 *     open   open, routed, accepted      closed   replied, closed, withdrawn
 *
 * Numbers are given at once, so a token is the number itself.
 */
#ifndef CARE_OPEN311_H
#define CARE_OPEN311_H

#include "care/request/request.h"

struct open311_client {
    struct open311_client_id id;
    struct row         row;            /* scope: where its requests may lie */
    struct sv          name;
    struct division_id division;
    struct sv          contact;        /* who answers for it there */
    struct sv          key_hash;       /* hidden; "" no key yet */
    struct sv          key_end;        /* its last four letters, to tell keys apart */
    struct moment      key_at;
    int                state;
};
enum open311_client_state { CLIENT_ACTIVE, CLIENT_STOPPED };

extern const struct field  open311_client_fields[];
extern const struct entity open311_client_entity;
extern const struct module open311_module, open311_client_module;

#endif
