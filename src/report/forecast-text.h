/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The sentences of a prediction: the reason, what would change it, and what is unknown. */
#ifndef KM_REPORT_FORECAST_TEXT_H
#define KM_REPORT_FORECAST_TEXT_H

#include "model/forecast.h"

/* Why, with the figures: of the call, of the deciding zone, of the cgroup in the way. The query's pool owns it. */
struct km_str km_forecast_reason(const struct km_forecast_query *query, const struct km_forecast_result *result);

/* Fills the texts of a row of km_forecast_derive(). The query's pool owns them. */
void km_forecast_explain(const struct km_forecast_query *query, const struct km_forecast_result *result,
			 struct km_forecast *row);

#endif
