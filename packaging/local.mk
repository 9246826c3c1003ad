dist_pkgdata_DATA = packaging/kmeminfo.schema.json
grafanadir = $(pkgdatadir)/grafana
dist_grafana_DATA = packaging/grafana/kmeminfo.json
EXTRA_DIST += \
	packaging/prometheus/README.md \
	packaging/prometheus/kmeminfo-alerts.yml \
	packaging/prometheus/kmeminfo-recording.yml \
	packaging/prometheus/kmeminfo-tests.yml \
	packaging/systemd/kmeminfo-metrics.service \
	packaging/systemd/kmeminfo-metrics.timer
