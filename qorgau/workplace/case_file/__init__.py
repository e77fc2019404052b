"""The whole case as one file: a PDF to read, or a ZIP of evidence that anybody can check."""
