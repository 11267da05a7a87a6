/* What changed between two states of a dossier: every kind of change at its leaf, what is not known
 * never counted as one, and the same pairs the other way round. */
#include "make_submission.h"

#include "analyzer/ectd/diff.h"

static lac_diff *compare(const made *from, const made *to)
{
    lac_diff *diff;
    lacuna_error err = {0};
    assert_int_equal(lac_diff_make(&diff, &from->model, &to->model, &err), LACUNA_OK);
    return diff;
}

/* The dossier before its second sequence. */
static made *make_first(void)
{
    made *m = make_clean();
    m->model.sequence_count = m->applications[0].sequence_count = 1;
    m->model.placement_count = LEAF_COVER_2;
    m->placements[LEAF_COVER].state = LAC_STATE_CURRENT;
    m->placements[LEAF_COVER].superseded_by = LAC_NONE;
    return m;
}

static void expect_only(const lac_diff *diff, lac_change_kind kind, lac_pairing match)
{
    assert_int_equal(diff->count, 1);
    assert_int_equal(diff->counts[kind], 1);
    assert_int_equal(diff->changes[0].kind, kind);
    assert_int_equal(diff->changes[0].match, match);
}

static void end(lac_diff *diff, made *from, made *to)
{
    lac_diff_free(diff);
    free(from);
    if (to != from) {
        free(to);
    }
}

/* One more leaf of the second sequence. */
static lac_placement *add_leaf(made *m, uint32_t node, const char *id, uint32_t file)
{
    uint32_t at = m->model.placement_count++;
    set_leaf(m, at, 2, node, "Another", file, "m3/another.pdf");
    m->placements[at].id = id;
    m->sequences[1].placement_count++;
    return &m->placements[at];
}

static void nothing_differs_from_itself(void **state)
{
    (void)state;
    made *m = make_clean();
    lac_diff *diff = compare(m, m);
    assert_int_equal(diff->count, 0);
    assert_int_equal(diff->unchanged, LEAF_COUNT - 1);
    assert_int_equal(diff->current[LAC_DIFF_FROM], LEAF_COUNT - 1);
    end(diff, m, m);
}

static void equal_ids_are_told_apart(void **state)
{
    (void)state;
    made *m = make_clean();
    m->placements[LEAF_TS].id = m->placements[LEAF_REPORT].id;
    m->placements[LEAF_STF].id = m->placements[LEAF_REPORT].id;
    lac_diff *diff = compare(m, m);
    assert_int_equal(diff->count, 0);
    assert_int_equal(diff->unchanged, LEAF_COUNT - 1);
    end(diff, m, m);
}

static void replacement_is_followed_both_ways(void **state)
{
    (void)state;
    made *first = make_first();
    made *both = make_clean();
    lac_diff *diff = compare(first, both);
    expect_only(diff, LAC_CHANGE_REPLACED, LAC_PAIRING_LIFECYCLE);
    assert_int_equal(diff->changes[0].content, LAC_CONTENT_CHANGED);
    assert_int_equal(diff->changes[0].leaf[LAC_DIFF_FROM], LEAF_COVER);
    assert_int_equal(diff->changes[0].leaf[LAC_DIFF_TO], LEAF_COVER_2);
    lac_diff_free(diff);
    diff = compare(both, first);
    expect_only(diff, LAC_CHANGE_REPLACED, LAC_PAIRING_LIFECYCLE);
    assert_int_equal(diff->changes[0].leaf[LAC_DIFF_FROM], LEAF_COVER_2);
    end(diff, both, first);
}

static void replacement_with_the_same_content_is_a_title(void **state)
{
    (void)state;
    made *first = make_first();
    made *both = make_clean();
    both->files[FILE_COVER_2].md5 = both->files[FILE_COVER].md5;
    lac_diff *diff = compare(first, both);
    expect_only(diff, LAC_CHANGE_REPLACED, LAC_PAIRING_LIFECYCLE);
    assert_int_equal(diff->changes[0].content, LAC_CONTENT_SAME);
    lac_diff_free(diff);
    both->placements[LEAF_COVER_2].title = "Cover letter, corrected";
    diff = compare(first, both);
    expect_only(diff, LAC_CHANGE_RENAMED, LAC_PAIRING_LIFECYCLE);
    end(diff, first, both);
}

