"""Content between files and the site: in by the same actions as everything else, out from the live texts."""
