#include "analyzer/analyze.h"
#include "drafter/judge.h"
#include "parsers/text/text.h"
#include "tests/unit/drafter/pack_folder.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* More questions than are asked at a time, each on a section of its own. */
enum { ITEMS = 12, DOCUMENTS = 100, QUESTIONS = ITEMS * DOCUMENTS, PER_BATCH = 1024 };

#define ANSWER "{\"evidence\":[%s],\"verdict\":\"met\",\"rationale\":\"\"}"

static void write_pack(char *out, size_t room)
{
    int at = snprintf(out, room,
                      "{\"schema\":\"lacuna.checklist/1\",\"id\":\"many\",\"version\":\"1\","
                      "\"title\":\"Many\",\"guidance\":{\"authority\":\"house\",\"version\":\"1\","
                      "\"status\":\"in force\"},\"documents\":[\"protocol\"],\"languages\":"
                      "[\"en\"],\"items\":[");
    for (int i = 0; i < ITEMS; i++) {
        at += snprintf(out + at, room - (size_t)at,
                       "%s{\"id\":\"i%02d\",\"section\":\"1\",\"title\":\"Topic %02d\","
                       "\"requirement\":\"Topic %02d is told.\",\"confidence\":\"memory\","
                       "\"authority\":\"practice\",\"strength\":\"must\",\"decided_by\":\"model\","
                       "\"expect\":{\"facts\":[{\"name\":\"f\",\"any\":[\"matter number %02d\"]}]},"
                       "\"tests\":{\"match\":[\"It is matter number %02d.\"],\"innocent\":"
                       "[\"Nothing of it.\"]}}",
                       i == 0 ? "" : ",", i, i, i, i, i);
    }
    snprintf(out + at, room - (size_t)at, "]}");
}

static int make_pack(void **state)
{
    static char pack[ITEMS * 600];
    (void)state;
    write_pack(pack, sizeof pack);
    return make_folder("many", pack);
}

typedef struct scene {
    lac_registry *registry;
    lac_document *documents[DOCUMENTS];
    lac_document_result *results[DOCUMENTS];
    lac_judge_counts counts;
    lac_judge_settings settings;
    lacuna_model model;
    lacuna_error err;
    size_t calls, asked, largest;
    size_t refuse_call, stop_at; /* counted from 1; 0: never */
    char seen[QUESTIONS];
} scene;

/* Which question it is, by what is sent. */
static size_t number_of(const lacuna_request *request)
{
    int item, document;
    assert_int_equal(request->source_count, 1);
    const lacuna_source *source = &request->sources[0];
    assert_int_equal(source->passage_count, 2);
    assert_int_equal(sscanf(source->passages[1].bytes, "[1] It is matter number %d of document %d",
                            &item, &document),
                     2);
    char own[32];
    snprintf(own, sizeof own, "Topic %02d", item);
    assert_memory_equal(source->title.bytes, own, strlen(own));
    assert_non_null(strstr(request->instruction.bytes, own));
    return (size_t)(document * ITEMS + item);
}

static lacuna_status ask(void *state, const lacuna_request *requests, size_t count,
                         lacuna_answer_fn answer, void *user, lacuna_error *err)
{
    scene *s = state;
    bool stopped = false;
    s->largest = count > s->largest ? count : s->largest;
    if (++s->calls == s->refuse_call) {
        *err = (lacuna_error){.status = LACUNA_E_ARGUMENT, .message = "no credentials"};
        return LACUNA_E_ARGUMENT;
    }
    for (size_t i = 0; i < count; i++) {
        char text[512], quote[256];
        lacuna_error cancelled = {.status = LACUNA_E_CANCELLED};
        if (stopped) {
            (void)answer(user, i, NULL, &cancelled);
            continue;
        }
        size_t number = number_of(&requests[i]);
        assert_int_equal(s->seen[number]++, 0);
        s->asked++;
        snprintf(quote, sizeof quote,
                 "{\"passage\":1,\"quote\":\"It is matter number %02zu of document %zu\"}",
                 number % ITEMS, number / ITEMS);
        snprintf(text, sizeof text, ANSWER, quote);
        lacuna_answer_block block = {{text, strlen(text)}, NULL, 0};
        lacuna_response response = {.blocks = &block,
                                    .block_count = 1,
                                    .refusal = "",
                                    .provider = "fake",
                                    .model_asked = "fake",
                                    .model_used = "fake",
                                    .request_id = "r",
                                    .request_digest = "",
                                    .response_digest = "",
                                    .structure = "native"};
        stopped = answer(user, i, &response, NULL) != 0;
    }
    return LACUNA_OK;
}

static int listen(void *user, uint64_t done, uint64_t total, double cost)
{
    const scene *s = user;
    (void)cost;
    assert_true(done <= total);
    return s->stop_at != 0 && done >= s->stop_at;
}

