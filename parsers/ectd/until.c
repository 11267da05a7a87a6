#include "parsers/ectd/until.h"

#include "parsers/ectd/order.h"
#include "parsers/ectd/tree.h"
#include "support/error.h"

#include <stdlib.h>

static int64_t number_of(const lac_draft *draft)
{
    int64_t number = lac_order_number(draft->model.number);
    return number >= 0 ? number : lac_order_number(draft->model.name);
}

/* Folders first: "0000" is a folder in data whose envelopes have other numbers. */
static bool is_called(const lac_draft *draft, const char *name, bool by_folder)
{
    return by_folder ? draft->model.grouped_in == LAC_NONE && strcmp(draft->model.name, name) == 0
                     : number_of(draft) >= 0 && number_of(draft) == lac_order_number(name);
}

/* Marks the sequences that are wanted by their name alone; how many. */
static uint32_t find_named(bool *named, const lac_intake *intake, const char *name)
{
    uint32_t count = 0;
    for (int by_folder = 1; by_folder >= 0 && count == 0; by_folder--) {
        for (size_t i = 0; i < intake->drafts.count; i++) {
            named[i] = is_called(&intake->drafts.items[i], name, by_folder == 1);
            count += named[i];
        }
    }
    /* Sequences of a grouped submission go with the one whose folder holds them. */
    for (size_t i = 0; i < intake->drafts.count && count > 0; i++) {
        uint32_t holder = intake->drafts.items[i].model.grouped_in;
        named[i] = named[i] || (holder != LAC_NONE && named[holder]);
    }
    return count;
}

static int64_t highest_named(const bool *named, const lac_intake *intake)
{
    int64_t highest = -1;
    for (size_t i = 0; i < intake->drafts.count; i++) {
        int64_t number = named[i] ? number_of(&intake->drafts.items[i]) : -1;
        highest = number > highest ? number : highest;
    }
    return highest;
}

/* Drafts of one application stand together, in order: what is behind the last one that is named is
 * later. Without one, numbers decide. */
static size_t mark_application(bool *later, const bool *named, const lac_intake *intake,
                               size_t first, int64_t highest)
{
    const lac_draft *drafts = intake->drafts.items;
    uint32_t application = drafts[first].model.application;
    size_t end = first;
    size_t last = SIZE_MAX;
    for (; end < intake->drafts.count && drafts[end].model.application == application; end++) {
        last = named[end] ? end : last;
    }
    for (size_t i = first; i < end; i++) {
        later[i] = last != SIZE_MAX ? i > last : highest >= 0 && number_of(&drafts[i]) > highest;
    }
    return end;
}

static bool mark_later(bool *later, const bool *named, const lac_intake *intake)
{
    bool any = false;
    int64_t highest = highest_named(named, intake);
    for (size_t i = 0; i < intake->drafts.count;) {
        i = mark_application(later, named, intake, i, highest);
    }
    for (size_t i = 0; i < intake->drafts.count; i++) {
        uint32_t holder = intake->drafts.items[i].model.grouped_in;
        if (holder != LAC_NONE && !later[i]) {
            later[holder] = false;
        }
    }
    for (size_t i = 0; i < intake->drafts.count; i++) {
        any = any || (later[i] && intake->drafts.items[i].model.grouped_in == LAC_NONE);
    }
    return any;
}

typedef struct wanted {
    const lac_intake *intake;
    const bool *later;
} wanted;

static bool is_wanted(void *user, const char *path)
{
    const wanted *w = user;
    uint32_t owner = lac_tree_owner(w->intake, path);
    return owner == LAC_NONE || !w->later[owner];
}

lacuna_status lac_until_cut(bool *cut, lac_intake *intake, const char *until)
{
    lacuna_status status = LACUNA_OK;
    size_t count = intake->drafts.count;
    bool *named = calloc(count + 1, sizeof *named);
    bool *later = calloc(count + 1, sizeof *later);
    *cut = false;
    if (named == NULL || later == NULL) {
        status = lac_fail_nomem(intake->err);
    } else if (find_named(named, intake, until) == 0) {
        status = lac_fail_remedy(intake->err, LACUNA_E_NOTFOUND,
                                 "`lacuna inventory` lists the sequences",
                                 "there is no sequence %.60s", until);
    } else if (mark_later(later, named, intake)) {
        wanted w = {intake, later};
        lac_package_retain(intake->package, is_wanted, &w);
        *cut = true;
    }
    free(named);
    free(later);
    return status;
}
