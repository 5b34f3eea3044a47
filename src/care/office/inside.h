/* inside.h - what the folder's own files share; no other folder includes it. */
#ifndef CARE_OFFICE_INSIDE_H
#define CARE_OFFICE_INSIDE_H

#include "care/office/office.h"
#include "http/http.h"

extern const struct endpoint comparison_endpoints[];

#endif
