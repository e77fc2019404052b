"""Kinds of appeals, the procedure each goes by, and the doors they come through."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Kinds of appeals (АППК Art. 4; DOMAIN §4.2)."""

    APPLICATION = "application"
    """Заявление, өтініш: asks for help in using one's own or others' rights."""
    COMPLAINT = "complaint"
    """Жалоба, шағым: demands that violated rights be restored."""
    REQUEST = "request"
    """Запрос, сұрау салу: asks for information."""
    PROPOSAL = "proposal"
    """Предложение, ұсыныс: recommends an improvement."""
    RESPONSE = "response"
    """Отклик, үн қосу: says what the person thinks of events, thanks included."""
    MESSAGE = "message"
    """Сообщение, хабарлама: reports a breach of law or shortcomings."""


class Procedure(StrEnum):
    """The two procedures of the Code."""

    FULL = "full"
    SIMPLIFIED = "simplified"


class Channel(StrEnum):
    """The doors a person can knock on."""

    PORTAL = "portal"
    MOBILE = "mobile"
    TELEGRAM = "telegram"
    CALL = "call"
    CLINIC_DESK = "clinic_desk"
    QR = "qr"
    SOCIAL = "social"
    EMAIL = "email"
    EGOV = "egov"
    API = "api"


def procedure_of(kind: Kind) -> Procedure:
    """Applications and complaints go by the full procedure, the rest by the simplified one.

    Source: DOMAIN §4.2, from memory, to be checked against the text of the Code.
    """
    return Procedure.FULL if kind in (Kind.APPLICATION, Kind.COMPLAINT) else Procedure.SIMPLIFIED
