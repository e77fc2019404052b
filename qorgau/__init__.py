"""Qorgau: one register of patients' appeals and the insured-status service of a health-insurance fund.

ARCHITECTURE.md walks one appeal through these folders.
"""

__version__ = "0.1.0"
