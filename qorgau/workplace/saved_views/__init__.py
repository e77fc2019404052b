"""Views of the queue that people keep: made, shown beside the views everybody has, arranged, put back."""
