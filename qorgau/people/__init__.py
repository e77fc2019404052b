"""Applicants and how to reach them; staff, their roles and desks."""
