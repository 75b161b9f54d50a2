"""The published projection: what the public reads, rendered ahead of time."""
