/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Topics from the text files data/topics/KEY.LANGUAGE.txt, and the meaning of their fields. */
#ifndef KM_WORDS_TEXTS_H
#define KM_WORDS_TEXTS_H

#include "words/language.h"
#include "base/field.h"
#include "parse/topicfile.h"

/* Prefix of a field that answers a claim; the claim's id follows. */
#define KM_ANSWER "Answer-"

/* Prefix of a field of the topic "choosing": a reason why a call serves a request or does not. */
#define KM_SAY "Say-"

/* A topic's text. If a translation lacks a field, the field is in English. */
struct km_topic_text {
	struct km_str key; /* "kmalloc" */
	struct km_topicfile languages[KM_LANGUAGES];
};

struct km_topic_texts {
	const struct km_topic_text *items;
	size_t len;
};

/* The part that lists left-out sentences. No file contains it. */
#define KM_LEFT_OUT "Left-out"

/* The text of a topic under one label. */
struct km_topic_part {
	const char *field; /* name in the file */
	const char *key;   /* key in JSON */
	const char *labels[KM_LANGUAGES];
	bool list; /* a line that begins with a digit begins an item */
};

/* The key of a paragraph that begins with "== ": the heading of those below it, which are items of a list. */
#define KM_HEADING "heading"

/* A row of the field sections: one paragraph. */
struct km_topic_section {
	struct km_str key;
	struct km_str text;
};

struct km_topic_sections {
	KM_ARRAY(struct km_topic_section) list;
};

/* In the order of display; ends with a NULL field. */
extern const struct km_topic_part km_topic_parts[];

/* Groups of topics from files, in the order of the manual page; ends with a NULL name. */
struct km_text_group {
	const char *name;
	const char *briefs[KM_LANGUAGES];
};

extern const struct km_text_group km_text_groups[];

extern const struct km_sheet_type km_topic_section_type;

/*
 * All built-in topics, sorted by key, owned by the pool. Errors in a file become problems: a bad line, an
 * unknown field, a topic without group or brief.
 */
struct km_topic_texts km_topic_texts_read(struct km_pool *pool, struct km_problems *problems);

/* A field in this language, or in English; .ptr NULL if the topic lacks it. */
struct km_str km_topic_text_value(const struct km_topic_text *text, enum km_language language,
				  const char *field);

/* The same on one line; .ptr NULL as well. */
struct km_str km_topic_text_line(struct km_pool *pool, const struct km_topic_text *text,
				 enum km_language language, const char *field);

/* The words of a field, separated by blanks or commas; none if this language lacks the field. */
struct km_texts km_topic_text_words(struct km_pool *pool, const struct km_topic_text *text,
				    enum km_language language, const char *field);

/* Replaces placeholders in braces. */
struct km_topic_filler {
	struct km_pool *pool;
	enum km_language language;
	/* Returns the text of a figure, owned by the pool. name is without braces. */
	struct km_str (*figure)(void *data, const struct km_topic_text *text, struct km_str name);
	void *data;
	/*
	 * Becomes KM_SAY_UNKNOWN or KM_SAY_NEEDS_ROOT if sentences were left out because of a figure; may be
	 * NULL.
	 */
	enum km_phrase *left_out;
};

/* Adds the paragraphs of a field as sections with a key, with placeholders replaced. */
void km_topic_text_fill(const struct km_topic_filler *filler, const struct km_topic_text *text,
			const char *field, const struct km_topic_part *part,
			struct km_topic_sections *ret);

#endif
