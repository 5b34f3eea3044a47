/* house.c - what is looked up by name over all modules: entities, messages, tables. */

#include "model/inside.h"
#include "base/messages.h"
#include "model/module.h"

#include <string.h>

static const struct module *const none[] = { NULL };

static const struct module *const *modules_of(const struct house *h)
{
    return h && h->modules ? h->modules : none;
}

/* Asked for every link of a row, of a hundred and more: the first letter settles most. */
static const struct entity *entity_in(const struct module *m, struct sv name)
{
    for (size_t i = 0; name.len && m->entities && m->entities[i]; i++)
        if (m->entities[i]->name[0] == name.at[0] && sv_is(name, m->entities[i]->name))
            return m->entities[i];
    return NULL;
}

const struct entity *house_entity(const struct house *h, struct sv name)
{
    const struct entity *own = entity_in(&model_module, name);
    for (size_t i = 0; !own && modules_of(h)[i]; i++)
        own = entity_in(modules_of(h)[i], name);
    return own;
}

static const struct message *message_of(const struct house *h, const char *key)
{
    const struct message *m = message_named(base_messages, key);
    if (!m)
        m = message_named(store_messages, key);
    if (!m)
        m = message_named(model_messages, key);
    for (size_t i = 0; !m && modules_of(h)[i]; i++)
        if (modules_of(h)[i]->messages)
            m = message_named(modules_of(h)[i]->messages, key);
    return m;
}

struct sv house_message(const struct house *h, struct arena *mem, enum lang lang, const char *key,
                        struct sv arg0, struct sv arg1)
{
    const struct message *m = key ? message_of(h, key) : NULL;
    if (!m)
        m = message_of(h, "broken");                 /* a key nobody wrote a sentence for */
    struct buf b = buf_new(mem, 128);
    message_put(&b, m, lang, arg0, arg1);
    return buf_sv(&b);
}

void fault_fields(const struct house *h, struct ctx *c, const struct fault *f, struct json *j)
{
    if (f->fields_n == 0)
        return;
    json_array(j, "fields");
    for (size_t i = 0; i < f->fields_n; i++) {
        const struct field_fault *one = &f->fields[i];
        json_object(j, NULL);
        json_text(j, "field", one->field);
        json_text(j, "key", sv_of(one->key));
        json_text(j, "message",
                  house_message(h, &c->mem, c->lang, one->key, one->arg0, one->arg1));
        json_end(j, '}');
    }
    json_end(j, ']');
}

/* --- tables --- */

struct tables { struct arena *mem; struct table *at; size_t n, room; };

static void table_add(struct tables *t, struct table one)
{
    for (size_t i = 0; i < t->n; i++)
        assert(strcmp(t->at[i].name, one.name) != 0);        /* two tables of one name */
    t->at = GROW(t->mem, t->at, t->n, &t->room);
    t->at[t->n++] = one;
}

static void tables_of(struct tables *t, const struct module *m)
{
    for (size_t i = 0; m->entities && m->entities[i]; i++)
        table_add(t, entity_table(t->mem, m->entities[i]));
    for (const struct table *one = m->tables; one && one->name; one++)
        table_add(t, *one);
}

struct schema house_schema(const struct house *h, struct arena *mem)
{
    struct tables t = { .mem = mem };
    for (size_t i = 0; i < store_tables_n; i++)
        table_add(&t, store_tables[i]);
    tables_of(&t, &model_module);
    for (size_t i = 0; modules_of(h)[i]; i++)
        if (modules_of(h)[i] != &model_module)
            tables_of(&t, modules_of(h)[i]);
    struct schema s = { .tables = t.at, .n = t.n };
    schema_seal(&s);
    return s;
}
