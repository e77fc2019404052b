"""What people must hear of: an outbox written with the change it tells of, and the ways out of it."""
