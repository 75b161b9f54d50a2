"""Forms in which references come from elsewhere."""
