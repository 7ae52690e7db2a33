"""Many files: manifests, pools of workers, kept results, tables."""
