dist_pkgdata_DATA = packaging/kmeminfo.schema.json
