"""Tests of comments and shared links."""
