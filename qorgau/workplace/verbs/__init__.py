"""The verbs of the staff as pages, one file per verb: a form, what it does, and the call into `handling`."""
