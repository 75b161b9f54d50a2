"""Tests of the mails that follow from what happens."""
