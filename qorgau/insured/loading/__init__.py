"""Loading a file into the insured register: read, checked and packed by several processes, swapped in at one moment."""
