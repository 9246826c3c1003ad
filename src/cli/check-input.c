// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "base/nearest.h"
#include "cli/check-config.h"
#include "cli/check-input.h"

void km_check_no_such_rule(const struct km_rule_runs *runs, struct km_str name, struct km_err *err)
{
	struct km_nearest nearest = { .word = name };
	char hint[KM_HINT_SIZE];

	for (size_t i = 0; i < runs->len; i++)
		km_nearest_offer(&nearest, runs->items[i].rule->word.key);
	km_err_set(err, -EINVAL, km_nearest_hint(&nearest, hint, KM_SAID("`kmeminfo check --list` lists them")),
		   "no such rule '%.*s'", KM_STR_ARG(name));
}

/* Only the named rules run, even if the file turned one off. */
static int choose(const struct km_check_input *input, struct km_rule_runs *runs, struct km_err *err)
{
	for (size_t i = 0; input->rules_len && i < runs->len; i++)
		runs->items[i].skip = true;
	for (size_t i = 0; i < input->rules_len; i++) {
		struct km_rule_run *run = km_rule_runs_find(runs, km_str_from(input->rules[i]));

		if (!run) {
			km_check_no_such_rule(runs, km_str_from(input->rules[i]), err);
			return -EINVAL;
		}
		run->skip = false;
		run->named = true;
	}
	return 0;
}

/* The rule in "RULE=RANGE"; for "RANGE" alone, the only named rule. */
static struct km_rule_run *rule_of(const struct km_check_input *input, const struct km_rule_runs *runs,
				   struct km_str *arg, struct km_err *err)
{
	struct km_str name = km_str_from(input->rules_len == 1 ? input->rules[0] : NULL);
	struct km_rule_run *run;

	if (!km_str_take_until(arg, '=', &name) && !name.ptr) {
		km_err_set(err, -EINVAL, NULL, "'%.*s': name exactly one RULE, or write RULE=RANGE", KM_STR_ARG(*arg));
		return NULL;
	}
	run = km_rule_runs_find(runs, name);
	if (!run)
		km_check_no_such_rule(runs, name, err);
	return run;
}

static int apply_options(const struct km_check_input *input, const struct km_rule_runs *runs, struct km_err *err)
{
	const struct km_check_threshold *threshold;

	km_array_each(threshold, &input->thresholds) {
		struct km_str arg = km_str_from(threshold->arg);
		struct km_rule_run *run = rule_of(input, runs, &arg, err);

		if (!run)
			return -EINVAL;
		if (run->skip)
			return km_err_set(err, -EINVAL, "name the rule, or leave out its threshold",
					  "%s has a threshold but is not checked",
					  run->rule->word.key);
		if (km_rule_set(run, threshold->severity, arg))
			return km_err_set(err, -EINVAL, "write a range such as 10, 5:, ~:5, 10:20 or @10:20; none removes it",
					  "--%s: '%.*s' is not a range", km_severities[threshold->severity].key,
					  KM_STR_ARG(arg));
	}
	return 0;
}

int km_check_input_runs(const struct km_check_input *input, struct km_pool *pool, struct km_rule_runs *ret,
			struct km_err *err)
{
	int r;

	*ret = km_rule_runs_init(pool);
	r = km_check_config_apply(input->config ? input->config : KM_CHECK_CONF, input->config != NULL, pool, ret, err);
	if (!r)
		r = choose(input, ret, err);
	return r ? r : apply_options(input, ret, err);
}
