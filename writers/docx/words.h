/*
 * words.h - the elements of WordprocessingML the writer and its lint act on, as small numbers.
 *
 * Only local names are kept here: that an element is in the main namespace is settled by the
 * tokenizer, which knows the prefix the part gives it.
 */
#ifndef LAC_WRITERS_DOCX_WORDS_H
#define LAC_WRITERS_DOCX_WORDS_H

#include "support/span.h"

#include <stdint.h>

/* Symbol, local name; in byte order of the names, for the binary search. */
#define LAC_WORDS(X)                                                   \
    X(ABSTRACT_NUM, "abstractNum")                                     \
    X(ABSTRACT_NUM_ID, "abstractNumId")                                \
    X(BASED_ON, "basedOn")                                             \
    X(BODY, "body")                                                    \
    X(BOOKMARK_END, "bookmarkEnd")                                     \
    X(BOOKMARK_START, "bookmarkStart")                                 \
    X(BR, "br")                                                        \
    X(CELL_DEL, "cellDel")                                             \
    X(CELL_INS, "cellIns")                                             \
    X(CELL_MERGE, "cellMerge")                                         \
    X(COMMENT, "comment")                                              \
    X(COMMENT_RANGE_END, "commentRangeEnd")                            \
    X(COMMENT_RANGE_START, "commentRangeStart")                        \
    X(COMMENT_REFERENCE, "commentReference")                           \
    X(COMMENTS, "comments")                                            \
    X(CUSTOM_XML, "customXml")                                         \
    X(CUSTOM_XML_DEL_RANGE_END, "customXmlDelRangeEnd")                \
    X(CUSTOM_XML_DEL_RANGE_START, "customXmlDelRangeStart")            \
    X(CUSTOM_XML_INS_RANGE_END, "customXmlInsRangeEnd")                \
    X(CUSTOM_XML_INS_RANGE_START, "customXmlInsRangeStart")            \
    X(CUSTOM_XML_MOVE_FROM_RANGE_END, "customXmlMoveFromRangeEnd")     \
    X(CUSTOM_XML_MOVE_FROM_RANGE_START, "customXmlMoveFromRangeStart") \
    X(CUSTOM_XML_MOVE_TO_RANGE_END, "customXmlMoveToRangeEnd")         \
    X(CUSTOM_XML_MOVE_TO_RANGE_START, "customXmlMoveToRangeStart")     \
    X(DEL, "del")                                                      \
    X(DEL_INSTR_TEXT, "delInstrText")                                  \
    X(DEL_TEXT, "delText")                                             \
    X(DOCUMENT, "document")                                            \
    X(DOCUMENT_PROTECTION, "documentProtection")                       \
    X(FLD_CHAR, "fldChar")                                             \
    X(FRAME_PR, "framePr")                                             \
    X(GRID_COL, "gridCol")                                             \
    X(HYPERLINK, "hyperlink")                                          \
    X(ID, "id")                                                        \
    X(ILVL, "ilvl")                                                    \
    X(INS, "ins")                                                      \
    X(INSTR_TEXT, "instrText")                                         \
    X(LVL, "lvl")                                                      \
    X(MOVE_FROM, "moveFrom")                                           \
    X(MOVE_FROM_RANGE_END, "moveFromRangeEnd")                         \
    X(MOVE_FROM_RANGE_START, "moveFromRangeStart")                     \
    X(MOVE_TO, "moveTo")                                               \
    X(MOVE_TO_RANGE_END, "moveToRangeEnd")                             \
    X(MOVE_TO_RANGE_START, "moveToRangeStart")                         \
    X(NAME, "name")                                                    \
    X(NUM, "num")                                                      \
    X(NUM_FMT, "numFmt")                                               \
    X(NUM_ID, "numId")                                                 \
    X(NUM_ID_MAC_AT_CLEANUP, "numIdMacAtCleanup")                      \
    X(NUM_PIC_BULLET, "numPicBullet")                                  \
    X(NUM_PR, "numPr")                                                 \
    X(NUMBERING, "numbering")                                          \
    X(NUMBERING_CHANGE, "numberingChange")                             \
    X(OUTLINE_LVL, "outlineLvl")                                       \
    X(P, "p")                                                          \
    X(P_PR, "pPr")                                                     \
    X(P_PR_CHANGE, "pPrChange")                                        \
    X(P_STYLE, "pStyle")                                               \
    X(PERM_END, "permEnd")                                             \
    X(PERM_START, "permStart")                                         \
    X(PG_MAR, "pgMar")                                                 \
    X(PG_SZ, "pgSz")                                                   \
    X(PROOF_ERR, "proofErr")                                           \
    X(R, "r")                                                          \
    X(R_PR, "rPr")                                                     \
    X(R_PR_CHANGE, "rPrChange")                                        \
    X(R_STYLE, "rStyle")                                               \
    X(SDT, "sdt")                                                      \
    X(SDT_CONTENT, "sdtContent")                                       \
    X(SDT_PR, "sdtPr")                                                 \
    X(SECT_PR, "sectPr")                                               \
    X(SECT_PR_CHANGE, "sectPrChange")                                  \
    X(SPEC_VANISH, "specVanish")                                       \
    X(STYLE, "style")                                                  \
    X(STYLES, "styles")                                                \
    X(T, "t")                                                          \
    X(TAB, "tab")                                                      \
    X(TBL, "tbl")                                                      \
    X(TBL_GRID, "tblGrid")                                             \
    X(TBL_GRID_CHANGE, "tblGridChange")                                \
    X(TBL_PR, "tblPr")                                                 \
    X(TBL_PR_CHANGE, "tblPrChange")                                    \
    X(TBL_PR_EX, "tblPrEx")                                            \
    X(TBL_PR_EX_CHANGE, "tblPrExChange")                               \
    X(TBL_STYLE, "tblStyle")                                           \
    X(TC, "tc")                                                        \
    X(TC_PR, "tcPr")                                                   \
    X(TC_PR_CHANGE, "tcPrChange")                                      \
    X(TR, "tr")                                                        \
    X(TR_PR, "trPr")                                                   \
    X(TR_PR_CHANGE, "trPrChange")                                      \
    X(TXBX_CONTENT, "txbxContent")

typedef enum lac_word {
    LAC_W_FOREIGN, /* an element of another namespace */
    LAC_W_OTHER,   /* of the main namespace, and not in the list */
#define LAC_WORDS_ENUM(symbol, name) LAC_W_##symbol,
    LAC_WORDS(LAC_WORDS_ENUM)
#undef LAC_WORDS_ENUM
        LAC_W_COUNT
} lac_word;

/* LAC_W_OTHER where the list has no such name. */
lac_word lac_word_find(lac_span local_name);
/* "" for the first two. */
const char *lac_word_name(lac_word word);

#endif
