/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Topics from text files, data/topics/KEY.LANGUAGE.txt, and the meaning of their fields. */
#ifndef KM_WORDS_TEXTS_H
#define KM_WORDS_TEXTS_H

#include "words/language.h"
#include "base/field.h"
#include "parse/topicfile.h"

/* The beginning of a field name that answers a claim; the claim's id follows. */
#define KM_ANSWER "Answer-"

/* A field of the topic "choosing", for a reason why a call serves a request or does not. */
#define KM_SAY "Say-"

/* A topic's text; a translation that lacks a field leaves it in English. */
struct km_topic_text {
	struct km_str key; /* "kmalloc" */
	struct km_topicfile languages[KM_LANGUAGES];
};

struct km_topic_texts {
	const struct km_topic_text *items;
	size_t len;
};

/* The part that says what was left out. No file has it. */
#define KM_LEFT_OUT "Left-out"

/* The text of a topic under one label. */
struct km_topic_part {
	const char *field; /* in the file */
	const char *key;   /* in JSON */
	const char *labels[KM_LANGUAGES];
	bool list; /* a line that begins with a digit begins an item */
};

/* A row of the field sections: a paragraph. */
struct km_topic_section {
	struct km_str key;
	struct km_str text;
};

struct km_topic_sections {
	KM_ARRAY(struct km_topic_section) list;
};

/* In the order in which they are shown; ends with a part without field. */
extern const struct km_topic_part km_topic_parts[];

/* Groups of topics from files, in the order of the manual page; ends with a group without name. */
struct km_text_group {
	const char *name;
	const char *briefs[KM_LANGUAGES];
};

extern const struct km_text_group km_text_groups[];

extern const struct km_sheet_type km_topic_section_type;

/*
 * All topics that are built in, sorted by key, owned by the pool. What is wrong with a file becomes a problem: a
 * line, a field that no one knows, a topic without group or phrase.
 */
struct km_topic_texts km_topic_texts_read(struct km_pool *pool, struct km_problems *problems);

/* A field in the language, or in English; .ptr NULL when it has none. */
struct km_str km_topic_text_value(const struct km_topic_text *text, enum km_language language,
				  const char *field);

/* The same in one line; .ptr NULL too. */
struct km_str km_topic_text_line(struct km_pool *pool, const struct km_topic_text *text,
				 enum km_language language, const char *field);

/* The words of a field, parted by blanks or commas; none where that language does not have the field. */
struct km_texts km_topic_text_words(struct km_pool *pool, const struct km_topic_text *text,
				    enum km_language language, const char *field);

/* Fills in what stands between braces. */
struct km_topic_filler {
	struct km_pool *pool;
	enum km_language language;
	/* The text of a figure, owned by the pool; name is without braces. */
	struct km_str (*figure)(void *data, const struct km_topic_text *text, struct km_str name);
	void *data;
	/* Becomes KM_SAY_UNKNOWN or KM_SAY_NEEDS_ROOT when sentences were left out for a figure; may be NULL. */
	enum km_phrase *left_out;
};

/* The paragraphs of a field as sections under a key, with figures filled in. */
void km_topic_text_fill(const struct km_topic_filler *filler, const struct km_topic_text *text,
			const char *field, const struct km_topic_part *part,
			struct km_topic_sections *ret);

#endif
