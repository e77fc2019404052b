"""Certificates: whoever is shown one checks that it is genuine."""