/* `last` is the last sentence of the last document. */
static void open_scene(scene *s, const char *last)
{
    static const char *const ids[] = {"many"};
    *s = (scene){.model = {sizeof s->model, s, "fake/fake", ask, NULL}};
    s->settings = (lac_judge_settings){.model = &s->model, .progress = listen, .user = s};
    assert_int_equal(lac_registry_new(&s->registry, NULL, NULL), LACUNA_OK);
    assert_int_equal(lac_registry_add_folder(s->registry, folder, NULL), LACUNA_OK);
    lac_analyze_options options = {.registry = s->registry,
                                   .checklists = ids,
                                   .checklist_count = 1,
                                   .as_of = "2026-11-24",
                                   .threads = 1};
    for (int d = 0; d < DOCUMENTS; d++) {
        char text[ITEMS * 200];
        int at = 0;
        for (int i = 0; i < ITEMS; i++) {
            bool end = d == DOCUMENTS - 1 && i == ITEMS - 1;
            at += snprintf(text + at, sizeof text - (size_t)at,
                           "# Topic %02d\n\nIt is matter number %02d of document %d.%s\n\n", i, i,
                           d, end ? last : "");
        }
        assert_int_equal(lac_text_read(&s->documents[d], lac_span_of(text), LAC_FORMAT_MARKDOWN,
                                       &LAC_LIMITS_DEFAULT, NULL),
                         LACUNA_OK);
        assert_int_equal(lac_analyze(&s->results[d], s->documents[d], &options, NULL), LACUNA_OK);
    }
}

static lacuna_status judge(scene *s)
{
    return lac_judge_run(&s->counts, s->results, DOCUMENTS, &s->settings, &s->err);
}

static void close_scene(scene *s)
{
    for (int d = 0; d < DOCUMENTS; d++) {
        lac_document_result_free(s->results[d]);
        lac_document_free(s->documents[d]);
    }
    lac_registry_free(s->registry);
}

static const lac_item_result *item_of(const scene *s, size_t question)
{
    return &s->results[question / ITEMS]->checklists[0].items[question % ITEMS];
}

static void all_in_two_batches(void **state)
{
    (void)state;
    static scene s;
    open_scene(&s, "");
    assert_int_equal(judge(&s), LACUNA_OK);
    assert_int_equal(s.calls, 2);
    assert_int_equal(s.largest, PER_BATCH);
    assert_int_equal(s.asked, QUESTIONS);
    assert_int_equal(s.counts.asked, QUESTIONS);
    assert_int_equal(s.counts.agreed, QUESTIONS);
    for (size_t i = 0; i < QUESTIONS; i++) {
        const lac_vote *vote = item_of(&s, i)->model_vote;
        assert_int_equal(vote->status, LAC_MET);
        assert_int_equal(vote->evidence_count, 1);
        assert_memory_equal(vote->evidence[0].quote.ptr, "It is matter number", 19);
    }
    close_scene(&s);
}

/* What was answered counts; what could not be asked any more is told, and asked by the next run. */
static void refused_between_batches(void **state)
{
    (void)state;
    static scene s;
    char store[160];
    snprintf(store, sizeof store, "%s/refused", folder);
    open_scene(&s, "");
    s.settings.store = store;
    s.refuse_call = 2;
    assert_int_equal(judge(&s), LACUNA_OK);
    assert_int_equal(s.counts.asked, PER_BATCH);
    assert_int_equal(s.counts.failed, QUESTIONS - PER_BATCH);
    assert_string_equal(s.counts.first_failure, "no credentials");
    assert_string_equal(item_of(&s, QUESTIONS - 1)->model_vote->reason, "not-evaluated/no-answer");
    close_scene(&s);
    open_scene(&s, "");
    s.settings.store = store;
    assert_int_equal(judge(&s), LACUNA_OK);
    assert_int_equal(s.asked, QUESTIONS - PER_BATCH);
    assert_int_equal(s.counts.kept, PER_BATCH);
    assert_int_equal(s.counts.agreed, QUESTIONS);
    close_scene(&s);
}

static void refused_at_once(void **state)
{
    (void)state;
    static scene s;
    open_scene(&s, "");
    s.refuse_call = 1;
    assert_int_equal(judge(&s), LACUNA_E_ARGUMENT);
    assert_string_equal(s.err.message, "no credentials");
    close_scene(&s);
}

static void stopped(void **state)
{
    (void)state;
    static scene s;
    const size_t points[] = {PER_BATCH, PER_BATCH + 1};
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++) {
        open_scene(&s, "");
        s.stop_at = points[i];
        assert_int_equal(judge(&s), LACUNA_E_CANCELLED);
        assert_int_equal(s.counts.asked, points[i]);
        assert_int_equal(s.counts.failed, 0);
        assert_int_equal(s.calls, points[i] <= PER_BATCH ? 1 : 2);
        assert_string_equal(item_of(&s, QUESTIONS - 1)->model_vote->reason,
                            "not-evaluated/not-asked");
        close_scene(&s);
    }
}

/* What may identify a patient in the last piece of the last batch keeps the first from being sent.
 */
static void searched_before_the_first(void **state)
{
    (void)state;
    static scene s;
    open_scene(&s, " The patient's social security number is 123-45-6789.");
    assert_int_equal(judge(&s), LACUNA_E_ARGUMENT);
    assert_int_equal(s.calls, 0);
    assert_non_null(strstr(s.err.message, "nothing was sent"));
    close_scene(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_in_two_batches),        cmocka_unit_test(refused_between_batches),
        cmocka_unit_test(refused_at_once),           cmocka_unit_test(stopped),
        cmocka_unit_test(searched_before_the_first),
    };
    return cmocka_run_group_tests(tests, make_pack, remove_folder);
}
