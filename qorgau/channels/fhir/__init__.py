"""The door for programs that speak HL7 FHIR, R4 and R5: the status of insurance and the list of organisations."""
