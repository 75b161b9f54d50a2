"""The editors' and reviewers' desk in the Django admin."""
