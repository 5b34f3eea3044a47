/* module.h - model's own module: accounts, grants, history, access log, their jobs and messages. */
#ifndef MODEL_MODULE_H
#define MODEL_MODULE_H

#include "model/house.h"

extern const struct module model_module;         /* the first of app/modules.c */
extern const struct message model_messages[];

#endif