static void attribute_drift_is_a_move(void **state)
{
    (void)state;
    made *a = make_clean();
    made *b = make_clean();
    b->keys[1].value = b->keys[1].shown = "ACME";
    lac_diff *diff = compare(a, b);
    expect_only(diff, LAC_CHANGE_MOVED, LAC_PAIRING_ID);
    assert_int_equal(diff->changes[0].leaf[LAC_DIFF_TO], LEAF_NAME);
    assert_true(diff->changes[0].heading);
    end(diff, a, b);
}

static void content_is_told_by_checksum(void **state)
{
    (void)state;
    made *a = make_clean();
    made *b = make_clean();
    b->files[FILE_NAME].md5 = "ffffffffffffffffffffffffffffffff";
    lac_diff *diff = compare(a, b);
    expect_only(diff, LAC_CHANGE_REPLACED, LAC_PAIRING_ID);
    lac_diff_free(diff);
    /* The file is missing: what is written counts, in either case of letters. */
    b->placements[LEAF_NAME].file = LAC_NONE;
    b->placements[LEAF_NAME].checksum = a->files[FILE_NAME].md5;
    diff = compare(a, b);
    assert_int_equal(diff->count, 0);
    lac_diff_free(diff);
    b->placements[LEAF_NAME].checksum = "";
    diff = compare(a, b);
    assert_int_equal(diff->count, 0); /* not known is not changed */
    end(diff, a, b);
}

static void ids_given_anew_change_nothing(void **state)
{
    (void)state;
    made *a = make_clean();
    made *b = make_clean();
    b->placements[LEAF_FORM].id = "new-1";
    b->placements[LEAF_NAME].id = "new-2";
    b->placements[LEAF_REPORT].id = "new-3";
    lac_diff *diff = compare(a, b);
    assert_int_equal(diff->count, 0);
    assert_int_equal(diff->unchanged, LEAF_COUNT - 1);
    end(diff, a, b);
}

static void deletion_and_new_leaf_are_a_replacement(void **state)
{
    (void)state;
    made *a = make_clean();
    made *b = make_clean();
    set_file(b, FILE_COUNT, 1, "0002/m3/nomenclature.pdf", false);
    b->model.file_count++;
    lac_placement *gone = add_leaf(b, NODE_S11, "gone", FILE_COUNT);
    gone->operation = LAC_OPERATION_DELETE;
    gone->state = LAC_STATE_OPERATION;
    b->placements[LEAF_NAME].state = LAC_STATE_DELETED;
    b->placements[LEAF_NAME].superseded_by = LEAF_COUNT;
    lac_diff *diff = compare(a, b);
    expect_only(diff, LAC_CHANGE_REMOVED, LAC_PAIRING_NONE);
    assert_int_equal(diff->changes[0].ended_by, LEAF_COUNT);
    lac_diff_free(diff);
    lac_placement *anew = add_leaf(b, NODE_S11, "anew", FILE_COUNT);
    anew->title = "Nomenclature";
    diff = compare(a, b);
    expect_only(diff, LAC_CHANGE_REPLACED, LAC_PAIRING_TITLE);
    lac_diff_free(diff);
    anew->node = NODE_12;
    b->files[FILE_COUNT].md5 = a->files[FILE_NAME].md5;
    diff = compare(a, b);
    expect_only(diff, LAC_CHANGE_MOVED, LAC_PAIRING_CONTENT);
    end(diff, a, b);
}

static void several_may_replace_one(void **state)
{
    (void)state;
    made *first = make_first();
    made *both = make_clean();
    set_file(both, FILE_COUNT, 1, "0002/m1/us/annex.pdf", false);
    both->model.file_count++;
    lac_placement *second = add_leaf(both, NODE_12, "annex", FILE_COUNT);
    second->operation = LAC_OPERATION_REPLACE;
    second->link_count = 1;
    both->links[LEAF_COUNT] = both->links[LEAF_COVER_2];
    lac_diff *diff = compare(first, both);
    assert_int_equal(diff->count, 2);
    assert_int_equal(diff->counts[LAC_CHANGE_REPLACED], 2);
    lac_diff_free(diff);
    diff = compare(both, first);
    assert_int_equal(diff->counts[LAC_CHANGE_REPLACED], 2);
    end(diff, both, first);
}

