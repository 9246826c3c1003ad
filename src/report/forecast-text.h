/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The sentences of a prediction: why, what would change it, what is not known. */
#ifndef KM_REPORT_FORECAST_TEXT_H
#define KM_REPORT_FORECAST_TEXT_H

#include "model/forecast.h"

/* Why, with the figures: of the call, of the zone that decides, of the cgroup in the way. Owned by the query's pool. */
struct km_str km_forecast_reason(const struct km_forecast_query *query, const struct km_forecast_result *result);

/* Fills the texts of the row, which km_forecast_derive() made. Owned by the query's pool. */
void km_forecast_explain(const struct km_forecast_query *query, const struct km_forecast_result *result,
			 struct km_forecast *row);

#endif
