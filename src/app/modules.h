/* modules.h - the list of modules, and each one's declaration. */
#ifndef APP_MODULES_H
#define APP_MODULES_H

#include "model/house.h"

extern const struct module
    division_module, calendar_module, parameter_module, hours_module, review_module,
    organisation_module, compound_module, place_module, account_module, elder_module,
    family_module, agreement_module, consent_module, notice_module, carer_module,
    catalogue_module, offer_module, order_module, visit_module, carer_day_module, sync_module,
    rating_module, near_module, http_module, commands_module, figure_module;

extern const struct module *const modules[];       /* ends with NULL */

#endif