static void additions_mirror_removals(void **state)
{
    (void)state;
    made *a = make_clean();
    made *b = make_clean();
    set_file(b, FILE_COUNT, 1, "0002/m3/another.pdf", false);
    set_file(b, FILE_COUNT + 1, 1, "0002/m3/more.pdf", false);
    b->model.file_count += 2;
    (void)add_leaf(b, NODE_S11, "added", FILE_COUNT);
    add_leaf(b, NODE_S1, "appended", FILE_COUNT + 1)->operation = LAC_OPERATION_APPEND;
    lac_diff *diff = compare(a, b);
    assert_int_equal(diff->count, 2);
    assert_int_equal(diff->counts[LAC_CHANGE_ADDED], 1);
    assert_int_equal(diff->counts[LAC_CHANGE_APPENDED], 1);
    /* 3.2.S.1 stands before 3.2.S.1.1. */
    assert_int_equal(diff->changes[0].kind, LAC_CHANGE_APPENDED);
    lac_diff_free(diff);
    diff = compare(b, a);
    assert_int_equal(diff->count, 2);
    assert_int_equal(diff->counts[LAC_CHANGE_REMOVED], 2);
    end(diff, b, a);
}

static void references_into_nothing_are_no_change(void **state)
{
    (void)state;
    made *first = make_first();
    made *both = make_clean();
    both->links[LEAF_COVER_2].reference = LAC_REFERENCE_UNRESOLVABLE;
    both->placements[LEAF_COVER].state = LAC_STATE_CURRENT;
    both->placements[LEAF_COVER].superseded_by = LAC_NONE;
    both->placements[LEAF_COVER_2].title = "Response";
    lac_diff *diff = compare(first, both);
    expect_only(diff, LAC_CHANGE_UNRESOLVABLE, LAC_PAIRING_NONE);
    assert_int_equal(diff->unchanged, LEAF_COUNT - 1);
    end(diff, first, both);
}

/* 0001 and 0002 against 0000 and 0002: neither state can tell what the other's first sequence is.
 */
static void sequences_not_supplied_are_no_change(void **state)
{
    (void)state;
    made *a = make_clean();
    made *b = make_clean();
    b->sequences[0].name = b->sequences[0].number = b->sequences[0].folder = "0000";
    lac_diff *diff = compare(a, b);
    assert_int_equal(diff->count, 0);
    assert_int_equal(diff->unchanged, 1);
    assert_int_equal(diff->not_supplied[LAC_DIFF_FROM], LEAF_COUNT - 2);
    assert_int_equal(diff->not_supplied[LAC_DIFF_TO], LEAF_COUNT - 2);
    lac_diff_free(diff);
    /* An earlier state does not lack what comes later. */
    b->sequences[0].name = b->sequences[0].number = "0001";
    a->sequences[1].name = a->sequences[1].number = "0003";
    diff = compare(a, b);
    assert_int_equal(diff->not_supplied[LAC_DIFF_FROM], 0);
    assert_int_equal(diff->not_supplied[LAC_DIFF_TO], 1);
    end(diff, a, b);
}

static void single_applications_are_compared_whatever_they_are_called(void **state)
{
    (void)state;
    made *a = make_clean();
    made *b = make_clean();
    b->applications[0].id = "folder";
    lac_diff *diff = compare(a, b);
    assert_int_equal(diff->count, 0);
    lac_diff_free(diff);
    b->applications[1] = b->applications[0];
    b->applications[1].id = "other";
    b->applications[1].first_sequence = 2;
    b->applications[1].sequence_count = 0;
    b->model.application_count = 2;
    diff = compare(a, b);
    assert_int_equal(diff->application_count, 3);
    assert_int_equal(diff->counts[LAC_CHANGE_ADDED], LEAF_COUNT - 1);
    assert_int_equal(diff->counts[LAC_CHANGE_REMOVED], LEAF_COUNT - 1);
    end(diff, a, b);
}

/* ---- any two states ------------------------------------------------------------------------- */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

