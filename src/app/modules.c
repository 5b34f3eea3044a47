/* modules.c - what the house is made of: a new entity is one folder and one line here. */

#include "app/modules.h"

const struct module *const modules[] = {
    &division_module,
    &calendar_module,
    &parameter_module,
    &hours_module,
    &review_module,
    &organisation_module,
    &compound_module,
    &place_module,
    &account_module,
    &elder_module,
    &family_module,
    &notice_module,
    &carer_module,
    &catalogue_module,
    &offer_module,
    &order_module,
    &visit_module,
    &rating_module,
    &commands_module,
    &near_module,
    &figure_module,
    &http_module,
    NULL,
};
