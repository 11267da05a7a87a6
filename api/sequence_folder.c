#include "api/sequence_folder.h"

#include "api/inputs.h"
#include "api/walk.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>

enum { ENTRIES_LOOKED_AT = 100000 };

static bool exists(const char *folder, const char *name, bool is_folder)
{
    char path[LAC_PATH_MAX];
    struct stat info;
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    return length > 0 && (size_t)length < sizeof path && stat(path, &info) == 0 &&
           (is_folder ? S_ISDIR(info.st_mode) : S_ISREG(info.st_mode));
}

bool lac_is_sequence_folder(const char *path)
{
    static const char *const backbones[] = {"submissionunit.xml", "m1/us/us-regional.xml",
                                            "m1/eu/eu-regional.xml"};
    static const char *const modules[] = {"m1", "m2", "m3", "m4", "m5"};
    for (size_t i = 0; i < sizeof backbones / sizeof backbones[0]; i++) {
        if (exists(path, backbones[i], false)) {
            return true;
        }
    }
    if (!exists(path, "index.xml", false)) {
        return false;
    }
    bool found = exists(path, "index-md5.txt", false);
    for (size_t i = 0; i < sizeof modules / sizeof modules[0] && !found; i++) {
        found = exists(path, modules[i], true);
    }
    return found;
}

typedef struct tally {
    bool document, sequence, folder_with_sequence;
} tally;

/* Whether a folder directly in this one is a sequence. */
static bool holds_sequence(const char *folder)
{
    char path[LAC_PATH_MAX];
    bool found = false;
    DIR *directory = opendir(folder);
    struct dirent *entry;
    for (int i = 0; directory != NULL && !found && i < ENTRIES_LOOKED_AT &&
                    (entry = readdir(directory)) != NULL;
         i++) {
        int length = snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        found = entry->d_name[0] != '.' && length > 0 && (size_t)length < sizeof path &&
                lac_is_sequence_folder(path);
    }
    if (directory != NULL) {
        (void)closedir(directory);
    }
    return found;
}

static void look_at(tally *t, const char *folder, const char *name)
{
    char path[LAC_PATH_MAX];
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (name[0] == '.' || length <= 0 || (size_t)length >= sizeof path) {
        return;
    }
    t->document = t->document || lac_is_document_name(name);
    t->sequence = t->sequence || lac_is_sequence_folder(path);
    t->folder_with_sequence = t->folder_with_sequence || holds_sequence(path);
}

bool lac_is_application_group(const char *path)
{
    tally t = {false, false, false};
    DIR *directory = opendir(path);
    struct dirent *entry;
    for (int i = 0; directory != NULL && i < ENTRIES_LOOKED_AT && !t.document && !t.sequence &&
                    (entry = readdir(directory)) != NULL;
         i++) {
        look_at(&t, path, entry->d_name);
    }
    if (directory != NULL) {
        (void)closedir(directory);
    }
    return t.folder_with_sequence && !t.document && !t.sequence;
}
