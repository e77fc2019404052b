"""The record of appeals: what was said, who holds it, its clocks and its journal. Owns tables; decides nothing."""
