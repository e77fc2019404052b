from qorgau.notices.models.notice import Notice

__all__ = ["Notice"]
