"""Certificates: the person has one made, and whoever is shown one checks that it is genuine."""
