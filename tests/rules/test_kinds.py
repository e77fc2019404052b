"""Kinds of appeals and their procedure."""

from qorgau.rules.kinds import Kind, Procedure, procedure_of


def test_applications_and_complaints_go_by_the_full_procedure():
    assert {kind for kind in Kind if procedure_of(kind) == Procedure.FULL} == {Kind.APPLICATION, Kind.COMPLAINT}


def test_the_rest_goes_by_the_simplified_procedure():
    assert {kind for kind in Kind if procedure_of(kind) == Procedure.SIMPLIFIED} == {
        Kind.REQUEST,
        Kind.PROPOSAL,
        Kind.RESPONSE,
        Kind.MESSAGE,
    }
