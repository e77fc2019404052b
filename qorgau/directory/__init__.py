"""What administrators edit, all of it dated: regions, organisations, desks, topics, calendars, terms, texts."""
