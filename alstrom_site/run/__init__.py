"""What `make run` starts: checks, installs what is missing, prepares the database, then serves the site.

`__main__`, `checks` and `installing` stand on the standard library alone, because nothing is installed yet when they
run; `site` is the part after that.
"""
