/* The packs a run can use. Folders are made in a temporary directory. */
#include "analyzer/lint.h"
#include "analyzer/near_name.h"
#include "analyzer/registry.h"
#include "support/buf.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define PACK(id, version)                                                                      \
    "{\"schema\": \"lacuna.checklist/1\", \"id\": \"" id "\", \"version\": \"" version         \
    "\", \"title\": \"T " id "\",\n"                                                           \
    " \"guidance\": {\"authority\": \"A\", \"version\": \"V\", \"status\": \"final\"},\n"      \
    " \"documents\": [\"protocol\", \"memo\"], \"languages\": [\"en\"], \"items\": [{\"id\": " \
    "\"a\","                                                                                   \
    " \"title\": \"A\", \"requirement\": \"R\", \"strength\": \"should\", \"authority\": "     \
    "\"practice\", \"confidence\": \"memory\"}]}"

static char folder[] = "/tmp/lacuna-registry-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL ? -1 : 0;
}

static void path_of(char *path, size_t size, const char *name)
{
    assert_true(snprintf(path, size, "%s/%s", folder, name) > 0);
}

static void put(const char *name, const char *text)
{
    char path[200];
    path_of(path, sizeof path, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void take_away(const char *name)
{
    char path[200];
    path_of(path, sizeof path, name);
    assert_int_equal(unlink(path), 0);
}

static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

static lac_registry *open_registry(void)
{
    lac_registry *registry = NULL;
    lacuna_error err = {0};
    if (lac_registry_new(&registry, NULL, &err) != LACUNA_OK) {
        fail_msg("%s", err.message);
    }
    return registry;
}

/* Every pack that ships loads and passes lint without an error. */
static void built_in_packs_are_sound(void **state)
{
    (void)state;
    lac_registry *registry = open_registry();
    for (uint32_t i = 0; i < lac_registry_count(registry); i++) {
        const lac_registry_entry *entry = lac_registry_entry_at(registry, i);
        assert_null(entry->path);
        assert_true(i == 0 || strcmp(lac_registry_entry_at(registry, i - 1)->id, entry->id) < 0);
        const lac_checklist *list = NULL;
        lacuna_error err = {0};
        if (lac_registry_load(&list, registry, entry->id, &err) != LACUNA_OK) {
            fail_msg("%s: %s", err.place, err.message);
        }
        assert_string_equal(list->id, entry->id);
        assert_string_equal(list->title, entry->title);
        assert_non_null(list->synonyms);
        lac_digest digest;
        assert_int_equal(lac_registry_digest(&digest, registry, entry->id, NULL), LACUNA_OK);
        assert_string_equal(digest.hex, list->digest.hex);
        char name[100];
        (void)snprintf(name, sizeof name, "%s.json", entry->id);
        lac_lint_report *report = NULL;
        assert_int_equal(lac_lint_pack(&report, lac_registry_source(registry, entry->id), name,
                                       &LAC_LIMITS_DEFAULT, NULL),
                         LACUNA_OK);
        for (uint32_t m = 0; m < report->count; m++) {
            if (report->messages[m].error) {
                fail_msg("%s: %s: %s", name, report->messages[m].pointer, report->messages[m].text);
            }
        }
        lac_lint_report_free(report);
    }
    lac_registry_free(registry);
    lac_registry_free(NULL);
}

static void has_the_other_data(void **state)
{
    (void)state;
    lac_registry *registry = open_registry();
    const lac_document_types *types = NULL;
    const lac_synonyms *synonyms = NULL;
    assert_int_equal(lac_registry_document_types(&types, registry, NULL), LACUNA_OK);
    assert_int_equal(lac_registry_synonyms(&synonyms, registry, NULL), LACUNA_OK);
    assert_non_null(types);
    assert_non_null(synonyms);
    lac_registry_free(registry);
}

static void lays_folders_over(void **state)
{
    (void)state;
    put("one.json", PACK("one", "1"));
    put("two.json", PACK("two", "7"));
    put(".hidden.json", "not looked at");
    put("readme.txt", "not looked at");
    lac_registry *registry = open_registry();
    uint32_t before = lac_registry_count(registry);
    assert_int_equal(lac_registry_add_folder(registry, folder, NULL), LACUNA_OK);
    assert_int_equal(lac_registry_count(registry), before + 2);
    const lac_registry_entry *two = lac_registry_find(registry, "two");
    assert_non_null(two);
    assert_string_equal(two->title, "T two");
    assert_string_equal(two->version, "7");
    assert_non_null(strstr(two->path, "/two.json"));
    assert_true(lac_registry_serves(two, "memo"));
    assert_false(lac_registry_serves(two, "letter"));
    const lac_checklist *list;
    assert_int_equal(lac_registry_load(&list, registry, "two", NULL), LACUNA_OK);
    const lac_checklist *again;
    assert_int_equal(lac_registry_load(&again, registry, "two", NULL), LACUNA_OK);
    assert_ptr_equal(list, again);
    put("two.json", PACK("two", "8"));
    assert_int_equal(lac_registry_add_folder(registry, folder, NULL), LACUNA_OK);
    assert_int_equal(lac_registry_count(registry), before + 2);
    assert_string_equal(lac_registry_find(registry, "two")->version, "8");
    assert_int_equal(lac_registry_load(&list, registry, "two", NULL), LACUNA_OK);
    assert_string_equal(list->version, "8");
    lac_registry_free(registry);
    take_away("one.json");
    take_away("two.json");
    take_away(".hidden.json");
    take_away("readme.txt");
}

static void refuses_silent_losses(void **state)
{
    (void)state;
    static const char *const wrong[] = {"{\"id\": \"x\"}",
                                        "{",
                                        "",
                                        "{\"schema\": 1}",
                                        "{\"schema\": \"lacuna.checklist/1\", \"id\": \"x\"}",
                                        "{\"schema\": \"other/1\"}"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        put("wrong.json", wrong[i]);
        lac_registry *registry = open_registry();
        lacuna_error err = {0};
        assert_int_equal(lac_registry_add_folder(registry, folder, &err), LACUNA_E_FORMAT);
        assert_non_null(strstr(err.message, "wrong.json"));
        lac_registry_free(registry);
    }
    take_away("wrong.json");
    lac_registry *registry = open_registry();
    assert_int_equal(lac_registry_add_folder(registry, "/nonexistent/folder", NULL), LACUNA_E_IO);
    lac_registry_free(registry);
}

static void tells_a_broken_pack_when_loading(void **state)
{
    (void)state;
    put("bad.json", "{\"schema\": \"lacuna.checklist/1\", \"id\": \"bad\", \"version\": \"1\", "
                    "\"title\": \"T\", \"items\": []}");
    lac_registry *registry = open_registry();
    assert_int_equal(lac_registry_add_folder(registry, folder, NULL), LACUNA_OK);
    const lac_checklist *list = (const lac_checklist *)1;
    lacuna_error err = {0};
    assert_int_equal(lac_registry_load(&list, registry, "bad", &err), LACUNA_E_FORMAT);
    assert_null(list);
    assert_non_null(strstr(err.message, "bad.json"));
    lac_registry_free(registry);
    take_away("bad.json");
}

static void names_the_nearest_id(void **state)
{
    (void)state;
    put("house_rules.json", PACK("house_rules", "1"));
    lac_registry *registry = open_registry();
    assert_int_equal(lac_registry_add_folder(registry, folder, NULL), LACUNA_OK);
    const lac_checklist *list;
    lacuna_error err = {0};
    assert_int_equal(lac_registry_load(&list, registry, "houserules", &err), LACUNA_E_NOTFOUND);
    assert_non_null(strstr(err.remedy, "\"house_rules\""));
    assert_int_equal(lac_registry_load(&list, registry, "quite-another", &err), LACUNA_E_NOTFOUND);
    assert_null(strstr(err.remedy, "is it"));
    assert_null(lac_registry_find(registry, "houserules"));
    assert_int_equal(lac_registry_source(registry, "houserules").len, 0);
    lac_registry_free(registry);
    take_away("house_rules.json");
    assert_int_equal(lac_name_edits("abc", "abc"), 0);
    assert_int_equal(lac_name_edits("abc", "xabd"), 2);
    assert_int_equal(lac_name_edits("", "abc"), 3);
}

typedef struct worker {
    lac_registry *registry;
    const lac_checklist *list;
} worker;

static void *load_shared(void *user)
{
    worker *w = user;
    (void)lac_registry_load(&w->list, w->registry, "shared", NULL);
    return NULL;
}

static void loads_once_for_all_threads(void **state)
{
    (void)state;
    put("shared.json", PACK("shared", "1"));
    lac_registry *registry = open_registry();
    assert_int_equal(lac_registry_add_folder(registry, folder, NULL), LACUNA_OK);
    pthread_t threads[4];
    worker workers[4];
    for (size_t i = 0; i < 4; i++) {
        workers[i] = (worker){registry, NULL};
        assert_int_equal(pthread_create(&threads[i], NULL, load_shared, &workers[i]), 0);
    }
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_non_null(workers[i].list);
        assert_ptr_equal(workers[i].list, workers[0].list);
    }
    lac_registry_free(registry);
    take_away("shared.json");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(built_in_packs_are_sound),
        cmocka_unit_test(has_the_other_data),
        cmocka_unit_test(lays_folders_over),
        cmocka_unit_test(refuses_silent_losses),
        cmocka_unit_test(tells_a_broken_pack_when_loading),
        cmocka_unit_test(names_the_nearest_id),
        cmocka_unit_test(loads_once_for_all_threads),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
