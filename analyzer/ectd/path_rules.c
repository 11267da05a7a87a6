/* How paths are written, and how files and folders are named. */
#include "analyzer/ectd/check.h"

#include <string.h>

enum { FDA_PATH = 150, ICH_PATH = 230, ICH_NAME = 64 };

/* ---- as written ----------------------------------------------------------------------------- */

static lacuna_status told_by_leaf(lac_ectd_check *c, uint32_t i, uint32_t flag)
{
    const lac_placement *leaf = &c->submission->placements[i];
    return (leaf->path_flags & flag) != 0 ? lac_ectd_found(c, lac_here(c, i), "\"%s\"", leaf->href)
                                          : LACUNA_OK;
}

static lacuna_status blanks(lac_ectd_check *c, uint32_t i)
{
    return told_by_leaf(c, i, LAC_PATH_TRIMMED);
}

static lacuna_status backslash(lac_ectd_check *c, uint32_t i)
{
    return told_by_leaf(c, i, LAC_PATH_BACKSLASH);
}

static lacuna_status escaped(lac_ectd_check *c, uint32_t i)
{
    return told_by_leaf(c, i, LAC_PATH_ESCAPED);
}

static lacuna_status fragment(lac_ectd_check *c, uint32_t i)
{
    const lac_placement *leaf = &c->submission->placements[i];
    bool in_name =
        leaf->file != LAC_NONE && strchr(c->submission->files[leaf->file].path, '#') != NULL;
    return strchr(leaf->href, '#') != NULL && !in_name
               ? lac_ectd_found(c, lac_here(c, i), "\"%s\"", leaf->href)
               : LACUNA_OK;
}

static lacuna_status absolute(lac_ectd_check *c, uint32_t i)
{
    return told_by_leaf(c, i, LAC_PATH_ABSOLUTE);
}

static lacuna_status depth(lac_ectd_check *c, uint32_t i)
{
    return told_by_leaf(c, i, LAC_PATH_DEPTH);
}

static lacuna_status outside(lac_ectd_check *c, uint32_t i)
{
    const lac_placement *leaf = &c->submission->placements[i];
    bool leads_out = (leaf->path_flags & LAC_PATH_OUTSIDE) != 0 &&
                     (leaf->path_flags & LAC_PATH_ABSOLUTE) == 0 && leaf->file == LAC_NONE;
    return leads_out ? told_by_leaf(c, i, LAC_PATH_OUTSIDE) : LACUNA_OK;
}

/* ---- lengths -------------------------------------------------------------------------------- */

/* The path below the folder of the sequence. */
static const char *path_within(const lac_submission *submission, const lac_file *file)
{
    size_t folder = strlen(submission->sequences[file->sequence].folder);
    return file->path + folder + (folder > 0 ? 1 : 0);
}

/* Characters of the path with the name of the sequence in front. */
static size_t path_length(const lac_submission *submission, const lac_file *file)
{
    return lac_character_count(lac_span_of(submission->sequences[file->sequence].name)) + 1 +
           lac_character_count(lac_span_of(path_within(submission, file)));
}

static lacuna_status too_long(lac_ectd_check *c, uint32_t i, size_t most)
{
    const lac_file *file = &c->submission->files[i];
    size_t length = path_length(c->submission, file);
    return length > most ? lac_ectd_found(c, lac_place_file(&c->places, i),
                                          "%s has %zu characters with the sequence folder",
                                          file->path, length)
                         : LACUNA_OK;
}

static lacuna_status longer_than_fda(lac_ectd_check *c, uint32_t i)
{
    return too_long(c, i, FDA_PATH);
}

static lacuna_status longer_than_ich(lac_ectd_check *c, uint32_t i)
{
    return too_long(c, i, ICH_PATH);
}

/* ---- names ---------------------------------------------------------------------------------- */

static lacuna_status name_length(lac_ectd_check *c, uint32_t i)
{
    const lac_file *file = &c->submission->files[i];
    for (const char *at = path_within(c->submission, file); *at != '\0';) {
        size_t length = strcspn(at, "/");
        size_t characters = lac_character_count(lac_span_make(at, length));
        if (characters > ICH_NAME) {
            return lac_ectd_found(c, lac_place_file(&c->places, i),
                                  "\"%.*s\" in %s has %zu characters", (int)length, at, file->path,
                                  characters);
        }
        at += length + (at[length] == '/');
    }
    return LACUNA_OK;
}

/* Appendix 2 of the specification: a to z, 0 to 9, hyphen; a dot in front of the extension. The
 * samples of eCTD 4.0 have blanks and capitals, so there it is no rule. */
static lacuna_status name_characters(lac_ectd_check *c, uint32_t i)
{
    const lac_file *file = &c->submission->files[i];
    if (file->exempt || c->submission->sequences[file->sequence].standard == LAC_STANDARD_ECTD_4) {
        return LACUNA_OK;
    }
    const char *path = path_within(c->submission, file);
    const char *name = lac_base_name(path);
    const char *dot = strrchr(name, '.');
    size_t fine = strspn(path, "abcdefghijklmnopqrstuvwxyz0123456789-/");
    while (path[fine] == '.' && path + fine == dot) {
        fine += 1 + strspn(dot + 1, "abcdefghijklmnopqrstuvwxyz0123456789");
    }
    return path[fine] != '\0' ? lac_ectd_found(c, lac_place_file(&c->places, i), "%s", file->path)
                              : LACUNA_OK;
}

static const lac_ectd_entry ENTRIES[] = {
    {"ectd.path.blanks", LAC_EACH_LEAF, blanks},
    {"ectd.path.backslash", LAC_EACH_LEAF, backslash},
    {"ectd.path.escaped", LAC_EACH_LEAF, escaped},
    {"ectd.path.fragment", LAC_EACH_LEAF, fragment},
    {"ectd.path.absolute", LAC_EACH_LEAF, absolute},
    {"ectd.path.depth", LAC_EACH_LEAF, depth},
    {"ectd.path.outside", LAC_EACH_LEAF, outside},
    {"ectd.path.longer-than-150", LAC_EACH_FILE, longer_than_fda},
    {"ectd.path.longer-than-230", LAC_EACH_FILE, longer_than_ich},
    {"ectd.name.too-long", LAC_EACH_FILE, name_length},
    {"ectd.name.characters", LAC_EACH_FILE, name_characters},
};
LAC_ECTD_TABLE(lac_path_rules, ENTRIES);
