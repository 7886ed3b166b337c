"""Static files under names that carry their content, so that a browser may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """Names inside `import … from "./x.js"` are changed as well."""

    support_js_module_import_aggregation = True
