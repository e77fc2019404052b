"""Tables of appeals as files: exactly what the filters of the queue show, and a journal of who took which."""
