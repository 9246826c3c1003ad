// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * jansson-rows FILE ROWS: what JSON through jansson costs at least. Takes the rows of a JSON document
 * of kmeminfo (one object per line) as models, and builds and dumps ROWS new objects like them, one
 * after the other, as any program would.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MODELS = 1000 };

static json_t *build(const json_t *model)
{
	const char *key;
	json_t *value, *built;
	size_t i;

	switch (json_typeof(model)) {
	case JSON_OBJECT:
		built = json_object();
		json_object_foreach((json_t *)model, key, value)
			json_object_set_new(built, key, build(value));
		return built;
	case JSON_ARRAY:
		built = json_array();
		json_array_foreach(model, i, value)
			json_array_append_new(built, build(value));
		return built;
	case JSON_STRING:
		return json_stringn(json_string_value(model), json_string_length(model));
	case JSON_INTEGER:
		return json_integer(json_integer_value(model));
	case JSON_REAL:
		return json_real(json_real_value(model));
	default:
		return json_incref((json_t *)model);
	}
}

static int gather(const char *text, size_t len, void *data)
{
	return fwrite_unlocked(text, 1, len, data) == len ? 0 : -1;
}

int main(int argc, char **argv)
{
	FILE *file = argc == 3 ? fopen(argv[1], "r") : NULL;
	json_t *models[MODELS];
	size_t len = 0, room = 0;
	char *line = NULL;

	while (file && len < MODELS && getline(&line, &room, file) > 0) {
		char *end = strrchr(line, '}');

		if (*line != '{' || !strncmp(line, "{\"kmeminfo\"", 11) || !end)
			continue;
		models[len] = json_loadb(line, (size_t)(end - line) + 1, JSON_DISABLE_EOF_CHECK, NULL);
		len += models[len] != NULL;
	}
	if (!len)
		return 1;
	for (size_t i = 0, rows = strtoull(argv[2], NULL, 10); i < rows; i++) {
		json_t *row = build(models[i % len]);

		json_dump_callback(row, gather, stdout, JSON_COMPACT | JSON_REAL_PRECISION(6));
		fputs(",\n", stdout);
		json_decref(row);
	}
	return fflush(stdout) ? 1 : 0;
}
