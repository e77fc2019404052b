"""The names by which identifiers and extensions of ours are known. They never change: integrators write them down."""

from qorgau.insured.fhir import IIN_SYSTEM

BIN_SYSTEM = "urn:kz:bin"
"""The system of `Organization.identifier` for BINs (ISO 13616 has none for Kazakhstan, HL7 neither)."""
ORGANISATION_SYSTEM = "urn:qorgau:organisation"
"""The system of the key by which files of the insured register name an organisation."""
STATUS = "urn:qorgau:insured-status"
"""The status in our own words: FHIR knows only `inforce`."""
AS_OF = "urn:qorgau:as-of"
"""As of which day the register speaks."""
REGISTER_ANSWERED = "urn:qorgau:register-answered"
"""Whether the register had its say; there only when it had not, and then false."""
GROUND = "urn:qorgau:ground"
RULES = "urn:qorgau:rules"
PAYMENTS = "urn:qorgau:payments"
"""Twelve months, each with its sum and who paid it."""

__all__ = [
    "AS_OF",
    "BIN_SYSTEM",
    "GROUND",
    "IIN_SYSTEM",
    "ORGANISATION_SYSTEM",
    "PAYMENTS",
    "REGISTER_ANSWERED",
    "RULES",
    "STATUS",
]
