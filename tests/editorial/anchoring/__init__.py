"""Tests of the places of passages."""
