"""Writing to the Fund: a form, a page to check what was written, and the sending.

Nothing is kept on our side before the sending: what was typed travels with the pages in hidden fields, so it outlives
errors, expired tokens and restarts. Only files stay here, staged under tokens that travel the same way.
"""
