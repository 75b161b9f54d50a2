"""Forms in which references come from elsewhere, each read by a module of its own."""
