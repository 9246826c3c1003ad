/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every word that kmeminfo prints and can explain, collected from the tables that define them. */
#ifndef KM_REPORT_TOPICS_H
#define KM_REPORT_TOPICS_H

#include "words/lookup.h"
#include "words/texts.h"
#include "base/field.h"

/* A row of `kmeminfo fields` and `kmeminfo explain --json`. Texts are borrowed from the tables. */
struct km_topic_row {
	struct km_str group; /* "slab" for a field of that sheet, "sheet", "finding", ... */
	struct km_str key;
	struct km_str unit;  /* for a field: bytes, count, ratio, ... */
	enum km_tri shown;   /* for a field: in the text table without --columns */
	enum km_tri on_demand;   /* for a field: KM_ON_DEMAND */
	struct km_str kernels;
	struct km_str brief;
	struct km_str explain;
	struct km_str origin;
	struct km_texts also; /* in the language of messages */
	struct km_texts names[KM_LANGUAGES]; /* its other names, in each language */
	struct km_str head;                  /* heading of a field's column, or label of a part */
	struct km_texts see;
	struct km_rows sections;          /* struct km_topic_section; empty until filled */
	bool named;                       /* matched by its own name, not only by that of its group */
	const struct km_topic_text *text; /* text that explains it, or answers it as a claim; NULL: none */
};

extern const struct km_sheet_type km_topic_type;

/*
 * All topics, owned by the pool: sheet by sheet in the order of km_report_row_types(), then the groups, then
 * the text files. Errors in a file become problems.
 */
struct km_sheet km_topics_derive(struct km_pool *pool, enum km_language language,
				 struct km_problems *problems);

/* The topic that judges claims, one after the other. */
#define KM_TOPIC_OF_CLAIMS "notes"

bool km_topic_is_claim(const struct km_topic_row *row);

/* Whether one of the words is the name of a claim, or of the topic that judges them. */
bool km_topics_name_claims(char *const *words, size_t len);

/* Fills a topic's sections. A topic without a text file gets none. */
void km_topic_fill(const struct km_topic_filler *filler, struct km_topic_row *row);

/* Whether a text file explains the topic. False for a claim, which a text file only answers among other things. */
bool km_topic_is_text(const struct km_topic_row *row);

/*
 * How well a word matches a row: its key or another name in any language, "GROUP.KEY", the name of its group,
 * or the heading of its column. The rows with the best match are chosen.
 */
enum km_likeness km_topic_likeness(const struct km_topic_row *row, struct km_str word);

/* The same without the name of its group. */
enum km_likeness km_topic_name_likeness(const struct km_topic_row *row, struct km_str word);

/* The best match of a word among the topics; KM_UNLIKE if there is none. */
enum km_likeness km_topics_likeness(const struct km_sheet *topics, struct km_str word);

#endif