static void disturb(made *m, uint32_t *seed)
{
    static const char *const words[] = {"", "x", "y", "Report", "Cover letter"};
    for (uint32_t i = 0; i < LEAF_COUNT; i++) {
        lac_placement *p = &m->placements[i];
        switch (next_random(seed) % 12) {
        case 0:
            p->title = words[next_random(seed) % 5];
            break;
        case 1:
            p->node = next_random(seed) % NODE_COUNT;
            break;
        case 2:
            p->id = words[next_random(seed) % 5];
            break;
        case 3:
            p->file = next_random(seed) % FILE_COUNT;
            break;
        case 4:
            p->file = LAC_NONE;
            p->checksum = "";
            break;
        case 5:
            p->state = LAC_STATE_OPERATION;
            break;
        case 6:
            p->state = LAC_STATE_SUPERSEDED;
            p->superseded_by = next_random(seed) % LEAF_COUNT;
            break;
        case 7:
            p->node = LAC_NONE;
            break;
        default:
            break;
        }
    }
}

static void check_sums(const lac_diff *diff)
{
    bool seen[LAC_DIFF_SIDES][ROOM] = {{false}};
    uint32_t told[LAC_DIFF_SIDES] = {0, 0};
    for (uint32_t i = 0; i < diff->count; i++) {
        for (int k = 0; k < LAC_DIFF_SIDES; k++) {
            uint32_t leaf = diff->changes[i].leaf[k];
            bool current =
                leaf != LAC_NONE && diff->side[k]->placements[leaf].state == LAC_STATE_CURRENT;
            told[k] += current && !seen[k][leaf];
            seen[k][leaf == LAC_NONE ? ROOM - 1 : leaf] |= current;
        }
    }
    for (int k = 0; k < LAC_DIFF_SIDES; k++) {
        /* Every current leaf is told, or unchanged, or not known; one may be in several pairs. */
        assert_true(told[k] + diff->not_supplied[k] <= diff->current[k]);
        assert_true(told[k] + diff->not_supplied[k] + diff->unchanged >= diff->current[k]);
    }
}

static void any_two_states_mirror(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 2000; seed++) {
        uint32_t random = seed;
        made *a = make_clean();
        made *b = make_clean();
        disturb(a, &random);
        disturb(b, &random);
        lac_diff *there = compare(a, b);
        lac_diff *back = compare(b, a);
        lac_diff *none = compare(a, a);
        check_sums(there);
        assert_int_equal(none->count, 0);
        assert_int_equal(there->count, back->count);
        assert_int_equal(there->unchanged, back->unchanged);
        assert_int_equal(there->counts[LAC_CHANGE_ADDED] + there->counts[LAC_CHANGE_APPENDED],
                         back->counts[LAC_CHANGE_REMOVED]);
        assert_int_equal(there->counts[LAC_CHANGE_REMOVED],
                         back->counts[LAC_CHANGE_ADDED] + back->counts[LAC_CHANGE_APPENDED]);
        assert_int_equal(there->counts[LAC_CHANGE_REPLACED], back->counts[LAC_CHANGE_REPLACED]);
        assert_int_equal(there->counts[LAC_CHANGE_MOVED], back->counts[LAC_CHANGE_MOVED]);
        assert_int_equal(there->counts[LAC_CHANGE_RENAMED], back->counts[LAC_CHANGE_RENAMED]);
        lac_diff_free(none);
        lac_diff_free(back);
        end(there, a, b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_differs_from_itself),
        cmocka_unit_test(equal_ids_are_told_apart),
        cmocka_unit_test(replacement_is_followed_both_ways),
        cmocka_unit_test(replacement_with_the_same_content_is_a_title),
        cmocka_unit_test(attribute_drift_is_a_move),
        cmocka_unit_test(content_is_told_by_checksum),
        cmocka_unit_test(ids_given_anew_change_nothing),
        cmocka_unit_test(deletion_and_new_leaf_are_a_replacement),
        cmocka_unit_test(several_may_replace_one),
        cmocka_unit_test(additions_mirror_removals),
        cmocka_unit_test(references_into_nothing_are_no_change),
        cmocka_unit_test(sequences_not_supplied_are_no_change),
        cmocka_unit_test(single_applications_are_compared_whatever_they_are_called),
        cmocka_unit_test(any_two_states_mirror),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
