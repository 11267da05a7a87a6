/* Checksums of files and of backbones. */
#include "analyzer/ectd/check.h"

#include <string.h>

/* What a leaf or a document says of its file. */
typedef struct claim {
    lac_leaf_place place;
    lac_checksum state;
    const char *checksum, *type;
    uint32_t file;
} claim;

static claim claim_of_leaf(lac_ectd_check *c, uint32_t i)
{
    const lac_placement *leaf = &c->submission->placements[i];
    return (claim){lac_here(c, i), leaf->checksum_state, leaf->checksum, leaf->checksum_type,
                   leaf->file};
}

static claim claim_of_document(lac_ectd_check *c, uint32_t i)
{
    const lac_v4_document *document = &c->submission->documents[i];
    return (claim){lac_place_document(&c->places, i), document->checksum_state, document->checksum,
                   document->checksum_type, document->file};
}

static lacuna_status tell_mismatch(lac_ectd_check *c, claim said)
{
    return said.state == LAC_CHECKSUM_MISMATCH
               ? lac_ectd_found(c, said.place, "%s is not %s as written", said.place.file,
                                said.checksum)
               : LACUNA_OK;
}

static lacuna_status tell_line_ends(lac_ectd_check *c, claim said)
{
    return said.state == LAC_CHECKSUM_OK_AFTER_CRLF
               ? lac_ectd_found(c, said.place, "%s matches with CRLF line ends", said.place.file)
               : LACUNA_OK;
}

static bool is_kind(const char *type, bool v4)
{
    lac_span name = lac_span_trim(lac_span_of(type));
    return v4 ? lac_span_equal_nocase(name, lac_span_of("sha256")) ||
                    lac_span_equal_nocase(name, lac_span_of("sha-256"))
              : lac_span_equal_nocase(name, lac_span_of("md5"));
}

static lacuna_status tell_kind(lac_ectd_check *c, claim said, bool v4)
{
    bool given = lac_span_trim(lac_span_of(said.checksum)).len > 0;
    return given && said.file != LAC_NONE && !is_kind(said.type, v4)
               ? lac_ectd_found(c, said.place, "\"%s\"", said.type)
               : LACUNA_OK;
}

static lacuna_status mismatch_of_leaf(lac_ectd_check *c, uint32_t i)
{
    return tell_mismatch(c, claim_of_leaf(c, i));
}

static lacuna_status mismatch_of_document(lac_ectd_check *c, uint32_t i)
{
    return tell_mismatch(c, claim_of_document(c, i));
}

static lacuna_status line_ends_of_leaf(lac_ectd_check *c, uint32_t i)
{
    return tell_line_ends(c, claim_of_leaf(c, i));
}

static lacuna_status line_ends_of_document(lac_ectd_check *c, uint32_t i)
{
    return tell_line_ends(c, claim_of_document(c, i));
}

static lacuna_status kind_of_leaf(lac_ectd_check *c, uint32_t i)
{
    return tell_kind(c, claim_of_leaf(c, i), false);
}

static lacuna_status kind_of_document(lac_ectd_check *c, uint32_t i)
{
    return tell_kind(c, claim_of_document(c, i), true);
}

/* The ICH DTD requires checksums; in the regional one of the US they are optional. */
static lacuna_status tell_absent(lac_ectd_check *c, uint32_t i, lac_backbone_kind kind)
{
    const lac_placement *leaf = &c->submission->placements[i];
    return c->submission->backbones[leaf->backbone].kind == kind && leaf->file != LAC_NONE &&
                   lac_span_trim(lac_span_of(leaf->checksum)).len == 0
               ? lac_ectd_found(c, lac_here(c, i), "%s", leaf->href)
               : LACUNA_OK;
}

static lacuna_status absent(lac_ectd_check *c, uint32_t i)
{
    return tell_absent(c, i, LAC_BACKBONE_INDEX);
}

static lacuna_status absent_regional(lac_ectd_check *c, uint32_t i)
{
    return tell_absent(c, i, LAC_BACKBONE_REGIONAL);
}

/* ---- backbones ------------------------------------------------------------------------------ */

static lacuna_status tell_backbone(lac_ectd_check *c, uint32_t i, lac_checksum state,
                                   const char *what)
{
    const lac_sequence *sequence = &c->submission->sequences[i];
    bool v4 = sequence->standard == LAC_STANDARD_ECTD_4;
    return sequence->index_checksum == state && sequence->grouped_in == LAC_NONE
               ? lac_ectd_found(c, lac_place_sequence(&c->places, i), "%s of sequence %s %s",
                                v4 ? "sha256.txt" : "index-md5.txt", sequence->name, what)
               : LACUNA_OK;
}

static lacuna_status backbone_mismatch(lac_ectd_check *c, uint32_t i)
{
    return tell_backbone(c, i, LAC_CHECKSUM_MISMATCH, "names another checksum");
}

static lacuna_status backbone_line_ends(lac_ectd_check *c, uint32_t i)
{
    return tell_backbone(c, i, LAC_CHECKSUM_OK_AFTER_CRLF, "matches with CRLF line ends");
}

/* Without a backbone there is nothing to have a checksum of. */
static lacuna_status backbone_absent(lac_ectd_check *c, uint32_t i)
{
    bool any = c->own[i].index != LAC_NONE || c->own[i].unit != LAC_NONE;
    return any ? tell_backbone(c, i, LAC_CHECKSUM_NOT_GIVEN, "is missing or empty") : LACUNA_OK;
}

static const lac_ectd_entry ENTRIES[] = {
    {"ectd.checksum.mismatch", LAC_EACH_LEAF, mismatch_of_leaf},
    {"ectd.checksum.mismatch", LAC_EACH_DOCUMENT, mismatch_of_document},
    {"ectd.checksum.line-ends", LAC_EACH_LEAF, line_ends_of_leaf},
    {"ectd.checksum.line-ends", LAC_EACH_DOCUMENT, line_ends_of_document},
    {"ectd.checksum.kind", LAC_EACH_LEAF, kind_of_leaf},
    {"ectd.checksum.kind", LAC_EACH_DOCUMENT, kind_of_document},
    {"ectd.checksum.absent", LAC_EACH_LEAF, absent},
    {"ectd.checksum.absent-regional", LAC_EACH_LEAF, absent_regional},
    {"ectd.backbone.checksum", LAC_EACH_SEQUENCE, backbone_mismatch},
    {"ectd.backbone.checksum-line-ends", LAC_EACH_SEQUENCE, backbone_line_ends},
    {"ectd.backbone.checksum-absent", LAC_EACH_SEQUENCE, backbone_absent},
};
LAC_ECTD_TABLE(lac_checksum_rules, ENTRIES);
