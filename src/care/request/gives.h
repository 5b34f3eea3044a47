/* gives.h - what the answers about requests are made of (http/describe/gives.h). */
#ifndef CARE_REQUEST_GIVES_H
#define CARE_REQUEST_GIVES_H

#include "http/describe/gives.h"

extern const struct field rules_gives[], request_sent_gives[], my_requests_gives[],
    my_request_gives[], request_page_gives[], task_page_gives[];

#endif
