"""Ready texts: the directory's for all, a desk's and one's own; making them, finding them, putting them into words."""
